"""What the worker asks of the operating system."""
from __future__ import annotations

import os
import sys

_PARENT = os.getppid()
_PR_SET_PDEATHSIG = 1
_SIGKILL = 9


def prepare() -> None:
    """Under memory pressure the worker goes before the server; a crash leaves Python's stack on standard error."""
    import faulthandler

    faulthandler.enable(file=2)
    try:
        with open("/proc/self/oom_score_adj", "r+") as file:
            score = int(file.read())
            file.seek(0)
            file.write(str(min(1000, score + 300)))
    except (OSError, ValueError):
        pass


def die_with_parent() -> None:
    """Even if this process never again gets to run Python code."""
    if not sys.platform.startswith("linux"):
        return
    try:
        import ctypes

        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, _SIGKILL, 0, 0, 0)
    except (ImportError, OSError, AttributeError):
        return
    if os.getppid() != _PARENT:
        os._exit(1)
