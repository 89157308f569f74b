"""The worker: its start, its threads and its end."""
from __future__ import annotations

import os
import signal
import sys
import threading
from collections import deque

from mxcp._worker import files, host, service, wire

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from mxcp._worker.calls import Identity
    from mxcp._worker.functions import Functions as SqlFunctions
    from mxcp._worker.lifecycle import Lifecycle
    from mxcp._worker.loop import MainThread
    from mxcp._worker.modules import Functions, Modules
    from mxcp._worker.reloads import Reloads
    from mxcp._worker.results import Results
    from mxcp._worker.served import Served
    from mxcp._worker.settings import Configuration
    from mxcp._worker.streams import LineStream

# Deep recursion of user code needs room; the memory is only reserved.
_STACK_BYTES = 4 << 20

_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class Worker:
    """What all calls of this process share."""

    main: MainThread
    modules: Modules
    functions: Functions
    sql_functions: SqlFunctions | None
    results: Results
    configuration: Configuration
    lifecycle: Lifecycle
    served: Served
    reloads: Reloads
    root: str
    exact_decimals: bool
    result_limit: int

    def __init__(self, folder: str, token: str) -> None:
        self._folder = folder
        self._token = token
        self._sending = threading.Lock()
        self._control: wire.Channel | None = None
        self.calls: dict[str, Any] = {}
        self.plugins: dict[str, Any] = {}
        self.function_calls: set[Any] = set()
        self.released: deque[int] = deque()
        self.streams: list[LineStream] = []
        self.sql_functions = None
        self.forked = False
        # for threads outside of any call: a channel each, so that they do not wait for each other
        self._outside = threading.local()

    # ---- start and end, on the main thread

    def run(self) -> None:
        version = ".".join(str(part) for part in sys.version_info[:3])
        self._control = self.connect((wire.CONTROL, os.getpid(), version, sys.executable))
        start = self._control.receive()[1]
        self._prepare(start)
        threading.Thread(target=self._obey, name="mxcp-control", daemon=True).start()
        failure = self.lifecycle.start(start)
        if failure is None:
            self.send((wire.STARTED, *self.lifecycle.loaded))
            self.main.stay()
        else:
            self.send((wire.START_FAILED, *failure))
        self.lifecycle.stop()
        self.send((wire.STOPPED,))
        _leave()

    def _prepare(self, start: dict[str, Any]) -> None:
        from mxcp._worker import logs, streams
        from mxcp._worker.lifecycle import Lifecycle
        from mxcp._worker.loop import MainThread
        from mxcp._worker.modules import Functions, Modules
        from mxcp._worker.reloads import Reloads
        from mxcp._worker.results import Results
        from mxcp._worker.served import Served, versions_differ

        self.streams = streams.install()
        logs.install(self.send, start["log_level"])
        os.register_at_fork(
            before=_hold_signals, after_in_parent=_release_signals, after_in_child=self._in_forked_child
        )
        for number in _SIGNALS:
            # a handler, not SIG_IGN: programs that user code starts must not inherit deafness
            signal.signal(number, _only_the_server_ends_us)
        self.root = os.path.realpath(start["root"])
        self.configure(start)
        self.main = MainThread(self.log)
        self.results = Results(self.main.collect)
        self.modules = Modules(
            start["root"], start["python"], start["plugins_dir"], lambda text: self.log("WARNING", text)
        )
        self.functions = Functions(self.modules)
        self.lifecycle = Lifecycle(self)
        self.served = Served(self)
        self.served.install()
        warning = versions_differ(start.get("duckdb_version", ""))
        if warning is not None:
            self.log("WARNING", warning)
        self.reloads = Reloads(self)
        sys.argv[:] = ["mxcp"]

    def configure(self, start: dict[str, Any]) -> None:
        """Takes over what the server says at the start and after each reload."""
        from mxcp._worker.settings import Configuration

        self.exact_decimals = start["exact_decimals"]
        self.result_limit = start["result_limit"]
        self.configuration = Configuration(start["site"], start["user"], start["secrets"])

    # ---- the control channel

    def _obey(self) -> None:
        host.die_with_parent()
        assert self._control is not None
        while True:
            try:
                message = self._control.receive()
            except wire.Closed:
                # the server is gone, or let us go: nothing here may outlive it
                os._exit(1)
            try:
                self._command(message)
            except Exception as failure:
                # no more threads, for one; the worker must go on listening
                self.log("ERROR", f"an order of the server failed: {failure!r}")

    def _command(self, message: tuple[Any, ...]) -> None:
        code = message[0]
        if code == wire.OPEN:
            for _ in range(message[1]):
                self._open_call_channel()
        elif code == wire.CANCEL:
            call = self.calls.get(message[1])
            if call is not None:
                call.cancel()
            for batch in list(self.function_calls):
                if batch.id == message[1]:
                    batch.cancel()
        elif code == wire.INSPECT:
            # in a thread of its own, because it imports user code
            threading.Thread(target=self._inspect, args=message[1:], name="mxcp-inspect", daemon=True).start()
        elif code == wire.OPEN_FUNCTIONS:
            from mxcp._worker.functions import Lane

            self._start_thread(Lane(self).serve, "mxcp-function")
        elif code == wire.FUNCTIONS_DEFINED:
            if self.sql_functions is not None:
                self.sql_functions.defined(message[1])
        elif code == wire.STOP:
            self.main.stop()
        else:
            self.reloads.command(message)

    def _open_call_channel(self) -> None:
        self._start_thread(lambda: service.serve(self), "mxcp-call")

    def _start_thread(self, serve: Callable[[], None], name: str) -> None:
        threading.stack_size(_STACK_BYTES)
        try:
            threading.Thread(target=serve, name=name, daemon=True).start()
        finally:
            threading.stack_size(0)

    def _inspect(self, request: int, functions: list[Any]) -> None:
        from mxcp._worker import inspection

        self.send((wire.INSPECTED, request, inspection.problems(self, functions)))

    # ---- for calls

    def connect(self, kind: tuple[Any, ...]) -> wire.Channel:
        """A new channel to the server."""
        return wire.connect(self._folder, (self._token, *kind))

    def send(self, message: tuple[Any, ...]) -> bool:
        """Sends on the control channel, from any thread; False if there is none any more."""
        control = self._control
        if control is None:
            return False
        try:
            with self._sending:
                control.send(message)
        except wire.Closed:
            return False
        return True

    def log(self, level: str, text: str) -> None:
        """A line of our own in the server's log."""
        self.send((wire.LOG, level, 0, "mxcp.worker", text, None, None))

    def calling(self) -> Any:
        """The running call; for connections that are used outside of any, a call that never ends."""
        from mxcp._worker import calls

        found = calls.running()
        if found is not None:
            return found
        self.check_process()
        outside = getattr(self._outside, "call", None)
        if outside is None:
            outside = self._outside.call = self.unattached("worker")
        return outside

    def unattached(self, name: str) -> Any:
        """A call that the server did not ask for: a hook, an import."""
        from mxcp._worker.calls import Call

        identity: Identity = (f"{name}-{os.getpid()}", name, "internal", None, None)
        return Call(self, identity, None)

    def check_process(self) -> None:
        """RuntimeError in a forked child, whose connections belong to its parent."""
        if self.forked:
            raise RuntimeError("No execution context available: this is a forked process")

    def _in_forked_child(self) -> None:
        self.forked = True
        self._control = None
        wire.let_go()
        self._sending = threading.Lock()
        for stream in self.streams:
            stream.renew_lock()
        for number in _SIGNALS:
            signal.signal(number, signal.SIG_DFL)
        signal.signal(signal.SIGINT, signal.default_int_handler)
        _release_signals()


def run(folder: str, name: str) -> None:
    """Runs a worker; its secret lies in the server's private folder and is taken away."""
    path = os.path.join(folder, name)
    with open(path, encoding="ascii") as file:
        token = file.read()
    os.unlink(path)
    host.prepare()
    files.prefix = f"mxcp-frames-{name}-"
    Worker(folder, token).run()


def _only_the_server_ends_us(number: int, frame: Any) -> None:
    pass


def _hold_signals() -> None:
    # a child that is ended at once must not take the signal with our handler
    signal.pthread_sigmask(signal.SIG_BLOCK, _SIGNALS)


def _release_signals() -> None:
    signal.pthread_sigmask(signal.SIG_UNBLOCK, _SIGNALS)


def _leave() -> None:
    """Ends the process without waiting for threads that user code left behind."""
    import atexit

    atexit._run_exitfuncs()
    for stream in (sys.stdout, sys.stderr, sys.__stdout__, sys.__stderr__):
        try:
            getattr(stream, "end_line", stream.flush)()
            stream.flush()
        except Exception:
            pass
    os._exit(0)
