"""`duckdb.connect(<the served file>)` gives a connection of the server; everything else is the package as it is.

Two copies of DuckDB on one file destroy it, and no lock protects against a second copy in the same process.
"""
from __future__ import annotations

import contextlib
import functools
import os
import sys
import threading

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import Any

    from mxcp._worker.process import Worker

# What dbt and others say about themselves, and what is true of a connection of the server anyway.
_HARMLESS = {"custom_user_agent", "duckdb_api", "access_mode"}


class Served:
    """Knows which file the server has open, and whether it has it open now."""

    def __init__(self, worker: Worker) -> None:
        self._worker = worker
        self._released = False

    def install(self) -> None:
        """From now on the package is changed as soon as somebody imports it."""
        if "duckdb" in sys.modules:
            self._change(sys.modules["duckdb"])
        else:
            sys.meta_path.insert(0, _Finder(self._change))

    @contextlib.contextmanager
    def released(self) -> Iterator[None]:
        """The server has closed the file: meanwhile it is like any other (R7.5)."""
        self._released = True
        try:
            yield
        finally:
            self._released = False

    def _change(self, duckdb: Any) -> None:
        original: Callable[..., Any] | None = getattr(duckdb, "connect", None)
        if original is None or hasattr(original, "__wrapped__"):
            return

        @functools.wraps(original)
        def connect(database: Any = ":memory:", read_only: bool = False, config: Any = None, **options: Any) -> Any:
            given = {} if config is None else {"config": config}
            if self._released or not self._is_served(database):
                return original(database, read_only, **given, **options)
            return self._remote(read_only, config or {})

        duckdb.connect = connect

    def _remote(self, read_only: bool, config: dict[str, Any]) -> Any:
        made = self._worker.calling().connect(new=True)
        try:
            for name, value in config.items():
                if name.lower() not in _HARMLESS:
                    self._set(made, name, value)
        except BaseException:
            made.close()
            raise
        mode = str(config.get("access_mode", "")).upper()
        made._session.read_only = bool(read_only) or mode == "READ_ONLY"
        return made

    def _set(self, connection: Any, name: str, value: Any) -> None:
        from mxcp._worker import errors, native

        text = native.literal(str(value)) if not isinstance(value, (bool, int, float)) else str(value).lower()
        try:
            connection._run(f"SET SESSION {native.quoted(name)} = {text}")
        except Exception as refused:
            raise errors.named(
                "ConnectionException",
                f"Connection Error: Can't open a connection to the served database with another configuration: the "
                f"option {name} is not one of a session. Set it in the server, or connect without it",
            ) from refused

    def _is_served(self, database: Any) -> bool:
        if self._worker.forked:
            return False
        try:
            path = os.fsdecode(os.fspath(database))
        except TypeError:
            return False
        if not path or path.startswith(":"):
            return False
        served = self._path()
        return served is not None and _same(path, served)

    def _path(self) -> str | None:
        from mxcp._worker.settings import CallSettings

        site = CallSettings(self._worker.configuration).site
        try:
            path = site["profiles"][site["profile"]]["duckdb"]["path"]
        except (KeyError, TypeError):
            return None
        return os.path.join(self._worker.root, path)


def _same(path: str, other: str) -> bool:
    """Whether two paths lead to one file, however they are written."""
    try:
        if os.path.samefile(path, other):
            return True
    except OSError:
        pass
    return os.path.realpath(path) == os.path.realpath(other)


class _Finder:
    """Finds nothing itself; changes one module when others have found it."""

    def __init__(self, change: Callable[[Any], None]) -> None:
        self._change = change
        self._searching = threading.local()

    def find_spec(self, name: str, path: Any = None, target: Any = None) -> Any:
        if name != "duckdb" or getattr(self._searching, "now", False):
            return None
        import importlib.util

        self._searching.now = True
        try:
            spec = importlib.util.find_spec(name)
        finally:
            self._searching.now = False
        if spec is not None and spec.loader is not None and hasattr(spec.loader, "exec_module"):
            execute = spec.loader.exec_module

            def exec_module(module: Any) -> None:
                execute(module)
                self._change(module)

            spec.loader.exec_module = exec_module  # type: ignore[method-assign]
        return spec


def versions_differ(server: str) -> str | None:
    """What to tell the operator if the worker's package is of another version than the server's DuckDB."""
    from importlib import metadata

    try:
        package = metadata.version("duckdb")
    except metadata.PackageNotFoundError:
        return None
    if not server or package.split(".")[:2] == server.lstrip("v").split(".")[:2]:
        return None
    return (
        f"the Python package duckdb is version {package}, the server's DuckDB is {server}: files that code writes with the "
        "package (in a reload's payload, too) may be unreadable here, texts of errors and some types differ; "
        f"install duckdb=={'.'.join(server.lstrip('v').split('.')[:2])}.*"
    )
