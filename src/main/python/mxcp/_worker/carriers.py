"""How values of any DuckDB type travel to functions in Python: as one of the types that the wire of SQL functions knows.

SQL casts to and from that type. What it lacks (large integers, DECIMAL, moments with a zone) travels as text.
"""
from __future__ import annotations

import re

from mxcp._worker import errors
from mxcp.plugins._types import Shape

_WORD = re.compile(r"[A-Z_][A-Z_0-9]*( WITH TIME ZONE)?")
_FIELD = re.compile(r'"((?:[^"]|"")*)"|(\w+)')
_SUFFIX = re.compile(r"\[\d*\]")
_LABELS = re.compile(r"\(('([^']|'')*'(, )?)*\)")
_DIGITS = re.compile(r"\(\d+, ?\d+\)")

# kind and type of what travels
_CARRIERS = {
    **dict.fromkeys(("TINYINT", "SMALLINT", "UTINYINT", "USMALLINT", "INTEGER"), ("INTEGER", "INTEGER")),
    **dict.fromkeys(("UINTEGER", "BIGINT"), ("BIGINT", "BIGINT")),
    **dict.fromkeys(("UBIGINT", "HUGEINT", "UHUGEINT", "BIGNUM"), ("DIGITS", "VARCHAR")),
    **dict.fromkeys(("FLOAT", "DOUBLE"), ("DOUBLE", "DOUBLE")),
    **dict.fromkeys(("TIMESTAMP", "TIMESTAMP_S", "TIMESTAMP_MS", "TIMESTAMP_NS"), ("TIMESTAMP", "TIMESTAMP")),
    **dict.fromkeys(("VARCHAR", "JSON", "BIT", "ENUM"), ("VARCHAR", "VARCHAR")),
    **{name: (name, name) for name in ("BOOLEAN", "BLOB", "DATE", "TIME", "INTERVAL", "UUID")},
    "DECIMAL": ("EXACT", "VARCHAR"),
    "TIMESTAMP WITH TIME ZONE": ("ZONED_TIMESTAMP", "VARCHAR"),
    "TIME WITH TIME ZONE": ("ZONED_TIME", "VARCHAR"),
}


def shape(kind: str) -> Shape:
    """What carries a type, as DuckDB writes it; NotImplementedException where nothing does."""
    found, end = _type(kind, 0)
    if end != len(kind):
        raise _refused(kind)
    return found


def _type(text: str, at: int) -> tuple[Shape, int]:
    word = _WORD.match(text, at)
    if word is None:
        raise _refused(text)
    name, at = word.group(), word.end()
    if name == "STRUCT":
        found, at = _struct(text, at + 1)
    elif name == "MAP":
        key, at = _type(text, at + 1)
        value, at = _type(text, at + 2)
        found, at = Shape("MAP", f"MAP({key.text}, {value.text})", (key, value)), at + 1
    elif name in _CARRIERS:
        found = Shape(*_CARRIERS[name])
        details = (_LABELS if name == "ENUM" else _DIGITS).match(text, at)
        at = at if details is None else details.end()
    else:
        raise _refused(text)
    while suffix := _SUFFIX.match(text, at):
        found, at = Shape("LIST", f"{found.text}[]", (found,)), suffix.end()
    return found, at


def _struct(text: str, at: int) -> tuple[Shape, int]:
    names, parts = [], []
    while True:
        field = _FIELD.match(text, at)
        if field is None:
            raise _refused(text)
        names.append(field.group(2) or field.group(1).replace('""', '"'))
        part, at = _type(text, field.end() + 1)
        parts.append(part)
        if text[at : at + 2] != ", ":
            break
        at += 2
    members = ('"{}" {}'.format(name.replace('"', '""'), part.text) for name, part in zip(names, parts))
    return Shape("STRUCT", f"STRUCT({', '.join(members)})", tuple(parts), tuple(names)), at + 1


def _refused(text: str) -> Exception:
    return errors.named(
        "NotImplementedException", f"Not implemented Error: a function in Python cannot take or give values of type {text}"
    )
