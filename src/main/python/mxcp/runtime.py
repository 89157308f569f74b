"""The services of MXCP for user code: `db`, `config`, `plugins`, `mcp`, lifecycle hooks, reload."""
from __future__ import annotations

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
    """Messages to the client of the running call; nothing happens where there is none."""

    async def debug(self, message: Any, *, logger_name: str | None = None, **extra: Any) -> None:
        _log("debug", message, logger_name, extra)

    async def info(self, message: Any, *, logger_name: str | None = None, **extra: Any) -> None:
        _log("info", message, logger_name, extra)

    async def warning(self, message: Any, *, logger_name: str | None = None, **extra: Any) -> None:
        _log("warning", message, logger_name, extra)

    async def error(self, message: Any, *, logger_name: str | None = None, **extra: Any) -> None:
        _log("error", message, logger_name, extra)

    async def progress(
        self,
        progress: float | None = None,
        total: float | None = None,
        message: str | None = None,
        *,
        current: float | None = None,
    ) -> None:
        """Progress of the call, if its client asked for it. `current` is another name of `progress`."""
        value = current if progress is None else progress
        if value is None:
            raise TypeError("progress() missing 1 required argument: 'progress'")
        call = _context.CALL.get(None)
        if call is not None:
            call.progress(float(value), None if total is None else float(total), message)


def _log(level: str, message: Any, logger: str | None, extra: dict[str, Any]) -> None:
    call = _context.CALL.get(None)
    if call is not None:
        call.message(level, logger, {"message": message, **extra} if extra else message)


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
