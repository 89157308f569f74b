"""Reloads as the worker sees them: user code asks for one, a generation ends, its payload runs, the next begins."""
from __future__ import annotations

import itertools
import sys
import threading
from contextvars import Context

from mxcp import _context
from mxcp._worker import errors, tracebacks, wire
from mxcp._worker.calls import Call
from mxcp._worker.modules import describe

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from mxcp._worker.process import Worker

# The server answers at once; this is for one that stands still.
_PATIENCE = 30.0


class _Question:
    """Waits for the server's answer to one request."""

    __slots__ = ("answered", "refusal")

    def __init__(self) -> None:
        self.answered = threading.Event()
        self.refusal: str | None = "the server does not answer"


class Reloads:
    """Keeps the payloads until their turn comes. Commands come from the control thread."""

    def __init__(self, worker: Worker) -> None:
        self._worker = worker
        self._numbers = itertools.count(1)
        self._questions: dict[int, _Question] = {}
        self._payloads: dict[int, Callable[[], Any]] = {}

    def ask(self, call: Call, payload: Callable[[], Any] | None, description: str) -> None:
        """Queues a reload; RuntimeError where there is no server, or it is not up yet."""
        if call.transport == "internal" and not call.over:
            raise RuntimeError(
                f"No execution context available for reload_duckdb: the server is not up while {call.endpoint} runs"
            )
        number = next(self._numbers)
        question = self._questions[number] = _Question()
        if payload is not None:
            self._payloads[number] = payload
        message = (wire.RELOAD, number, call.id, call.endpoint, str(description or ""), payload is not None)
        try:
            if self._worker.send(message):
                question.answered.wait(_PATIENCE)
        finally:
            del self._questions[number]
        if question.refusal is not None:
            self._payloads.pop(number, None)
            raise RuntimeError(f"No execution context available for reload_duckdb: {question.refusal}")

    def command(self, message: tuple[Any, ...]) -> None:
        """An order of the server that belongs to a reload."""
        code = message[0]
        if code == wire.RELOAD_ANSWER:
            question = self._questions.get(message[1])
            if question is not None:
                question.refusal = message[2]
                question.answered.set()
        elif code == wire.PAUSE:
            self._worker.main.do(self._pause)
        elif code == wire.BEGIN:
            self._worker.main.do(lambda: self._begin(message[1], message[2]))
        elif code == wire.PAYLOAD:
            threading.Thread(target=self._payload, args=message[1:], name="mxcp-payload", daemon=True).start()

    # ---- on the main thread

    def _pause(self) -> None:
        try:
            self._worker.lifecycle.end()
        except BaseException as failure:
            self._worker.log("ERROR", f"the end of a generation failed\n{tracebacks.text(failure)}")
        self._cut_connections()
        self._worker.send((wire.PAUSED,))

    @staticmethod
    def _cut_connections() -> None:
        """Connections that user code kept say from now on what to do instead, and show no old rows (R3.9.3)."""
        module = sys.modules.get("mxcp._worker.connection")
        if module is not None:
            module.invalidate()

    def _begin(self, start: dict[str, Any], strict: bool) -> None:
        try:
            failures = self._worker.lifecycle.begin(start, strict)
        except BaseException as failure:
            failures = [(describe(failure), tracebacks.text(failure))]
        self._worker.send((wire.BEGUN, *self._worker.lifecycle.loaded, [list(failure) for failure in failures]))

    # ---- on a thread of its own

    def _payload(self, number: int, database: str) -> None:
        from mxcp._worker import leftovers

        payload = self._payloads.pop(number, None)
        failure = trace = None
        with leftovers.Watch(database, self._worker.log) as watch, self._worker.served.released():
            try:
                if payload is None:
                    raise RuntimeError("the payload is not known to this worker")
                Context().run(self._run, payload)
            except BaseException as raised:
                failure, trace = describe(raised), tracebacks.text(raised)
                # what the frames of the traceback hold would stay open
                raised.__traceback__ = None
            payload = None
            for stream in self._worker.streams:
                stream.end_line()
        self._worker.send((wire.PAYLOAD_DONE, number, failure, trace, watch.holds()))

    def _run(self, payload: Callable[[], Any]) -> None:
        _context.CALL.set(PayloadCall(self._worker))
        outcome = payload()
        if hasattr(type(outcome), "__await__"):
            self._worker.main.await_(outcome, lambda task: None)


class PayloadCall(Call):
    """What `mxcp.runtime` finds while a payload runs: the configuration, but no database and no plugins."""

    __slots__ = ()

    def __init__(self, worker: Worker) -> None:
        super().__init__(worker, ("payload", "payload", "internal", None, None), None)

    def execute(self, query: Any, params: Any) -> list[dict[str, Any]]:
        raise self._without("db")

    def connection(self) -> Any:
        raise self._without("db")

    @property
    def plugins(self) -> dict[str, Any]:
        raise self._without("plugins")

    def reload(self, payload: Any, description: str) -> None:
        raise self._without("reload_duckdb")

    def request(self, message: tuple[Any, ...]) -> Any:
        """Only connection objects from before the reload get here."""
        if message[0] == wire.CLOSE:
            return None
        raise errors.named(
            "ConnectionException",
            "Connection Error: Connection already closed! The server has released the database for the payload",
        )

    def _without(self, name: str) -> RuntimeError:
        return RuntimeError(
            f"No execution context available for {name}: the server has released the database while a payload runs; "
            "open the file with duckdb.connect, or use it after the reload"
        )
