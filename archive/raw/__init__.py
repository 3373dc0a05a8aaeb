"""What did the web answer? Append-only WARC files: nothing here is ever edited, only added.

One gzip member a record (WARC 1.1, ISO 28500:2017), so that a record is read by its offset alone and
a file cut by a crash loses no more than its torn last record.
"""

import io
import os
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from http import HTTPStatus
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Self

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed
from warcio.recordloader import ArcWarcRecord
from warcio.warcwriter import WARCWriter

from archive.errors import RawError
from archive.models import Capture, Exchange
from archive.raw import encodings
from archive.raw.members import member, members, whole_end
from archive.raw.records import described, is_asked, request_record, response_record, revisit_record

# A file of this size is closed and the next one begun: common practice of web archives, easy to copy.
_FULL = 1_000_000_000
# No page of interest is larger once decompressed; what lies beyond is cut (a gzip bomb never fills memory).
_MOST_BODY = 64 * 1024 * 1024
_CHUNK = 1 << 20
# Builds records; each is compressed and written by itself.
_BUILDER = WARCWriter(io.BytesIO(), gzip=False, warc_version="1.1")

encodings.install()


@dataclass(frozen=True, slots=True)
class Stored:
    """A response read back: ``body`` is decoded of its Content-Encoding, at most 64 MiB."""

    capture: Capture
    headers: tuple[tuple[str, str], ...]
    body: bytes


def as_stored(exchange: Exchange) -> Stored:
    """Return a response as it would be read back from the archive, without keeping it."""
    return _stored(response_record(_BUILDER, exchange), "", 0)


class Raw:
    """The WARC files of one archive folder, written by one process at a time."""

    def __init__(self, folder: Path) -> None:
        """Use ``folder``, made if absent. Files are opened only when something is kept."""
        folder.mkdir(parents=True, exist_ok=True)
        self.folder = folder
        self._file: BinaryIO | None = None
        self._name = ""

    def __enter__(self) -> Self:
        """Return itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the file being written."""
        self.close()

    def close(self) -> None:
        """Close the file being written; keeping again begins a new one."""
        if self._file is not None:
            self._file.close()
            self._file = None

    def files(self) -> list[Path]:
        """Return the WARC files, oldest first (their names begin with the time of their making)."""
        return sorted(self.folder.glob("*.warc.gz"))

    def keep(self, exchange: Exchange, before: Capture | None = None) -> Capture:
        """Write response and request, force them to disk, and say where the response lies.

        ``before`` is the last response of the address that has a body: when the site says that nothing
        changed, or the body is the same to the byte, a revisit of it is written instead of the body.
        Raises RawError when the disk refuses; what was half written is cut off again.
        """
        return self.keep_all([(exchange, before)])[0]

    def keep_all(self, answers: Sequence[tuple[Exchange, Capture | None]]) -> list[Capture]:
        """Do what ``keep`` does for responses that came together, with one wait for the disk; all or none."""
        built = [_records(exchange, before) for exchange, before in answers]
        file = self._current()
        start = place = file.tell()
        kept = []
        try:
            for record, response, request in built:
                file.write(response + request)
                kept.append(described(record, self._name, place, len(response)))
                place += len(response) + len(request)
            file.flush()
            os.fsync(file.fileno())
        except OSError as error:
            _cut(file, start)
            raise RawError(f"{self.folder / self._name}: {error.strerror or error}") from error
        return kept

    def get(self, file: str, offset: int) -> Stored:
        """Return the response that begins at ``offset`` bytes of ``file``, its digests verified.

        A revisit comes back with the headers and the body of the response that it repeats. Raises RawError,
        naming file and offset, when there is no whole, unaltered response.
        """
        stored = self._get(file, offset)
        place = stored.capture.original
        if place is None:
            return stored
        original = self._get(place.file, place.offset)
        if original.capture.original is not None or original.capture.digest != stored.capture.digest:
            raise RawError(f"{self.folder / file}, byte {offset}: a revisit of another body")
        content_type = original.capture.content_type
        return replace(original, capture=replace(stored.capture, content_type=content_type))

    def _get(self, file: str, offset: int) -> Stored:
        try:
            with (self.folder / file).open("rb") as stream:
                stream.seek(offset)
                for record in ArchiveIterator(stream, check_digests="raise"):
                    return _stored(record, file, offset)
        except (OSError, ArchiveLoadFailed, zlib.error, EOFError) as error:
            raise RawError(f"{self.folder / file}, byte {offset}: {error}") from error
        raise RawError(f"{self.folder / file}, byte {offset}: no record")

    def recognised(self, digest: str) -> Path:
        """Return where the text of the scan with this digest lies, once it was recognised."""
        return self.folder.parent / "ocr" / f"{digest.rpartition(':')[2]}.pdf"

    def read(self, file: str, offset: int) -> Stored:
        """Return what ``get`` does, with its recognised text in the place of a scan."""
        stored = self.get(file, offset)
        path = self.recognised(stored.capture.digest)
        return replace(stored, body=path.read_bytes()) if path.is_file() else stored

    def record(self, file: str, offset: int, length: int) -> bytes:
        """Return a record as it lies in the file, compressed; raise RawError when it is not there whole."""
        try:
            with (self.folder / file).open("rb") as stream:
                stream.seek(offset)
                data = stream.read(length)
        except OSError as error:
            raise RawError(f"{self.folder / file}, byte {offset}: {error.strerror or error}") from error
        if len(data) < length:
            raise RawError(f"{self.folder / file}, byte {offset}: cut short")
        return data

    def each(self, file: str, start: int = 0) -> Iterator[Capture]:
        """Yield where each response of ``file`` lies, from byte ``start`` on, in order of writing.

        Damaged records are passed over; ``verify`` names them.
        """
        path = self.folder / file
        for offset, end, whole in members(path, start):
            if not whole:
                continue
            with path.open("rb") as stream:
                stream.seek(offset)
                record = next(iter(ArchiveIterator(stream, check_digests=False)))
                capture = _capture(record, file, offset, end - offset)
                if capture is not None:
                    yield capture

    def verify(self) -> Iterator[str]:
        """Read every record of every file against its digests and yield a line for each that fails."""
        for path in self.files():
            for offset, _, whole in members(path, 0):
                if not whole:
                    yield f"{path}, byte {offset}: torn record"
                    continue
                try:
                    with path.open("rb") as stream:
                        stream.seek(offset)
                        record = next(iter(ArchiveIterator(stream, check_digests="raise")))
                        while record.raw_stream.read(_CHUNK):
                            pass
                except (ArchiveLoadFailed, zlib.error, StopIteration) as error:
                    yield f"{path}, byte {offset}: {error or 'no record'}"

    def torn(self, known: Mapping[str, int] | None = None) -> list[str]:
        """Return a line for each file that ends in a torn record; nothing is changed.

        ``known`` maps a file's name to the byte up to which its records are known to be whole, so that
        a large file is not read again at every start.
        """
        return [
            f"{path}: {size - end} bytes of a torn record at {end}"
            for path, end, size in self._torn(known or {})
        ]

    def repair(self, known: Mapping[str, int] | None = None) -> list[str]:
        """Cut a torn last record off each file and return a line for each cut; ``known`` as in ``torn``."""
        cuts = []
        for path, end, size in self._torn(known or {}):
            with path.open("r+b") as stream:
                stream.truncate(end)
                os.fsync(stream.fileno())
            cuts.append(f"{path}: {size - end} bytes of a torn record cut off at {end}")
        return cuts

    def _torn(self, known: Mapping[str, int]) -> Iterator[tuple[Path, int, int]]:
        for path in self.files():
            size = path.stat().st_size
            if (end := whole_end(path, known.get(path.name, 0))) < size:
                yield path, end, size

    def _current(self) -> BinaryIO:
        if self._file is not None and self._file.tell() >= _FULL:
            self.close()
        if self._file is None:
            self._file = self._begin()
        return self._file

    def _begin(self) -> BinaryIO:
        stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%S%f")
        self._name = f"coopress-{stamp}.warc.gz"
        file = (self.folder / self._name).open("xb")
        info = {"software": "coopress", "format": "WARC File Format 1.1"}
        file.write(member(_BUILDER.create_warcinfo_record(self._name, info)))
        return file


def _records(exchange: Exchange, before: Capture | None) -> tuple[ArcWarcRecord, bytes, bytes]:
    """Return what is written of a response, then the bytes of its record and of its request's, if any."""
    record = response_record(_BUILDER, exchange)
    if before is not None and _is_same(exchange, record, before):
        record = revisit_record(_BUILDER, exchange, before)
    response = member(record)
    request = member(request_record(_BUILDER, exchange, record)) if is_asked(exchange) else b""
    return record, response, request


def _is_same(exchange: Exchange, record: ArcWarcRecord, before: Capture) -> bool:
    if exchange.status == HTTPStatus.NOT_MODIFIED:
        return True
    digest = record.rec_headers.get_header("WARC-Payload-Digest")
    return exchange.status == before.status and bool(digest == before.digest)


def _capture(record: ArcWarcRecord, file: str, offset: int, length: int) -> Capture | None:
    """Describe a record, or return ``None`` for one that leads to no body."""
    if record.rec_type not in ("response", "revisit", "resource"):
        return None
    capture = described(record, file, offset, length)
    return None if record.rec_type == "revisit" and capture.original is None else capture


def _stored(record: ArcWarcRecord, file: str, offset: int) -> Stored:
    capture = _capture(record, file, offset, 0)
    if capture is None:
        raise RawError(f"{file}, byte {offset}: a {record.rec_type} record, not a response")
    body = record.content_stream().read(_MOST_BODY)
    while record.raw_stream.read(_CHUNK):  # the digest is judged at the end of the record
        pass
    headers = (
        record.http_headers.headers if record.http_headers else [("Content-Type", capture.content_type or "")]
    )
    return Stored(capture, tuple(headers), body)


def _cut(file: BinaryIO, end: int) -> None:
    """Take back a half-written record; on a full disk the buffered rest must not be flushed behind it."""
    try:
        file.seek(end)
        file.truncate(end)
    except OSError:
        return  # the next start repairs
