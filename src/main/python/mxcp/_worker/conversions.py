"""Values of SQL functions on their way: columns as they travel become Python's, and results the other way.

Both sides know the types, so values carry none: DATE, TIME and TIMESTAMP are integers, DECIMAL its digits, INTERVAL
and a STRUCT lists of their parts, MAP two lists. A column of texts may be one text, divided by zeros. Where a column already holds what is wanted, it is not touched.
"""
from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta, timezone
from decimal import ROUND_HALF_UP, Context, Decimal
from uuid import UUID

from mxcp._worker import values

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from mxcp.plugins._types import Shape

    Convert = Callable[[Any], Any]
    ConvertColumn = Callable[[list[Any]], Any]

_EPOCH = datetime(1970, 1, 1)
_EPOCH_DAY = date(1970, 1, 1).toordinal()
_SCALE = 3
_DIGITS = 18
_DECIMALS = Context(prec=100, rounding=ROUND_HALF_UP)
_THOUSANDTH = Decimal(1).scaleb(-_SCALE)
_TRUE = ("true", "t", "1", "yes", "y", "on")
_FALSE = ("false", "f", "0", "no", "n", "off")


class Unfit(Exception):
    """A result that its declared type cannot hold; the text says which."""


# ---- arguments


def argument(shape: Shape) -> ConvertColumn | None:
    """What makes Python's values of a column of arguments; None if they already are."""
    convert = _reader(shape)
    return None if convert is None else lambda column: [None if value is None else convert(value) for value in column]


def _reader(shape: Shape) -> Convert | None:
    kind = shape.kind
    if kind in ("LIST", "MAP", "STRUCT"):
        return _nested_reader(shape, [_or_none(_reader(part)) for part in shape.parts])
    if kind == "ENUM":
        return _member_of(shape.python)
    return _READERS.get(kind)


def _or_none(convert: Convert | None) -> Convert | None:
    return None if convert is None else lambda value: None if value is None else convert(value)


def _nested_reader(shape: Shape, parts: list[Convert | None]) -> Convert | None:
    if shape.kind == "LIST":
        item = parts[0]
        return None if item is None else lambda found: [item(value) for value in found]
    if shape.kind == "MAP":
        key, value = (part or _same for part in parts)
        return lambda found: {_hashable(key(k)): value(v) for k, v in zip(*found)}
    names, converts = shape.names, [part or _same for part in parts]
    return lambda found: {name: convert(value) for name, convert, value in zip(names, converts, found)}


def _same(value: Any) -> Any:
    return value


def _hashable(key: Any) -> Any:
    return tuple(_hashable(item) for item in key) if isinstance(key, list) else key


def _member_of(enumeration: Any) -> Convert:
    by_text = {str(member.value): member for member in enumeration}

    def member(text: str) -> Any:
        found = by_text.get(text)
        if found is None:
            found = enumeration.__members__.get(text)
        return enumeration(text) if found is None else found

    return member


def _json_of(text: str) -> Any:
    import json

    return json.loads(text)


_MOMENT = re.compile(r"(.*?)(?:\.(\d+))?([+-]\d\d)(?::(\d\d))?(:\d\d)?")


def _in_full(text: str) -> str:
    """DuckDB's text of a moment with every part written out: Python before 3.11 reads nothing shorter."""
    found = _MOMENT.fullmatch(text)
    if found is None:
        return text
    clock, fraction, hours, minutes, seconds = found.groups()
    return f"{clock}.{fraction or '0':0<6}{hours}:{minutes or '00'}{seconds or ''}"


_READERS: dict[str, Convert] = {
    "JSON": _json_of,
    "DECIMAL": lambda digits: Decimal(digits).scaleb(-_SCALE),
    "DATE": values.date_of,
    "TIME": values.time_of,
    "TIMESTAMP": values.datetime_of,
    "INTERVAL": values.interval_of,
    "UUID": values.uuid_of,
    # what travels as text, see `carriers`
    "DIGITS": int,
    "EXACT": Decimal,
    "ZONED_TIMESTAMP": lambda text: datetime.fromisoformat(_in_full(text)),
    "ZONED_TIME": lambda text: time.fromisoformat(_in_full(text)),
}


# ---- results


def result(shape: Shape, json: Callable[[Any], bytes]) -> ConvertColumn:
    """What makes a column of results travel; Unfit if one of them cannot."""
    convert = _writer(shape, json)
    if shape.kind == "VARCHAR":
        return lambda found: _joined(found) or [None if value is None else convert(value) for value in found]
    # what a column of nothing but these needs no look at each
    plain = {type(None), *_PLAIN.get(shape.kind, ())}

    def column(found: list[Any]) -> list[Any]:
        if plain.issuperset(map(type, found)):
            return found
        return [None if value is None else convert(value) for value in found]

    return column


def _joined(texts: list[Any]) -> str | None:
    """The texts as one, which is encoded much faster than each; None if they are no texts, or hold what divides them."""
    try:
        joined = "\0".join(texts)
    except TypeError:
        return None
    return joined if joined.count("\0") == len(texts) - 1 else None


def _writer(shape: Shape, json: Callable[[Any], bytes]) -> Convert:
    kind = shape.kind
    if kind in ("LIST", "MAP", "STRUCT"):
        return _nested_writer(shape, [_none_kept(_writer(part, json)) for part in shape.parts])
    if kind == "JSON":
        return lambda value: json(value).decode()
    return _guarded(_WRITERS[kind], shape.text)


def _none_kept(convert: Convert) -> Convert:
    return lambda value: None if value is None else convert(value)


def _guarded(convert: Convert, wanted: str) -> Convert:
    def guarded(value: Any) -> Any:
        try:
            return convert(value)
        except Unfit:
            raise
        except Exception:
            raise _unfit(value, wanted) from None

    return guarded


def _unfit(value: Any, wanted: str) -> Unfit:
    # the value itself may be nobody's business
    return Unfit(f"Failed to cast value: a result of type {type(value).__name__} is no {wanted}")


def _nested_writer(shape: Shape, parts: list[Convert]) -> Convert:
    wanted = shape.text
    if shape.kind == "LIST":
        return lambda value: [parts[0](item) for item in _items(value, wanted)]
    if shape.kind == "MAP":
        return lambda value: _entries(value, parts[0], parts[1], wanted)
    fields = list(zip(shape.names, parts))
    known = frozenset(shape.names)
    return lambda value: [convert(_members(value, known, wanted).get(name)) for name, convert in fields]


def _items(value: Any, wanted: str) -> Any:
    if isinstance(value, (list, tuple, set, frozenset)):
        return value
    if hasattr(value, "tolist"):  # arrays of numpy, series of pandas
        return value.tolist()
    raise _unfit(value, wanted)


def _entries(value: Any, key: Convert, item: Convert, wanted: str) -> Any:
    if not isinstance(value, dict):
        raise _unfit(value, wanted)
    if None in value:
        raise Unfit(f"Failed to cast value: a key of a {wanted} is None")
    return [[key(k) for k in value], [item(v) for v in value.values()]]


def _members(value: Any, known: frozenset[str], wanted: str) -> dict[str, Any]:
    if not isinstance(value, dict):
        found = {name: getattr(value, name, _MISSING) for name in known}
        if _MISSING in found.values():
            raise _unfit(value, wanted)
        return found
    if not known.issuperset(value):
        surplus = ", ".join(sorted(str(name) for name in value if name not in known))
        raise Unfit(f"Failed to cast value: {wanted} has no field {surplus}")
    return value


_MISSING = object()


def _text(value: Any) -> str:
    if isinstance(value, str):
        return str.__str__(value)
    return str.__str__(str(value))


def _enum_text(value: Any) -> str:
    return _text(getattr(value, "value", value))


def _integer(value: Any) -> int:
    if isinstance(value, str):
        value = Decimal(value.strip())
    if isinstance(value, int) or hasattr(value, "__index__"):
        return int.__index__(value) if isinstance(value, int) else value.__index__()
    return round(value)


def _real(value: Any) -> float:
    return float.__float__(value) if isinstance(value, float) else float(value)


def _boolean(value: Any) -> bool:
    if isinstance(value, str):
        word = value.strip().lower()
        if word not in _TRUE + _FALSE:
            raise ValueError(word)
        return word in _TRUE
    if isinstance(value, (int, float, Decimal)) or type(value).__module__ == "numpy":
        return bool(value)
    raise TypeError


def _blob(value: Any) -> bytes:
    return value.encode() if isinstance(value, str) else bytes(memoryview(value))


def _decimal(value: Any) -> int:
    if isinstance(value, float):
        value = repr(float(value))
    number = value if isinstance(value, Decimal) else Decimal(value)
    digits = int(number.quantize(_THOUSANDTH, context=_DECIMALS).scaleb(_SCALE, context=_DECIMALS))
    if abs(digits) >= 10**_DIGITS:
        raise Unfit(f"Python Conversion Failure: a result does not fit into DECIMAL({_DIGITS},{_SCALE})")
    return digits


def _date(value: Any) -> int:
    value = _unpacked(value)
    if isinstance(value, str):
        value = datetime.fromisoformat(value.strip())
    day: date = value.date() if isinstance(value, datetime) else value
    return day.toordinal() - _EPOCH_DAY


def _time(value: Any) -> int:
    if isinstance(value, str):
        value = time.fromisoformat(value.strip())
    return ((value.hour * 60 + value.minute) * 60 + value.second) * 1_000_000 + int(value.microsecond)


def _timestamp(value: Any) -> int:
    value = _unpacked(value)
    if isinstance(value, str):
        value = datetime.fromisoformat(value.strip())
    if not isinstance(value, datetime):
        value = datetime(value.year, value.month, value.day)
    if value.utcoffset() is not None:
        value = value.astimezone(timezone.utc)
    moment = datetime(
        value.year, value.month, value.day, value.hour, value.minute, value.second, value.microsecond
    )
    return values.micros(moment - _EPOCH)


def _interval(value: Any) -> list[int]:
    value = _unpacked(value)
    if not isinstance(value, timedelta):
        raise TypeError
    return [0, value.days, value.seconds * 1_000_000 + value.microseconds]


def _unpacked(value: Any) -> Any:
    """numpy's dates and times as Python's."""
    return value.astype(value.dtype.kind + "8[us]").item() if hasattr(value, "dtype") else value


def _uuid(value: Any) -> bytes:
    return (value if isinstance(value, UUID) else UUID(value)).bytes


def _digits(value: Any) -> str:
    number = value if isinstance(value, Decimal) else Decimal(repr(float(value)) if isinstance(value, float) else value)
    return format(number, "f")


def _moment(value: Any) -> str:
    value = _unpacked(value)
    return str(value if isinstance(value, str) else value.isoformat())


_WRITERS: dict[str, Convert] = {
    "VARCHAR": _text,
    "ENUM": _enum_text,
    "INTEGER": _integer,
    "BIGINT": _integer,
    "DIGITS": lambda value: str(_integer(value)),
    "EXACT": _digits,
    "ZONED_TIMESTAMP": _moment,
    "ZONED_TIME": _moment,
    "DOUBLE": _real,
    "BOOLEAN": _boolean,
    "BLOB": _blob,
    "DECIMAL": _decimal,
    "DATE": _date,
    "TIME": _time,
    "TIMESTAMP": _timestamp,
    "INTERVAL": _interval,
    "UUID": _uuid,
}

_PLAIN: dict[str, tuple[type, ...]] = {
    "VARCHAR": (str,),
    "INTEGER": (int,),
    "BIGINT": (int,),
    "DOUBLE": (float,),
    "BOOLEAN": (bool,),
    "BLOB": (bytes,),
}
