"""Standard output and error of user code, line by line.

A line of `print` goes to descriptor 1 or 2 in one write and, within a call, begins with the call's id and endpoint,
which the server takes off again. What child processes and C libraries write arrives without.
"""
from __future__ import annotations

import io
import os
import sys
import threading

from mxcp import _context

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

_MARK, _END = "\x1e", "\x1f"


class LineStream(io.TextIOBase):
    """Collects each thread's text until a line is whole."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor
        self._parts = threading.local()
        self._lock = threading.Lock()
        self._buffer: io.BufferedWriter | None = None

    encoding = "utf-8"
    errors = "backslashreplace"
    line_buffering = True

    @property
    def name(self) -> str:
        return "<stdout>" if self._descriptor == 1 else "<stderr>"

    @property
    def mode(self) -> str:
        return "w"

    @property
    def buffer(self) -> io.BufferedWriter:
        if self._buffer is None:
            self._buffer = open(self._descriptor, "wb", buffering=io.DEFAULT_BUFFER_SIZE, closefd=False)
        return self._buffer

    def fileno(self) -> int:
        return self._descriptor

    def isatty(self) -> bool:
        return False

    def writable(self) -> bool:
        return True

    def reconfigure(self, **_: Any) -> None:
        """Lines stay lines, whatever is asked for."""

    def write(self, text: str) -> int:
        if not isinstance(text, str):
            raise TypeError(f"write() argument must be str, not {type(text).__name__}")
        kept = getattr(self._parts, "text", "") + text
        whole, newline, rest = kept.rpartition("\n")
        # an endless line leaves in pieces
        if len(rest) > 1 << 16:
            whole, newline, rest = (whole + newline + rest, "\n", "")
        self._parts.text = rest
        if newline:
            self._send(whole)
        return len(text)

    def flush(self) -> None:
        if self._buffer is not None:
            self._buffer.flush()

    def close(self) -> None:
        """The descriptor belongs to the process."""

    def end_line(self) -> None:
        """Sends what this thread printed without a line end."""
        rest = getattr(self._parts, "text", "")
        if rest:
            self._parts.text = ""
            self._send(rest)

    def renew_lock(self) -> None:
        """In a forked child: another thread may have held it."""
        self._lock = threading.Lock()

    def _send(self, lines: str) -> None:
        call = _context.CALL.get(None)
        if call is not None:
            lead = f"{_MARK}{call.id}{_END}{call.endpoint}{_END}"
            lines = lead + lines.replace("\n", "\n" + lead)
        data = memoryview((lines + "\n").encode("utf-8", "backslashreplace"))
        with self._lock:
            while data:
                try:
                    data = data[os.write(self._descriptor, data) :]
                except BlockingIOError:
                    continue
                except OSError:
                    return


def install() -> list[LineStream]:
    """Puts line streams in the place of the process's own."""
    streams = [LineStream(1), LineStream(2)]
    for name in ("__stdout__", "__stderr__"):
        original = getattr(sys, name)
        if original is not None:
            original.reconfigure(line_buffering=True, errors="backslashreplace")
    sys.stdout, sys.stderr = streams
    return streams
