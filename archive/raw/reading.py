"""What lies in the archive of responses? The side of it that reads: nothing here writes or makes a file.

Whoever shows or copies responses needs no more than this.
"""

import zlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed
from warcio.recordloader import ArcWarcRecord

from archive.errors import RawError
from archive.models import Capture
from archive.raw import encodings
from archive.raw.members import members
from archive.raw.records import described

# No page of interest is larger once decompressed; what lies beyond is cut (a gzip bomb never fills memory).
_MOST_BODY = 64 * 1024 * 1024
_CHUNK = 1 << 20

encodings.install()


@dataclass(frozen=True, slots=True)
class Stored:
    """A response read back: ``body`` is decoded of its Content-Encoding, at most 64 MiB."""

    capture: Capture
    headers: tuple[tuple[str, str], ...]
    body: bytes


@dataclass(frozen=True, slots=True)
class Head:
    """What a record says before its body: its WARC headers, the HTTP status line and headers, in order.

    ``status`` is empty and ``http`` too where no site was asked.
    """

    kind: str
    warc: tuple[tuple[str, str], ...]
    status: str
    http: tuple[tuple[str, str], ...]


class Records:
    """The responses in the WARC files of one archive folder, to be read."""

    def __init__(self, folder: Path) -> None:
        """Use ``folder``, which need not exist: then it holds nothing."""
        self.folder = folder

    def files(self) -> list[Path]:
        """Return the WARC files, oldest first (their names begin with the time of their making)."""
        return sorted(self.folder.glob("*.warc.gz"))

    def get(self, file: str, offset: int) -> Stored:
        """Return the response that begins at ``offset`` bytes of ``file``, its digests verified.

        A revisit comes back with the headers and the body of the response that it repeats. Raises RawError,
        naming file and offset, when there is no whole, unaltered response.
        """
        found = self._get(file, offset)
        place = found.capture.original
        if place is None:
            return found
        original = self._get(place.file, place.offset)
        if original.capture.original is not None or original.capture.digest != found.capture.digest:
            raise RawError(f"{self.folder / file}, byte {offset}: a revisit of another body")
        content_type = original.capture.content_type
        return replace(original, capture=replace(found.capture, content_type=content_type))

    def _get(self, file: str, offset: int) -> Stored:
        try:
            with (self.folder / file).open("rb") as stream:
                stream.seek(offset)
                for record in ArchiveIterator(stream, check_digests="raise"):
                    return stored(record, file, offset)
        except (OSError, ArchiveLoadFailed, zlib.error, EOFError) as error:
            raise RawError(f"{self.folder / file}, byte {offset}: {error}") from error
        raise RawError(f"{self.folder / file}, byte {offset}: no record")

    def head(self, file: str, offset: int) -> Head:
        """Return what the record at ``offset`` bytes of ``file`` says before its body.

        Raises RawError, naming file and offset, when there is no record that can be read.
        """
        try:
            with (self.folder / file).open("rb") as stream:
                stream.seek(offset)
                for record in ArchiveIterator(stream, check_digests=False):
                    return _head(record)
        except (OSError, ArchiveLoadFailed, zlib.error, EOFError) as error:
            raise RawError(f"{self.folder / file}, byte {offset}: {error}") from error
        raise RawError(f"{self.folder / file}, byte {offset}: no record")

    def recognised(self, digest: str) -> Path:
        """Return where the text of the scan with this digest lies, once it was recognised."""
        return self.folder.parent / "ocr" / f"{digest.rpartition(':')[2]}.pdf"

    def read(self, file: str, offset: int) -> Stored:
        """Return what ``get`` does, with its recognised text in the place of a scan."""
        found = self.get(file, offset)
        path = self.recognised(found.capture.digest)
        return replace(found, body=path.read_bytes()) if path.is_file() else found

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


def _capture(record: ArcWarcRecord, file: str, offset: int, length: int) -> Capture | None:
    """Describe a record, or return ``None`` for one that leads to no body."""
    if record.rec_type not in ("response", "revisit", "resource"):
        return None
    capture = described(record, file, offset, length)
    return None if record.rec_type == "revisit" and capture.original is None else capture


def stored(record: ArcWarcRecord, file: str, offset: int) -> Stored:
    """Return a record as it is read back; raise RawError for one that leads to no body."""
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


def _head(record: ArcWarcRecord) -> Head:
    http = record.http_headers
    status = f"{http.protocol} {http.statusline}".strip() if http else ""
    return Head(
        record.rec_type, tuple(record.rec_headers.headers), status, tuple(http.headers) if http else ()
    )
