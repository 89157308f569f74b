"""Variables of user code that a statement reads as if they were tables."""
from __future__ import annotations

import re
import sys

from mxcp._worker import native, stored

TYPE_CHECKING = False
if TYPE_CHECKING:
    from types import FrameType
    from typing import Any

    from mxcp._worker.session import Session

_NAMES = re.compile(r'"((?:[^"]|"")+)"|([^\W\d]\w*)')
_OURS = "mxcp._worker"


def variables(session: Session, query: str) -> dict[str, Any]:
    """The frames among the caller's variables that the query reads and that no table, view or file hides."""
    frame = _caller()
    if frame is None or not isinstance(query, str):
        return {}
    found: dict[str, Any] = {}
    for quoted, plain in _NAMES.findall(query):
        name = quoted.replace('""', '"') or plain
        for scope in (frame.f_locals, frame.f_globals):
            if name in scope:
                if name not in found and _readable(scope[name]):
                    found[name] = scope[name]
                break
    if not found:
        return {}
    try:
        tables = set(session.table_names(query, False))
    except Exception:
        # it does not parse; the statement itself will say so
        return {}
    found = {name: value for name, value in found.items() if name in tables}
    hidden = _existing(session, list(found)) if found else set()
    return {name: value for name, value in found.items() if name.lower() not in hidden}


def _readable(value: Any) -> bool:
    from mxcp._worker.relations import Relation

    return type(value) is Relation or stored.can_store(value)


def _existing(session: Session, names: list[str]) -> set[str]:
    """Those that a table or view has. Asked of the catalog: an error would end an open transaction."""
    marks = ", ".join("lower(?)" for _ in names)
    asked = session.run(
        "SELECT lower(name) FROM (SELECT database_name, schema_name, table_name AS name FROM duckdb_tables() UNION ALL"
        " SELECT database_name, schema_name, view_name FROM duckdb_views())"
        " WHERE database_name IN (current_database(), 'temp', 'system')"
        f" AND schema_name IN (current_schema(), 'main', 'pg_catalog') AND lower(name) IN ({marks})",
        names,
    )
    return {row[0] for row in asked.fetchall()}


def _caller() -> FrameType | None:
    """The innermost frame of code that is not ours."""
    frame: FrameType | None = sys._getframe(1)
    while frame is not None and frame.f_globals.get("__name__", "").startswith(_OURS):
        frame = frame.f_back
    return frame
