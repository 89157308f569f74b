"""Tracebacks as user code's author wants them: they begin with user code."""
from __future__ import annotations

import os

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

_OURS = os.path.dirname(os.path.dirname(os.path.abspath(__file__))) + os.sep
_LIMIT = 64 << 10


def class_path(error: BaseException) -> str:
    """`KeyError`, `requests.exceptions.HTTPError`."""
    kind = type(error)
    return kind.__qualname__ if kind.__module__ == "builtins" else f"{kind.__module__}.{kind.__qualname__}"


def text(error: BaseException) -> str:
    """The whole traceback, causes included, without the frames that are ours or the import system's."""
    import traceback
    from mxcp._worker.modules import LoadFailed

    if isinstance(error, LoadFailed) and error.__cause__ is not None:
        error = error.__cause__
    try:
        described = traceback.TracebackException.from_exception(error)
        _strip(described, set())
        whole = "".join(described.format())
    except Exception as failure:  # a __str__ or __repr__ of user code
        return f"(the traceback cannot be shown: {failure!r})"
    return whole if len(whole) <= _LIMIT else f"{whole[: _LIMIT // 2]}\n...\n{whole[-_LIMIT // 2 :]}"


def _strip(described: Any, seen: set[int]) -> None:
    if described is None or id(described) in seen:
        return
    seen.add(id(described))
    described.stack[:] = [frame for frame in described.stack if not _is_ours(frame.filename)]
    _strip(described.__cause__, seen)
    _strip(described.__context__, seen)
    for each in getattr(described, "exceptions", None) or ():
        _strip(each, seen)


def _is_ours(filename: str) -> bool:
    return filename.startswith(_OURS) or filename.startswith("<frozen importlib")


def place(error: BaseException, root: str) -> tuple[str, int] | None:
    """File and line of the last frame in the project, or of the syntax error."""
    if isinstance(error, SyntaxError) and error.filename:
        return error.filename, error.lineno or 0
    found = None
    trace = error.__traceback__
    while trace is not None:
        filename = trace.tb_frame.f_code.co_filename
        if filename.startswith(root + os.sep) and not _is_ours(filename):
            found = filename, trace.tb_lineno
        trace = trace.tb_next
    return found
