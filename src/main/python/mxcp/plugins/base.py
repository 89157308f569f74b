"""Plugins: objects that the site file names, whose marked methods are SQL functions."""
from __future__ import annotations

import weakref
from typing import Any, Callable, TypeVar

from mxcp.sdk.auth.context import get_user_context

F = TypeVar("F", bound=Callable[..., Any])

_instances: list[weakref.ref[Any]] = []
_module_hooks: list[Callable[[], Any]] = []


def udf(function: F) -> F:
    """Marks a method as a SQL function named `<method>_<plugin instance>`; it stays an ordinary method."""
    function.__doc__ = function.__doc__ or f"SQL function {function.__name__}"
    function._is_udf = True  # type: ignore[attr-defined]
    return function


def on_shutdown(function: F) -> F:
    """Runs a function of a plugin's module at every stop; the last one registered runs first."""
    qualified = getattr(function, "__qualname__", "")
    owner = qualified.rpartition(".")[0]
    if owner and not owner.endswith("<locals>"):
        import logging

        logging.getLogger(__name__).warning(
            "%s: on_shutdown is for functions of a module; override shutdown() in the plugin's class", qualified
        )
    else:
        _module_hooks.append(function)
    return function


class MXCPBasePlugin:
    """The base of every plugin class `MXCPPlugin`."""

    def __init__(self, config: dict[str, Any], user_context: Any = None) -> None:
        self._config = config
        self._user_context = user_context
        register_plugin(self)

    @property
    def user_context(self) -> Any:
        """The user given to the constructor, else the user of the running call, else None."""
        return get_user_context() if self._user_context is None else self._user_context

    def get_username(self) -> str | None:
        return getattr(self.user_context, "username", None)

    def get_user_email(self) -> str | None:
        return getattr(self.user_context, "email", None)

    def get_user_provider(self) -> str | None:
        return getattr(self.user_context, "provider", None)

    def get_user_token(self) -> str | None:
        return getattr(self.user_context, "external_token", None)

    def is_authenticated(self) -> bool:
        return self.user_context is not None

    def shutdown(self) -> None:
        """For subclasses: called once at every stop, after the shutdown hooks."""

    def udfs(self) -> list[dict[str, Any]]:
        """The methods marked with `@udf`: name, bound method, DuckDB types of arguments and result."""
        from mxcp.plugins import _types

        return _types.functions(self)

    @classmethod
    def find_plugins(cls, module: Any) -> list[type[MXCPBasePlugin]]:
        """The plugin classes that a module defines or imports."""
        return [
            found
            for found in vars(module).values()
            if isinstance(found, type) and issubclass(found, MXCPBasePlugin) and found is not MXCPBasePlugin
        ]

    @staticmethod
    def _get_duckdb_type(python_type: Any) -> str:
        from mxcp.plugins import _types

        return _types.duckdb_type(python_type)


def register_plugin(plugin: MXCPBasePlugin) -> None:
    """Remembers a plugin for as long as somebody else holds it."""
    if all(known() is not plugin for known in _instances):
        _instances.append(weakref.ref(plugin, _instances.remove))


def get_active_plugins() -> list[Any]:
    """The plugin objects that are alive, oldest first."""
    return [plugin for plugin in (known() for known in list(_instances)) if plugin is not None]


def clear_plugin_registry() -> None:
    """Forgets all plugins and module-level shutdown functions."""
    _instances.clear()
    _module_hooks.clear()


def run_plugin_shutdown_hooks() -> None:
    """Runs the module-level shutdown functions, then `shutdown()` of each plugin, the last one first."""
    import logging

    functions = [*reversed(_module_hooks), *(plugin.shutdown for plugin in reversed(get_active_plugins()))]
    for function in functions:
        try:
            function()
        except Exception:
            name = getattr(function, "__qualname__", repr(function))
            logging.getLogger(__name__).exception("plugin shutdown %s failed", name)
