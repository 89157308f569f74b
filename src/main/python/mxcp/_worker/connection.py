"""`db.connection`: a connection that lives in the server, with the interface of the `duckdb` package."""
from __future__ import annotations

from mxcp._worker import errors, rows, wire

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from mxcp._worker.calls import Call


class Outcome:
    """The rows of one statement, read once from front to back."""

    def __init__(self, columns: rows.Columns, chunks: list[list[list[Any]]]) -> None:
        self.columns = columns
        self._rows = rows.tuples(columns, chunks)
        self._next = 0

    @property
    def description(self) -> list[tuple[Any, ...]]:
        return [
            (name, kind, None, None, None, None, None) for name, kind in zip(self.columns.names, self.columns.types)
        ]

    def fetchone(self) -> tuple[Any, ...] | None:
        found = self.fetchmany(1)
        return found[0] if found else None

    def fetchmany(self, size: int = 1) -> list[tuple[Any, ...]]:
        found = self._rows[self._next : self._next + size]
        self._next += len(found)
        return found

    def fetchall(self) -> list[tuple[Any, ...]]:
        return self.fetchmany(len(self._rows))

    def df(self) -> Any:
        from mxcp._worker import frames

        return frames.data_frame(self.columns, self.fetchall())


class Connection:
    """One session of the served database. Used by several threads at once it serialises."""

    def __init__(self, handle: int, home: Call, released: Callable[[int], None]) -> None:
        self._handle = handle
        self._home = home.worker
        self._released = released
        self._open = True
        self._outcome: Outcome | None = None

    @property
    def handle(self) -> int | None:
        """The session's number; None after closing."""
        return self._handle if self._open else None

    # ---- statements

    def execute(self, query: Any, parameters: Any = None) -> Connection:
        """Runs the statements of a text; the last one's rows are fetched from this connection."""
        self._outcome = self._run(query, parameters)
        return self

    def executemany(self, query: Any, parameters: Any = None) -> Connection:
        """Runs one statement for each set of parameters."""
        sets = list(parameters or ())
        if not sets:
            raise errors.named("InvalidInputException", "Invalid Input Error: executemany requires a list of parameter sets")
        for each in sets:
            self.execute(query, each)
        return self

    def sql(self, query: Any, *, alias: str = "", params: Any = None) -> Relation | None:
        """Runs a statement; a relation over its rows, or None if the statement is no query."""
        outcome = self._run(query, params)
        return Relation(self, outcome) if outcome.columns.names and _is_query(str(query)) else None

    query = sql
    from_query = sql

    def table(self, name: str) -> Relation:
        """A relation over a table."""
        return Relation(self, self._run(f"SELECT * FROM {_quoted(name)}"))

    view = table

    def begin(self) -> Connection:
        return self.execute("BEGIN TRANSACTION")

    def commit(self) -> Connection:
        return self.execute("COMMIT")

    def rollback(self) -> Connection:
        return self.execute("ROLLBACK")

    def checkpoint(self) -> Connection:
        return self.execute("CHECKPOINT")

    def install_extension(self, extension: str, **_: Any) -> None:
        self._run(f"INSTALL {_quoted(extension)}")

    def load_extension(self, extension: str) -> None:
        self._run(f"LOAD {_quoted(extension)}")

    # ---- rows

    @property
    def description(self) -> list[tuple[Any, ...]] | None:
        return None if self._outcome is None else self._outcome.description

    @property
    def rowcount(self) -> int:
        return -1

    def fetchone(self) -> tuple[Any, ...] | None:
        return self._fetched().fetchone()

    def fetchmany(self, size: int = 1) -> list[tuple[Any, ...]]:
        return self._fetched().fetchmany(size)

    def fetchall(self) -> list[tuple[Any, ...]]:
        return self._fetched().fetchall()

    def df(self, *, date_as_object: bool = False) -> Any:
        return self._fetched().df()

    fetchdf = df
    fetch_df = df

    # ---- lifetime

    def cursor(self) -> Connection:
        """Another session of the same database."""
        self._check()
        return self._home.calling().connect(new=True)

    duplicate = cursor

    def close(self) -> None:
        if self._open:
            self._open = False
            self._outcome = None
            self._home.calling().request((wire.CLOSE, self._handle))

    def __enter__(self) -> Connection:
        return self

    def __exit__(self, *_: Any) -> None:
        self.close()

    def __del__(self) -> None:
        # the garbage collector may stand anywhere: only a note, which the next call takes along
        if getattr(self, "_open", False):
            self._open = False
            self._released(self._handle)

    def _run(self, query: Any, parameters: Any = None) -> Outcome:
        self._check()
        columns, chunks = self._home.calling().statement(self._handle, query, parameters)
        return Outcome(columns, chunks)

    def _check(self) -> None:
        if not self._open:
            raise errors.named("ConnectionException", "Connection Error: Connection already closed!")

    def _fetched(self) -> Outcome:
        self._check()
        if self._outcome is None:
            raise errors.named("InvalidInputException", "Invalid Input Error: No open result set")
        return self._outcome


class Relation:
    """The rows of a query, to be read as often as wanted."""

    def __init__(self, connection: Connection, outcome: Outcome) -> None:
        self._connection = connection
        self._all = outcome.fetchall()
        self._columns = outcome.columns
        self._next = 0

    @property
    def columns(self) -> list[str]:
        return list(self._columns.names)

    @property
    def types(self) -> list[str]:
        return list(self._columns.types)

    dtypes = types

    @property
    def description(self) -> list[tuple[Any, ...]]:
        return [(name, kind, None, None, None, None, None) for name, kind in zip(self.columns, self.types)]

    @property
    def shape(self) -> tuple[int, int]:
        return len(self._all), len(self._columns.names)

    def __len__(self) -> int:
        return len(self._all)

    def execute(self) -> Relation:
        self._next = 0
        return self

    def fetchone(self) -> tuple[Any, ...] | None:
        found = self.fetchmany(1)
        return found[0] if found else None

    def fetchmany(self, size: int = 1) -> list[tuple[Any, ...]]:
        found = self._all[self._next : self._next + size]
        self._next += len(found)
        return found

    def fetchall(self) -> list[tuple[Any, ...]]:
        found = self._all[self._next :]
        self._next = 0
        return found

    def df(self, *, date_as_object: bool = False) -> Any:
        from mxcp._worker import frames

        return frames.data_frame(self._columns, self._all)

    to_df = df
    fetchdf = df
    fetch_df = df


_QUERIES = (
    "select", "from", "with", "values", "describe", "show", "summarize", "pragma", "call", "explain", "table", "pivot",
    "unpivot", "(",
)


def _is_query(text: str) -> bool:
    lines = (line for line in text.splitlines() if not line.lstrip().startswith("--"))
    return " ".join(lines).lstrip().lower().startswith(_QUERIES)


def _quoted(name: str) -> str:
    return ".".join('"' + part.replace('"', '""') + '"' for part in name.split("."))
