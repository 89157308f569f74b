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
    typing.Dict: "JSON",
    typing.List: "JSON",
    typing.Any: "JSON",
}


class Shape:
    """A DuckDB type and what it stands for in Python.

    `kind` is the type without its parts: `VARCHAR`, `DECIMAL`, `LIST`, `MAP`, `STRUCT`; `ENUM` is a VARCHAR whose
    texts are members of `python`. `parts` are the items, key and value, or the fields, which `names` names.
    """

    __slots__ = ("kind", "names", "parts", "python", "text")

    def __init__(
        self, kind: str, text: str, parts: tuple[Shape, ...] = (), names: tuple[str, ...] = (), python: Any = None
    ) -> None:
        self.kind = kind
        self.text = text
        self.parts = parts
        self.names = names
        self.python = python


def duckdb_type(annotation: Any) -> str:
    """The DuckDB type for an annotation; ValueError if there is none."""
    return shape(annotation).text


def shape(annotation: Any) -> Shape:
    """The shape of the values that an annotation allows; ValueError if DuckDB has no type for them."""
    return _shape(annotation, ())


def _shape(annotation: Any, within: tuple[Any, ...]) -> Shape:
    scalar = _scalar(annotation)
    if scalar is not None:
        return Shape(scalar.partition("(")[0], scalar)
    origin, arguments = typing.get_origin(annotation), typing.get_args(annotation)
    if origin is typing.Annotated:
        return _shape(arguments[0], within)
    if origin in (typing.Union, types.UnionType):
        members = [member for member in arguments if member is not type(None)]
        if len(members) == 1:
            return _shape(members[0], within)
    if origin is list and len(arguments) == 1:
        items = _shape(arguments[0], within)
        return Shape("LIST", f"{items.text}[]", (items,))
    if origin is dict and len(arguments) == 2:
        key, value = _shape(arguments[0], within), _shape(arguments[1], within)
        return Shape("MAP", f"MAP({key.text}, {value.text})", (key, value))
    if isinstance(annotation, typing.NewType):
        return _shape(annotation.__supertype__, within)
    if isinstance(annotation, type) and origin is None:
        return _class_shape(annotation, within)
    raise ValueError(f"no DuckDB type for {annotation!r}")


def _scalar(annotation: Any) -> str | None:
    try:
        return _SCALARS.get(annotation)
    except TypeError:  # metadata of Annotated that cannot be hashed
        return None


def _class_shape(annotation: type, within: tuple[Any, ...]) -> Shape:
    if issubclass(annotation, enum.Enum):
        return Shape("ENUM", "VARCHAR", python=annotation)
    if annotation in within:
        raise ValueError(f"no DuckDB type for {annotation!r}: it contains itself")
    fields = {} if annotation.__module__ == "builtins" else typing.get_type_hints(annotation)
    fields = {name: member for name, member in fields.items() if not _of_class(member)}
    if not fields:
        raise ValueError(f"no DuckDB type for {annotation!r}")
    parts = tuple(_shape(member, (*within, annotation)) for member in fields.values())
    members = (
        '"{}" {}'.format(name.replace('"', '""'), part.text) for name, part in zip(fields, parts)
    )
    return Shape("STRUCT", f"STRUCT({', '.join(members)})", parts, tuple(fields), annotation)


def _of_class(annotation: Any) -> bool:
    """Whether the member belongs to the class, not to its objects."""
    return annotation is typing.ClassVar or typing.get_origin(annotation) is typing.ClassVar


def functions(plugin: Any) -> list[dict[str, Any]]:
    """The marked methods of a plugin, sorted by name."""
    return [
        {
            "name": name,
            "method": getattr(plugin, name),
            "args": [parameter.text for parameter in parameters],
            "return_type": result.text,
        }
        for name, parameters, result in signatures(plugin)
    ]


def signatures(plugin: Any) -> list[tuple[str, list[Shape], Shape]]:
    """Name, parameters and result of each marked method, sorted by name; ValueError for one that SQL cannot call."""
    found = []
    for name in sorted(dir(type(plugin))):
        if getattr(inspect.getattr_static(type(plugin), name), "_is_udf", False):
            signature = _signature(plugin, name)
            if signature is not None:
                found.append((name, *signature))
    return found


def _signature(plugin: Any, name: str) -> tuple[list[Shape], Shape] | None:
    method = getattr(plugin, name)
    where = f"{type(plugin).__module__}.{type(plugin).__qualname__}.{name}"
    hints = typing.get_type_hints(inspect.unwrap(method))
    if "return" not in hints:
        logging.getLogger(__name__).warning("%s has no return annotation and is no SQL function", where)
        return None
    parameters = []
    for parameter in inspect.signature(method).parameters.values():
        if parameter.kind in (parameter.VAR_POSITIONAL, parameter.VAR_KEYWORD, parameter.KEYWORD_ONLY):
            raise ValueError(f"{where}: {parameter} cannot be an argument of a SQL function")
        if parameter.name not in hints:
            raise ValueError(f"{where}: parameter {parameter.name} has no annotation")
        parameters.append(_shape_at(f"{where}: parameter {parameter.name}", hints[parameter.name]))
    return parameters, _shape_at(f"{where}: the result", hints["return"])


def _shape_at(place: str, annotation: Any) -> Shape:
    try:
        return shape(annotation)
    except ValueError as refused:
        raise ValueError(f"{place}: {refused}") from None
