"""The main thread: it runs the one event loop of all async code, from when that is first needed."""
from __future__ import annotations

import contextvars
import sys
import threading
import time
import _thread
from collections import deque

TYPE_CHECKING = False
if TYPE_CHECKING:
    import asyncio
    from collections.abc import Awaitable, Callable
    from typing import Any

_BLOCKED_AFTER = 5.0


class MainThread:
    """Other threads hand it what is to be awaited; hooks run on it directly."""

    def __init__(self, log: Callable[[str, str], None]) -> None:
        self._log = log
        self._loop: asyncio.AbstractEventLoop | None = None
        self._loop_wanted = False
        self._in_loop = False
        self._jobs: deque[Callable[[], None]] = deque()
        self._needed = threading.Event()
        self._running = threading.Event()
        self._stopping = False
        self._identity = threading.get_ident()
        self._lock = threading.Lock()
        self._awaited = 0

    # ---- on the main thread

    def stay(self) -> None:
        """Serves until `stop`."""
        while not self._stopping:
            if not self._loop_wanted:
                self._needed.wait()
                self._needed.clear()
            while self._jobs:
                self._jobs.popleft()()
            if self._loop_wanted and not self._stopping:
                self._run_loop()

    def _run_loop(self) -> None:
        loop = self.loop()
        loop.call_soon(self._running.set)
        self._in_loop = True
        self._leave_loop()
        try:
            loop.run_forever()
        except BaseException as failure:
            # a task of user code raised SystemExit or the like
            self._log("ERROR", f"a background task ended the event loop, which goes on: {failure!r}")
        finally:
            self._in_loop = False

    def _leave_loop(self) -> None:
        # only out of `stay`: elsewhere somebody awaits something
        if self._in_loop and (self._jobs or self._stopping):
            self.loop().stop()

    def run(self, awaitable: Awaitable[Any]) -> Any:
        """Awaits something while the loop does not run otherwise: hooks."""
        succeeded, value = self.loop().run_until_complete(_guarded(awaitable))
        if not succeeded:
            raise value
        return value

    def loop(self) -> asyncio.AbstractEventLoop:
        """The loop; made on first use because importing asyncio takes longer than starting Python."""
        if self._loop is None:
            import asyncio
            import warnings

            with warnings.catch_warnings():
                # a loop that user code made at import, with `asyncio.get_event_loop()`, is the one to use
                warnings.simplefilter("ignore", DeprecationWarning)
                try:
                    self._loop = asyncio.get_event_loop()
                except RuntimeError:
                    self._loop = asyncio.new_event_loop()
            asyncio.set_event_loop(self._loop)
        return self._loop

    def end(self) -> None:
        """Cancels what still runs."""
        if self._loop is None:
            return
        import asyncio

        tasks = asyncio.all_tasks(self._loop)
        for task in tasks:
            task.cancel()
        try:
            if tasks:
                self._loop.run_until_complete(asyncio.wait(tasks, timeout=2))
            self._loop.run_until_complete(self._loop.shutdown_asyncgens())
        except BaseException as failure:
            self._log("WARNING", f"background tasks did not end properly: {failure!r}")

    # ---- on other threads

    def stop(self) -> None:
        """Ends `stay`."""
        self._stopping = True
        self._wake()

    def do(self, job: Callable[[], None]) -> None:
        """Runs something on the main thread soon; the loop stands still meanwhile. It must not raise."""
        self._jobs.append(job)
        self._wake()

    def _wake(self) -> None:
        self._needed.set()
        loop = self._loop
        if loop is not None:
            loop.call_soon_threadsafe(self._leave_loop)

    def await_(self, awaitable: Awaitable[Any], started: Callable[[Any], None]) -> Any:
        """The awaitable's value, awaited on the loop in the context of the caller; not for the main thread.

        `started` is told the task, on the loop.
        """
        self._loop_wanted = True
        self._needed.set()
        self._running.wait()
        loop = self.loop()
        outcome: list[Any] = []
        done = _thread.allocate_lock()
        done.acquire()

        def finished(task: Any) -> None:
            outcome.append((False, _cancelled()) if task.cancelled() else task.result())
            done.release()

        def start() -> None:
            task = loop.create_task(_guarded(awaitable))
            task.add_done_callback(finished)
            started(task)

        with self._counted():
            loop.call_soon_threadsafe(start, context=contextvars.copy_context())
            done.acquire()
        succeeded, value = outcome[0]
        if not succeeded:
            raise value
        return value

    def collect(self, generator: Any) -> list[Any]:
        """All values of an async generator."""

        async def values() -> list[Any]:
            return [value async for value in generator]

        if threading.get_ident() == self._identity:
            found: list[Any] = self.run(values())
            return found
        found = self.await_(values(), lambda task: None)
        return found

    # ---- watching

    def _counted(self) -> _Counted:
        return _Counted(self)

    def _watch(self) -> None:
        """Says when something blocks the loop while calls wait for it."""
        loop = self.loop()
        while True:
            with self._lock:
                if self._awaited == 0:
                    self._watching = False
                    return
            beat = threading.Event()
            loop.call_soon_threadsafe(beat.set)
            began = time.monotonic()
            if not beat.wait(_BLOCKED_AFTER):
                import traceback

                stack = "".join(traceback.format_stack(sys._current_frames()[self._identity]))
                self._log("WARNING", f"event loop blocked for {time.monotonic() - began:.0f} s\n{stack}")
                beat.wait()
            time.sleep(1)

    _watching = False


class _Counted:
    def __init__(self, main: MainThread) -> None:
        self._main = main

    def __enter__(self) -> None:
        main = self._main
        with main._lock:
            main._awaited += 1
            start = not main._watching
            main._watching = True
        if start:
            threading.Thread(target=main._watch, name="mxcp-loop-watch", daemon=True).start()

    def __exit__(self, *_: Any) -> None:
        with self._main._lock:
            self._main._awaited -= 1


async def _guarded(awaitable: Awaitable[Any]) -> tuple[bool, Any]:
    # asyncio lets SystemExit out of the loop, and cannot carry StopIteration
    try:
        return True, await awaitable
    except BaseException as failure:
        return False, failure


def _cancelled() -> BaseException:
    import asyncio

    return asyncio.CancelledError()
