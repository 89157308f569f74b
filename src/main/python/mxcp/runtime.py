"""The services of MXCP for user code: `db`, `config`, `plugins`, `mcp`, lifecycle hooks, reload."""
from __future__ import annotations

from collections.abc import Coroutine
from typing import Any, Callable, TypeVar

from mxcp import _context

__all__ = ["config", "db", "mcp", "on_init", "on_shutdown", "plugins", "reload_duckdb"]

Hook = TypeVar("Hook", bound=Callable[[], Any])

_init_hooks: list[Callable[[], Any]] = []
_shutdown_hooks: list[Callable[[], Any]] = []


class _Database:
    """The served database, always the current one. Calls block, in async code too."""

    def execute(self, query: str, params: Any = None) -> list[dict[str, Any]]:
        """Runs the statements of the text; the rows of the last one, each a dict in column order.

        A dict binds `$name` by name and `?` in the order it was written; a list or tuple binds `?` and `$1`.
        """
        return _context.current().execute(query, params)

    @property
    def connection(self) -> Any:
        """The raw connection: one session for the whole call. Do not keep it."""
        return _context.current().connection()

    def __getattr__(self, name: str) -> Any:
        # db.CatalogException: the class to catch, whether or not the package duckdb is installed
        from mxcp._worker import errors

        if name[:1].isupper() and isinstance(getattr(errors, name, None), type):
            return errors.of(name)
        raise AttributeError(f"db has no attribute {name!r}")


class _Configuration:
    """The configuration of the active profile."""

    def get_secret(self, name: str, key: str | None = None, default: Any = None) -> Any:
        """All parameters of a secret, or None if there is no such secret; with `key`, that one parameter."""
        parameters = _context.current().settings.secret(name)
        if key is None:
            return parameters
        return default if parameters is None else parameters.get(key, default)

    def get_setting(self, key: str, default: Any = None) -> Any:
        """A value of mxcp-site.yml; dots walk into nested mappings."""
        found: Any = _context.current().settings.site
        for step in key.split("."):
            if not isinstance(found, dict) or step not in found:
                return default
            found = found[step]
        return found

    @property
    def site_config(self) -> dict[str, Any] | None:
        """mxcp-site.yml; the dict belongs to this call. None outside of MXCP."""
        call = _context.CALL.get(None)
        return None if call is None else call.settings.site

    @property
    def user_config(self) -> dict[str, Any] | None:
        """The user configuration with secrets in clear; the dict belongs to this call. None outside of MXCP."""
        call = _context.CALL.get(None)
        return None if call is None else call.settings.user


class _Plugins:
    """The plugin instances that mxcp-site.yml lists."""

    def get(self, name: str) -> Any:
        """The live plugin object, or None."""
        return _context.current().plugins.get(name)

    def list(self) -> list[str]:
        """Instance names, in the order of the site file."""
        return list(_context.current().plugins)


class _Client:
    """The client of the running call: messages to it, and questions. Nothing is sent where there is none.

    Everything works in async code, with `await`, and in plain functions, without.
    """

    def debug(self, message: Any, *, logger_name: str | None = None, **extra: Any) -> Any:
        return _log("debug", message, logger_name, extra)

    def info(self, message: Any, *, logger_name: str | None = None, **extra: Any) -> Any:
        return _log("info", message, logger_name, extra)

    def warning(self, message: Any, *, logger_name: str | None = None, **extra: Any) -> Any:
        return _log("warning", message, logger_name, extra)

    def error(self, message: Any, *, logger_name: str | None = None, **extra: Any) -> Any:
        return _log("error", message, logger_name, extra)

    def progress(
        self,
        progress: float | None = None,
        total: float | None = None,
        message: str | None = None,
        *,
        current: float | None = None,
    ) -> Any:
        """Progress of the call, if its client asked for it. `current` is another name of `progress`."""
        value = current if progress is None else progress
        if value is None:
            raise TypeError("progress() missing 1 required argument: 'progress'")
        call = _context.CALL.get(None)
        if call is not None:
            call.progress(float(value), None if total is None else float(total), message)
        return _told()

    def elicit(self, message: str, schema: Any = None, *, url: str | None = None, key: str | None = None) -> Any:
        """Asks the user by a form, or by a web page if there is a `url`; an `mxcp.client.Elicited`.

        Newer clients answer with a new call: the function then runs again from its start, up to here.
        """
        from mxcp.client import Form, Page

        return _ask_one(Form(message, schema) if url is None else Page(message, url), key)

    def sample(self, messages: Any, *, max_tokens: int = 1000, key: str | None = None, **more: Any) -> Any:
        """Asks the client's model; an `mxcp.client.Sampled`. Runs the function again as `elicit` does."""
        from mxcp.client import Sampling

        return _ask_one(Sampling(messages, max_tokens=max_tokens, **more), key)

    def list_roots(self, *, key: str | None = None) -> Any:
        """Asks for the folders the user works in; a list of `mxcp.client.Root`. May run the function again."""
        from mxcp.client import Roots

        return _ask_one(Roots(), key)

    def ask(self, **questions: Any) -> Any:
        """Asks several things at once: questions of `mxcp.client` by names; the answers by the same names."""
        asking = _context.current().asking
        return _now_or_awaited(lambda: asking.ask(questions))

    def can(self, capability: str) -> bool:
        """Whether the client declared a capability: "elicitation", "elicitation.url", "sampling", "roots"."""
        found: Any = self.capabilities
        for step in capability.split("."):
            if not isinstance(found, dict) or step not in found:
                return False
            found = found[step]
        return True

    @property
    def capabilities(self) -> dict[str, Any]:
        """What the client declared."""
        declared: dict[str, Any] = _context.current().asking.capabilities
        return declared

    @property
    def state(self) -> dict[str, Any]:
        """A dict that a function finds again when it runs anew after a question: JSON values only."""
        kept: dict[str, Any] = _context.current().asking.state
        return kept

    def notify_resource_updated(self, uri: str) -> Any:
        """Tells the clients that watch a resource that it has other contents."""
        _context.current().resource_updated(uri)
        return _told()


def _log(level: str, message: Any, logger: str | None, extra: dict[str, Any]) -> Any:
    call = _context.CALL.get(None)
    if call is not None:
        call.message(level, logger, {"message": message, **extra} if extra else message)
    return _told()


def _ask_one(question: Any, key: str | None) -> Any:
    asking = _context.current().asking
    name = asking.key(question) if key is None else key
    return _now_or_awaited(lambda: asking.ask({name: question})[name])


def _now_or_awaited(work: Callable[[], Any]) -> Any:
    """What the work gives; on the event loop, which must not wait, something to await that gives it."""
    return _aside(work) if _on_loop() else work()


def _on_loop() -> bool:
    import sys

    asyncio = sys.modules.get("asyncio")
    return asyncio is not None and asyncio._get_running_loop() is not None


async def _aside(work: Callable[[], Any]) -> Any:
    import asyncio
    import contextvars

    # a thread cannot hand every exception to asyncio; the pair carries what `Suspended` is
    def outcome() -> tuple[Any, BaseException | None]:
        try:
            return work(), None
        except BaseException as failure:
            return None, failure

    inside = contextvars.copy_context()
    value, failure = await asyncio.get_running_loop().run_in_executor(None, inside.run, outcome)
    if failure is not None:
        raise failure
    return value


class _Told(Coroutine[Any, Any, None]):
    """The message is on its way already. It can be awaited, or run as a coroutine, and need not be."""

    def send(self, value: Any) -> Any:
        raise StopIteration

    def throw(self, *failure: Any) -> Any:
        raise failure[0]

    def close(self) -> None:
        pass

    def __await__(self) -> Any:
        return iter(())


def _told() -> Any:
    return _Told()


def on_init(function: Hook) -> Hook:
    """Runs the function at every start, after all modules are imported and before the first call."""
    _init_hooks.append(function)
    return function


def on_shutdown(function: Hook) -> Hook:
    """Runs the function at every stop, while the database is still there."""
    _shutdown_hooks.append(function)
    return function


def run_init_hooks() -> None:
    """Runs all init hooks now, as a start does; for tests of user code."""
    _run("on_init", _init_hooks)


def run_shutdown_hooks() -> None:
    """Runs all shutdown hooks now, as a stop does; for tests of user code."""
    _run("on_shutdown", _shutdown_hooks)


def _run(kind: str, hooks: list[Callable[[], Any]]) -> None:
    import asyncio
    import logging

    for hook in list(hooks):
        try:
            outcome = hook()
            if hasattr(outcome, "__await__"):
                asyncio.run(_awaited(outcome))
        except Exception:
            logging.getLogger(__name__).exception("%s hook %s failed", kind, getattr(hook, "__name__", hook))


async def _awaited(awaitable: Any) -> Any:
    return await awaitable


def reload_duckdb(payload_func: Callable[[], Any] | None = None, description: str = "") -> None:
    """Asks the server to renew configuration and connections once running calls have ended.

    Returns at once. With `payload_func`, that function runs while nobody holds the database file.
    """
    if payload_func is not None and not callable(payload_func):
        raise ValueError("payload_func must be callable")
    _context.current().reload(payload_func, description)


db = _Database()
config = _Configuration()
plugins = _Plugins()
mcp = _Client()
