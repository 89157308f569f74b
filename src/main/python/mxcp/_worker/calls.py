"""One call, hook or import as the worker sees it: its way to the database, its user, its settings."""
from __future__ import annotations

import threading
import weakref

from mxcp import _context
from mxcp._worker import errors, rows, values, wire
from mxcp._worker.settings import CallSettings

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from mxcp._worker.asking import Asking
    from mxcp._worker.connection import Connection
    from mxcp._worker.process import Worker
    from mxcp.sdk.auth.models import UserContextModel
    from mxcp.sdk.executor.context import ExecutionContext

# id, endpoint, transport, fields of the user or None, headers or None
Identity = tuple  # [str, str, str, dict | None, dict | None]


class Call:
    """What `mxcp.runtime` finds in its context variable.

    While the call runs it speaks over the channel that brought it. Tasks and threads that outlive it, hooks and
    imports get a channel of their own when they first need the database; it ends with this object.
    """

    __slots__ = (
        "__weakref__", "_asking", "_channel", "_connection", "_connections", "_execution", "_own_channel", "_sending", "_settings",
        "_turn", "_user", "cancelled", "endpoint", "events", "id", "identity", "over", "task", "transport", "worker",
    )

    def __init__(self, worker: Worker, identity: Identity, channel: wire.Channel | None) -> None:
        self.worker = worker
        self.identity = identity
        self.id: str = identity[0]
        self.endpoint: str = identity[1]
        self.transport: str = identity[2]
        self.cancelled = False
        # whether the hook or import has ended; what it started may go on
        self.over = False
        self.task: Any = None
        self.events: list[Any] = []
        self._channel = channel
        self._own_channel: wire.Channel | None = None
        # held from a question to its answer
        self._turn = threading.RLock()
        self._sending = threading.Lock()
        self._connection: Connection | None = None
        self._connections: list[weakref.ref[Connection]] = []
        self._settings: CallSettings | None = None
        self._execution: ExecutionContext | None = None
        self._asking: Asking | None = None
        self._user: Any = self

    # ---- what mxcp.runtime asks for

    def execute(self, query: Any, params: Any) -> list[dict[str, Any]]:
        columns, chunks = self.statement(query, params)
        return rows.dicts(columns, chunks)

    def connection(self) -> Connection:
        with self._turn:
            if self._connection is None or self._connection.handle is None:
                self._connection = self.connect(new=False)
            return self._connection

    @property
    def plugins(self) -> dict[str, Any]:
        return self.worker.plugins

    @property
    def settings(self) -> CallSettings:
        if self._settings is None:
            self._settings = CallSettings(self.worker.configuration)
        return self._settings

    @property
    def user(self) -> UserContextModel | None:
        if self._user is self:
            from mxcp.sdk.auth.models import UserContextModel

            fields = self.identity[3]
            self._user = None if fields is None else UserContextModel(**fields)
        found: UserContextModel | None = self._user
        return found

    @property
    def execution(self) -> ExecutionContext:
        if self._execution is None:
            from mxcp._worker.surroundings import execution_context

            self._execution = execution_context(self)
        return self._execution

    def message(self, level: str, logger: str | None, data: Any) -> None:
        self._tell((wire.MESSAGE, level, logger, self.worker.results.json(data)))

    def progress(self, progress: float, total: float | None, message: str | None) -> None:
        self._tell((wire.PROGRESS, progress, total, None if message is None else str(message)))

    @property
    def asking(self) -> Asking:
        if self._asking is None:
            from mxcp._worker.asking import Asking

            self._asking = Asking(self)
        return self._asking

    def resource_updated(self, uri: str) -> None:
        self._tell((wire.RESOURCE_UPDATED, str.__str__(uri)))

    def reload(self, payload: Any, description: str) -> None:
        self.worker.check_process()
        self.worker.reloads.ask(self, payload, description)

    # ---- the database

    def statement(self, query: Any, params: Any) -> tuple[rows.Columns, list[list[list[Any]]]]:
        """Runs a text on the session that the server chooses; its columns and the chunks of its rows."""
        encoded = self.encoded(query, params)
        connection = self._connection
        if connection is not None:
            # it may be that one's session
            connection.settle()
        described, chunks = self.request((wire.EXECUTE, 0, str.__str__(query), encoded))
        return rows.Columns(described, self.worker.exact_decimals, native=False), chunks

    @staticmethod
    def encoded(query: Any, params: Any) -> Any:
        """The parameters of a statement as they travel; DuckDB's exceptions for what is no text or no parameters."""
        if not isinstance(query, str):
            raise errors.named("InvalidInputException", "Invalid Input Error: Please provide either a DuckDBPyStatement or a string representing the query")
        if params is not None and not isinstance(params, (dict, list, tuple)):
            raise errors.named(
                "InvalidInputException",
                "Invalid Input Error: Prepared parameters can only be passed as a list or a dictionary",
            )
        try:
            return values.encode(params)
        except values.TooLarge as refused:
            raise errors.named("InvalidInputException", f"Invalid Input Error: {refused}") from None
        except values.Unbindable as refused:
            raise errors.named("NotImplementedException", f"Not implemented Error: {refused}") from None

    def connect(self, new: bool) -> Connection:
        """A session of its own (`cursor`), or the one that belongs to this call."""
        from mxcp._worker.connection import Connection

        made = Connection(self.request((wire.CONNECT, new)), self.worker)
        self._connections.append(weakref.ref(made))
        return made

    def request(self, message: tuple[Any, ...]) -> Any:
        """Asks the server and waits for its answer."""
        self.worker.check_process()
        with self._turn:
            channel = self._usable_channel()
            try:
                with self._sending:
                    channel.send(message)
                return self._answer(channel)
            except wire.Closed:
                if channel is self._own_channel:
                    # a reload cut it off; the next request gets another one
                    self._own_channel = None
                    channel.close()
                raise self._interrupted() from None

    def _answer(self, channel: wire.Channel) -> Any:
        described, chunks = None, []
        while True:
            answer = channel.receive()
            code = answer[0]
            if code == wire.ROWS:
                _, more, columns, some = answer
                described = columns or described
                chunks += some
                if not more:
                    return described, chunks
            elif code == wire.FAILED:
                raise errors.database_error(answer[1], answer[2])
            elif code == wire.OPENED:
                return described, chunks, answer
            elif code == wire.ARROW:
                memory = wire.Memory(answer[5])
                channel.receive_into(memory.view)
                return answer, memory
            elif code in (wire.SUSPENDED, wire.LACKING, wire.UNANSWERED):
                from mxcp._worker.asking import refused

                raise refused(answer)
            else:
                return answer[1]

    def _usable_channel(self) -> wire.Channel:
        if self.cancelled:
            raise self._interrupted()
        if self._channel is not None:
            return self._channel
        if self._own_channel is None:
            self._own_channel = self.worker.connect((wire.DETACHED, self.identity))
        return self._own_channel

    def _interrupted(self) -> Exception:
        return errors.named("InterruptException", "INTERRUPT Error: Interrupted!")

    def _tell(self, message: tuple[Any, ...]) -> None:
        """Sends what needs no answer; never fails because of the client."""
        if self.worker.forked or self.cancelled or self._channel is None:
            return
        try:
            with self._sending:
                self._channel.send(message)
        except wire.Closed:
            pass

    # ---- its end

    def cancel(self) -> None:
        """The server gave the call up: async code is cancelled, the database is gone for sync code."""
        self.cancelled = True
        task = self.task
        if task is not None:
            task.get_loop().call_soon_threadsafe(task.cancel)

    def finish(self, outcome: tuple[Any, ...]) -> None:
        """Sends the outcome and lets go of the channel; connections that user code kept go on."""
        with self._turn:
            kept = self._kept()
            channel, self._channel = self._channel, None
            if channel is not None:
                with self._sending:
                    channel.send((*outcome, kept))

    def close(self) -> None:
        """Ends the channel that a hook, an import or a late task had; connections that were stored go on."""
        self.over = True
        channel, self._own_channel = self._own_channel, None
        if channel is None:
            return
        kept = self._kept()
        try:
            if kept:
                channel.send((wire.KEEP, kept))
        except wire.Closed:
            pass
        channel.close()

    def _kept(self) -> list[int]:
        """The sessions whose connection objects somebody else still holds."""
        self._connection = None
        alive = (known() for known in self._connections)
        return [found.handle for found in alive if found is not None and found.handle is not None]

    def __del__(self) -> None:
        if getattr(self, "_own_channel", None) is not None:
            self.close()


def running() -> Call | None:
    """The call whose code runs here, if any."""
    found: Call | None = _context.CALL.get(None)
    return found
