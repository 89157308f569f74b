"""The `duckdb` package of the worker, if there is one: it turns rows into frames exactly as it always does.

Its own database is in memory and never sees the served file.
"""
from __future__ import annotations

import functools
import importlib.util
import sys
import threading

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from mxcp._worker.rows import Columns

_lock = threading.Lock()
_here = threading.local()
_database: Any = None


def package() -> Any:
    """The module `duckdb`, or None. Imports it."""
    try:
        import duckdb
    except Exception:
        return None
    # a project may have a module of that name
    return duckdb if hasattr(duckdb, "DuckDBPyConnection") else None


def loaded() -> Any:
    """The module `duckdb` if somebody has imported it."""
    found = sys.modules.get("duckdb")
    return found if hasattr(found, "DuckDBPyConnection") else None


def borrows() -> bool:
    """Whether the package leaves it to us how long the rows live that it reads (see `arrows.Batch`).

    Older ones read through pyarrow, which insists on releasing them, and they do so before they raise.
    """
    return int(package().__version__.partition(".")[0]) >= 2


@functools.lru_cache(maxsize=None)
def has(name: str) -> bool:
    """Whether a package can be imported."""
    try:
        return importlib.util.find_spec(name) is not None
    except (ImportError, ValueError):
        return False


def cursor() -> Any:
    """A connection of this thread to the worker's own database, or None without the package."""
    global _database
    found = getattr(_here, "cursor", None)
    if found is None:
        duckdb = package()
        if duckdb is None:
            return None
        with _lock:
            if _database is None:
                connect = getattr(duckdb.connect, "__wrapped__", duckdb.connect)
                # with more threads they would wait for each other: only one can run Python code
                _database = connect(":memory:", config={"threads": 1})
            found = _here.cursor = _database.cursor()
    return found


def result(rows: Any, columns: Columns, skip: int = 0, zone: str = "") -> Any:
    """A connection of the package with the rows as its open result."""
    reading = cursor().cursor()
    if zone:
        reading.execute(f"SET TimeZone = {literal(zone)}")
    reading.execute(_select(columns, skip))  # `rows` is the table: the package looks for it here
    return reading


def relation(rows: Any, columns: Columns, skip: int = 0, zone: str = "") -> Any:
    """The same as a relation of the package."""
    reading = cursor().cursor()
    if zone:
        reading.execute(f"SET TimeZone = {literal(zone)}")
    return reading.sql(_select(columns, skip))


def _select(columns: Columns, skip: int) -> str:
    listed = ", ".join(
        f"{_cast(f'c{index}', kind)} AS {quoted(name)}"
        for index, (name, kind) in enumerate(zip(columns.names, columns.types))
    )
    return f"SELECT {listed} FROM rows" + (f" OFFSET {skip}" if skip else "")


def _cast(column: str, kind: str) -> str:
    # the one type that Arrow loses
    return f"CAST({column} AS {kind})" if "ENUM(" in kind else column


def types(columns: Columns) -> list[Any]:
    """The types as `DuckDBPyConnection.description` has them; their names where the package is missing."""
    return [column[1] for column in _empty(tuple(columns.names), tuple(columns.types))]


def relation_types(columns: Columns) -> list[Any]:
    """The types as `DuckDBPyRelation.types` has them."""
    duckdb = package()
    try:
        return [duckdb.sqltype(kind) for kind in columns.types]
    except Exception:
        return list(columns.types)


@functools.lru_cache(maxsize=256)
def _empty(names: tuple[str, ...], kinds: tuple[str, ...]) -> list[tuple[Any, ...]]:
    reading = cursor()
    try:
        listed = ", ".join(f"NULL::{kind} AS {quoted(name)}" for name, kind in zip(names, kinds))
        found = reading.execute(f"SELECT {listed} LIMIT 0").description
        reading.fetchall()
        return list(found)
    except Exception:
        # no package, or one that does not know the type
        return [(name, kind) for name, kind in zip(names, kinds)]


def quoted(name: str) -> str:
    """A name in SQL."""
    return '"' + name.replace('"', '""') + '"'


def literal(text: str) -> str:
    """A text in SQL."""
    return "'" + text.replace("'", "''") + "'"
