"""Records of Python's `logging` travel to the server's log with the call they belong to."""
from __future__ import annotations

import logging
import sys

from mxcp import _context
from mxcp._worker import wire

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

_FORMATTER = logging.Formatter()


class ServerHandler(logging.Handler):
    """One handler of the root logger among those that user code may add."""

    def __init__(self, send: Callable[[tuple[Any, ...]], bool]) -> None:
        super().__init__()
        self._send_message = send

    def emit(self, record: logging.LogRecord) -> None:
        try:
            text = _FORMATTER.format(record)
            call = _context.CALL.get(None)
            identity = (None, None) if call is None else (call.id, call.endpoint)
            message = (wire.LOG, record.levelname, record.levelno, record.name, text, *identity)
            if not self._send_message(message):
                # a forked child, or the server is gone
                sys.stderr.write(f"{record.levelname}:{record.name}:{text}\n")
        except Exception:
            self.handleError(record)


def install(send: Callable[[tuple[Any, ...]], bool], level: str) -> None:
    """From now on records of that level and above reach the server."""
    root = logging.getLogger()
    root.addHandler(ServerHandler(send))
    root.setLevel(level)
