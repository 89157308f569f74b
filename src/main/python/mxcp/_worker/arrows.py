"""Rows that arrive as Arrow's C structures: one object with `__arrow_c_stream__` for DuckDB, pyarrow and polars.

The server lays the structures out in one piece of memory with pointers that count from its beginning; here they get
the address of the piece added, and then they are what the C data interface wants. No package is needed for that.
"""
from __future__ import annotations

import ctypes
import itertools
import weakref
from array import array

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from mxcp._worker.wire import Memory

# Offsets in the structures of the interface
_SCHEMA_BYTES, _SCHEMA_RELEASE, _SCHEMA_PRIVATE = 72, 56, 64
_ARRAY_BYTES, _ARRAY_RELEASE, _ARRAY_PRIVATE = 80, 64, 72
_STREAM_WORDS, _STREAM_RELEASE, _STREAM_PRIVATE = 5, 24, 32

# What consumers have not released yet, by the number in the structure's private_data.
_held: dict[int, Any] = {}
# What somebody else keeps.
_borrowed: weakref.WeakValueDictionary[int, Stream] = weakref.WeakValueDictionary()
_numbers = itertools.count(1)


class Batch:
    """One piece of memory: the schema, if it was asked for, and arrays.

    `counted` says whether consumers release the structures, as the interface has it. The duckdb package since 2.0 does
    so while it raises an exception, when no Python code can run: its rows live as long as the object that it reads.
    """

    __slots__ = ("_memory", "_starts", "counted", "more")

    def __init__(self, answer: tuple[Any, ...], memory: Memory, schema: bool, counted: bool) -> None:
        _, self.more, starts, pointers, releases, size = answer
        self.counted = counted
        self._memory = memory
        self._starts = array("i", starts)
        base = memory.address
        words = memory.view[: size & -8].cast("q")
        for at in array("i", pointers):
            words[at >> 3] += base
        # the schema comes first
        arrays_at = 0 if not schema else self._starts[1] if len(self._starts) > 1 else size
        for at in array("i", releases):
            words[at >> 3] = (_RELEASE_SCHEMA if at < arrays_at else _RELEASE_ARRAY) if counted else _NOTHING

    def structures(self) -> list[tuple[int, Memory]]:
        """Where they are, and what keeps them there."""
        return [(self._memory.address + at, self._memory) for at in self._starts]


class Rows:
    """A result, or what was not yet read of it, as Arrow. Can be read any number of times."""

    def __init__(self, batches: list[Batch]) -> None:
        structures = [found for batch in batches for found in batch.structures()]
        self.schema, self.arrays = structures[0], structures[1:]
        self.counted = batches[0].counted
        self._streams: list[Stream] = []

    def __arrow_c_stream__(self, requested_schema: Any = None) -> Any:
        stream = Stream(self)
        if not self.counted:
            self._streams.append(stream)
        return stream.capsule()

    def but_first(self, batch: Batch) -> Rows:
        """The arrays of a later batch under the same schema."""
        following = Rows.__new__(Rows)
        following.schema, following.arrays = self.schema, batch.structures()
        following.counted, following._streams = self.counted, []
        return following


class Stream:
    """One reading of rows: an ArrowArrayStream."""

    def __init__(self, rows: Rows) -> None:
        self.schema = rows.schema
        self.arrays = iter(rows.arrays)
        self.counted = rows.counted
        self._structure = (ctypes.c_void_p * _STREAM_WORDS)()

    def capsule(self) -> Any:
        """What consumers ask an object for."""
        number = next(_numbers)
        (_held if self.counted else _borrowed)[number] = self
        release = _RELEASE_STREAM if self.counted else _NOTHING
        self._structure[:] = [_GET_SCHEMA, _GET_NEXT, _GET_LAST_ERROR, release, number]
        address = ctypes.addressof(self._structure)
        _offered[address] = self._structure
        return _new_capsule(address, _NAME, _FORGET_ADDRESS)


# The structures that capsules point to, which consumers copy.
_offered: dict[int, Any] = {}
_NAME = b"arrow_array_stream"


def _word(address: int) -> ctypes.c_uint64:
    return ctypes.c_uint64.from_address(address)


def _stream(address: int) -> Stream:
    number = _word(address + _STREAM_PRIVATE).value
    found: Stream = _held.get(number) or _borrowed[number]
    return found


def _hand_out(stream: Stream, source: tuple[int, Memory], out: int, size: int, private: int) -> None:
    """Copies a structure to where the consumer wants it; its memory stays until the consumer releases it."""
    ctypes.memmove(out, source[0], size)
    if stream.counted:
        number = next(_numbers)
        _held[number] = source[1]
        _word(out + private).value = number


def _get_schema(address: int, out: int) -> int:
    stream = _stream(address)
    _hand_out(stream, stream.schema, out, _SCHEMA_BYTES, _SCHEMA_PRIVATE)
    return 0


def _get_next(address: int, out: int) -> int:
    stream = _stream(address)
    source = next(stream.arrays, None)
    if source is None:
        # the end is a structure that is released already
        ctypes.memset(out, 0, _ARRAY_BYTES)
    else:
        _hand_out(stream, source, out, _ARRAY_BYTES, _ARRAY_PRIVATE)
    return 0


def _get_last_error(stream: int) -> int | None:
    return None


def _releases(release: int, private: int) -> Any:
    def released(structure: int) -> None:
        _held.pop(_word(structure + private).value, None)
        _word(structure + release).value = 0

    return ctypes.CFUNCTYPE(None, ctypes.c_void_p)(released)


def _forget(capsule: int) -> None:
    # the capsule is being freed: no reference to it may be made here
    address = _pointer_of(capsule, _NAME)
    structure = _offered.pop(address, None)
    if structure is not None and structure[_STREAM_RELEASE // 8]:
        _held.pop(structure[_STREAM_PRIVATE // 8], None)


def _address(function: Any) -> int:
    found = ctypes.cast(function, ctypes.c_void_p).value
    assert found is not None
    return found


_FUNCTIONS = (
    ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_void_p)(_get_schema),
    ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_void_p)(_get_next),
    ctypes.CFUNCTYPE(ctypes.c_void_p, ctypes.c_void_p)(_get_last_error),
    _releases(_STREAM_RELEASE, _STREAM_PRIVATE),
    _releases(_SCHEMA_RELEASE, _SCHEMA_PRIVATE),
    _releases(_ARRAY_RELEASE, _ARRAY_PRIVATE),
)
_GET_SCHEMA, _GET_NEXT, _GET_LAST_ERROR, _RELEASE_STREAM, _RELEASE_SCHEMA, _RELEASE_ARRAY = map(_address, _FUNCTIONS)
# takes one word, has no effect, and is in every C library
_NOTHING = _address(ctypes.CDLL(None).labs)

_FORGET = ctypes.PYFUNCTYPE(None, ctypes.c_void_p)(_forget)
_FORGET_ADDRESS = _address(_FORGET)
# instances of our own: others set other types on those of ctypes.pythonapi
_new_capsule = ctypes.PYFUNCTYPE(ctypes.py_object, ctypes.c_void_p, ctypes.c_char_p, ctypes.c_void_p)(
    ("PyCapsule_New", ctypes.pythonapi)
)
_pointer_of = ctypes.PYFUNCTYPE(ctypes.c_void_p, ctypes.c_void_p, ctypes.c_char_p)(
    ("PyCapsule_GetPointer", ctypes.pythonapi)
)
