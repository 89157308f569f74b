"""Values that marshal lacks travel as tuples `(code, ...)`; plain tuples of user code become lists before."""
from __future__ import annotations

from datetime import date, datetime, time, timedelta, timezone

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Callable

DATE, TIME, TIMESTAMP, TIMESTAMP_TZ, INTERVAL, DECIMAL, UUID_, TIME_TZ, TIMESTAMP_NS, ARRAY, MAP = range(1, 12)

_EPOCH = datetime(1970, 1, 1)
_EPOCH_UTC = datetime(1970, 1, 1, tzinfo=timezone.utc)
_EPOCH_DAY = date(1970, 1, 1).toordinal()
_DAY_MICROS = 86_400_000_000
# DuckDB's infinities
_DAYS_MAX = 2**31 - 1
_MICROS_MAX = 2**63 - 1


class Unbindable(Exception):
    """A value that no DuckDB type can hold."""


class TooLarge(Unbindable):
    """An integer of more than 128 bits."""


# ---- to the server


def encode(value: Any) -> Any:
    """A parameter of a statement as it travels."""
    encoder = _ENCODERS.get(type(value))
    return _other(value) if encoder is None else encoder(value)


def _same(value: Any) -> Any:
    return value


def _int(value: int) -> int:
    if not -(2**127) <= value < 2**128:
        raise TooLarge(f"Python integer too large for 128-bit integer type: {value}")
    return value


def _list(value: Any) -> list[Any]:
    return [encode(item) for item in value]


def _dict(value: dict[Any, Any]) -> dict[str, Any]:
    return {str(key): encode(item) for key, item in value.items()}


def micros(span: timedelta) -> int:
    """All of the span, in microseconds."""
    return (span.days * 86_400 + span.seconds) * 1_000_000 + span.microseconds


def _date(value: date) -> Any:
    return (DATE, value.toordinal() - _EPOCH_DAY)


def _clock(value: time) -> int:
    return ((value.hour * 60 + value.minute) * 60 + value.second) * 1_000_000 + value.microsecond


def _time(value: time) -> Any:
    offset = value.utcoffset()
    return (TIME, _clock(value)) if offset is None else (TIME_TZ, _clock(value), micros(offset) // 1_000_000)


def _datetime(value: datetime) -> Any:
    offset = value.utcoffset()
    if offset is None:
        return (TIMESTAMP, micros(value.replace(tzinfo=None) - _EPOCH))
    return (TIMESTAMP_TZ, micros(value - _EPOCH_UTC), micros(offset) // 1_000_000)


def _timedelta(value: timedelta) -> Any:
    return (INTERVAL, 0, value.days, value.seconds * 1_000_000 + value.microseconds)


_ENCODERS: dict[type, Callable[[Any], Any]] = {
    type(None): _same,
    bool: _same,
    int: _int,
    float: _same,
    str: _same,
    bytes: _same,
    bytearray: bytes,
    memoryview: bytes,
    list: _list,
    tuple: _list,
    dict: _dict,
    date: _date,
    time: _time,
    datetime: _datetime,
    timedelta: _timedelta,
}


def _other(value: Any) -> Any:
    """Rarer types: subclasses, and those of modules that are only loaded if the value exists."""
    kind = type(value)
    module = kind.__module__.partition(".")[0]
    if module == "decimal":
        return (DECIMAL, str(value)) if value.is_finite() else float(value)
    if module == "uuid":
        return (UUID_, value.bytes)
    if kind.__name__ in ("NaTType", "NAType"):
        return None
    if module == "numpy" and hasattr(value, "tolist"):
        if value.dtype.kind in "mM":
            value = value.astype(value.dtype.kind + "8[us]")
        return encode(value.tolist())
    # str first: an Enum that is a str binds as text, one that is an int as a number
    if isinstance(value, str):
        return str.__str__(value)
    if isinstance(value, int):
        return _int(int.__index__(value))
    if isinstance(value, float):
        return float(value)
    for known in (datetime, date, time, timedelta, dict, list, tuple, bytes, bytearray):
        if isinstance(value, known):
            return _ENCODERS[known](value)
    raise Unbindable(f"Unable to transform python value of type '{kind}' to DuckDB LogicalType")


# ---- from the server


def date_of(days: int) -> Any:
    """A date; text where Python has no such date, its own limits for DuckDB's infinities."""
    try:
        return date.fromordinal(days + _EPOCH_DAY)
    except (ValueError, OverflowError):
        if abs(days) == _DAYS_MAX:
            return date.max if days > 0 else date.min
        return _far_date(days)


def time_of(value: int) -> time:
    seconds, fraction = divmod(value, 1_000_000)
    hours, seconds = divmod(seconds, 3600)
    if hours >= 24:  # DuckDB has 24:00:00
        return time.max
    return time(hours, seconds // 60, seconds % 60, fraction)


def time_tz_of(value: Any) -> time:
    return time_of(value[-2]).replace(tzinfo=_zone(value[-1]))


def datetime_of(value: int) -> Any:
    try:
        return _EPOCH + timedelta(microseconds=value)
    except OverflowError:
        if abs(value) == _MICROS_MAX:
            return datetime.max if value > 0 else datetime.min
        days, rest = divmod(value, _DAY_MICROS)
        return f"{_far_date(days)} {time_of(rest)}"


def datetime_ns_of(value: int) -> Any:
    return datetime_of(value if abs(value) == _MICROS_MAX else value // 1000)


def datetime_tz_of(value: int, zone: Any) -> Any:
    try:
        return (_EPOCH_UTC + timedelta(microseconds=value)).astimezone(zone)
    except OverflowError:
        naive = datetime_of(value)
        return naive.replace(tzinfo=timezone.utc) if isinstance(naive, datetime) else naive + "+00"


def interval_of(value: Any) -> timedelta:
    months, days, rest = value[-3:]
    return timedelta(days=months * 30 + days, microseconds=rest)


def decimal_of(text: str) -> Any:
    from decimal import Decimal

    return Decimal(text)


def uuid_of(value: bytes) -> Any:
    from uuid import UUID

    return UUID(bytes=value)


def zone_named(name: str) -> Any:
    """The time zone that a session has; UTC if this Python does not know it."""
    if name in ("", "UTC", "Etc/UTC"):
        return timezone.utc
    try:
        from zoneinfo import ZoneInfo

        return ZoneInfo(name)
    except Exception:
        return timezone.utc


def _zone(seconds: int) -> timezone:
    return timezone.utc if seconds == 0 else timezone(timedelta(seconds=seconds))


def _far_date(days: int) -> str:
    # civil_from_days of Howard Hinnant: right for every year
    days += 719_468
    era, day_of_era = divmod(days, 146_097)
    year = (day_of_era - day_of_era // 1460 + day_of_era // 36_524 - day_of_era // 146_096) // 365
    day_of_year = day_of_era - (365 * year + year // 4 - year // 100)
    month = (5 * day_of_year + 2) // 153
    day = day_of_year - (153 * month + 2) // 5 + 1
    month = month + 3 if month < 10 else month - 9
    year += era * 400 + (month <= 2)
    return f"{year:04}-{month:02}-{day:02}" if year > 0 else f"{1 - year:04}-{month:02}-{day:02} (BC)"


class Decoder:
    """Puts Python objects in the place of tagged tuples, in lists and dicts of any depth.

    Rows of `db.execute` have `float` for DECIMAL and `list` for ARRAY, those of a raw connection
    `Decimal` and `tuple`.
    """

    def __init__(self, exact: bool, native: bool, zone: Any = None) -> None:
        self._zone = zone
        self._decimal: Callable[[str], Any] = decimal_of if exact or native else float
        self._array: Callable[[Any], Any] = tuple if native else list

    def __call__(self, value: Any) -> Any:
        kind = type(value)
        if kind is list:
            return [self(item) for item in value]
        if kind is dict:
            return {key: self(item) for key, item in value.items()}
        return self._tagged(value) if kind is tuple else value

    def _tagged(self, value: tuple[Any, ...]) -> Any:
        code = value[0]
        if code == DECIMAL:
            return self._decimal(value[1])
        if code == ARRAY:
            return self._array([self(item) for item in value[1]])
        if code == MAP:
            return {_key(self(key)): self(item) for key, item in zip(value[1], value[2])}
        if code == TIMESTAMP_TZ:
            return datetime_tz_of(value[1], self._zone or _zone(value[2]))
        if code in (INTERVAL, TIME_TZ):
            return interval_of(value) if code == INTERVAL else time_tz_of(value)
        return _TAGGED[code](value[1])


_TAGGED: dict[int, Callable[[Any], Any]] = {
    DATE: date_of,
    TIME: time_of,
    TIMESTAMP: datetime_of,
    TIMESTAMP_NS: datetime_ns_of,
    UUID_: uuid_of,
}


def _key(value: Any) -> Any:
    """A key of a MAP as something that can be a key of a dict."""
    if isinstance(value, (list, tuple)):
        return tuple(_key(item) for item in value)
    return tuple(_key(item) for item in value.items()) if isinstance(value, dict) else value


arguments = Decoder(exact=True, native=False)
