"""Rows of a statement: they come column by column and become dicts (`db.execute`) or tuples (`db.connection`)."""
from __future__ import annotations

from mxcp._worker import values

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Callable, Iterable


class Columns:
    """Name, type and conversion of each column of one result."""

    def __init__(self, described: tuple[list[str], list[str], list[str]], exact: bool, native: bool) -> None:
        self.names, self.codes, self.types = described
        self._readers = [_reader(code, kind, exact, native) for code, kind in zip(self.codes, self.types)]

    def read(self, chunk: list[list[Any]]) -> Iterable[list[Any]]:
        """The columns of a chunk with Python's objects in them."""
        for reader, column in zip(self._readers, chunk):
            yield column if reader is None else reader(column)

    def keys(self) -> list[str]:
        """The names as keys of a dict: of equal ones, whatever their case, the later get a number."""
        taken: set[str] = set()
        keys = []
        for name in self.names:
            key, number = name, 0
            while key.lower() in taken:
                number += 1
                key = f"{name}_{number}"
            taken.add(key.lower())
            keys.append(key)
        return keys


def dicts(columns: Columns, chunks: list[list[list[Any]]]) -> list[dict[str, Any]]:
    """One dict a row, in column order."""
    keys = columns.keys()
    rows: list[dict[str, Any]] = []
    for chunk in chunks:
        rows += [dict(zip(keys, row)) for row in zip(*columns.read(chunk))]
    return rows


def tuples(columns: Columns, chunks: list[list[list[Any]]]) -> list[tuple[Any, ...]]:
    """One tuple a row."""
    rows: list[tuple[Any, ...]] = []
    for chunk in chunks:
        rows += zip(*columns.read(chunk))
    return rows


def _reader(code: str, type_name: str, exact: bool, native: bool) -> Callable[[list[Any]], list[Any]] | None:
    """What turns a column's values, as they travel, into Python's; None where they already are."""
    if not code:
        # the duckdb package has no number for these
        return _each(str) if native and type_name == "BIGNUM" else None
    kind, _, detail = code.partition(":")
    if kind == "decimal":
        return _decimals(int(detail), exact or native)
    if kind == "timestamptz":
        zone = values.zone_named(detail)
        return _each(lambda value: values.datetime_tz_of(value, zone))
    if kind == "any":
        return _each(values.Decoder(exact, native, values.zone_named(detail) if native and detail else None))
    return _each(_CONVERSIONS[kind])


_CONVERSIONS: dict[str, Callable[[Any], Any]] = {
    "date": values.date_of,
    "time": values.time_of,
    "timetz": values.time_tz_of,
    "timestamp": values.datetime_of,
    "timestampns": values.datetime_ns_of,
    "interval": values.interval_of,
    "uuid": values.uuid_of,
}


def _each(convert: Callable[[Any], Any]) -> Callable[[list[Any]], list[Any]]:
    return lambda column: [None if value is None else convert(value) for value in column]


def _decimals(scale: int, exact: bool) -> Callable[[list[Any]], list[Any]]:
    """The digits travel as an integer without the point."""
    if exact:
        return _each(lambda value: values.decimal_of(f"{value}E-{scale}"))
    divisor = 10**scale
    # int / int is rounded once, so this is the float nearest to the decimal
    return _each(lambda value: value / divisor)
