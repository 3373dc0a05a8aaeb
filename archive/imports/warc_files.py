"""Which records does a WARC file hold? Read one by one; damage costs what it touches and no more."""

import struct
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import BinaryIO

from warcio.bufferedreaders import BufferedReader
from warcio.exceptions import ArchiveLoadFailed
from warcio.recordloader import ArcWarcRecord, ArcWarcRecordLoader
from warcio.statusandheaders import StatusAndHeadersParserException

from archive.errors import RawError
from archive.imports.unpacking import (
    CHUNK,
    MOST_HEAD,
    UNBOUNDED,
    Flow,
    Gunzip,
    Plain,
    Torn,
    Unpacker,
    Unzstd,
    zstd,
)

_GZIP, _ZSTD, _WARC = b"\x1f\x8b\x08", b"\x28\xb5\x2f\xfd", b"WARC/"
# A frame with the dictionary of the others, first in the file (IIPC, « Zstandard compression for WARC »).
_DICTIONARY = b"\x5d\x2a\x4d\x18"
_MOST_DICTIONARY = 16 << 20
_SCAN = 1 << 20
# What warcio lets through on broken records, besides its own errors.
_BROKEN = (
    ArchiveLoadFailed,
    StatusAndHeadersParserException,
    EOFError,
    ValueError,
    AttributeError,
    TypeError,
)


@dataclass(frozen=True, slots=True)
class Flaw:
    """A place of an archive file that cannot be used, and why; ``url`` is the page's where it is known."""

    error: str
    offset: int | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """A record, to be read before the next, and the byte at which it or the member around it begins."""

    offset: int
    record: ArcWarcRecord


@dataclass(frozen=True, slots=True)
class _Manner:
    """How a file is compressed: ``magic`` begins each member, records lie from ``start`` on."""

    magic: bytes
    start: int
    unpacker: Callable[[], Unpacker]


def each(stream: BinaryIO) -> Iterator[Found | Flaw]:
    """Yield each record of a WARC file, and a flaw for each damage; reading goes on at the next whole record.

    Raises RawError, without the file's name, when it is no WARC file at all.
    """
    manner = _manner(stream)
    size = stream.seek(0, 2)
    at: int | None = manner.start
    while at is not None and at < size:
        flow = Flow(stream, at, manner.unpacker())
        url = None
        try:
            for record in _records(flow, manner.magic == _WARC):
                url = record.rec_headers.get_header("WARC-Target-URI")
                yield Found(flow.mark, record)
            at = flow.end
        except Torn as error:
            yield Flaw(str(error), flow.mark, url)
            at = _next(stream, manner, flow.mark + 1)


def _manner(stream: BinaryIO) -> _Manner:
    stream.seek(0)
    head = stream.read(8)
    if head.startswith(_GZIP):
        return _Manner(_GZIP, 0, Gunzip)
    if head.startswith(_ZSTD):
        return _Manner(_ZSTD, 0, Unzstd)
    if head.startswith(_DICTIONARY):
        return _with_dictionary(stream, struct.unpack("<I", head[4:8])[0])
    if head.startswith(_WARC):
        return _Manner(_WARC, 0, Plain)
    raise RawError("not a WARC file" if head else "an empty file")


def _with_dictionary(stream: BinaryIO, size: int) -> _Manner:
    if size > _MOST_DICTIONARY:
        raise RawError("the zstd dictionary is larger than 16 MiB")
    stream.seek(8)
    data = stream.read(size)
    try:
        if data.startswith(_ZSTD):
            data = zstd.ZstdDecompressor().decompress(data, _MOST_DICTIONARY)
        dictionary = zstd.ZstdDict(data)
    except (zstd.ZstdError, ValueError) as error:
        raise RawError(f"the zstd dictionary cannot be read ({error})") from error
    return _Manner(_ZSTD, 8 + size, lambda: Unzstd(dictionary))


def _records(flow: Flow, is_plain: bool) -> Iterator[ArcWarcRecord]:
    """Yield the records of one member; the flow's mark moves along where nothing is compressed."""
    reader = BufferedReader(flow)
    loader = ArcWarcRecordLoader(verify_http=False)
    while True:
        flow.allowance = MOST_HEAD
        line = _first_line(reader)
        if not line:
            return
        if is_plain:
            flow.mark = flow.position - reader.rem_length() - len(line)
        record = _parsed(loader, reader, line)
        flow.allowance = UNBOUNDED
        yield record
        _pass_over(record)


def _pass_over(record: ArcWarcRecord) -> None:
    """Read what is left of a record."""
    try:
        while record.raw_stream.read(CHUNK):
            pass
    except ValueError:
        return  # a digest that is none, noticed at the record's last byte
    if record.raw_stream.limit > 0:
        raise Torn("the record is shorter than it says")


def _first_line(reader: BufferedReader) -> bytes:
    """Return the first line that is not blank, nothing at the end."""
    while line := bytes(reader.readline()):
        if line.strip():
            return line
    return b""


def _parsed(loader: ArcWarcRecordLoader, reader: BufferedReader, line: bytes) -> ArcWarcRecord:
    if not line.startswith(_WARC):
        raise Torn("no record begins where one should: the length of the one before is wrong")
    try:
        record = loader.parse_record_stream(reader, line, known_format="warc", check_digests=True)
    except _BROKEN as error:
        raise Torn(f"the head of a record cannot be read ({_one_line(error)})") from error
    length = record.rec_headers.get_header("Content-Length")
    if length is None or not length.strip().isdecimal():
        raise Torn(f"the record gives no length ({length})")
    return record


def _next(stream: BinaryIO, manner: _Manner, start: int) -> int | None:
    """Return where the next record can be read, from byte ``start`` on, or ``None``."""
    keep = len(manner.magic) - 1
    stream.seek(start)
    base, data = start, b""
    while more := stream.read(_SCAN):
        data += more
        at = data.find(manner.magic)
        while at >= 0:
            resume = stream.tell()
            if _is_record(stream, manner, base + at):
                return base + at
            stream.seek(resume)
            at = data.find(manner.magic, at + 1)
        base, data = base + len(data) - keep, data[-keep:]
    return None


def _is_record(stream: BinaryIO, manner: _Manner, at: int) -> bool:
    if manner.magic == _WARC:
        stream.seek(max(at - 1, 0))
        return stream.read(len(_WARC) + 1).startswith(b"\n" + _WARC)
    try:
        return Flow(stream, at, manner.unpacker()).read().startswith(_WARC)
    except Torn:
        return False


def _one_line(error: BaseException) -> str:
    return " ".join(f"{type(error).__name__}: {error}".split())[:200]
