"""Methods of plugins as SQL functions: what the server is told of them, and the threads that run them.

Each batch of rows comes over a channel that has a thread of its own. Nothing else is needed to answer: not the main
thread, not the event loop, not the thread of a call, all of which may be waiting for the very statement.
"""
from __future__ import annotations

import threading
from contextvars import Context

from mxcp import _context
from mxcp._worker import conversions, created, tracebacks, wire
from mxcp._worker.calls import Call
from mxcp._worker.modules import describe

TYPE_CHECKING = False
if TYPE_CHECKING:
    import asyncio
    from collections.abc import Callable
    from typing import Any

    from mxcp._worker.process import Worker
    from mxcp.plugins._types import Shape


class Function:
    """One marked method of one plugin instance."""

    def __init__(
        self, name: str, method: Callable[..., Any], parameters: list[Shape], result: Shape, json: Callable[[Any], bytes]
    ) -> None:
        import inspect

        self.name = name
        self.method = method
        self.types = [parameter.text for parameter in parameters]
        self.result_type = result.text
        self.awaited = inspect.iscoroutinefunction(inspect.unwrap(method))
        self._arguments = [conversions.argument(parameter) for parameter in parameters]
        self._result = conversions.result(result, json)

    def arguments(self, columns: list[list[Any]]) -> list[list[Any]]:
        """The columns with Python's values in them."""
        return [column if convert is None else convert(column) for convert, column in zip(self._arguments, columns)]

    def results(self, column: list[Any]) -> Any:
        """A column of results as it travels."""
        return self._result(column)


class Functions:
    """The SQL functions of all plugins of a worker."""

    def __init__(self, worker: Worker) -> None:
        self._worker = worker
        self._known: dict[str, Function] = {}
        self._defined = threading.Event()
        self._refusal: str | None = None

    def add(self, instance: str, plugin: Any) -> None:
        """Takes the marked methods of a plugin; ValueError for one that SQL cannot call."""
        from mxcp.plugins import _types

        json = self._worker.results.json
        for method, parameters, result in _types.signatures(plugin):
            name = f"{method}_{instance}"
            if any(known.name.lower() == name.lower() for known in self._known.values()):
                raise ValueError(f"there are two SQL functions {name}")
            made = Function(name, getattr(plugin, method), parameters, result, json)
            self._known[_key(name, made.types, made.result_type)] = made

    def announce(self) -> str | None:
        """Has the server define the functions in SQL; why it could not, or None."""
        if not self._known:
            return None
        self._defined.clear()
        self._worker.send((wire.FUNCTIONS, [(f.name, f.types, f.result_type) for f in self._known.values()]))
        self._defined.wait()
        return self._refusal

    def defined(self, refusal: str | None) -> None:
        """The server's answer."""
        self._refusal = refusal
        self._defined.set()

    def forget(self) -> None:
        """Lets go of the plugins."""
        self._known = {}

    def find(self, name: str, types: list[str], result_type: str) -> Function:
        """The function as SQL knows it; LookupError if this worker's plugins have none like it."""
        found = self._known.get(_key(name, types, result_type))
        if found is None:
            raise LookupError(f"the plugins no longer have a SQL function {name}({', '.join(types)})")
        return found


def _key(name: str, types: list[str], result_type: str) -> str:
    return f"{name}({', '.join(types)}) -> {result_type}"


class FunctionCall(Call):
    """One batch of rows. Belongs to the call whose statement it is, and shares what that keeps in this worker."""

    __slots__ = ("_home",)

    def __init__(self, worker: Worker, identity: Any, channel: wire.Channel) -> None:
        super().__init__(worker, identity, channel)
        self._home: Call | None = worker.calls.get(self.id)
        if self._home is not None:
            self.events = self._home.events

    @property
    def settings(self) -> Any:
        return super().settings if self._home is None else self._home.settings

    @property
    def execution(self) -> Any:
        return super().execution if self._home is None else self._home.execution


class Lane:
    """One channel with its thread; async functions are awaited on an event loop of its own."""

    def __init__(self, worker: Worker) -> None:
        self._worker = worker
        self._loop: asyncio.AbstractEventLoop | None = None

    def serve(self) -> None:
        """Runs batches until the server closes the channel."""
        try:
            channel = self._worker.connect((wire.FUNCTION_CALLS,))
            while True:
                self._batch(channel, channel.receive())
        except (wire.Closed, OSError):
            pass
        finally:
            if self._loop is not None:
                self._loop.close()

    def _batch(self, channel: wire.Channel, message: tuple[Any, ...]) -> None:
        _, identity, name, types, result_type, rows, columns = message
        call = FunctionCall(self._worker, identity, channel)
        self._worker.function_calls.add(call)
        try:
            outcome = Context().run(self._outcome, call, (name, types, result_type), rows, columns)
        finally:
            self._worker.function_calls.discard(call)
            for stream in self._worker.streams:
                stream.end_line()
        call.finish(outcome)

    def _outcome(
        self, call: FunctionCall, which: tuple[str, list[str], str], rows: int, columns: list[list[Any]]
    ) -> tuple[Any, ...]:
        _context.CALL.set(call)
        try:
            function: Any
            if which[0].startswith(created.PREFIX):
                function = created.found(columns)
            elif self._worker.sql_functions is None:
                raise LookupError("there are no plugins")
            else:
                function = self._worker.sql_functions.find(*which)
            arguments = function.arguments(columns)
            if function.awaited:
                column = self._awaited(call, function.method, rows, arguments)
            elif isinstance(function, created.Created):
                column = function.compute(rows, arguments)
            elif arguments:
                column = list(map(function.method, *arguments))
            else:
                column = [function.method() for _ in range(rows)]
            if len(column) != rows:
                # what looks like the end of the rows to map
                raise RuntimeError("the function raised StopIteration")
            return (wire.FUNCTION_RESULT, function.results(column))
        except conversions.Unfit as unfit:
            return (wire.FUNCTION_ERROR, "", str(unfit), "")
        except BaseException as failure:
            told = (tracebacks.class_path(failure), _message(failure), tracebacks.text(failure))
            return (wire.FUNCTION_ERROR, *map(str.__str__, told))

    def _awaited(
        self, call: FunctionCall, method: Callable[..., Any], rows: int, arguments: list[list[Any]]
    ) -> list[Any]:
        import asyncio

        if self._loop is None:
            self._loop = asyncio.new_event_loop()
            asyncio.set_event_loop(self._loop)
        each = zip(*arguments) if arguments else iter([()] * rows)
        task = self._loop.create_task(_one_after_another(method, each))
        call.task = task
        if call.cancelled:
            task.cancel()
        try:
            failure, column = self._loop.run_until_complete(task)
        finally:
            call.task = None
        if failure is not None:
            raise failure
        return column


async def _one_after_another(method: Callable[..., Any], rows: Any) -> tuple[BaseException | None, list[Any]]:
    column = []
    try:
        for row in rows:
            column.append(await method(*row))
    except BaseException as failure:
        # asyncio lets SystemExit out of the loop, and cannot carry StopIteration
        return failure, column
    return None, column


def _message(failure: BaseException) -> str:
    try:
        return str(failure)
    except Exception:
        return describe(failure)
