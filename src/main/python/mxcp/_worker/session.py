"""One session of the served database, as the worker speaks to it."""
from __future__ import annotations

import threading
import weakref

from mxcp._worker import errors, native, wire
from mxcp._worker.outcomes import Outcome
from mxcp._worker.rows import Columns

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from mxcp._worker.arrows import Batch
    from mxcp._worker.process import Worker

_CLOSED = "Connection Error: Connection already closed!"
# the server says the same (Sessions.java)
_RELOADED = (
    "The server has reloaded since it was opened: do not store db.connection, but take it from db in each call, "
    "or use db.execute"
)


class Session:
    """Statements whose results stay open. Used by several threads at once it serialises."""

    def __init__(self, handle: int, worker: Worker) -> None:
        self.handle = handle
        self.worker = worker
        self.open = True
        self.read_only = False
        self.lock = threading.RLock()
        self._closed = _CLOSED
        self._cut = False
        # the result that the next statement would cut off
        self._unfinished: weakref.ref[Outcome] | None = None
        # results that nobody has any more, to be told with the next statement
        self._dropped: list[int] = []
        # statements to run before the next one
        self.later: list[str] = []

    def run(self, query: Any, parameters: Any = None) -> Outcome:
        """Runs the statements of a text; the last one's result is what is read from now on."""
        query = getattr(query, "query", query)
        with self.lock:
            self.check()
            encoded = self.worker.calling().encoded(query, parameters)
            self.settle()
            self.tidy()
            return self._open(query, encoded)

    def tidy(self) -> None:
        """Takes away what the last statements left."""
        with self.lock:
            if self.later:
                self.settle()
            while self.later:
                self._open(self.later.pop(0), None)

    def _open(self, query: str, encoded: Any) -> Outcome:
        dropped, self._dropped = self._dropped, []
        message = (wire.OPEN_RESULT, self.handle, str.__str__(query), encoded, self.read_only, dropped)
        described, chunks, opened = self.worker.calling().request(message)
        columns = Columns(described or ([], [], []), exact=True, native=True)
        outcome = Outcome(self, opened[1], columns, chunks, more=opened[2], counts=opened[3])
        if columns.names:
            self._unfinished = weakref.ref(outcome)
        return outcome

    def settle(self) -> None:
        """Before another statement: what somebody may still want of the open result moves here."""
        with self.lock:
            outcome = None if self._unfinished is None else self._unfinished()
            self._unfinished = None
            if outcome is not None:
                outcome.detach()

    def fetch(self, result: int, count: int) -> tuple[list[list[list[Any]]], bool]:
        """Further rows and whether there are more."""
        self.check()
        _, chunks, opened = self._request((wire.FETCH, self.handle, result, min(count, 2**31 - 1)))
        return chunks, opened[2]

    def fetch_arrow(self, result: int, lossless: bool, schema: bool, again: bool) -> Batch:
        """Further rows as Arrow."""
        from mxcp._worker.arrows import Batch

        self.check()
        answer, memory = self._request((wire.FETCH_ARROW, self.handle, result, lossless, schema, again))
        return Batch(answer, memory, schema, counted=not (lossless and native.borrows()))

    def bind(self, query: str) -> tuple[bool, Columns]:
        """Whether a statement is a query, and what it would give."""
        self.check()
        self.settle()
        described, _, opened = self._request((wire.BIND, self.handle, query))
        return opened[2], Columns(described or ([], [], []), exact=True, native=True)

    def table_names(self, query: str, qualified: bool) -> list[str]:
        """The tables that a text reads."""
        self.check()
        self.settle()
        found: list[str] = self._request((wire.TABLE_NAMES, self.handle, query, qualified))
        return found

    def split(self, query: str) -> list[str]:
        """The statements of a text."""
        self.check()
        found: list[str] = self._request((wire.SPLIT, self.handle, query))
        return found

    def define(self, name: str, types: list[str], returns: str) -> None:
        """Makes SQL know a function that workers run."""
        self.check()
        self._request((wire.DEFINE, self.handle, (name, types, returns)))

    def dropped(self, result: int) -> None:
        """Nobody wants a result any more. Called by the garbage collector too, so only a note."""
        self._dropped.append(result)

    def interrupt(self) -> None:
        """Ends the running statement. From any thread."""
        self.check()
        self.worker.send((wire.INTERRUPT, self.handle))

    def close(self) -> None:
        with self.lock:
            if self.open:
                self.open = False
                self._unfinished = None
                self.worker.calling().request((wire.CLOSE, self.handle))

    def invalidate(self) -> None:
        """The server has closed the session; whoever uses it is told why."""
        self._cut = True
        if self.open:
            self.open = False
            self._closed = f"{_CLOSED} {_RELOADED}"

    def check_generation(self) -> None:
        """ConnectionException if the server has reloaded since the session began: its rows are old."""
        if self._cut:
            self.check()

    def check(self) -> None:
        """ConnectionException if the session is closed."""
        if not self.open:
            raise errors.named("ConnectionException", self._closed)

    def _request(self, message: tuple[Any, ...]) -> Any:
        return self.worker.calling().request(message)
