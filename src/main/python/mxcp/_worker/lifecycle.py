"""What happens once: plugins, imports and init hooks at the start, shutdown hooks at the end."""
from __future__ import annotations

import sys
from contextvars import Context

from mxcp import _context, runtime
from mxcp._worker import tracebacks, wire
from mxcp._worker.modules import LoadFailed, describe, registrations_kept_on_success

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from mxcp._worker.functions import Functions as SqlFunctions
    from mxcp._worker.process import Worker


class StartFailed(Exception):
    """Something that the project cannot start without."""

    def __init__(self, what: str, trace: str) -> None:
        super().__init__(what, trace)
        self.what = what
        self.trace = trace


class Lifecycle:
    """Runs on the main thread, each step with a call context of its own."""

    def __init__(self, worker: Worker) -> None:
        self._worker = worker
        self._hooks_ran = False
        self._plugins_made = False
        self._failed: list[str] = []
        self._count = 0

    @property
    def loaded(self) -> tuple[int, list[str]]:
        """How many files were imported, and which could not be."""
        return self._count, self._failed

    def start(self, start: dict[str, Any]) -> tuple[str, str] | None:
        """Plugins, modules, hooks; what failed and its traceback if that must end the start."""
        try:
            self._make_plugins(start["plugins"], start["warm"])
            if start["preload"]:
                self._preload(start["endpoint_files"])
            if start["hooks"]:
                self._init_hooks()
        except StartFailed as failure:
            return failure.what, failure.trace
        return None

    def begin(self, start: dict[str, Any], strict: bool) -> list[tuple[str, str]]:
        """A new generation: plugins anew, modules that are not imported yet, init hooks (R1.10).

        What failed, with tracebacks. If strict, a plugin or hook that fails ends the generation again; else the
        others go on.
        """
        failures: list[tuple[str, str]] = []

        def failed(failure: StartFailed) -> None:
            if strict:
                raise failure
            failures.append((failure.what, failure.trace))

        self._worker.configure(start)
        try:
            self._make_plugins(start["plugins"], False, failed)
            self._failed, self._count = [], 0
            self._preload(start["endpoint_files"])
            self._init_hooks(failed)
        except StartFailed as failure:
            self.end()
            return [(failure.what, failure.trace)]
        return failures

    def stop(self) -> None:
        """Hooks, then plugins, then whatever still runs on the event loop."""
        self.end()
        self._worker.main.end()
        self._end_lines()

    def end(self) -> None:
        """The end of a generation: hooks, then plugins; modules, tasks and threads stay."""
        if self._hooks_ran:
            self._hooks_ran = False
            for hook in list(runtime._shutdown_hooks):
                name = _name(hook)
                self._phase(f"on_shutdown hook {name}")
                try:
                    self.within("on_shutdown", lambda h=hook: self._run(h))
                except BaseException as failure:
                    self._worker.log("ERROR", f"on_shutdown hook {name} failed\n{tracebacks.text(failure)}")
        if self._plugins_made:
            self._plugins_made = False
            self._stop_plugins()
            self._worker.plugins.clear()
            if self._worker.sql_functions is not None:
                self._worker.sql_functions.forget()
        self._end_lines()

    def within(self, name: str, action: Callable[[], Any]) -> Any:
        """Runs something with `db`, `config` and `plugins` in reach; database sessions end with it."""
        call = self._worker.unattached(name)

        def run() -> Any:
            _context.CALL.set(call)
            return action()

        try:
            return Context().run(run)
        finally:
            self._end_lines()
            call.close()

    def _make_plugins(
        self, plugins: list[Any], only_import: bool, failed: Callable[[StartFailed], None] | None = None
    ) -> None:
        self._plugins_made = not only_import
        if not plugins:
            return
        from mxcp._worker.functions import Functions

        functions = self._worker.sql_functions = Functions(self._worker)
        for name, module, config in plugins:
            self._phase(f"plugin {name}")
            settings = None if only_import else config
            try:
                self.within("plugin", lambda n=name, m=module, s=settings: self._plugin(functions, n, m, s))
            except StartFailed as failure:
                if failed is None:
                    raise
                failed(failure)
        # SQL knows the functions before imports and hooks may use them
        refusal = functions.announce()
        if refusal is not None:
            failure = StartFailed(refusal, "")
            if failed is None:
                raise failure
            failed(failure)

    def _plugin(self, functions: SqlFunctions, name: str, module_name: str, config: dict[str, Any] | None) -> None:
        import importlib

        try:
            with registrations_kept_on_success():
                module = importlib.import_module(module_name)
            from mxcp.plugins.base import MXCPBasePlugin

            plugin_class = getattr(module, "MXCPPlugin", None)
            if plugin_class is None:
                raise TypeError(f"{module.__file__} has no class MXCPPlugin")
            if not (isinstance(plugin_class, type) and issubclass(plugin_class, MXCPBasePlugin)):
                raise TypeError(f"MXCPPlugin of {module.__file__} does not derive from mxcp.plugins.MXCPBasePlugin")
            if config is not None:
                plugin = plugin_class(dict(config))
                functions.add(name, plugin)
                self._worker.plugins[name] = plugin
        except BaseException as failure:
            raise StartFailed(
                f"plugin '{name}' (module {module_name}) cannot be loaded: {describe(failure)}",
                tracebacks.text(failure),
            ) from None

    def _preload(self, endpoint_files: list[str]) -> None:
        self._phase("imports")
        paths = list(dict.fromkeys([*self._worker.modules.preloadable(), *endpoint_files]))
        for path in paths:
            try:
                self.within("import", lambda p=path: self._worker.modules.load(p))
                self._count += 1
            except LoadFailed as failure:
                self._failed.append(path)
                self._worker.log("ERROR", f"{failure}\n{tracebacks.text(failure)}")

    def _init_hooks(self, failed: Callable[[StartFailed], None] | None = None) -> None:
        self._hooks_ran = True
        for hook in list(runtime._init_hooks):
            name = _name(hook)
            self._phase(f"on_init hook {name}")
            try:
                self.within("on_init", lambda h=hook: self._run(h))
            except BaseException as failure:
                what = f"on_init hook {name} failed: {tracebacks.class_path(failure)}: {failure}"
                start_failed = StartFailed(what, tracebacks.text(failure))
                if failed is None:
                    raise start_failed from None
                failed(start_failed)

    def _run(self, hook: Callable[[], Any]) -> None:
        outcome = hook()
        if hasattr(type(outcome), "__await__"):
            self._worker.main.run(outcome)

    def _stop_plugins(self) -> None:
        self._phase("plugin shutdown")
        base = sys.modules.get("mxcp.plugins.base")
        functions = [] if base is None else list(reversed(base._module_hooks))
        functions += [plugin.shutdown for plugin in reversed(list(self._worker.plugins.values()))]
        for function in functions:
            try:
                self.within("plugin", lambda f=function: self._run(f))
            except BaseException as failure:
                name = getattr(function, "__qualname__", repr(function))
                self._worker.log("ERROR", f"plugin shutdown {name} failed\n{tracebacks.text(failure)}")

    def _phase(self, what: str) -> None:
        self._worker.send((wire.PHASE, what))

    def _end_lines(self) -> None:
        for stream in self._worker.streams:
            stream.end_line()


def _name(hook: Callable[[], Any]) -> str:
    return f"{getattr(hook, '__qualname__', repr(hook))} ({getattr(hook, '__module__', '?')})"
