"""The result of a function as JSON, encoded here because only this process knows the classes of its values."""
from __future__ import annotations

import base64
import json
import re
import sys
import types
import uuid

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Callable

# Digits of a Decimal pass the C encoder inside a text that begins with this; the quotes go afterwards.
_DIGITS = f"mxcp:{uuid.uuid4().hex}:"
_QUOTED_DIGITS = re.compile(f'"{_DIGITS}([^"]*)"')


class Results:
    """Converts results. `collect` turns an async generator into a list, on the event loop."""

    def __init__(self, collect: Callable[[Any], list[Any]]) -> None:
        self._collect = collect
        self._encode = json.JSONEncoder(
            ensure_ascii=False, allow_nan=False, separators=(",", ":"), default=self._plain_one
        ).encode

    def json(self, value: Any) -> bytes:
        """UTF-8 JSON of any value; what JSON has no form for becomes text."""
        try:
            text = self._encode(value)
        except (ValueError, TypeError):
            # NaN, keys that are no text, circles: slower and more careful
            text = self._encode(self._plain(value, set()))
        if _DIGITS in text:
            text = _QUOTED_DIGITS.sub(r"\1", text)
        # a lone surrogate becomes its escape, which JSON has too
        return text.encode("utf-8", "backslashreplace")

    def outcome(self, value: Any) -> tuple[bytes, str]:
        """The result of a function as JSON, and the name of its class, or what it is to the server."""
        content = sys.modules.get("mxcp.content")
        if content is not None:
            if hasattr(type(value), "__aiter__"):
                value = self._collect(value)
            elif isinstance(value, types.GeneratorType):
                value = list(value)
            said = content.outcome(value, lambda item: self.json(item).decode("utf-8"))
            if said is not None:
                return self.json(said), "mxcp.content"
        if type(value) in (bytes, bytearray, memoryview):
            return self.json(base64.b64encode(value).decode("ascii")), "bytes"
        return self.json(value), type(value).__name__

    def _plain(self, value: Any, above: set[int]) -> Any:
        """The value with everything in it that the encoder would stumble over replaced."""
        kind = type(value)
        if kind in (str, int, bool, type(None)):
            return value
        if kind is float:
            return value if value - value == 0 else None
        if id(value) in above:
            raise ValueError("Circular reference detected")
        above.add(id(value))
        try:
            if isinstance(value, dict):
                return {_key(key): self._plain(item, above) for key, item in value.items()}
            if isinstance(value, (list, tuple)):
                return [self._plain(item, above) for item in value]
            if isinstance(value, float):
                return self._plain(float(value), above)
            if isinstance(value, (str, int)):
                return value
            return self._plain(self._plain_one(value), above)
        finally:
            above.discard(id(value))

    def _plain_one(self, value: Any) -> Any:
        """Something nearer to JSON in the place of a value that the encoder does not know."""
        kind = type(value)
        for module in {base.__module__.partition(".")[0]: None for base in kind.__mro__}:
            convert = _BY_MODULE.get(module)
            if convert is not None:
                converted = convert(value)
                if converted is not _UNKNOWN:
                    return converted
        if hasattr(kind, "model_dump"):
            return value.model_dump()
        if hasattr(kind, "__dataclass_fields__"):
            return {name: getattr(value, name) for name in kind.__dataclass_fields__}
        if hasattr(kind, "__aiter__"):
            return self._collect(value)
        return _general(value)


_UNKNOWN = object()


def _key(key: Any) -> str:
    if isinstance(key, str):
        return str.__str__(key)
    if key is None:
        return "null"
    if isinstance(key, bool):
        return "true" if key else "false"
    converted = _general(key.value) if type(key).__module__ != "builtins" and hasattr(key, "_value_") else key
    if type(converted).__module__ == "datetime":
        converted = _datetime(converted)
    return str(converted)


def _datetime(value: Any) -> Any:
    if hasattr(value, "isoformat"):
        text = value.isoformat()
        return None if text in ("NaT", "nan") else text
    return duration(value) if hasattr(value, "total_seconds") else _UNKNOWN


def duration(span: Any) -> str:
    """A timedelta as ISO 8601 duration."""
    total = (span.days * 86_400 + span.seconds) * 1_000_000 + span.microseconds
    sign, total = ("-", -total) if total < 0 else ("", total)
    seconds, fraction = divmod(total, 1_000_000)
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    days, hours = divmod(hours, 24)
    second_text = f"{seconds}.{fraction:06}".rstrip("0") if fraction else str(seconds)
    clock = "".join(
        f"{part}{unit}" for part, unit in ((hours, "H"), (minutes, "M"), (second_text, "S")) if str(part) != "0"
    )
    date_part = f"{days}D" if days else ""
    if not date_part and not clock:
        clock = "0S"
    return f"{sign}P{date_part}{'T' + clock if clock else ''}"


def _decimal(value: Any) -> Any:
    if not hasattr(value, "is_finite"):
        return _UNKNOWN
    return _DIGITS + str(value) if value.is_finite() else None


def _enum(value: Any) -> Any:
    return value.value


def _uuid(value: Any) -> Any:
    return str(value)


def _numpy(value: Any) -> Any:
    if not hasattr(value, "tolist"):
        return _UNKNOWN
    kind = value.dtype.kind
    if kind == "M":
        return _texts(value.astype(str).tolist())
    if kind == "m":
        return value.astype("timedelta64[us]").tolist()
    return value.tolist()


def _texts(value: Any) -> Any:
    if isinstance(value, list):
        return [_texts(item) for item in value]
    return None if value == "NaT" else value


def _table(value: Any) -> Any:
    """pandas, polars and pyarrow: tables become lists of objects, columns lists."""
    if type(value).__name__ in ("NaTType", "NAType"):
        return None
    for method, arguments in (("to_dicts", ()), ("to_pylist", ()), ("to_dict", ("records",)), ("tolist", ()), ("to_list", ())):
        if method == "to_dict" and not hasattr(value, "columns"):
            continue
        if hasattr(value, method):
            return getattr(value, method)(*arguments)
    return _datetime(value)


_BY_MODULE: dict[str, Any] = {
    "datetime": _datetime,
    "decimal": _decimal,
    "enum": _enum,
    "uuid": _uuid,
    "numpy": _numpy,
    "pandas": _table,
    "polars": _table,
    "pyarrow": _table,
}


def _general(value: Any) -> Any:
    import io
    from collections import abc, deque

    if isinstance(value, (bytes, bytearray, memoryview)):
        raw = bytes(value)
        try:
            return raw.decode("utf-8")
        except UnicodeDecodeError:
            return base64.b64encode(raw).decode("ascii")
    if isinstance(value, abc.Mapping):
        return dict(value)
    if isinstance(value, io.IOBase):
        return str(value)
    listed = (abc.Set, abc.Iterator, abc.KeysView, abc.ValuesView, abc.ItemsView, deque, range)
    return list(value) if isinstance(value, listed) else str(value)
