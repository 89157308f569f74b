"""Rows as a pandas DataFrame, with the column types that the `duckdb` package gives. Needs pandas in the worker."""
from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from mxcp._worker.rows import Columns

_EXACT = {
    "TINYINT": "int8",
    "SMALLINT": "int16",
    "INTEGER": "int32",
    "BIGINT": "int64",
    "UTINYINT": "uint8",
    "USMALLINT": "uint16",
    "UINTEGER": "uint32",
    "UBIGINT": "uint64",
    "BOOLEAN": "bool",
}
# pandas' own types with NA: "Int32", "UInt8", "boolean"
_NULLABLE = {
    kind: "boolean" if dtype == "bool" else dtype.replace("uint", "UInt").replace("int", "Int")
    for kind, dtype in _EXACT.items()
}
_MOMENTS = {
    "DATE": "datetime64[us]",
    "TIMESTAMP": "datetime64[us]",
    "TIMESTAMP_S": "datetime64[s]",
    "TIMESTAMP_MS": "datetime64[ms]",
    "TIMESTAMP_NS": "datetime64[ns]",
}
_FLOATS = {"FLOAT": "float32", "DOUBLE": "float64", "HUGEINT": "float64", "UHUGEINT": "float64"}


def data_frame(columns: Columns, rows: list[tuple[Any, ...]]) -> Any:
    """A DataFrame of the rows."""
    import pandas

    read = list(zip(*rows)) if rows else [()] * len(columns.names)
    series = [_series(pandas, list(column), kind) for column, kind in zip(read, columns.types)]
    frame = pandas.DataFrame(dict(enumerate(series)))
    frame.columns = columns.keys()
    return frame


def arrays(columns: Columns, rows: list[tuple[Any, ...]]) -> dict[str, Any]:
    """An array of numpy for each column, masked where there are NULLs."""
    import numpy

    read = list(zip(*rows)) if rows else [()] * len(columns.names)
    return {name: _array(numpy, list(column), kind) for name, column, kind in zip(columns.keys(), read, columns.types)}


def _array(numpy: Any, column: list[Any], kind: str) -> Any:
    holes = [value is None for value in column]
    dtype = _EXACT.get(kind) or _FLOATS.get(kind) or _MOMENTS.get(kind) or ("float64" if kind.startswith("DECIMAL") else "object")
    if dtype == "object":
        found = numpy.empty(len(column), dtype=object)
        found[:] = column
    else:
        some = numpy.datetime64(0, "us") if "datetime" in dtype else 0
        found = numpy.array([some if value is None else float(value) if "float" in dtype else value for value in column], dtype=dtype)
    return numpy.ma.masked_array(found, mask=holes) if any(holes) else found


def _series(pandas: Any, column: list[Any], kind: str) -> Any:
    holes = any(value is None for value in column)
    if kind in _EXACT:
        return pandas.Series(column, dtype=_NULLABLE[kind] if holes else _EXACT[kind])
    if kind in _FLOATS or kind.startswith("DECIMAL"):
        numbers = [None if value is None else float(value) for value in column]
        return pandas.Series(numbers, dtype=_FLOATS.get(kind, "float64"))
    if kind in _MOMENTS:
        return pandas.to_datetime(pandas.Series(column, dtype="object"), errors="coerce").astype(_MOMENTS[kind])
    if kind.startswith("ENUM("):
        return pandas.Series(pandas.Categorical(column))
    if kind == "TIMESTAMP WITH TIME ZONE":
        return pandas.Series(column) if column else pandas.Series(column, dtype="datetime64[us, UTC]")
    if kind == "INTERVAL":
        return pandas.to_timedelta(pandas.Series(column, dtype="object"))
    if kind == "VARCHAR" and column:
        return pandas.Series(column)
    return pandas.Series(column, dtype="object")
