"""Connections that a payload opens on the served file with the real `duckdb` package, and forgets to close (R7.5.1)."""
from __future__ import annotations

import gc
import os
import sys
import weakref

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

_OPEN_FILES = "/proc/self/fd"


class Watch:
    """While a payload runs, notes what `duckdb.connect` gives out; at its end closes what still holds the file."""

    def __init__(self, database: str, log: Callable[[str, str], None]) -> None:
        self._database = os.path.realpath(database)
        self._log = log
        # weak: what the payload drops closes at once, as it would without us
        self._made: list[weakref.ref[Any]] = []
        self._connect: Callable[..., Any] | None = None
        self._patched: Any = None

    def __enter__(self) -> Watch:
        module = sys.modules.get("duckdb")
        if module is not None:
            self._patch(module)
        else:
            sys.meta_path.insert(0, self)
        return self

    def __exit__(self, *_: Any) -> None:
        if self in sys.meta_path:
            sys.meta_path.remove(self)
        if self._patched is not None:
            self._patched.connect = self._connect
        if not self.holds():
            self._made.clear()
            return
        while self._made:
            self._close(self._made.pop()())
        if self.holds():
            # cycles of user code may hold cursors
            gc.collect()
        if not self.holds():  # else the server replaces this worker, and says so
            self._log("WARNING", "a payload left the database file open; its connections were closed")

    def holds(self) -> bool:
        """Whether this process has the database file open; False where the system does not tell."""
        names = (self._database, f"{self._database}.wal")
        names += tuple(f"{name} (deleted)" for name in names)
        try:
            descriptors = os.listdir(_OPEN_FILES)
        except OSError:
            return False
        for descriptor in descriptors:
            try:
                if os.readlink(f"{_OPEN_FILES}/{descriptor}") in names:
                    return True
            except OSError:
                continue
        return False

    # ---- an import of duckdb within the payload

    def find_spec(self, name: str, path: Any = None, target: Any = None) -> Any:
        """Lets the import go its way, and looks at the module afterwards."""
        if name != "duckdb":
            return None
        sys.meta_path.remove(self)
        import importlib.util

        spec = importlib.util.find_spec(name)
        if spec is not None and spec.loader is not None and hasattr(spec.loader, "exec_module"):
            spec.loader = _Loader(spec.loader, self._patch)
        return spec

    def _patch(self, module: Any) -> None:
        connect = module.connect
        made = self._made

        def noting(*args: Any, **kwargs: Any) -> Any:
            connection = connect(*args, **kwargs)
            made.append(weakref.ref(connection))
            return connection

        self._connect = connect
        self._patched = module
        module.connect = noting

    @staticmethod
    def _close(connection: Any) -> None:
        try:
            if connection is not None:
                connection.close()
        except Exception:  # it is closed, or something else by that name
            pass


class _Loader:
    """The real loader, and then one step more."""

    def __init__(self, real: Any, then: Callable[[Any], None]) -> None:
        self._real = real
        self._then = then

    def __getattr__(self, name: str) -> Any:
        return getattr(self._real, name)

    def create_module(self, spec: Any) -> Any:
        return self._real.create_module(spec)

    def exec_module(self, module: Any) -> None:
        module.__spec__.loader = module.__loader__ = self._real
        self._real.exec_module(module)
        self._then(module)
