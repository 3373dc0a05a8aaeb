"""What would the web have answered? A WARC file in its place: the demo, the tests, other people's crawls."""

import zlib
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Headers, Response
from scrapy.responsetypes import responsetypes
from w3lib.url import canonicalize_url
from warcio.archiveiterator import ArchiveIterator
from warcio.bufferedreaders import ChunkedDataReader
from warcio.exceptions import ArchiveLoadFailed
from warcio.recordloader import ArcWarcRecord

from archive.addresses import clean
from archive.errors import RawError


@dataclass(frozen=True, slots=True)
class Answer:
    """A recorded response; ``body`` is still under its Content-Encoding, ``fetched_at`` is aware (UTC)."""

    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes
    fetched_at: datetime


class Replay:
    """The responses of one WARC file, by address."""

    def __init__(self, path: Path) -> None:
        """Read through ``path`` once to see where each response lies; the last of an address counts.

        Raises RawError, naming the file, when it is no WARC file or cannot be read record by record.
        """
        self.path = path
        self._exact: dict[str, int] = {}
        self._canonical: dict[str, int] = {}
        try:
            self._index()
        except OSError as error:
            raise RawError(f"{path}: {error.strerror or error}") from error
        except (ArchiveLoadFailed, zlib.error, EOFError) as error:
            raise RawError(f"{path}: {' '.join(str(error).split())}") from error
        if not self._exact:
            raise RawError(f"{path}: holds no recorded response")

    def __len__(self) -> int:
        """Return how many addresses have an answer."""
        return len(self._exact)

    def answer(self, url: str) -> Answer | None:
        """Return what was recorded for ``url``, or failing that for the same page without tracking."""
        offset = self._exact.get(url)
        if offset is None:
            offset = self._canonical.get(_canonical(url))
        if offset is None:
            return None
        with self.path.open("rb") as file:
            file.seek(offset)
            return _answer(next(iter(ArchiveIterator(file))))

    def _index(self) -> None:
        bodies: dict[str, int] = {}
        with self.path.open("rb") as file:
            records = ArchiveIterator(file)
            for record in records:
                digest = record.rec_headers.get_header("WARC-Payload-Digest") or ""
                offset: int | None = None
                if record.rec_type == "response" and record.http_headers is not None:
                    offset = bodies[digest] = records.get_record_offset()
                elif record.rec_type == "revisit" and digest:  # its body stands in an earlier record
                    offset = bodies.get(digest)
                if offset is not None:
                    url = record.rec_headers.get_header("WARC-Target-URI")
                    self._exact[url] = self._canonical[_canonical(url)] = offset


class ReplayHandler:
    """Stands where Scrapy's own handlers would open a connection, so that a replay cannot reach the web."""

    lazy = False

    def __init__(self, crawler: Crawler) -> None:
        """Answer for the crawl that ``crawler``'s spider belongs to."""
        self._crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "ReplayHandler":
        """Build the handler, as Scrapy asks."""
        return cls(crawler)

    async def download_request(self, request: Request) -> Response:
        """Return the recorded response; 404 for an address that was not recorded."""
        replay: Replay = self._crawler.spider.run.replay  # type: ignore[union-attr]
        answer = replay.answer(request.url)
        if answer is None:
            request.meta["invented"] = True
            return Response(request.url, status=404, request=request)
        request.meta["replayed_at"] = answer.fetched_at
        headers = Headers()
        for name, value in answer.headers:
            headers.appendlist(name, value)
        kind = responsetypes.from_args(headers=headers, url=request.url, body=answer.body)
        return kind(request.url, status=answer.status, headers=headers, body=answer.body, request=request)

    async def close(self) -> None:
        """Leave the file to the crawl, which other spiders share."""


def _canonical(url: str) -> str:
    """Return one spelling for an address whatever the order of its query, tracking left out."""
    try:
        return canonicalize_url(clean(url))
    except ValueError:
        return url


def _answer(record: ArcWarcRecord) -> Answer:
    http = record.http_headers
    chunked = (http.get_header("Transfer-Encoding") or "").lower() == "chunked"
    stream = ChunkedDataReader(record.raw_stream) if chunked else record.raw_stream
    headers = tuple((name, value) for name, value in http.headers if name.lower() != "transfer-encoding")
    when = datetime.fromisoformat(record.rec_headers.get_header("WARC-Date"))
    return Answer(int(http.get_statuscode()), headers, stream.read(), when.astimezone(UTC))
