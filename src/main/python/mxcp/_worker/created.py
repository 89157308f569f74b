"""`create_function` of a connection: a Python function that SQL of this session can call.

The server knows one function for each list of types that travel. What SQL sees is a temporary macro of the session,
which casts, and passes the number of the Python function along. So the function is nobody else's, and goes with the session.
"""
from __future__ import annotations

import hashlib
import inspect
import itertools
import typing
import weakref

from mxcp._worker import carriers, conversions, errors, native

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from mxcp._worker.connection import Connection
    from mxcp.plugins._types import Shape

# How the server's names of such functions begin (PythonFunction.CREATED)
PREFIX = "mxcp_call_"

_numbers = itertools.count(1)
_known: weakref.WeakValueDictionary[int, Created] = weakref.WeakValueDictionary()

_NULLS = """
The returned result contained NULL values, but the 'null_handling' was set to DEFAULT.
If you want more control over NULL values then 'null_handling' should be set to SPECIAL.

With DEFAULT all rows containing NULL have been filtered from the UDFs input.
Those rows are automatically set to NULL in the final result.
The UDF is not expected to return NULL values.
\t"""

_SCALARS = {"int": "BIGINT", "str": "VARCHAR", "float": "DOUBLE", "bool": "BOOLEAN", "bytes": "BLOB", "bytearray": "BLOB"}
_MORE = {"date": "DATE", "datetime": "TIMESTAMP", "time": "TIME", "timedelta": "INTERVAL", "UUID": "UUID"}


class Created:
    """One Python function with its types."""

    awaited = False

    def __init__(self, name: str, function: Callable[..., Any], kinds: list[str], options: Options) -> None:
        self.name = name
        self._function = function
        self._kinds = kinds
        self._options = options
        shapes = [carriers.shape(kind) for kind in kinds]
        self._parameters, self._result = shapes[:-1], shapes[-1]
        self._readers = [conversions.argument(shape) for shape in self._parameters]
        self._writer = conversions.result(self._result, lambda value: b"null")
        self._number = next(_numbers)
        _known[self._number] = self

    # ---- what SQL knows

    def signature(self) -> tuple[str, list[str], str]:
        """Name and types of the server's function."""
        types = ["BIGINT", *(["DOUBLE"] if self._options.side_effects else [])]
        types += [shape.text for shape in self._parameters]
        text = f"{types} -> {self._result.text}"
        return PREFIX + hashlib.sha256(text.encode()).hexdigest()[:12], types, self._result.text

    def macro(self) -> str:
        """The statement that makes the session know it."""
        names = [f"p{index}" for index in range(1, len(self._parameters) + 1)]
        return f"CREATE OR REPLACE TEMP MACRO {native.quoted(self.name)}({', '.join(names)}) AS {self._call(names)}"

    def probe(self) -> str:
        """A query that only asks whether the session can call it."""
        return f"SELECT {self._call(['NULL'] * len(self._parameters))}"

    def _call(self, arguments: list[str]) -> str:
        passed = [f"{self._number}::BIGINT"]
        if self._options.side_effects:
            # differs from row to row, so that nothing is kept
            passed.append("random()")
        for argument, kind, shape in zip(arguments, self._kinds, self._parameters):
            passed.append(_cast(_cast(argument, kind), shape.text) if shape.text != kind else _cast(argument, kind))
        return _cast(f"{self.signature()[0]}({', '.join(passed)})", self._kinds[-1])

    # ---- one batch

    def arguments(self, columns: list[list[Any]]) -> list[list[Any]]:
        columns = columns[2 if self._options.side_effects else 1 :]
        return [column if read is None else read(column) for read, column in zip(self._readers, columns)]

    def compute(self, rows: int, columns: list[list[Any]]) -> list[Any]:
        """The results of a batch."""
        if self._options.special_nulls or not any(None in column for column in columns):
            found = self._computed(rows, columns)
            places = None
        else:
            places = [at for at, row in enumerate(zip(*columns)) if None not in row]
            found = self._computed(len(places), [[column[at] for at in places] for column in columns])
        if not self._options.special_nulls and not self._options.null_for_errors and None in found:
            raise conversions.Unfit(_NULLS)
        if places is None:
            return found
        spread: list[Any] = [None] * rows
        for at, value in zip(places, found):
            spread[at] = value
        return spread

    def _computed(self, rows: int, columns: list[list[Any]]) -> list[Any]:
        if rows == 0:
            return []
        if self._options.arrow:
            return self._arrow(rows, columns)
        if self._options.null_for_errors:
            return [self._or_null(*row) for row in (zip(*columns) if columns else [()] * rows)]
        if columns:
            return list(map(self._function, *columns))
        return [self._function() for _ in range(rows)]

    def _or_null(self, *row: Any) -> Any:
        try:
            return self._function(*row)
        except Exception:
            return None

    def _arrow(self, rows: int, columns: list[list[Any]]) -> list[Any]:
        import pyarrow

        types = _arrow_types(self._kinds[:-1])
        chunks = [pyarrow.chunked_array([pyarrow.array(column, kind)]) for column, kind in zip(columns, types)]
        try:
            found = self._function(*chunks).to_pylist()
        except Exception:
            if not self._options.null_for_errors:
                raise
            return [None] * rows
        if len(found) != rows:
            raise conversions.Unfit("Returned pyarrow table should have 1 tuple per input row")
        return list(found)

    def results(self, column: list[Any]) -> Any:
        """A column of results as it travels."""
        return self._writer(column)


class Options:
    """How a function wants to be called."""

    def __init__(self, kind: Any, nulls: Any, exceptions: Any, side_effects: Any) -> None:
        self.arrow = _choice("type", kind, "native", "arrow")
        self.special_nulls = _choice("null_handling", nulls, "default", "special")
        self.null_for_errors = _choice("exception_handling", exceptions, "default", "return_null")
        self.side_effects = bool(side_effects)


def found(columns: list[list[Any]]) -> Created:
    """The function that a batch is for; LookupError if its connection is gone."""
    made = _known.get(columns[0][0])
    if made is None:
        raise LookupError("the connection that created the function is closed, or the function was removed")
    return made


def create(
    connection: Connection, name: str, function: Any, parameters: Any, return_type: Any, options: Options
) -> Created:
    """Makes a function known to a session."""
    session = connection._session
    session.check()
    if not callable(function):
        raise TypeError(f"create_function(): {name} is no function but a {type(function).__name__}")
    texts = _types(function, parameters, return_type)
    with session.lock:
        _refuse_taken(connection, name)
        listed = ", ".join(f"NULL::{text}" for text in texts)
        _, columns = session.bind(f"SELECT {listed}")
        made = Created(name, function, list(columns.types), options)
        session.define(*made.signature())
        install(connection, made)
        return made


def install(connection: Connection, made: Created) -> None:
    """Lets one more session call a function."""
    try:
        connection._session.bind(made.probe())
    except Exception as failure:
        if "does not exist" not in str(failure):
            raise
        raise errors.named(
            "TransactionException",
            f"TransactionContext Error: the function {made.name} cannot be seen by the running transaction, which is older; "
            "create it before BEGIN",
        ) from None
    connection._run(made.macro())


def _refuse_taken(connection: Connection, name: str) -> None:
    asked = "SELECT function_type FROM duckdb_functions() WHERE lower(function_name) = lower(?) LIMIT 1"
    row = connection._run(asked, [name]).fetchone()
    if row is not None:
        kind = "Macro Function" if row[0] == "macro" else f"{str(row[0]).title()} Function"
        raise errors.named("CatalogException", f'Catalog Error: {kind} with name "{name}" already exists!')


def _types(function: Callable[..., Any], parameters: Any, return_type: Any) -> list[str]:
    declared, hints = _declared(function)
    if return_type is None and "return" not in hints:
        raise errors.named(
            "InvalidInputException", "Invalid Input Error: Could not infer the return type, please set it explicitly"
        )
    if parameters is None:
        if declared is None or any(each.kind is each.VAR_POSITIONAL or each.name not in hints for each in declared):
            raise errors.named(
                "NotImplementedException",
                "Not implemented Error: the types of the parameters cannot be inferred: annotate each, or give a list of types",
            )
        parameters = [hints[each.name] for each in declared]
    elif not isinstance(parameters, (list, tuple)):
        raise errors.named(
            "InvalidInputException",
            "Invalid Input Error: Either leave 'parameters' empty, or provide a list of DuckDBPyType objects",
        )
    elif declared is not None and len(declared) != len(parameters):
        raise errors.named(
            "InvalidInputException",
            f"Invalid Input Error: {len(parameters)} types provided, but the provided function takes {len(declared)} parameters",
        )
    return [_text(each) for each in (*parameters, hints["return"] if return_type is None else return_type)]


def _declared(function: Callable[..., Any]) -> tuple[list[inspect.Parameter] | None, dict[str, Any]]:
    try:
        declared = list(inspect.signature(function).parameters.values())
    except (TypeError, ValueError):
        return None, {}
    try:
        return declared, typing.get_type_hints(function)
    except Exception:
        return declared, dict(getattr(function, "__annotations__", {}))


def _text(kind: Any) -> str:
    if isinstance(kind, str):
        return kind
    if isinstance(kind, type) and kind.__name__ in _SCALARS | _MORE:
        return (_SCALARS | _MORE)[kind.__name__]
    duckdb = native.package()
    if duckdb is not None:
        kinds = getattr(duckdb, "sqltypes", None) or duckdb.typing
        return str(kinds.DuckDBPyType(kind))
    raise errors.named("InvalidInputException", f"Invalid Input Error: {kind!r} stands for no type of DuckDB")


def _choice(name: str, value: Any, first: str, second: str) -> bool:
    text = str(getattr(value, "name", value)).lower()
    if text not in (first, second):
        raise TypeError(f"create_function(): {name} is {value!r}, not '{first}' or '{second}'")
    return text == second


def _arrow_types(kinds: list[str]) -> list[Any]:
    if not kinds or native.cursor() is None:
        return [None] * len(kinds)
    listed = ", ".join(f"NULL::{kind} AS p{index}" for index, kind in enumerate(kinds))
    reading = native.cursor().execute(f"SELECT {listed}")
    table = (getattr(reading, "to_arrow_table", None) or reading.fetch_arrow_table)()
    return list(table.schema.types)


def _cast(text: str, kind: str) -> str:
    return f"CAST({text} AS {kind})"
