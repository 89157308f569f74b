"""`db.connection`: a connection that lives in the server, with the interface of the `duckdb` package."""
from __future__ import annotations

import itertools
import weakref

from mxcp._worker import captured, errors, native, readers, relations, stored
from mxcp._worker.connection_extras import Extras
from mxcp._worker.relation_output import dotted
from mxcp._worker.relations import Relation
from mxcp._worker.session import Session

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from mxcp._worker.outcomes import Outcome
    from mxcp._worker.process import Worker

_BATCH = 1_000_000
_numbers = itertools.count(1)

# Every connection of this process that user code may still have.
_connections: weakref.WeakSet[Connection] = weakref.WeakSet()


class Connection(Extras):
    """One session of the served database. Used by several threads at once it serialises."""

    def __init__(self, handle: int, worker: Worker) -> None:
        self._session = Session(handle, worker)
        self._outcome: Outcome | None = None
        self._changed = -1
        # what was registered, by the name in lower case
        self._registered: dict[str, Any] = {}
        self._functions = {}
        # what views read
        self._kept: list[Any] = []
        _connections.add(self)

    @property
    def __class__(self) -> Any:  # type: ignore[override]
        # isinstance(connection, duckdb.DuckDBPyConnection) is true
        found = native.loaded()
        return Connection if found is None else found.DuckDBPyConnection

    @property
    def handle(self) -> int | None:
        """The session's number; None after closing."""
        return self._session.handle if self._session.open else None

    # ---- statements

    def execute(self, query: Any, parameters: Any = None) -> Connection:
        """Runs the statements of a text; the last one's rows are fetched from this connection."""
        with self._session.lock:
            self._session.check()
            outcome, self._outcome = self._outcome, None
            if outcome is not None:
                outcome.drop()
            names = self._capture(query)
            self._outcome = self._session.run(query, parameters)
            self._changed = self._outcome.rowcount
            self._session.later += names
        return self

    def executemany(self, query: Any, parameters: Any = None) -> Connection:
        """Runs one statement for each set of parameters."""
        sets = list(parameters or ())
        if not sets:
            raise errors.named(
                "InvalidInputException", "Invalid Input Error: executemany requires a non-empty list of parameter sets to be provided"
            )
        with self._session.lock:
            changed = 0
            for each in sets:
                self.execute(query, each)
                changed += self._changed
            self._changed = changed if changed >= 0 else -1
        return self

    def sql(self, query: Any, *, alias: str = "", params: Any = None) -> Relation | None:
        """A relation over a query. Other statements are run at once."""
        text = getattr(query, "query", query)
        with self._session.lock:
            self._session.check()
            if not isinstance(text, str):
                self._session.run(text)
            parts = self._session.split(text)
            for part in parts[:-1]:
                self._run(part).fetchall()
            if not parts:
                return None
            found = captured.variables(self._session, parts[-1])
            return self._relation(parts[-1], alias, params, found)

    query = sql
    from_query = sql

    def _relation(self, text: str, alias: str, params: Any, frames: dict[str, Any]) -> Relation | None:
        if not relations.reads(text):
            names = [self._view(name, value) for name, value in frames.items()]
            try:
                return self._ran(text, params, alias, ())
            finally:
                self._session.later += names
        needs: tuple[Any, ...] = ()
        if frames:
            sources = {name: self._source(value) for name, value in frames.items()}
            needs = tuple(kept for _, kept in sources.values())
            ctes = ", ".join(f"{native.quoted(name)} AS ({source})" for name, (source, _) in sources.items())
            text = f"WITH {ctes} SELECT * FROM ({text}\n)"
        if params:
            return self._ran(text, params, alias, needs)
        is_query, columns = self._session.bind(text)
        if is_query:
            return Relation(self, text, alias=alias, columns=columns, needs=needs)
        return self._ran(text, None, alias, ())

    def _ran(self, text: str, params: Any, alias: str, needs: tuple[Any, ...]) -> Relation | None:
        """Runs a statement now; its rows are in a temporary table for what comes."""
        outcome = self._session.run(text, params)
        if not outcome.columns.names:
            return None
        rows = outcome.fetchall()
        name = f"mxcp_rows_{next(_numbers)}"
        columns = ", ".join(
            f"{native.quoted(f'c{index}')} {kind}" for index, kind in enumerate(outcome.columns.types)
        )
        self._run(f"CREATE TEMP TABLE {name} ({columns})")
        if rows:
            marks = ", ".join("?" for _ in outcome.columns.types)
            for start in range(0, len(rows), 500):
                part = rows[start : start + 500]
                values = ", ".join(f"({marks})" for _ in part)
                self._run(f"INSERT INTO {name} VALUES {values}", [value for row in part for value in row])
        listed = ", ".join(
            f"{native.quoted(f'c{index}')} AS {native.quoted(shown)}" for index, shown in enumerate(outcome.columns.names)
        )
        kept = Temporary(self._session, name)
        return Relation(self, f"SELECT {listed} FROM {name}", alias=alias, columns=outcome.columns, needs=(*needs, kept))

    def _materialised(self, relation: Relation) -> str:
        name = f"mxcp_rows_{next(_numbers)}"
        relation._run(f"CREATE TEMP TABLE {name} AS {relation._text}")
        self._keep(Temporary(self._session, name))
        return f"FROM {name}"

    def begin(self) -> Connection:
        return self.execute("BEGIN TRANSACTION")

    def commit(self) -> Connection:
        return self.execute("COMMIT")

    def rollback(self) -> Connection:
        return self.execute("ROLLBACK")

    def checkpoint(self) -> Connection:
        return self.execute("CHECKPOINT")

    # ---- rows

    @property
    def description(self) -> list[tuple[Any, ...]] | None:
        self._session.check_generation()
        return None if self._outcome is None else self._outcome.description

    @property
    def rowcount(self) -> int:
        """How many rows the last statement changed; -1 where it was no such statement."""
        return self._changed

    def fetchone(self) -> tuple[Any, ...] | None:
        return self._fetched().fetchone()

    def fetchmany(self, size: int = 1) -> list[tuple[Any, ...]]:
        return self._fetched().fetchmany(size)

    def fetchall(self) -> list[tuple[Any, ...]]:
        return self._fetched().fetchall()

    def df(self, *, date_as_object: bool = False) -> Any:
        return self._fetched().df(date_as_object)

    fetchdf = df
    fetch_df = df

    def fetch_df_chunk(self, vectors_per_chunk: int = 1, *, date_as_object: bool = False) -> Any:
        return self._fetched().df_chunk(vectors_per_chunk, date_as_object)

    def fetchnumpy(self) -> dict[str, Any]:
        return self._fetched().numpy()

    def to_arrow_table(self, rows_per_batch: int = _BATCH) -> Any:
        return self._fetched().arrow_table()

    arrow = to_arrow_table
    fetch_arrow_table = to_arrow_table

    def to_arrow_reader(self, rows_per_batch: int = _BATCH) -> Any:
        return self._fetched().arrow_reader(rows_per_batch)

    fetch_record_batch = to_arrow_reader

    def pl(self, rows_per_batch: int = _BATCH, *, lazy: bool = False) -> Any:
        return self._fetched().pl(lazy)

    # ---- relations

    def table(self, table_name: str) -> Relation:
        """A relation over a table."""
        name = dotted(table_name)
        return Relation(self, f"SELECT * FROM {name}", alias=table_name, table=name)

    def view(self, view_name: str) -> Relation:
        """A relation over a view, or over a registered frame."""
        return Relation(self, f"SELECT * FROM {dotted(view_name)}", alias=view_name)

    def table_function(self, name: str, parameters: Any = None) -> Relation:
        """A relation over what a function gives."""
        names = [f"tf{next(_numbers)}" for _ in parameters or ()]
        marks = ", ".join(f"${each}" for each in names)
        return Relation(
            self, f"SELECT * FROM {native.quoted(name)}({marks})", parameters=dict(zip(names, parameters or ()))
        )

    def values(self, *args: Any) -> Relation:
        """A relation of the given values: one row, or a tuple for each."""
        if not args:
            raise errors.named("InvalidInputException", "Invalid Input Error: Could not create a ValueRelation without any inputs")
        single = args[0] if len(args) == 1 and isinstance(args[0], list) else None
        rows = [single] if single is not None else list(args) if isinstance(args[0], tuple) else [args]
        parameters: dict[str, Any] = {}
        lines = []
        for row in rows:
            marks = []
            for value in row:
                if type(value).__name__ == "Expression":
                    marks.append(str(value))
                else:
                    name = f"v{next(_numbers)}"
                    parameters[name] = value
                    marks.append(f"${name}")
            lines.append(f"({', '.join(marks)})")
        return Relation(self, f"SELECT * FROM (VALUES {', '.join(lines)})", parameters=parameters)

    def read_csv(self, path_or_buffer: Any, header: Any = None, compression: Any = None, sep: Any = None, delimiter: Any = None, **options: Any) -> Relation:
        given = {"header": header, "compression": compression, "sep": sep, "delimiter": delimiter, **options}
        text, kept = readers.csv(path_or_buffer, given)
        return Relation(self, text, needs=kept)

    from_csv_auto = read_csv

    def read_parquet(self, path_or_buffer: Any, binary_as_string: bool = False, **options: Any) -> Relation:
        text, kept = readers.parquet(path_or_buffer, {"binary_as_string": binary_as_string, **options})
        return Relation(self, text, needs=kept)

    from_parquet = read_parquet

    def read_json(self, path_or_buffer: Any, **options: Any) -> Relation:
        text, kept = readers.json(path_or_buffer, options)
        return Relation(self, text, needs=kept)

    def from_df(self, df: Any) -> Relation:
        """A relation over a frame as it is now."""
        source, kept = self._source(df)
        return Relation(self, source, needs=(kept,))

    def from_arrow(self, arrow_object: Any) -> Relation:
        return self.from_df(arrow_object)

    # ---- frames

    def register(self, view_name: str, python_object: Any) -> Connection:
        """Gives a frame, or a relation, a name in SQL. Its rows are those of now."""
        with self._session.lock:
            self._session.check()
            source, kept = self._source(python_object, view_name)
            self._run(f"CREATE OR REPLACE TEMP VIEW {native.quoted(view_name)} AS {source}")
            self._registered[view_name.lower()] = kept
        return self

    def unregister(self, view_name: str) -> Connection:
        with self._session.lock:
            self._session.check()
            if self._registered.pop(view_name.lower(), None) is not None:
                self._run(f"DROP VIEW IF EXISTS temp.{native.quoted(view_name)}")
        return self

    def append(self, table_name: str, df: Any, *, by_name: bool = False) -> Connection:
        """The rows of a frame go into a table."""
        with self._session.lock:
            self._session.check()
            source, kept = self._source(df)
            self._run(f"INSERT INTO {dotted(table_name)} {'BY NAME ' if by_name else ''}{source}")
            del kept
        return self

    def _source(self, value: Any, name: str = "df") -> tuple[str, Any]:
        """The text that reads a frame or relation, and what must be kept meanwhile."""
        if type(value) is Relation:
            if value._connection._session is self._session:
                return value._literal(), value
            value = value.to_arrow_table()
        if not stored.can_store(value):
            raise errors.named(
                "InvalidInputException",
                f'Invalid Input Error: Python Object "{name}" of type "{type(value).__name__}" not suitable for replacement scans.',
            )
        kept = stored.store(value)
        return f"SELECT * FROM {kept.source}", kept

    def _view(self, name: str, value: Any) -> str:
        """Makes a frame readable under a name until the statement that is given back runs."""
        source, kept = self._source(value)
        self._run(f"CREATE OR REPLACE TEMP VIEW {native.quoted(name)} AS {source}")
        # the rows of the statement may be read until the view goes
        self._registered[name.lower()] = kept
        return f"DROP VIEW IF EXISTS temp.{native.quoted(name)}"

    def _capture(self, query: Any) -> list[str]:
        found = captured.variables(self._session, getattr(query, "query", query))
        return [self._view(name, value) for name, value in found.items()]

    def _keep(self, thing: Any) -> None:
        self._kept.append(thing)

    # ---- lifetime

    def cursor(self) -> Connection:
        """Another session of the same database."""
        self._session.check()
        other = self._session.worker.calling().connect(new=True)
        other._session.read_only = self._session.read_only
        if self._functions:
            from mxcp._worker import created

            for name, made in self._functions.items():
                created.install(other, made)
                other._functions[name] = made
        return other

    duplicate = cursor

    def interrupt(self) -> None:
        """Ends the statement that another thread runs on this connection."""
        self._session.interrupt()

    def settle(self) -> None:
        """Another statement of the session comes that is not this connection's."""
        if self._session.open:
            self._session.settle()

    def close(self) -> None:
        self._outcome = None
        self._registered.clear()
        self._functions.clear()
        self._session.close()

    def __enter__(self) -> Connection:
        return self

    def __exit__(self, *_: Any) -> None:
        self.close()

    def __del__(self) -> None:
        # the garbage collector may stand anywhere: only a note, which the next call takes along
        session = getattr(self, "_session", None)
        if session is not None and session.open:
            session.open = False
            session.worker.released.append(session.handle)

    def _run(self, query: Any, parameters: Any = None) -> Outcome:
        return self._session.run(query, parameters)

    def _fetched(self) -> Outcome:
        self._session.check_generation()
        if self._outcome is None:
            raise errors.named("InvalidInputException", "Invalid Input Error: No open result set")
        return self._outcome


class Temporary:
    """A temporary table, which goes before the next statement when nobody needs it any more."""

    def __init__(self, session: Session, name: str) -> None:
        weakref.finalize(self, session.later.append, f"DROP TABLE IF EXISTS temp.{name}")


def invalidate() -> None:
    """The server closes its database: connections that user code kept say so from now on (R3.9.3)."""
    for connection in list(_connections):
        connection._session.invalidate()
