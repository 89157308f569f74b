"""Importing the project's files and finding the functions in them."""
from __future__ import annotations

import importlib
import importlib.machinery
import os
import sys
import threading

from mxcp import runtime

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from types import ModuleType
    from typing import Any


class LoadFailed(Exception):
    """A file of the project could not be imported; the cause is what it raised."""

    def __init__(self, path: str, cause: BaseException) -> None:
        super().__init__(f"Failed to load Python module from {path}: {describe(cause)}")
        self.path = path


class NoSuchFunction(LookupError):
    """The module lacks the endpoint's function."""

    def __str__(self) -> str:
        return str(self.args[0])


def describe(error: BaseException) -> str:
    """What the error says; its class where it says nothing, or is none that programs usually raise."""
    try:
        text = str(error)
    except Exception as failure:
        text = f"(its text cannot be shown: {type(failure).__name__})"
    if isinstance(error, Exception) and text and type(error).__name__ != "CancelledError":
        return text
    return f"{type(error).__name__}: {text}" if text else type(error).__name__


class Modules:
    """Every file is imported once, under one name, whether by its path or by an import statement."""

    def __init__(self, root: str, python_dir: str, plugins_dir: str, warn: Callable[[str], None]) -> None:
        self._python_dir = os.path.realpath(python_dir)
        self._warn = warn
        self._by_path: dict[str, ModuleType] = {}
        self._lock = threading.RLock()
        folders = [os.path.realpath(root)]
        folders += [os.path.realpath(folder) for folder in (python_dir, plugins_dir) if os.path.isdir(folder)]
        # behind the shipped package, which no folder of the project may shadow
        sys.path[1:1] = list(dict.fromkeys(folders))
        sys.meta_path.insert(0, _ProjectPackages(folders[1:]))

    def preloadable(self) -> list[str]:
        """The files below the Python folder that a start imports, in order."""
        found = []
        for folder, inner, files in os.walk(self._python_dir):
            inner[:] = [name for name in inner if name != "__pycache__"]
            found += [
                os.path.join(folder, name) for name in files if name.endswith(".py") and not name.startswith("_")
            ]
        return sorted(found, key=lambda path: os.path.relpath(path, self._python_dir).replace(os.sep, "/").encode())

    def load(self, path: str) -> ModuleType:
        """The module of a file; LoadFailed if importing it raises, and the next call tries again."""
        resolved = os.path.realpath(path)
        module = self._by_path.get(resolved)
        if module is not None:
            return module
        with self._lock:
            try:
                with registrations_kept_on_success():
                    module = self._import(resolved)
            except BaseException as failure:
                raise LoadFailed(resolved, failure) from failure
            self._by_path[resolved] = module
            return module

    def _import(self, path: str) -> ModuleType:
        name = self._module_name(path)
        if name is None:
            return _import_privately(path)
        if name.partition(".")[0] in sys.stdlib_module_names:
            self._warn(f"{path} has the name of a module of Python's standard library and is loaded under another one")
            return _import_privately(path)
        module = importlib.import_module(name)
        origin = getattr(module, "__file__", None)
        if origin is None or os.path.realpath(origin) != path:
            self._warn(f"{path} is loaded under a private name because module {name} is already {origin or 'a package'}")
            return _import_privately(path)
        return module

    def _module_name(self, path: str) -> str | None:
        """The dotted name of a file below the Python folder; None if it has none."""
        relative = os.path.relpath(path, self._python_dir)
        if relative.startswith(os.pardir) or os.path.isabs(relative):
            return None
        parts = relative.removesuffix(".py").split(os.sep)
        if len(parts) > 1 and parts[-1] == "__init__":
            parts.pop()
        return None if any("." in part for part in parts) else ".".join(parts)


def _import_privately(path: str) -> ModuleType:
    import hashlib
    import importlib.util

    stem = os.path.splitext(os.path.basename(path))[0]
    name = f"_mxcp_endpoint_{stem}_{hashlib.sha256(path.encode()).hexdigest()[:8]}"
    if name in sys.modules:
        return sys.modules[name]
    spec = importlib.util.spec_from_file_location(name, path)
    if spec is None or spec.loader is None:
        raise ImportError(f"{path} is no Python file")
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    try:
        spec.loader.exec_module(module)
    except BaseException:
        sys.modules.pop(name, None)
        raise
    return module


class _ProjectPackages:
    """A folder of the project without `__init__.py` wins over an installed package of the same name."""

    def __init__(self, folders: list[str]) -> None:
        self._folders = folders

    def find_spec(self, name: str, path: Any = None, target: Any = None) -> Any:
        if path is not None or name in sys.stdlib_module_names:
            return None
        portions = [os.path.join(folder, name) for folder in self._folders]
        portions = [portion for portion in portions if _is_namespace(portion)]
        if not portions:
            return None
        usual = importlib.machinery.PathFinder.find_spec(name)
        if usual is None or usual.origin is None or usual.origin.startswith(tuple(f + os.sep for f in self._folders)):
            return None
        spec = importlib.machinery.ModuleSpec(name, None, is_package=True)
        spec.submodule_search_locations = portions
        return spec


def _is_namespace(folder: str) -> bool:
    try:
        entries = os.listdir(folder)
    except OSError:
        return False
    return "__init__.py" not in entries and any(entry.endswith(".py") for entry in entries)


class registrations_kept_on_success:  # noqa: N801 - reads as a statement
    """Takes back the hooks that a file registered before its import failed."""

    def __enter__(self) -> None:
        self._counts = [(hooks, len(hooks)) for hooks in _hook_lists()]

    def __exit__(self, kind: Any, *_: Any) -> None:
        if kind is not None:
            for hooks, count in self._counts:
                del hooks[count:]


def _hook_lists() -> Iterator[list[Any]]:
    yield runtime._init_hooks
    yield runtime._shutdown_hooks
    base = sys.modules.get("mxcp.plugins.base")
    if base is not None:
        yield base._module_hooks


class Functions:
    """Finds the function of an endpoint; what was found once is kept."""

    def __init__(self, modules: Modules) -> None:
        self._modules = modules
        self._found: dict[tuple[bool, str, str | None], Any] = {}

    def find(self, resource: bool, path: str, name: str | None) -> Any:
        """The function of a tool (by its name) or of a resource (by name, `main`, the file's name, or the only one)."""
        key = (resource, path, name)
        function = self._found.get(key)
        if function is None:
            module = self._modules.load(path)
            function = _resource(module, path, name) if resource else _tool(module, path, name or "")
            self._found[key] = function
        return function


def _spellings(name: str) -> list[str]:
    return [name, name.replace("-", "_").replace(".", "_")]


def _tool(module: ModuleType, path: str, name: str) -> Any:
    for spelling in _spellings(name):
        if hasattr(module, spelling):
            return getattr(module, spelling)
    raise NoSuchFunction(f"Function '{name}' not found in {path}{_hint(_public(module))}")


def _resource(module: ModuleType, path: str, name: str | None) -> Any:
    stem = os.path.splitext(os.path.basename(path))[0]
    for spelling in [*(_spellings(name) if name else ()), "main", stem]:
        found = getattr(module, spelling, None)
        if callable(found):
            return found
    candidates = _public(module)
    if len(candidates) == 1:
        return getattr(module, candidates[0])
    wanted = " nor ".join(f"'{each}'" for each in dict.fromkeys([*([name] if name else ()), "main", stem]))
    raise NoSuchFunction(f"Function {wanted} not found in {path}{_hint(candidates)}")


def _hint(candidates: list[str]) -> str:
    return f"; it defines {', '.join(candidates)}" if candidates else "; it defines no public function"


def _public(module: ModuleType) -> list[str]:
    return sorted(
        name
        for name, value in vars(module).items()
        if not name.startswith("_")
        and callable(value)
        and not isinstance(value, type)
        and getattr(value, "__module__", None) == module.__name__
    )
