"""What is wrong with the functions of endpoints, found without calling them."""
from __future__ import annotations

import os

from mxcp._worker import tracebacks
from mxcp._worker.modules import LoadFailed, NoSuchFunction, describe

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from mxcp._worker.process import Worker


def problems(worker: Worker, functions: list[tuple[bool, str, str | None, list[str]]]) -> list[tuple[int, str, str, int]]:
    """Index of the function, what is wrong, file and line (0: the file as a whole) for each problem."""
    found = []
    for index, (resource, path, name, parameters) in enumerate(functions):
        try:
            function = worker.lifecycle.within(
                "import", lambda r=resource, p=path, n=name: worker.functions.find(r, p, n)
            )
        except LoadFailed as failure:
            found.append((index, *_load_problem(worker, failure)))
        except NoSuchFunction as missing:
            found.append((index, str(missing), path, 0))
        else:
            mismatch = _mismatch(function, parameters)
            if mismatch is not None:
                found.append((index, mismatch, *_definition(function, path)))
    return found


def _load_problem(worker: Worker, failure: LoadFailed) -> tuple[str, str, int]:
    cause = failure.__cause__ or failure
    place = tracebacks.place(cause, worker.root)
    kind = type(cause).__name__
    if isinstance(cause, SyntaxError):
        what = f"{kind}: {cause.msg}"
    else:
        what = f"the file cannot be imported: {kind}: {describe(cause)}"
    file, line = place or (failure.path, 0)
    return what, file, line


def _mismatch(function: Any, parameters: list[str]) -> str | None:
    """Why the function cannot be called with these keywords, or None."""
    import inspect

    name = getattr(function, "__name__", type(function).__name__)
    if not callable(function):
        return f"'{type(function).__name__}' object is not callable"
    try:
        signature = inspect.signature(function)
    except (ValueError, TypeError):
        return None
    try:
        signature.bind(**dict.fromkeys(parameters))
    except TypeError as mismatch:
        return f"{name}{signature} does not take the endpoint's parameters ({', '.join(parameters) or 'none'}): {mismatch}"
    return None


def _definition(function: Any, path: str) -> tuple[str, int]:
    import inspect

    code = getattr(inspect.unwrap(function), "__code__", None)
    if code is None or not os.path.exists(code.co_filename):
        return path, 0
    return code.co_filename, code.co_firstlineno
