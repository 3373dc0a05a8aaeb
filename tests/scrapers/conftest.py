"""An invented web in a WARC file, and a shelf that stands where the archive would."""

import io
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import pytest
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from archive.addresses import identity
from archive.errors import RawError
from archive.models import Capture, Exchange, Visits
from archive.raw import Stored
from archive.sources import Source, load
from scrapers.crawl import Options, Result, crawl

FETCHED = "2024-06-01T08:00:00Z"
HTML = "text/html; charset=utf-8"


@dataclass(frozen=True)
class Page:
    """One recorded response."""

    body: str | bytes = ""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    type: str = HTML


def redirect(location: str) -> Page:
    return Page(status=301, headers={"Location": location})


def links(*hrefs: str, more: str = "") -> Page:
    anchors = "".join(f'<p><a href="{href}">Lire</a></p>' for href in hrefs)
    return Page(f"<!doctype html><html><body>{anchors}{more}</body></html>")


def record(path: Path, pages: Mapping[str, Page]) -> Path:
    """Write the pages into a WARC file, as any crawler would."""
    with path.open("wb") as file:
        writer = WARCWriter(file, gzip=True)
        for url, page in pages.items():
            body = page.body.encode() if isinstance(page.body, str) else page.body
            headers = [("Content-Type", page.type), *page.headers.items()]
            writer.write_record(
                writer.create_warc_record(
                    url,
                    "response",
                    payload=io.BytesIO(body),
                    length=len(body),
                    http_headers=StatusAndHeaders(f"{page.status} X", headers, protocol="HTTP/1.1"),
                    warc_headers_dict={"WARC-Date": FETCHED},
                )
            )
    return path


@dataclass
class Shelf:
    """Keeps exchanges in a list; breaks, like a full disk, when it holds ``most``."""

    exchanges: list[Exchange] = field(default_factory=list)
    problems: list[tuple[str, str, str, str]] = field(default_factory=list)
    before: dict[str, Visits] = field(default_factory=dict)
    most: int | None = None
    clipped: dict[str, list[str]] = field(default_factory=dict)

    def keep_all(self, exchanges: Sequence[Exchange]) -> list[float]:
        for exchange in exchanges:
            self.keep(exchange)
        return [0.0] * len(exchanges)

    def keep(self, exchange: Exchange) -> None:
        if self.most is not None and len(self.exchanges) >= self.most:
            raise RawError("disk full")
        self.exchanges.append(exchange)

    def visits(self, source: str) -> dict[str, Visits]:
        return self.before

    def originals(self, source: str, board: str) -> list[str]:
        return self.clipped.get(board, [])

    def passed_over(self, source: str, page: str) -> bool:
        return False

    def last_whole(self, source: str, url: str) -> Capture | None:
        return None

    def kept(self, source: str, url: str, fetched_at: datetime) -> Stored | None:
        for e in self.exchanges:
            if (e.source, e.url, e.fetched_at) == (source, url, fetched_at):
                place = Capture(e.source, e.role, e.url, e.status, None, e.fetched_at, "", "", 0, 0)
                return Stored(place, tuple(e.headers), e.body)
        return None

    def problem(self, source: str, url: str, stage: str, error: str) -> None:
        self.problems.append((source, url, stage, error))

    def urls(self, role: str | None = None) -> list[str]:
        """Return the addresses kept, those of robots.txt aside."""
        return [e.url for e in self.exchanges if e.role == role or (role is None and e.role != "robots")]


def visited(url: str, last: str, status: int = 200, since: str | None = None) -> dict[str, Visits]:
    """Return a page as one asked for before."""
    times = [datetime.fromisoformat(time) for time in (since or last, last)]
    return {identity(url): Visits(url, status, *times)}


@pytest.fixture
def shelf() -> Shelf:
    return Shelf()


@pytest.fixture
def declare(tmp_path: Path) -> Callable[..., Source]:
    def declared(fetch: str, slug: str = "union_bocage", home: str = "https://union.example/") -> Source:
        path = tmp_path / f"{slug}.toml"
        path.write_text(f'title = "Union"\nkind = "union"\nhome = "{home}"\n[fetch]\n{fetch}\n', "utf-8")
        return load(path)

    return declared


@pytest.fixture
def replay(tmp_path: Path, shelf: Shelf) -> Callable[..., Result]:
    """Crawl the given pages; the frontier stays in the same folder from one call to the next."""

    def replayed(
        pages: Mapping[str, Page], *sources: Source, on: Shelf | None = None, full: bool = False
    ) -> Result:
        warc = record(tmp_path / "web.warc.gz", pages)
        options = Options(tmp_path / "data", replay=warc, full=full)
        return crawl(sources, on or shelf, options)

    return replayed


NOW = datetime(2024, 6, 1, 8, 0, tzinfo=UTC)
