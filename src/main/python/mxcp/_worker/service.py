"""A call channel's thread: it waits for a call, runs it, answers, and waits again."""
from __future__ import annotations

from contextvars import Context

from mxcp import _context
from mxcp._worker import tracebacks, values, wire
from mxcp._worker.calls import Call
from mxcp._worker.modules import LoadFailed, describe

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from mxcp._worker.process import Worker


def serve(worker: Worker) -> None:
    """Serves calls over a new channel until the server closes it."""
    try:
        channel = worker.connect((wire.CALLS,))
        while True:
            _call(worker, channel, channel.receive())
            while worker.released:
                _tell_released(worker)
    except (wire.Closed, OSError):
        pass


def _tell_released(worker: Worker) -> None:
    handles = []
    while worker.released:
        handles.append(worker.released.popleft())
    worker.send((wire.RELEASE, handles))


def _call(worker: Worker, channel: wire.Channel, message: tuple[Any, ...]) -> None:
    _, identity, resource, path, name, arguments, tagged = message
    call = Call(worker, identity, channel)
    worker.calls[call.id] = call
    try:
        # a context of its own: what user code sets in it is gone afterwards
        outcome = Context().run(_outcome, worker, call, resource, path, name, arguments, tagged)
    finally:
        worker.calls.pop(call.id, None)
    call.finish(outcome)


def _outcome(
    worker: Worker, call: Call, resource: bool, path: str, name: str | None, arguments: dict[str, Any], tagged: bool
) -> tuple[Any, ...]:
    _context.CALL.set(call)
    try:
        function = worker.functions.find(resource, path, name)
        if tagged:
            arguments = values.arguments(arguments)
        value = function(**arguments)
        if hasattr(type(value), "__await__"):
            value = worker.main.await_(value, lambda task: _started(call, task))
        json, kind = worker.results.outcome(value)
        if len(json) > worker.result_limit:
            text = f"The result has {len(json):,} bytes as JSON, more than the limit of {worker.result_limit:,} (limits.result_size)"
            return (wire.ERROR, "mxcp.ResultTooLarge", text, "")
        return (wire.RESULT, json, kind)
    except BaseException as failure:
        return _error(failure)
    finally:
        for stream in worker.streams:
            stream.end_line()


def _started(call: Call, task: Any) -> None:
    call.task = task
    if call.cancelled:
        task.cancel()


def _error(failure: BaseException) -> tuple[Any, ...]:
    text = describe(failure) if not isinstance(failure, LoadFailed) else str(failure)
    if isinstance(failure, (LoadFailed, ImportError, SyntaxError)):
        text = f"Failed to execute Python code: {text}"
    # marshal takes no subclasses of str, which __str__ may well return
    return (wire.ERROR, *map(str.__str__, (tracebacks.class_path(failure), text, tracebacks.text(failure))))
