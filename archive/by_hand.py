"""What does a person bring in? One page, PDF or document at a time, with who brings it and why."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import quote

from archive.errors import PageError, SourceError
from archive.imports import sources as finding
from archive.models import Capture, Exchange, Visits
from archive.parsers.kinds import CONTENT_TYPES, kind
from archive.pipeline import Archive
from archive.raw import Stored
from archive.raw.records import payload_digest
from archive.reading import Stopwatch
from archive.sources import Source
from archive.store import captures

# What the archive reads of one document, and no more.
_MOST_BYTES = 64 << 20


@dataclass(frozen=True, slots=True)
class Item:
    """What became of one thing: ``problem`` says why it did not come in, ``known`` that it had before."""

    name: str
    url: str
    problem: str | None = None
    known: bool = False


@dataclass
class ByHand:
    """The archive as a crawl sees it while a person adds pages: what is kept says who brought it and why.

    ``items`` tells what became of each page, in the order of the answers; ``sources`` whose they are.
    """

    archive: Archive
    who: str
    why: str
    items: list[Item] = field(default_factory=list)
    sources: set[str] = field(default_factory=set)

    def keep_all(self, exchanges: Sequence[Exchange]) -> list[float]:
        """Keep each response by itself, for a person adds few; return the seconds that each took."""
        watches = [Stopwatch() for _ in exchanges]
        for exchange, watch in zip(exchanges, watches, strict=True):
            with watch:
                self.keep(exchange)
        return [watch.seconds for watch in watches]

    def keep(self, exchange: Exchange) -> None:
        """Keep a response with its origin; a page that was added before, and is as it was, only once."""
        if exchange.role == "robots":
            self.archive.keep(exchange)
            return
        page = replace(exchange, added_by=self.who, added_why=self.why)
        known = captures.was_added(self.archive.database, page.url, payload_digest(page.body))
        if not known:
            self.archive.keep(page)
            self.sources.add(page.source)
        if page.status == 200:
            no_copy = "the site wants no copy kept" if page.noarchive else None
            self.items.append(Item(page.url, page.url, no_copy, known))

    def problem(self, source: str, url: str, stage: str, error: str) -> None:
        """Note why a page did not come, once."""
        if not any(item.url == url for item in self.items):
            self.archive.problem(source, url, "add", error)
            self.items.append(Item(url, url, error))

    def visits(self, source: str) -> Mapping[str, Visits]:
        """Return what is known of a source's pages."""
        return self.archive.visits(source)

    def passed_over(self, source: str, page: str) -> bool:
        """Return ``False``: what a person names is kept whatever its source is watched for."""
        return False

    def originals(self, source: str, board: str) -> list[str]:
        """Return nothing: a person names each page."""
        return []

    def last_whole(self, source: str, url: str) -> Capture | None:
        """Return ``None``: what a person names is asked for whole."""
        return None

    def kept(self, source: str, url: str, fetched_at: datetime) -> Stored | None:
        """Return a response archived at that second."""
        return self.archive.kept(source, url, fetched_at)

    def file(self, path: Path, url: str | None, source: Source | None) -> None:
        """Add a file, under the address it has on the web or under its own digest; ``source`` as declared."""
        try:
            exchange = _exchange(path, url, self._source(path, url, source).slug)
        except (PageError, SourceError) as error:
            self.items.append(Item(str(path), url or str(path), str(error)))
            return
        before = len(self.items)
        self.keep(exchange)
        self.items[before:] = [replace(item, name=str(path)) for item in self.items[before:]]

    def _source(self, path: Path, url: str | None, source: Source | None) -> Source:
        if url is None:
            if source is None:
                raise SourceError(f"{path}: say --source or --url: nothing else tells whose document it is")
            return source
        return source_of(self.archive, url, source)


def source_of(archive: Archive, url: str, fallback: Source | None) -> Source:
    """Return the source of an address, declared in ``archive`` by now."""
    source = finding.Finder(archive.sources, fallback).source(url)
    if source.slug not in archive.sources:
        archive.declare(source, finding.declaration(finding.host_of(source.home)))
    return source


def by_source(
    archive: Archive, urls: Iterable[str], fallback: Source | None
) -> dict[str, tuple[Source, tuple[str, ...]]]:
    """Return the addresses of each source, by its slug."""
    found: dict[str, tuple[Source, tuple[str, ...]]] = {}
    for url in urls:
        source = source_of(archive, url, fallback)
        found[source.slug] = (source, (*found.get(source.slug, (source, ()))[1], url))
    return found


def _exchange(path: Path, url: str | None, source: str) -> Exchange:
    try:
        if path.stat().st_size > _MOST_BYTES:
            raise PageError(f"{path}: larger than {_MOST_BYTES >> 20} MiB")
        body = path.read_bytes()
    except OSError as error:
        raise PageError(f"{path}: {error.strerror or error}") from error
    what = kind(body)
    if what is None:
        raise PageError(f"{path}: neither a page nor a PDF, .docx, .odt or .eml document")
    if what == "html" and url is None:
        raise PageError(f"{path}: say with --url where on the web this page stands")
    return Exchange(
        source=source,
        role="article",
        url=url or f"urn:{payload_digest(body)}#{quote(path.name)}",
        status=200,
        reason="OK",
        headers=[("Content-Type", CONTENT_TYPES[what])],
        body=body,
        fetched_at=datetime.now(UTC).replace(microsecond=0),
    )
