"""Which call, hook or import the running code belongs to. Imports nothing heavy: user code pulls it in."""
from __future__ import annotations

from contextvars import ContextVar
from typing import Any

# Set by the worker around everything that it runs for the server; the value is a `_worker.calls.Call`.
CALL: ContextVar[Any] = ContextVar("mxcp_call")


def current() -> Any:
    """The running call; RuntimeError where there is none (bare threads, scripts, tests)."""
    call = CALL.get(None)
    if call is None:
        raise RuntimeError(
            "No execution context available: this works in endpoints, hooks and imports that MXCP runs, "
            "and in threads started with contextvars.copy_context().run"
        )
    return call
