"""Events that belong to the audit record of the running call."""
from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import datetime, timezone
from typing import Any

from mxcp import _context


@dataclass(frozen=True)
class ExecutionSpan:
    """When something began."""

    started_at: datetime
    started: float


@dataclass(frozen=True)
class ExecutionEvent:
    """Something that a call did outside of MXCP."""

    kind: str
    status: str
    target: str | None
    operation: str | None
    summary: str | None
    error: str | None
    details: dict[str, Any] | None
    started_at: datetime
    duration_ms: float


def begin_execution_event() -> ExecutionSpan:
    """Remembers when something begins."""
    return ExecutionSpan(datetime.now(timezone.utc), time.perf_counter())


def add_execution_event(
    *,
    span: ExecutionSpan,
    kind: str = "external",
    status: str = "success",
    target: str | None = None,
    operation: str | None = None,
    summary: str | None = None,
    error: str | None = None,
    details: dict[str, Any] | None = None,
) -> ExecutionEvent:
    """Adds the event to the running call; outside of one it is only returned."""
    duration = (time.perf_counter() - span.started) * 1000
    event = ExecutionEvent(kind, status, target, operation, summary, error, details, span.started_at, duration)
    call = _context.CALL.get(None)
    if call is not None:
        call.events.append(event)
    return event


def get_execution_events() -> list[ExecutionEvent] | None:
    """The events of the running call, or None outside of one."""
    call = _context.CALL.get(None)
    return None if call is None else list(call.events)
