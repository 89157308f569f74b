"""Files that SQL of the server reads and that go when nobody needs them, whatever happens to this process."""
from __future__ import annotations

import atexit
import os
import shutil
import tempfile
import threading
import weakref

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

# The server removes what bears this name when the worker has ended.
prefix = f"mxcp-frames-{os.getpid()}-"

_MEMORY = "/dev/shm"
_LEAST_FREE = 256 << 20

_lock = threading.Lock()
_folders: dict[str, str] = {}
_count = 0


def new(size: int, ending: str) -> str:
    """The path of a new file for about so many bytes: in memory if there is plenty of it."""
    global _count
    parent = _MEMORY if _free(_MEMORY) > max(_LEAST_FREE, 4 * size) else tempfile.gettempdir()
    with _lock:
        if parent not in _folders:
            _folders[parent] = tempfile.mkdtemp(prefix=prefix, dir=parent)
            atexit.register(shutil.rmtree, _folders[parent], True)
        _count += 1
        return os.path.join(_folders[parent], f"frame{_count}{ending}")


def remove_with(owner: Any, path: str) -> None:
    """Removes a file when its owner is gone; statements that read it then go on."""
    weakref.finalize(owner, remove, path)


def remove(path: str) -> None:
    for name in (path, path + ".wal"):
        try:
            os.unlink(name)
        except OSError:
            pass


def _free(folder: str) -> int:
    try:
        found = os.statvfs(folder)
    except OSError:
        return 0
    return found.f_bavail * found.f_frsize
