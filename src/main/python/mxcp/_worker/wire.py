"""Frames between server and worker: 4 bytes of length, little-endian, then a value in `marshal` version 2.

Marshal is fast C code in every CPython and version 2 of it has not changed for decades. The worker decodes only
what the server that started it sends; the server decodes the worker's frames with its own, careful reader.
"""
from __future__ import annotations

import marshal
import os
import socket

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

VERSION = 2
_READ = 1 << 16

# First members of the messages. Control, from the server:
START, OPEN, CANCEL, STOP, INSPECT = range(1, 6)
# Control, from the worker:
STARTED, START_FAILED, LOG, INSPECTED, STOPPED, RELEASE, PHASE = range(1, 8)
# Call channels, from the server:
CALL, ROWS, FAILED, HANDLE, DONE = range(1, 6)
# Call channels, from the worker:
RESULT, ERROR, EXECUTE, CONNECT, CLOSE, MESSAGE, PROGRESS, KEEP = range(1, 9)
# Around reloads. Control, to the worker and from it:
PAUSE, PAYLOAD, BEGIN, RELOAD_ANSWER = range(20, 24)
RELOAD, PAUSED, PAYLOAD_DONE, BEGUN = range(20, 24)
# For db.connection. Call channels, from the server; from the worker; control, from the worker:
OPENED, ARROW = 40, 41
OPEN_RESULT, FETCH, FETCH_ARROW, BIND, TABLE_NAMES, SPLIT, DEFINE = range(40, 47)
INTERRUPT = 40
# Kinds of channels in the first frame:
CONTROL, CALLS, DETACHED = range(1, 4)

# SQL functions of plugins have 30 to 39. Control, from the server:
FUNCTIONS_DEFINED, OPEN_FUNCTIONS = 30, 31
# Control, from the worker:
FUNCTIONS = 30
# A kind of channel, what it brings from the server, and what it takes back:
FUNCTION_CALLS = 30
FUNCTION_CALL = 30
FUNCTION_RESULT, FUNCTION_ERROR = 30, 31

# What calls have to do with their client has 50 to 59. Call channels, from the server:
ANSWERS, SUSPENDED, LACKING, UNANSWERED = range(50, 54)
# Call channels, from the worker:
ASK, CLIENT, RESOURCE_UPDATED = range(50, 53)

# Every open socket, so that a forked child can let go of them.
_open: set[socket.socket] = set()


class Closed(Exception):
    """The server closed the channel."""


class Memory:
    """Room for raw bytes at an address that is good for any use."""

    __slots__ = ("_exported", "address", "view")
    ALIGNMENT = 64

    def __init__(self, size: int) -> None:
        import ctypes

        room = bytearray(size + self.ALIGNMENT)
        self._exported = (ctypes.c_char * len(room)).from_buffer(room)
        start = -ctypes.addressof(self._exported) % self.ALIGNMENT
        self.address = ctypes.addressof(self._exported) + start
        self.view = memoryview(room)[start : start + size]


class Channel:
    """One socket to the server. Sending and receiving are each for one thread at a time."""

    __slots__ = ("_rest", "_socket")

    def __init__(self, connected: socket.socket) -> None:
        self._socket = connected
        self._rest = b""
        _open.add(connected)

    def send(self, message: Any) -> None:
        """Sends one message; ValueError if it holds something that cannot travel."""
        payload = marshal.dumps(message, VERSION)
        try:
            if len(payload) < _READ:
                self._socket.sendall(len(payload).to_bytes(4, "little") + payload)
            else:
                self._socket.sendall(len(payload).to_bytes(4, "little"))
                self._socket.sendall(payload)
        except OSError as broken:
            raise Closed from broken

    def receive(self) -> Any:
        """Waits for one message."""
        received = self._rest or self._some()
        while len(received) < 4:
            received += self._some()
        size = int.from_bytes(received[:4], "little")
        end = size + 4
        if len(received) < end:
            received = self._whole(received, end)
        self._rest = received[end:]
        return marshal.loads(memoryview(received)[4:end])

    def receive_into(self, room: memoryview) -> None:
        """Waits for bytes that a message announced."""
        filled = min(len(room), len(self._rest))
        room[:filled] = self._rest[:filled]
        self._rest = self._rest[filled:]
        while filled < len(room):
            filled += self._more(room[filled:])

    def _some(self) -> bytes:
        try:
            received = self._socket.recv(_READ)
        except OSError as broken:
            raise Closed from broken
        if not received:
            raise Closed
        return received

    def _whole(self, received: bytes, end: int) -> bytes:
        frame = bytearray(end)
        filled = len(received)
        frame[:filled] = received
        view = memoryview(frame)
        while filled < end:
            filled += self._more(view[filled:])
        return bytes(frame)

    def _more(self, room: memoryview) -> int:
        try:
            count = self._socket.recv_into(room)
        except OSError as broken:
            raise Closed from broken
        if not count:
            raise Closed
        return count

    def close(self) -> None:
        """Ends the channel."""
        _open.discard(self._socket)
        self._socket.close()


def connect(folder: str, hello: tuple[Any, ...]) -> Channel:
    """Connects to the server that listens in the folder and introduces this worker."""
    connected = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    connected.connect(os.path.join(folder, "socket"))
    channel = Channel(connected)
    channel.send(hello)
    return channel


def let_go() -> None:
    """In a forked child: the connections belong to the parent."""
    for connected in list(_open):
        try:
            os.close(connected.detach())
        except OSError:
            pass
    _open.clear()
