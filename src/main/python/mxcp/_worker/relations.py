"""Relations: queries that are put together step by step as text and run in the server when their rows are wanted."""
from __future__ import annotations

import itertools
import re

from mxcp._worker import errors, native
from mxcp._worker.relation_functions import Functions
from mxcp._worker.relation_output import Output

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from mxcp._worker.connection import Connection
    from mxcp._worker.outcomes import Outcome
    from mxcp._worker.rows import Columns

_numbers = itertools.count(1)


class Relation(Functions, Output):
    """A query. Its steps are relations of their own; none of them changes another."""

    def __init__(
        self,
        connection: Connection,
        text: str,
        *,
        columns: Columns | None = None,
        alias: str = "",
        parameters: dict[str, Any] | None = None,
        needs: tuple[Any, ...] = (),
        table: str = "",
    ) -> None:
        self._connection = connection
        self._text = text
        self._name = alias or f"unnamed_relation_{next(_numbers):x}"
        self._parameters = parameters or {}
        # frames and temporary tables that the text reads
        self._needs = needs
        # the table that this is all of, for insert and update
        self._table = table
        self._outcome: Outcome | None = None
        self._columns = columns or self._described()

    def _described(self) -> Columns:
        session = self._connection._session
        with session.lock:
            if not self._parameters:
                return session.bind(self._text)[1]
            return self._run(f"SELECT * FROM ({self._text}\n) LIMIT 0").columns

    def _run(self, text: str) -> Outcome:
        return self._connection._session.run(text, self._parameters or None)

    # ---- what it is

    @property
    def __class__(self) -> Any:  # type: ignore[override]
        found = native.loaded()
        return Relation if found is None else found.DuckDBPyRelation

    @property
    def alias(self) -> str:
        """The name under which SQL of the next step knows it."""
        return self._name

    @property
    def type(self) -> str:
        return "TABLE_RELATION" if self._table else "QUERY_RELATION"

    @property
    def columns(self) -> list[str]:
        return list(self._columns.names)

    @property
    def types(self) -> list[Any]:
        return native.relation_types(self._columns)

    dtypes = types

    @property
    def description(self) -> list[tuple[Any, ...]]:
        kinds = native.types(self._columns)
        return [(name, kind, None, None, None, None, None) for name, kind in zip(self.columns, kinds)]

    @property
    def shape(self) -> tuple[int, int]:
        return len(self), len(self._columns.names)

    def __len__(self) -> int:
        found = self._run(f"SELECT count(*) FROM ({self._text}\n)").fetchone()
        return 0 if found is None else int(found[0])

    def __contains__(self, name: object) -> bool:
        return name in self._columns.names

    def __getitem__(self, name: str) -> Relation:
        return self._column(name)

    def __getattr__(self, name: str) -> Relation:
        if name.startswith("_"):
            raise AttributeError(name)
        try:
            return self._column(name)
        except AttributeError:
            raise AttributeError(f"This relation does not contain a column by the name of '{name}'") from None

    def _column(self, name: str) -> Relation:
        if name not in self._columns.names:
            raise AttributeError(f"This relation does not contain a column by the name of '{name}'")
        return self._step(f"SELECT {native.quoted(name)} {self._from()}")

    def sql_query(self) -> str:
        """The query as text."""
        return self._text

    # ---- steps

    def _from(self) -> str:
        return f"FROM ({self._text}\n) AS {native.quoted(self._name)}"

    def _step(self, text: str, *others: Relation, alias: str = "", columns: Columns | None = None) -> Relation:
        parameters = dict(self._parameters)
        needs = (self, *self._needs)
        for other in others:
            parameters.update(other._parameters)
            needs += (other, *other._needs)
        return Relation(
            self._connection, text, alias=alias or self._name, parameters=parameters, needs=needs, columns=columns
        )

    def filter(self, filter_expr: Any) -> Relation:
        return self._step(f"SELECT * {self._from()} WHERE {sql(filter_expr)}")

    def project(self, *args: Any, groups: str = "") -> Relation:
        """One text is a list of expressions; several are names of columns."""
        listed = args[0] if len(args) == 1 and isinstance(args[0], str) else ", ".join(map(column, args))
        return self._step(f"SELECT {listed}\n{self._from()}" + (f" GROUP BY {groups}" if groups else ""))

    select = project

    def select_types(self, types: Any) -> Relation:
        wanted = {str(kind).upper() for kind in types}
        found = [name for name, kind in zip(self.columns, map(str, self.types)) if kind.upper() in wanted]
        if not found:
            raise errors.named("InvalidInputException", "Invalid Input Error: Empty Projection is not allowed")
        return self.project(", ".join(map(native.quoted, found)))

    select_dtypes = select_types

    def aggregate(self, aggr_expr: Any, group_expr: Any = "") -> Relation:
        listed = aggr_expr if isinstance(aggr_expr, str) else ", ".join(map(sql, aggr_expr))
        groups = sql(group_expr) if group_expr else "ALL"
        return self._step(f"SELECT {listed}\n{self._from()} GROUP BY {groups}")

    def order(self, order_expr: Any) -> Relation:
        return self._step(f"SELECT * {self._from()} ORDER BY {sql(order_expr)}", columns=self._columns)

    def sort(self, *args: Any) -> Relation:
        return self.order(", ".join(map(column, args)))

    def limit(self, n: int, offset: int = 0) -> Relation:
        skip = f" OFFSET {int(offset)}" if offset else ""
        return self._step(f"SELECT * {self._from()} LIMIT {int(n)}{skip}", columns=self._columns)

    def distinct(self) -> Relation:
        return self._step(f"SELECT DISTINCT * {self._from()}", columns=self._columns)

    def unique(self, unique_aggr: str) -> Relation:
        return self._step(f"SELECT DISTINCT {unique_aggr}\n{self._from()}")

    def union(self, union_rel: Relation) -> Relation:
        return self._combined("UNION ALL", union_rel)

    def except_(self, other_rel: Relation) -> Relation:
        return self._combined("EXCEPT ALL", other_rel)

    def intersect(self, other_rel: Relation) -> Relation:
        return self._combined("INTERSECT ALL", other_rel)

    def _combined(self, how: str, other: Relation) -> Relation:
        self._same_connection(other)
        return self._step(f"(FROM ({self._text}\n)) {how} (FROM ({other._text}\n))", other)

    def join(self, other_rel: Relation, condition: Any, how: str = "inner") -> Relation:
        """`condition` is an expression, or the names of columns that both have."""
        self._same_connection(other_rel)
        if self._name.lower() == other_rel._name.lower():
            raise errors.named(
                "InvalidInputException",
                "Invalid Input Error: Both relations have the same alias, please change the alias of one or both "
                "relations using 'rel = rel.set_alias(<new alias>)'",
            )
        kind = str(how).strip().lower()
        if kind not in ("inner", "left", "right", "outer", "full", "semi", "anti"):
            raise errors.named("InvalidInputException", f"Invalid Input Error: Unsupported join type {how}")
        kind = "full" if kind == "outer" else kind
        text = sql(condition)
        names = [part.strip() for part in text.split(",")]
        both = all(name.strip('"') in self._columns.names and name.strip('"') in other_rel._columns.names for name in names)
        rule = f"USING ({', '.join(names)})" if both else f"ON ({text})"
        return self._step(f"SELECT * {self._from()} {kind.upper()} JOIN {other_rel._from()[5:]} {rule}", other_rel)

    def cross(self, other_rel: Relation) -> Relation:
        self._same_connection(other_rel)
        return self._step(f"SELECT * {self._from()} CROSS JOIN {other_rel._from()[5:]}", other_rel)

    def set_alias(self, alias: str) -> Relation:
        return self._step(self._text, alias=alias, columns=self._columns)

    def query(self, virtual_table_name: str, sql_query: str) -> Relation | None:
        """Another query over this relation, which it knows under that name."""
        name = native.quoted(virtual_table_name)
        session = self._connection._session
        parts = session.split(sql_query)
        if len(parts) == 1 and reads(parts[0]):
            return self._step(f"WITH {name} AS (FROM ({self._text}\n)) SELECT * FROM ({parts[0]}\n)")
        session.run(f"CREATE OR REPLACE TEMP VIEW {name} AS {self._literal()}")
        try:
            found = self._connection.sql(sql_query)
            return None if found is None else found._kept(self)
        finally:
            session.later.append(f"DROP VIEW IF EXISTS temp.{name}")

    def map(self, map_function: Any, *, schema: Any = None) -> Relation:
        """What a function makes of all rows as a DataFrame."""
        made = map_function(self.df())
        return self._connection.from_df(made)

    def describe(self) -> Relation:
        """Count, mean and so on of each column."""
        numeric = [
            kind.startswith(("DECIMAL", "FLOAT", "DOUBLE")) or kind.endswith("INT") or kind == "INTEGER"
            for kind in self._columns.types
        ]
        parts = []
        for name, function in (("count", "count"), ("mean", "avg"), ("stddev", "stddev"), ("min", "min"), ("max", "max"), ("median", "median")):
            listed = [f"'{name}' AS aggr"]
            for at, is_number in zip(map(native.quoted, self._columns.names), numeric):
                possible = is_number or function in ("count", "min", "max")
                kind = "DOUBLE" if is_number else "VARCHAR"
                listed.append(f"{function}({at})::{kind} AS {at}" if possible else f"NULL::{kind} AS {at}")
            parts.append(f"SELECT {', '.join(listed)} {self._from()}")
        return self._step(" UNION ALL ".join(parts))

    def _kept(self, *others: Any) -> Relation:
        self._needs += others
        return self

    def _same_connection(self, other: Any) -> None:
        if type(other) is not Relation:
            raise TypeError(f"a relation is wanted, not {type(other).__name__}")
        if other._connection._session is not self._connection._session:
            raise errors.named(
                "InvalidInputException",
                "Invalid Input Error: Cannot combine LEFT and RIGHT relations of different connections!",
            )

    def _literal(self) -> str:
        """The text for what takes no parameters: the rows then are in a temporary table."""
        return f"SELECT * FROM ({self._text}\n)" if not self._parameters else self._connection._materialised(self)


_WORD = re.compile(r"[\s(]*(\w+)")
_QUERIES = ("select", "from", "with", "values", "table", "describe", "desc", "show", "summarize")


def reads(statement: str) -> bool:
    """Whether a statement looks like a query that can stand in another one."""
    first = _WORD.match(statement)
    return first is not None and first.group(1).lower() in _QUERIES


def sql(expression: Any) -> str:
    """An expression of SQL: text, or what the duckdb package builds expressions with."""
    return expression if isinstance(expression, str) else str(expression)


def column(expression: Any) -> str:
    """A text is the name of a column."""
    if isinstance(expression, str):
        return expression if expression == "*" else native.quoted(expression)
    return str(expression)
