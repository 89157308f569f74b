"""Frames that SQL can read: each is written once into a file that the server's DuckDB reads where it lies."""
from __future__ import annotations

import os

from mxcp._worker import errors, files, native

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


class Stored:
    """One frame in a file of its own, which goes when the last who needs it does."""

    def __init__(self, path: str, source: str) -> None:
        self.source = source
        files.remove_with(self, path)


def store(frame: Any) -> Stored:
    """Writes a frame."""
    size = getattr(frame, "nbytes", 0)
    size = size if isinstance(size, int) else 0
    if native.package() is not None:
        return _with_duckdb(frame, files.new(size, ".db"))
    return _as_parquet(frame, files.new(size, ".parquet"))


def can_store(value: Any) -> bool:
    """Whether a value is a frame, of any package."""
    kind = type(value)
    module = kind.__module__.partition(".")[0]
    if module == "pandas":
        return kind.__name__ == "DataFrame"
    if module == "polars":
        return kind.__name__ in ("DataFrame", "LazyFrame")
    if module == "pyarrow":
        return kind.__name__ in ("Table", "RecordBatch", "RecordBatchReader", "Scanner") or "Dataset" in kind.__name__
    if module == "numpy":
        return kind.__name__ == "ndarray"
    if module in ("duckdb", "_duckdb"):
        return kind.__name__ == "DuckDBPyRelation"
    if kind in (dict, list) and value:
        some = next(iter(value.values() if kind is dict else value))
        return type(some).__module__.partition(".")[0] == "numpy" and hasattr(some, "dtype")
    return hasattr(kind, "__arrow_c_stream__")


def _with_duckdb(frame: Any, path: str) -> Stored:
    writing = native.cursor()
    name = os.path.basename(path).partition(".")[0]
    # this database is ours alone: nothing but the time it takes depends on these
    writing.execute("SET force_compression = 'uncompressed'")
    try:
        writing.execute(f"ATTACH {native.literal(path)} AS {native.quoted(name)}")
        try:
            # the package finds the frame by the name of this variable
            if type(frame).__name__ == "DuckDBPyRelation":
                frame = _arrow(frame)
            writing.execute(f"CREATE TABLE {native.quoted(name)}.frame AS SELECT * FROM frame")
            writing.fetchall()
        finally:
            writing.execute(f"DETACH {native.quoted(name)}")
    except BaseException:
        files.remove(path)
        raise
    return Stored(path, f"read_duckdb({native.literal(path)}, table_name = 'frame')")


def _arrow(relation: Any) -> Any:
    # it belongs to another database of the package
    return (getattr(relation, "to_arrow_table", None) or relation.fetch_arrow_table)()


def _as_parquet(frame: Any, path: str) -> Stored:
    try:
        if type(frame).__module__.startswith("polars"):
            getattr(frame, "collect", lambda: frame)().write_parquet(path)
        else:
            import pyarrow
            import pyarrow.parquet

            if type(frame).__module__.startswith("pandas"):
                frame = pyarrow.Table.from_pandas(frame, preserve_index=False)
            elif hasattr(frame, "__arrow_c_stream__"):
                frame = pyarrow.RecordBatchReader.from_stream(frame).read_all()
            pyarrow.parquet.write_table(frame, path)
    except ImportError as missing:
        files.remove(path)
        raise errors.named(
            "NotImplementedException",
            "Not implemented Error: to register a frame the worker needs the package duckdb, or pyarrow",
        ) from missing
    return Stored(path, f"read_parquet({native.literal(path)})")
