"""The rarer members of a connection."""
from __future__ import annotations

from mxcp._worker import errors, native

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from mxcp._worker.created import Created
    from mxcp._worker.session import Session


def _types(name: str) -> Callable[..., Any]:
    def method(self: Extras, *arguments: Any, **options: Any) -> Any:
        duckdb = native.package()
        if duckdb is None:
            raise errors.named("NotImplementedException", f"Not implemented Error: {name} needs the package duckdb")
        return getattr(duckdb, name)(*arguments, **options)

    method.__name__ = name
    return method


def _refused(name: str) -> Callable[..., Any]:
    def method(self: Extras, *arguments: Any, **options: Any) -> Any:
        raise errors.named(
            "NotImplementedException", f"Not implemented Error: {name} is not possible on a connection of the server"
        )

    method.__name__ = name
    return method


class Extras:
    """Extensions, questions about texts, types, settings, and what is refused."""

    _session: Session
    # what create_function made, by the name in lower case
    _functions: dict[str, Created]

    def create_function(
        self,
        name: str,
        function: Callable[..., Any],
        parameters: Any = None,
        return_type: Any = None,
        *,
        type: Any = "native",
        null_handling: Any = "default",
        exception_handling: Any = "default",
        side_effects: bool = False,
    ) -> Any:
        """Makes a Python function callable in SQL of this session, and of cursors made from now on."""
        from mxcp._worker import created

        options = created.Options(type, null_handling, exception_handling, side_effects)
        if name.lower() in self._functions:
            raise errors.named(
                "NotImplementedException",
                f"Not implemented Error: A function by the name of '{name}' is already created, creating multiple functions "
                "with the same name is not supported yet, please remove it first",
            )
        self._functions[name.lower()] = created.create(self, name, function, parameters, return_type, options)  # type: ignore[arg-type]
        return self

    def remove_function(self, name: str) -> Any:
        """SQL no longer knows a function that `create_function` made."""
        made = self._functions.get(name.lower())
        if made is None:
            raise errors.named(
                "InvalidInputException",
                f"Invalid Input Error: No function by the name of '{name}' was found in the list of registered functions",
            )
        self._run(f"DROP MACRO IF EXISTS temp.{native.quoted(made.name)}")
        del self._functions[name.lower()]
        return self

    def install_extension(
        self,
        extension: str,
        *,
        force_install: bool = False,
        repository: str | None = None,
        repository_url: str | None = None,
        version: str | None = None,
    ) -> None:
        source = native.literal(repository_url) if repository_url else repository
        text = f"{'FORCE ' if force_install else ''}INSTALL {native.literal(extension)}"
        self._run(text + (f" FROM {source}" if source else "") + (f" VERSION {native.literal(version)}" if version else ""))

    def load_extension(self, extension: str) -> None:
        self._run(f"LOAD {native.literal(extension)}")

    def get_table_names(self, query: str, *, qualified: bool = False) -> set[str]:
        """The tables that a text reads."""
        return set(self._session.table_names(query, qualified))

    def extract_statements(self, query: str) -> list[Any]:
        """The statements of a text; `execute` takes each of them."""
        cursor = native.cursor()
        if cursor is not None:
            found: list[Any] = cursor.extract_statements(query)
            return found
        return [Statement(text) for text in self._session.split(query)]

    def query_progress(self) -> float:
        return -1.0

    def complete(self) -> None:
        """What is not yet read of the open result moves here."""
        self._session.settle()

    def abort(self) -> None:
        """The open result is given up."""
        self._outcome = None

    def enable_profiling(self) -> None:
        self._run("PRAGMA enable_profiling")

    def disable_profiling(self) -> None:
        self._run("PRAGMA disable_profiling")

    def list_filesystems(self) -> list[str]:
        return []

    def filesystem_is_registered(self, name: str) -> bool:
        return False

    type = _types("type")
    dtype = _types("dtype")
    sqltype = _types("sqltype")
    string_type = _types("string_type")
    decimal_type = _types("decimal_type")
    enum_type = _types("enum_type")
    list_type = _types("list_type")
    array_type = _types("array_type")
    map_type = _types("map_type")
    struct_type = _types("struct_type")
    row_type = _types("row_type")
    union_type = _types("union_type")
    register_filesystem = _refused("register_filesystem")
    unregister_filesystem = _refused("unregister_filesystem")
    get_profiling_information = _refused("get_profiling_information")
    appender = _refused("appender")
    query_appender = _refused("query_appender")
    torch = _refused("torch")
    tf = _refused("tf")

    def _run(self, query: Any, parameters: Any = None) -> Any:
        raise NotImplementedError


class Statement:
    """One statement of a text, where the package duckdb is missing."""

    def __init__(self, query: str) -> None:
        self.query = query

    def __repr__(self) -> str:
        return f"<Statement {self.query!r}>"
