"""Relations over files: what the arguments of `read_csv` and its kin are called in SQL."""
from __future__ import annotations

from mxcp._worker import errors, files
from mxcp._worker.relation_output import option, path

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

_CSV = {
    "sep": "delim",
    "delimiter": "delim",
    "dtype": "types",
    "na_values": "nullstr",
    "skiprows": "skip",
    "quotechar": "quote",
    "escapechar": "escape",
    "date_format": "dateformat",
    "timestamp_format": "timestampformat",
    "lineterminator": "new_line",
    "decimal": "decimal_separator",
}
_JSON = {"date_format": "dateformat", "timestamp_format": "timestampformat"}


class Written:
    """What a file-like object held, in a file."""

    def __init__(self, source: Any, suffix: str) -> None:
        data = source.read()
        self.path = files.new(len(data), suffix)
        with open(self.path, "wb") as file:
            file.write(data.encode() if isinstance(data, str) else data)
        files.remove_with(self, self.path)


def csv(source: Any, options: dict[str, Any]) -> tuple[str, tuple[Any, ...]]:
    """The text for a CSV file, and what must be kept as long as it is used."""
    names = {_CSV.get(name, name): value for name, value in options.items() if value is not None}
    header = names.get("header")
    if header is not None and not isinstance(header, bool):
        if header != 0:
            raise errors.named("InvalidInputException", "Invalid Input Error: read_csv only accepts 0 if 'header' is given as an integer")
        names["header"] = True
    for name in ("types", "columns"):
        if name in names:
            names[name] = _types(names[name])
    if "new_line" in names:
        names["new_line"] = {"\n": "\\n", "\r": "\\r", "\r\n": "\\r\\n"}.get(str(names["new_line"]), names["new_line"])
    return _call("read_csv", source, names, ".csv")


def parquet(source: Any, options: dict[str, Any]) -> tuple[str, tuple[Any, ...]]:
    """The same for Parquet files."""
    return _call("read_parquet", source, {name: value for name, value in options.items() if value}, ".parquet")


def json(source: Any, options: dict[str, Any]) -> tuple[str, tuple[Any, ...]]:
    """The same for JSON files."""
    names = {_JSON.get(name, name): value for name, value in options.items() if value is not None}
    if "columns" in names:
        names["columns"] = _types(names["columns"])
    return _call("read_json", source, names, ".json")


def _types(types: Any) -> Any:
    if isinstance(types, dict):
        return {name: str(kind) for name, kind in types.items()}
    return [str(kind) for kind in types]


def _call(function: str, source: Any, options: dict[str, Any], suffix: str) -> tuple[str, tuple[Any, ...]]:
    kept: tuple[Any, ...] = ()
    sources = list(source) if isinstance(source, (list, tuple)) else [source]
    paths = []
    for each in sources:
        if hasattr(each, "read"):
            written = Written(each, suffix)
            kept += (written,)
            paths.append(written.path)
        else:
            paths.append(path(each))
    listed = option(paths if len(paths) > 1 else paths[0])
    given = "".join(f", {name} = {option(value)}" for name, value in options.items())
    return f"FROM {function}({listed}{given})", kept
