"""One response from end to end: raw → parsers → store, and nothing else.

The order is the promise: a response is on disk as a WARC record, then its row is committed, and only
then is it read. Whatever stops the process in between, opening the archive again finishes the work.
"""

import logging
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import ExitStack
from datetime import UTC, datetime
from itertools import islice, zip_longest
from pathlib import Path
from types import TracebackType
from typing import Self

from archive import visits
from archive.directory import Directory
from archive.lock import locked
from archive.models import Capture, CoopDirectory, CoopEntry, Exchange, Record, Site, Visits
from archive.pages import page_of
from archive.parsers.coop_keys import key as coop_key
from archive.parsers.records import records
from archive.raw import Stored
from archive.readers import Readers, Shelf
from archive.reading import Stopwatch, attempt
from archive.recovery import adopted, open_raw, unlisted
from archive.seeding import seed, source_row
from archive.sources import Source
from archive.store import articles, captures, crawls, originals, overlay, passed_over, reference, shapes
from archive.store.captures import CaptureRow
from archive.store.database import open_database
from archive.store.stem_index import Entry
from archive.watching import to_keep

_log = logging.getLogger(__name__)

# What a site teaches is looked up again after so many of its pages; settling puts right what was early.
_LEARN_EVERY = 10
# Fewer pages than this are read again before other processes have even started.
_MANY = 100
# So many pages that were read are stored in one transaction.
_AT_ONCE = 32


class Archive:
    """The archive in one folder, open for writing by one process."""

    def __init__(self, data: Path, sources: Mapping[str, Source], readers: int = 0) -> None:
        """Open ``data/archive.db`` and ``data/raw``, repair a torn last record, finish unfinished work.

        Pages are read by so many ``readers``, processes of their own; with none, here and at once.
        Raises StoreError or RawError, naming the file, when the folder cannot be used; ArchiveError, naming
        the process, when another one has it.
        """
        self.data = data
        self.sources = sources
        self.counts: Counter[str] = Counter()
        with ExitStack() as stack:
            stack.enter_context(locked(data))
            self.database = open_database(data / "archive.db")
            stack.callback(self.database.close)
            self.raw = stack.enter_context(open_raw(data / "raw"))
            self._crawl: int | None = None
            self._cut_short_at: datetime | None = None
            self._rereading = False
            self._count = readers
            self._readers: Readers | None = None
            self._sites: dict[str, Site] = {}
            self._read_of: Counter[str] = Counter()
            seed(self.database, sources)
            self._known: list[CoopEntry] = []
            self.directory: CoopDirectory = Directory(self._known)
            self.reload_directory()
            self._finish_cut_short()
            self._open = stack.pop_all()

    def __enter__(self) -> Self:
        """Return itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the WARC file and the database, and give the folder free; what was not read is next time."""
        self._close_readers()
        self._open.close()

    def keep(self, exchange: Exchange) -> None:
        """Keep one response, then read it.

        A page of a watched source that concerns nobody is counted, not kept. One that cannot be read
        becomes a row in ``problems`` and stops nothing; one that is as it was is not read again. Raises
        RawError or sqlite3.Error when nothing more can be kept (a full disk).
        """
        self.keep_all([exchange])

    def keep_all(self, exchanges: Sequence[Exchange]) -> list[float]:
        """Do what ``keep`` does for responses that came together; return the seconds spent on each alone.

        They share one wait for the disk and one transaction: either all of them are kept, or none.
        """
        watches = [Stopwatch() for _ in exchanges]
        wanted: list[tuple[Exchange, Stopwatch]] = []
        for exchange, watch in zip(exchanges, watches, strict=True):
            with watch:
                source = self.sources.get(exchange.source)
                kept = to_keep(exchange, source, self._records)
            if kept is None:
                self._pass_over(exchange, source)
            else:
                wanted.append((kept, watch))
        if wanted:
            rows = self._keep([exchange for exchange, _ in wanted])
            for row, (_, watch) in zip(rows, wanted, strict=True):
                with watch:
                    self._read_new(row)
            self._store_found()
        return [watch.seconds for watch in watches]

    def _keep(self, exchanges: Sequence[Exchange]) -> list[CaptureRow]:
        """Write responses to the raw archive, then their rows."""
        kept = self.raw.keep_all([(exchange, self._before(exchange)) for exchange in exchanges])
        with self.database.atomic():
            rows = [self._row(capture) for capture in kept]
            self.counts["bytes"] += sum(len(exchange.body) for exchange in exchanges)
            self._tally()
        return rows

    def _read_new(self, row: CaptureRow) -> None:
        """Read a response that has just come, or have it read, unless it is as it was."""
        if captures.readable(row.capture):
            self._take(row)

    def passed_over(self, source: str, page: str) -> bool:
        """Say whether a page (its identity) was looked at under today's ``[watch]`` and concerned nobody."""
        declared = self.sources.get(source)
        if declared is None or declared.watch is None:
            return False
        return passed_over.is_noted(self.database, source, page, declared.watch.digest)

    def originals(self, source: str, board: str) -> list[str]:
        """Return the addresses of the pages clipped on a board that the archive does not have yet."""
        return originals.wanted(self.database, source, board)

    def visits(self, source: str) -> dict[str, Visits]:
        """Return what is known of each article page that a source has led to, by the page's identity."""
        return visits.by_page(self.database, source)

    def last_whole(self, source: str, url: str) -> Capture | None:
        """Return the response that ``url`` would repeat if it had not changed since, or ``None``."""
        return captures.last_whole(self.database, source, url)

    def kept(self, source: str, url: str, fetched_at: datetime) -> Stored | None:
        """Return the response that ``url`` gave at that second, or ``None``: a resumed crawl asks for it."""
        place = captures.at(self.database, source, url, fetched_at)
        return self.raw.get(*place) if place else None

    def problem(self, source: str | None, url: str, stage: str, error: str) -> None:
        """Note in ``problems`` what went wrong with a page of which nothing was kept."""
        with self.database.atomic():
            self._note({"source": source, "url": url, "stage": stage, "error": error}, datetime.now(UTC))
            self._tally()

    def declare(self, source: Source, declaration: str) -> None:
        """Take in a source of which there is no file, as the TOML text ``declaration`` tells it."""
        if source.slug not in self.sources:
            self.sources = {**self.sources, source.slug: source}
            with self.database.atomic():
                reference.save_sources(self.database, [source_row(source, declaration)])

    def count_readable(self) -> int:
        """Return how many captures a rebuild will read."""
        return captures.count_to_read(self.database)

    def begin_crawl(self, names: Iterable[str]) -> None:
        """Open a row in ``crawls``; the counts of what follows belong to it."""
        self.counts.clear()
        with self.database.atomic():
            self._crawl = crawls.begin(self.database, list(names), datetime.now(UTC))

    def end_crawl(self, outcome: str, errors: Mapping[str, int] | None = None) -> None:
        """Close the crawl's row with its counts; ``errors`` counts by kind what brought no page."""
        if self._crawl is None:
            return
        kinds = Counter(errors or {}) + Counter(parse=self.counts["parse"])
        with self.database.atomic():
            self._tally()
            crawls.end(self.database, self._crawl, outcome, kinds, datetime.now(UTC))
        self._crawl = None

    def import_directory(self, entries: Iterable[CoopEntry]) -> int:
        """Take co-ops into the directory, use it from now on, and return how many were taken."""
        keyed = ((_entry_key(entry), entry) for entry in entries)
        with self.database.atomic():
            count = reference.save_directory(self.database, keyed, "csv", datetime.now(UTC))
            overlay.apply(self.database, coop_named)
        self.reload_directory()
        return count

    def reload_directory(self) -> bool:
        """Recognise from now on the co-ops that the archive knows by now; tell whether they are others."""
        entries = reference.directory(self.database)
        if entries == self._known:
            return False
        self.finish_reading()
        self._close_readers()
        self._known = entries
        self.directory = Directory(entries)
        return True

    def site(self, source: str) -> Site:
        """Return what the pages of a source have taught so far."""
        if source not in self._sites or self._read_of[source] >= _LEARN_EVERY:
            self.teach(source, shapes.learned(self.database, source))
        return self._sites[source]

    def teach(self, source: str, site: Site) -> None:
        """Read the pages of ``source`` with this knowledge from now on."""
        self._sites[source] = site
        self._read_of[source] = 0

    def read_again(self, identifiers: Iterable[int]) -> int:
        """Read some captures once more, without counting them as news, and return how many they are."""
        before, self._rereading = self.counts.copy(), True
        rows = captures.by_id(self.database, identifiers)
        for row in rows:
            (self._take if len(rows) >= _MANY else self._read)(row)
        self.finish_reading()
        self.counts, self._rereading = before, False
        return len(rows)

    def finish_reading(self) -> None:
        """Wait until every page that was kept is read and stored."""
        self._store_found(wait=True)

    def store(
        self, row: CaptureRow, found: Sequence[Record], site: Site, entries: Sequence[Entry] = ()
    ) -> None:
        """Write what was read from one capture with some knowledge of its site, all of it or nothing.

        ``entries`` are what the search index is to hold of each of ``found``, where that was made already. A
        page that the schema refuses is a problem of its own: it must not keep the archive from opening.
        """
        try:
            with self.database.atomic():
                outcomes = self._saved(row, found, site, entries)
                captures.mark(self.database, row.id, captures.READ if outcomes else captures.SKIPPED)
                self.counts.update(outcomes)
                self._tally()
        except sqlite3.IntegrityError as error:
            self.unreadable(row, f"not stored: {error}")
            return
        self._read_of[row.capture.source] += 1

    def _saved(
        self, row: CaptureRow, found: Sequence[Record], site: Site, entries: Sequence[Entry]
    ) -> list[str]:
        """Write the articles of one capture and return what became of each."""
        outcomes: list[str] = []
        for record, entry in zip_longest(found, entries):
            if self._is_article(row, record):
                self._note_unread(row, record)
                outcomes.append(articles.save(self.database, _sighting(row, record, entry)))
                shapes.save(self.database, row.id, row.capture.source, record, site)
        return outcomes

    def unreadable(self, row: CaptureRow, error: str) -> None:
        """Note that nothing could be read from a capture."""
        with self.database.atomic():
            captures.mark(self.database, row.id, captures.PROBLEM)
            self._note_capture(row, "parse", error)
            self._tally()

    def _before(self, exchange: Exchange) -> Capture | None:
        """Return the earlier response that may be the same.

        A newly announced date, or a person who adds the page, means reading again.
        """
        if exchange.noarchive or exchange.status not in (200, 304) or exchange.added_by is not None:
            return None
        before = self.last_whole(exchange.source, exchange.url)
        if before is None or exchange.status == 304:
            return before
        if before.fetched_at > exchange.fetched_at:
            return None  # an older response, brought in late, tells when the page was first as it is
        return before if exchange.announced in (None, before.announced) else None

    def _row(self, capture: Capture) -> CaptureRow:
        """Give a record its row, and a refusal its problem: both or neither, wherever the process stops."""
        with self.database.atomic():
            row = CaptureRow(captures.add(self.database, capture), captures.PENDING, capture)
            self.counts["requests"] += 1
            if capture.original is not None and capture.role in captures.READABLE_ROLES:
                self.counts["unchanged"] += 1
            if capture.status >= 500 or (capture.status >= 400 and capture.role != "robots"):
                clipped = capture.role == "original"
                self._note_capture(row, "original" if clipped else "fetch", f"HTTP {capture.status}")
        return row

    def _note_capture(self, row: CaptureRow, stage: str, error: str) -> None:
        """Note a problem with a captured page, at the time of its capture: a rebuild says the same."""
        capture = row.capture
        where = {"source": capture.source, "url": capture.url, "capture": row.id}
        self._note({**where, "stage": stage, "error": error}, capture.fetched_at)
        self.counts[stage] += 1

    def _tally(self) -> None:
        """Bring the crawl's row up to date, in one step with what is counted: it may be killed any moment."""
        if self._crawl is not None and not self._rereading:
            crawls.tally(self.database, self._crawl, self.counts, self._cut_short_at or datetime.now(UTC))

    def _note(self, problem: Mapping[str, object], at: datetime) -> None:
        self.counts["problems"] += 1
        crawls.problem(self.database, {**problem, "crawl": self._crawl}, at)

    def _is_article(self, row: CaptureRow, record: Record) -> bool:
        """Tell articles from what merely has the address of one."""
        if record.obstacle is not None:
            self._note_capture(row, "parse", f"obstacle: {record.obstacle}")
            return False
        source = self.sources.get(row.capture.source)
        undated = record.kind == "article" and record.published is None and row.capture.added_by is None
        return not (undated and source is not None and source.fetch.dated_only)

    def _note_unread(self, row: CaptureRow, record: Record) -> None:
        """Say of an enormous text that it was not read to its end."""
        if record.facts_until is not None:
            self._note_capture(row, "parse", "facts looked for only where an enormous text begins")

    def _take(self, row: CaptureRow) -> None:
        """Read a capture, or have it read, and store what was found by now."""
        if not self._count:
            self._read(row)
            return
        if self._readers is None:
            self._readers = Readers(Shelf(self.raw.folder, self.sources, self._known), self._count)
        self._readers.give(row, self.site(row.capture.source))

    def _store_found(self, wait: bool = False) -> None:
        """Store what was read by now, a few pages to a transaction; ``wait``: until all is."""
        if self._readers is None:
            return
        found = self._readers.found(wait)
        while some := list(islice(found, _AT_ONCE)):
            with self.database.atomic():
                for row, site, answer in some:
                    if isinstance(answer, str):
                        self.unreadable(row, answer)
                    else:
                        self.store(row, [one for one, _ in answer], site, [entry for _, entry in answer])
            if not wait:
                return  # the rest another time: the crawl stands still meanwhile

    def _close_readers(self) -> None:
        if self._readers is not None:
            self._readers.close()
            self._readers = None

    def _read(self, row: CaptureRow) -> None:
        """Read a capture into the store, or note why it cannot be read."""
        capture = row.capture
        site = self.site(capture.source)
        self._store(row, self._records(lambda: self.raw.read(capture.file, capture.offset)), site)

    def _store(self, row: CaptureRow, found: list[Record] | str, site: Site) -> None:
        if isinstance(found, str):
            self.unreadable(row, found)
        else:
            self.store(row, found, site)

    def _records(self, stored: Callable[[], Stored] | Stored) -> list[Record] | str:
        """Return the records of a response, or why it cannot be read."""

        def read() -> list[Record]:
            one = stored() if callable(stored) else stored
            return records(page_of(one, self.sources, self.site(one.capture.source)), self.directory)

        return attempt(read)

    def _pass_over(self, exchange: Exchange, source: Source | None) -> None:
        assert source is not None, "only a declared source is watched"
        assert source.watch is not None
        with self.database.atomic():
            passed_over.note(
                self.database, exchange.source, exchange.url, source.watch.digest, exchange.fetched_at
            )
            self.counts["passed_over"] += 1
            self._tally()

    def _finish_cut_short(self) -> None:
        """Read what was not read, and close the row of a crawl that was killed with what it came to."""
        crawl = crawls.cut_short(self.database)
        if crawl is None:
            self._recover()
            return
        self._crawl, self._cut_short_at, self.counts = crawl.id, crawl.last_sign, Counter(crawl.counts)
        self._recover()
        with self.database.atomic():
            self._tally()
            found = crawls.errors(self.database, crawl.id)
            crawls.end(self.database, crawl.id, "interrupted", found, crawl.last_sign)
        self._crawl = self._cut_short_at = None
        self.counts.clear()

    def _recover(self) -> None:
        """List the whole records that a crash kept from their rows, and read what was not read."""
        for capture in unlisted(self.raw, captures.ends(self.database)):
            self._row(adopted(self.database, capture, self.sources))
        for row in captures.pending(self.database):
            self._read(row)


def coop_named(name: str) -> int:
    """Return the id of the co-op that texts make of a name."""
    return reference.coop_id(coop_key(name))


def _sighting(row: CaptureRow, record: Record, entry: Entry | None) -> articles.Sighting:
    keys = tuple(mention.siren or coop_key(mention.name) for mention in record.coops)
    capture = row.capture
    seen = (capture.source, row.id, capture.url, capture.fetched_at)
    return articles.Sighting(record, *seen, coop_keys=keys, entry=entry)


def _entry_key(entry: CoopEntry) -> str:
    return entry.siren or coop_key(entry.name)
