"""What did the web answer? Append-only WARC files: nothing here is ever edited, only added.

One gzip member a record (WARC 1.1, ISO 28500:2017), so that a record is read by its offset alone and
a file cut by a crash loses no more than its torn last record.
"""

import io
import os
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from http import HTTPStatus
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Self

from warcio.recordloader import ArcWarcRecord
from warcio.warcwriter import WARCWriter

from archive.errors import RawError
from archive.models import Capture, Exchange
from archive.raw.members import member, whole_end
from archive.raw.reading import Records, Stored, stored
from archive.raw.records import described, is_asked, request_record, response_record, revisit_record

__all__ = ["Raw", "Records", "Stored", "as_stored"]

# A file of this size is closed and the next one begun: common practice of web archives, easy to copy.
_FULL = 1_000_000_000
# Builds records; each is compressed and written by itself.
_BUILDER = WARCWriter(io.BytesIO(), gzip=False, warc_version="1.1")


def as_stored(exchange: Exchange) -> Stored:
    """Return a response as it would be read back from the archive, without keeping it."""
    return stored(response_record(_BUILDER, exchange), "", 0)


class Raw(Records):
    """The WARC files of one archive folder, written by one process at a time; see ``Records`` for reading."""

    def __init__(self, folder: Path) -> None:
        """Use ``folder``, made if absent. Files are opened only when something is kept."""
        folder.mkdir(parents=True, exist_ok=True)
        super().__init__(folder)
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


def _cut(file: BinaryIO, end: int) -> None:
    """Take back a half-written record; on a full disk the buffered rest must not be flushed behind it."""
    try:
        file.seek(end)
        file.truncate(end)
    except OSError:
        return  # the next start repairs
