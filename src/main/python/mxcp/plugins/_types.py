"""Which DuckDB type stands for a Python annotation. Apart from `base`, so that importing that stays cheap."""
from __future__ import annotations

import datetime
import decimal
import enum
import inspect
import logging
import types
import typing
import uuid
from typing import Any

_SCALARS = {
    str: "VARCHAR",
    int: "INTEGER",
    float: "DOUBLE",
    bool: "BOOLEAN",
    bytes: "BLOB",
    decimal.Decimal: "DECIMAL(18,3)",
    datetime.date: "DATE",
    datetime.time: "TIME",
    datetime.datetime: "TIMESTAMP",
    datetime.timedelta: "INTERVAL",
    uuid.UUID: "UUID",
    # bare containers and Any: whatever JSON can say
    dict: "JSON",
    list: "JSON",
    typing.Any: "JSON",
}


def duckdb_type(annotation: Any) -> str:
    """The DuckDB type for an annotation; ValueError if there is none."""
    if annotation in _SCALARS:
        return _SCALARS[annotation]
    origin, arguments = typing.get_origin(annotation), typing.get_args(annotation)
    if origin is typing.Annotated:
        return duckdb_type(arguments[0])
    if origin in (typing.Union, types.UnionType):
        members = [member for member in arguments if member is not type(None)]
        if len(members) == 1:
            return duckdb_type(members[0])
    if origin is list and len(arguments) == 1:
        return duckdb_type(arguments[0]) + "[]"
    if origin is dict and len(arguments) == 2:
        return f"MAP({duckdb_type(arguments[0])}, {duckdb_type(arguments[1])})"
    if isinstance(annotation, type) and origin is None:
        return _class_type(annotation)
    raise ValueError(f"no DuckDB type for {annotation!r}")


def _class_type(annotation: type) -> str:
    if issubclass(annotation, enum.Enum):
        return "VARCHAR"
    fields = {} if annotation.__module__ == "builtins" else typing.get_type_hints(annotation)
    if not fields:
        raise ValueError(f"no DuckDB type for {annotation!r}")
    members = (
        '"{}" {}'.format(name.replace('"', '""'), duckdb_type(member)) for name, member in fields.items()
    )
    return f"STRUCT({', '.join(members)})"


def functions(plugin: Any) -> list[dict[str, Any]]:
    """The marked methods of a plugin, sorted by name."""
    found = []
    for name in sorted(dir(type(plugin))):
        member = inspect.getattr_static(type(plugin), name)
        if getattr(member, "_is_udf", False):
            signature = _signature(plugin, name)
            if signature is not None:
                found.append({"name": name, "method": getattr(plugin, name), **signature})
    return found


def _signature(plugin: Any, name: str) -> dict[str, Any] | None:
    method = getattr(plugin, name)
    where = f"{type(plugin).__module__}.{type(plugin).__qualname__}.{name}"
    hints = typing.get_type_hints(inspect.unwrap(method))
    if "return" not in hints:
        logging.getLogger(__name__).warning("%s has no return annotation and is no SQL function", where)
        return None
    arguments = []
    for parameter in inspect.signature(method).parameters.values():
        if parameter.kind in (parameter.VAR_POSITIONAL, parameter.VAR_KEYWORD):
            raise ValueError(f"{where}: *{parameter.name} cannot be an argument of a SQL function")
        if parameter.name not in hints:
            raise ValueError(f"{where}: parameter {parameter.name} has no annotation")
        arguments.append(duckdb_type(hints[parameter.name]))
    return {"args": arguments, "return_type": duckdb_type(hints["return"])}
