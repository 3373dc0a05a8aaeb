"""What of these files is new to the archive? Each sound page of theirs is kept as if it had been crawled.

Nothing is believed that can be checked, and nothing is taken twice: an import that was killed goes on where
it was when it is started again.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import BinaryIO, Protocol

from archive.errors import RawError
from archive.imports import sources as finding
from archive.imports import wacz_files, warc_files
from archive.imports.judging import Headers, Passed, Response, Revisit, judged
from archive.imports.unpacking import Damaged, Torn
from archive.imports.warc_files import Flaw, Found
from archive.models import Exchange
from archive.pipeline import Archive
from archive.raw.records import payload_digest
from archive.sources import Source
from archive.store import captures, crawls


class Wishes(Protocol):
    """What a page asks of those who copy it."""

    @property
    def noarchive(self) -> bool:
        """Say whether no copy is to be kept."""

    @property
    def tdm_reservation(self) -> str | None:
        """Return the declared reservation of text and data mining, ``None`` without one."""


@dataclass(frozen=True)
class Options:
    """How to import: ``now`` (aware) is the latest time that is believed; ``fallback`` the source of pages
    whose host no source declares; ``wishes`` reads what a page asks of those who copy it; ``progress`` is
    told of bytes read.
    """

    now: datetime
    wishes: Callable[[Headers, bytes], Wishes]
    fallback: Source | None = None
    progress: Callable[[int], None] = lambda read: None


@dataclass
class Outcome:
    """What came of an import. ``passed`` counts what was left aside, by what it is.

    ``problems`` are one line each, naming file and byte; ``unreadable`` counts the files that gave nothing.
    """

    kept: int = 0
    known: int = 0
    unreadable: int = 0
    passed: Counter[str] = field(default_factory=Counter)
    problems: list[str] = field(default_factory=list)
    sources: set[str] = field(default_factory=set)


def import_files(archive: Archive, paths: Sequence[Path], options: Options) -> Outcome:
    """Bring the pages of WARC and WACZ files into ``archive`` and return what came of it.

    Raises RawError or sqlite3.Error when nothing more can be archived.
    """
    work = _Import(archive, options)
    for path in paths:
        try:
            work.file(path)
        except (OSError, RawError) as error:
            work.outcome.unreadable += 1
            reason = f"{path}: {error.strerror or error}" if isinstance(error, OSError) else str(error)
            work.problem(None, str(path), reason)
    work.late_revisits()
    return work.outcome


class _Import:
    """One import under way."""

    def __init__(self, archive: Archive, options: Options) -> None:
        self.outcome = Outcome()
        self._archive = archive
        self._options = options
        self._finder = finding.Finder(archive.sources, options.fallback)
        # The bodies seen so far, by the digest that their own archive gives, and revisits of others.
        self._bodies: dict[str, tuple[str, int]] = {}
        self._waiting: list[tuple[str, Revisit]] = []

    def file(self, path: Path) -> None:
        """Read one file."""
        if not wacz_files.is_zip(path):
            with path.open("rb") as stream:
                self._stream(stream, path.name, str(path))
            return
        for entry in wacz_files.each(path):
            if isinstance(entry, Flaw):
                self.problem(None, str(path), f"{path}: {entry.error}")
                continue
            place = f"{path}, {entry[0]}"
            try:
                with wacz_files.unpacked(path, entry[1]) as stream:
                    self._stream(stream, f"{path.name}/{Path(entry[0]).name}", place)
            except (Damaged, RawError) as error:
                self.problem(None, str(path), f"{place}: {error}")

    def _stream(self, stream: BinaryIO, name: str, place: str) -> None:
        try:
            for thing in self._watched(stream):
                self._one(thing, name, place)
        except RawError as error:
            raise RawError(f"{place}: {error}") from error

    def _watched(self, stream: BinaryIO) -> Iterator[Found | Flaw]:
        before = 0
        for thing in warc_files.each(stream):
            yield thing
            self._options.progress(max(stream.tell() - before, 0))
            before = max(stream.tell(), before)

    def _one(self, thing: Found | Flaw, name: str, place: str) -> None:
        where = f"{place}, byte {thing.offset}"
        if isinstance(thing, Flaw):
            self.problem(None, thing.url or place, f"{where}: {thing.error}")
            return
        try:
            what = judged(thing.record, self._options.now)
        except Torn:
            return  # told when the reader comes to it
        except Damaged as error:
            url = thing.record.rec_headers.get_header("WARC-Target-URI") or place
            self.problem(None, url, f"{where}: {error}")
            return
        if isinstance(what, Passed):
            self.outcome.passed[what.what] += 1
        elif isinstance(what, Revisit):
            if not self._revisit(what, name):
                self._waiting.append((where, what))
        else:
            self._page(what, name)

    def _page(self, page: Response, name: str) -> None:
        source = self._finder.source(page.url)
        role = finding.role(source, page.url)
        if role == "other":
            self.outcome.passed["pages that are no article of their source"] += 1
            return
        wish = self._options.wishes(page.headers, page.body)
        exchange = Exchange(
            source=source.slug,
            role=role,
            url=page.url,
            status=page.status,
            reason=page.reason,
            headers=page.headers,
            body=b"" if wish.noarchive else page.body,
            fetched_at=page.fetched_at,
            noarchive=wish.noarchive,
            tdm_reservation=wish.tdm_reservation,
            imported_from=name,
        )
        digest = payload_digest(exchange.body)
        if captures.holds(self._archive.database, page.url, digest, page.fetched_at):
            self.outcome.known += 1
        else:
            self._keep(exchange, source)
        body = captures.with_digest(self._archive.database, digest)
        if page.digest and body is not None and not wish.noarchive:
            self._bodies[page.digest] = body

    def _keep(self, exchange: Exchange, source: Source) -> None:
        if source.slug not in self._archive.sources:
            self._archive.declare(source, finding.declaration(finding.host_of(source.home)))
        before = self._archive.counts["passed_over"]
        self._archive.keep(exchange)
        if self._archive.counts["passed_over"] > before:
            self.outcome.passed["articles of watched sources that concern nobody"] += 1
            return
        self.outcome.kept += 1
        self.outcome.sources.add(source.slug)

    def _revisit(self, revisit: Revisit, name: str) -> bool:
        """Keep a page that was as before, with the body it had; say whether that body is known."""
        place = self._bodies.get(revisit.digest or "")
        if place is None and revisit.original_at is not None:
            place = captures.given(self._archive.database, revisit.original_url, revisit.original_at)
        if place is None:
            return False
        stored = self._archive.raw.get(*place)
        headers = [pair for pair in stored.headers if pair[0].lower() not in ("content-encoding",)]
        self._page(Response(revisit.url, revisit.fetched_at, 200, "OK", headers, stored.body, None), name)
        return True

    def late_revisits(self) -> None:
        """Look again for what the revisits repeat that came before it, and name those that repeat nothing."""
        for where, revisit in self._waiting:
            if not self._revisit(revisit, where.partition(",")[0].rpartition("/")[2]):
                told = f" of {revisit.original_at:%Y-%m-%d}" if revisit.original_at else ""
                self.problem(None, revisit.url, f"{where}: repeats a response{told} that is not there")

    def problem(self, source: str | None, url: str, error: str) -> None:
        """Note a problem once, however often the file is imported."""
        self.outcome.problems.append(error)
        if not crawls.is_noted(self._archive.database, url, "import", error):
            self._archive.problem(source, url, "import", error)
