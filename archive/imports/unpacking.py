"""What does a compressed file hold? Its bytes, a gzip member or zstd frame at a time, never too many."""

import sys
import zlib
from typing import BinaryIO, Protocol

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

__all__ = [
    "CHUNK",
    "MOST_HEAD",
    "UNBOUNDED",
    "Damaged",
    "Flow",
    "Gunzip",
    "Plain",
    "Torn",
    "Unpacker",
    "Unzstd",
    "zstd",
]

CHUNK = 1 << 16
# No head of a record is larger; a line without end must not fill the memory.
MOST_HEAD = 1 << 20
UNBOUNDED = 1 << 62


class Damaged(Exception):
    """What stands here cannot be read; the message says why, without naming the file."""


class Torn(Damaged):
    """The bytes themselves are damaged, so that where the next record begins must be looked for."""


class Unpacker(Protocol):
    """Unpacks one member. ``hungry``: it wants input; ``ended``: it is whole, ``left`` lies behind it."""

    hungry: bool
    ended: bool
    left: bytes

    def some(self, data: bytes, most: int) -> bytes:
        """Return at most ``most`` more bytes; raise Torn when the data is not what it should be."""
        ...


class Gunzip:
    """One member of a gzip file."""

    def __init__(self) -> None:
        """Begin at the member's first byte."""
        self._member = zlib.decompressobj(16 + zlib.MAX_WBITS)
        self._tail = b""
        self.hungry, self.ended, self.left = True, False, b""

    def some(self, data: bytes, most: int) -> bytes:
        """Return at most ``most`` more bytes."""
        try:
            out = self._member.decompress(self._tail + data, most)
        except zlib.error as error:
            raise Torn(f"not gzip, or damaged ({error})") from error
        self._tail = self._member.unconsumed_tail
        self.ended, self.left = self._member.eof, self._member.unused_data
        self.hungry = not self._tail and not out
        return out


class Unzstd:
    """One frame of a zstd file."""

    def __init__(self, dictionary: zstd.ZstdDict | None = None) -> None:
        """Begin at the frame's first byte; ``dictionary`` is the file's own, where it has one."""
        self._frame = zstd.ZstdDecompressor(dictionary)
        self.hungry, self.ended, self.left = True, False, b""

    def some(self, data: bytes, most: int) -> bytes:
        """Return at most ``most`` more bytes."""
        try:
            out = self._frame.decompress(data, most)
        except zstd.ZstdError as error:
            raise Torn(f"not zstd, or damaged ({error})") from error
        self.ended, self.left = self._frame.eof, self._frame.unused_data
        self.hungry = self._frame.needs_input and not out
        return out


class Plain:
    """A file that is not compressed: all of it is one member."""

    hungry, ended, left = True, False, b""

    def some(self, data: bytes, most: int) -> bytes:
        """Return the data as it is."""
        return data


class Flow:
    """The bytes of one member, from byte ``start`` of ``stream`` on, while ``allowance`` (bytes) lasts.

    ``end`` is the byte of the file behind the member once all of it was read; ``mark`` is for the reader to
    note where in the file the record begins that it is reading.
    """

    def __init__(self, stream: BinaryIO, start: int, unpacker: Unpacker) -> None:
        """Stand at the member's first byte."""
        stream.seek(start)
        self._stream = stream
        self._unpacker = unpacker
        self.position = self.mark = start
        self.end: int | None = None
        self.allowance = MOST_HEAD

    def read(self, size: int = CHUNK) -> bytes:
        """Return some bytes, none at the end; raise Torn where the member is torn or gives too much."""
        while self.end is None:
            data = self._stream.read(CHUNK) if self._unpacker.hungry else b""
            self.position += len(data)
            if self._unpacker.hungry and not data:
                if not isinstance(self._unpacker, Plain):
                    raise Torn("the file is cut off within a record")
                self.end = self.position
                break
            out = self._unpacker.some(data, CHUNK)
            if self._unpacker.ended:
                self.end = self.position - len(self._unpacker.left)
            self.allowance -= len(out)
            if self.allowance < 0:
                raise Torn(f"the head of a record is longer than {MOST_HEAD} bytes")
            if out:
                return out
        return b""
