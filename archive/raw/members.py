"""Where does each gzip member of a file begin and end, and is it whole? Makes them, too."""

import io
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from warcio.recordloader import ArcWarcRecord
from warcio.warcwriter import WARCWriter

_GZIP_MAGIC = b"\x1f\x8b\x08"
_CHUNK = 1 << 20
# warcio compresses at 9, which takes twice as long for one byte in a hundred less.
_LEVEL = 6


def member(record: ArcWarcRecord) -> bytes:
    """Return a record as it is written: one gzip member of its own."""
    plain = io.BytesIO()
    WARCWriter(plain, gzip=False, warc_version="1.1").write_record(record)
    packer = zlib.compressobj(_LEVEL, zlib.DEFLATED, 16 + zlib.MAX_WBITS)
    return packer.compress(plain.getvalue()) + packer.flush()


def members(path: Path, start: int) -> Iterator[tuple[int, int, bool]]:
    """Yield (offset, end, whole) of each gzip member from ``start`` on; damage ends at the next whole one."""
    size = path.stat().st_size
    offset = start
    with path.open("rb") as stream:
        while offset < size:
            stream.seek(offset)
            end, whole = _member_end(stream, offset)
            if not whole:
                end = _next_whole(path, offset + 1) or size
            yield offset, end, whole
            offset = end


def _member_end(stream: BinaryIO, offset: int) -> tuple[int, bool]:
    """Return where the gzip member at ``offset`` ends, and whether it is whole (its checksum included)."""
    unpacker = zlib.decompressobj(16 + zlib.MAX_WBITS)
    read = 0
    while data := stream.read(_CHUNK):
        read += len(data)
        try:
            while data and not unpacker.eof:  # a bomb is unpacked a piece at a time
                unpacker.decompress(data, _CHUNK)
                data = unpacker.unconsumed_tail
        except zlib.error:
            return offset + read, False
        if unpacker.eof:
            return offset + read - len(unpacker.unused_data), True
    return offset + read, False


def whole_end(path: Path, start: int) -> int:
    """Return the byte at which the last whole record of the file ends."""
    return max((end for _, end, whole in members(path, start) if whole), default=start)


def _next_whole(path: Path, start: int) -> int | None:
    """Return the offset of the next whole member after ``start``, or ``None``."""
    data = path.read_bytes()
    at = data.find(_GZIP_MAGIC, start)
    while at >= 0:
        unpacker = zlib.decompressobj(16 + zlib.MAX_WBITS)
        try:
            text = unpacker.decompress(data[at:])
        except zlib.error:
            text = b""
        if unpacker.eof and text.startswith(b"WARC/"):
            return at
        at = data.find(_GZIP_MAGIC, at + 1)
    return None
