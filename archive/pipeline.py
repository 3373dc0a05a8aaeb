"""One response from end to end: raw → parsers → store, and nothing else.

The order is the promise: a response is on disk as a WARC record, then its row is committed, and only
then is it read. Whatever stops the process in between, opening the archive again finishes the work.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from archive import storing, visits
from archive.learning import Lessons
from archive.ledger import Ledger
from archive.lock import locked
from archive.models import Capture, CoopDirectory, CoopEntry, Exchange, Record, Site, Visits
from archive.parsers.coop_keys import key as coop_key
from archive.raw import Stored
from archive.readers import Readers, Shelf
from archive.reading import Stopwatch
from archive.recovery import adopted, open_raw, unlisted
from archive.seeding import seed, source_row
from archive.sources import Source
from archive.store import captures, originals, overlay, passed_over, reference
from archive.store.captures import CaptureRow
from archive.store.database import open_database
from archive.watching import to_keep

if TYPE_CHECKING:
    from archive.harvest import Harvest, Harvester

# Fewer pages than this are read again before other processes have even started.
_MANY = 100


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
        with ExitStack() as stack:
            stack.enter_context(locked(data))
            self.database = open_database(data / "archive.db")
            stack.callback(self.database.close)
            self.raw = stack.enter_context(open_raw(data / "raw"))
            self._ledger = Ledger(self.database)
            self._lessons = Lessons(self.database)
            self._count = readers
            self._readers: Readers | None = None
            seed(self.database, sources)
            self._known: list[CoopEntry] = []
            self._directory: CoopDirectory | None = None
            self.reload_directory()
            with self._ledger.finishing_cut_short():
                self._recover()
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

    @property
    def counts(self) -> Counter[str]:
        """Return what the run under way has counted by now."""
        return self._ledger.counts

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
        kept = self.raw.keep_all(
            [(exchange, visits.repeated(self.database, exchange)) for exchange in exchanges]
        )
        with self._ledger.step():
            rows = [self._row(capture) for capture in kept]
            self.counts["bytes"] += sum(len(exchange.body) for exchange in exchanges)
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
        with self._ledger.step():
            where = {"source": source, "url": url, "stage": stage, "error": error}
            self._ledger.note(where, datetime.now(UTC))

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
        self._ledger.begin(names)

    def end_crawl(self, outcome: str, errors: Mapping[str, int] | None = None) -> None:
        """Close the crawl's row with its counts; ``errors`` counts by kind what brought no page."""
        self._ledger.end(outcome, errors or {})

    def judge_crawl(self, outcome: str) -> None:
        """Change the outcome of the crawl that has just ended."""
        self._ledger.judge(outcome)

    def import_directory(self, entries: Iterable[CoopEntry]) -> int:
        """Take co-ops into the directory, use it from now on, and return how many were taken."""
        keyed = ((entry.siren or coop_key(entry.name), entry) for entry in entries)
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
        self._directory = None
        return True

    def site(self, source: str) -> Site:
        """Return what the pages of a source have taught so far."""
        return self._lessons.site(source)

    def teach(self, source: str, site: Site) -> None:
        """Read the pages of ``source`` with this knowledge from now on."""
        self._lessons.teach(source, site)

    def read_again(self, identifiers: Iterable[int]) -> int:
        """Read some captures once more, without counting them as news, and return how many they are."""
        rows = captures.by_id(self.database, identifiers)
        with self._ledger.silence():
            for row in rows:
                (self._take if self._readers or len(rows) >= _MANY else self._read)(row)
            self.finish_reading()
        return len(rows)

    def finish_reading(self) -> None:
        """Wait until every page that was kept is read and stored."""
        self._store_found(wait=True)

    def store(self, found: "Sequence[tuple[CaptureRow, Harvest | str]]") -> None:
        """Write what was read from captures, or why nothing was, all of it or nothing.

        A page that the schema refuses is a problem of its own: it must not keep the archive from opening.
        """
        storing.store(self.database, self._ledger, found)
        for row, _ in found:
            self._lessons.count(row.capture.source)

    def _row(self, capture: Capture) -> CaptureRow:
        """Give a record its row, and a refusal its problem: both or neither, wherever the process stops."""
        with self.database.atomic():
            row = CaptureRow(captures.add(self.database, capture), captures.PENDING, capture)
            self.counts["requests"] += 1
            if capture.original is not None and capture.role in captures.READABLE_ROLES:
                self.counts["unchanged"] += 1
            if capture.status >= 500 or (capture.status >= 400 and capture.role != "robots"):
                told = f"HTTP {capture.status}"
                self._ledger.note_capture(row, "original" if capture.role == "original" else "fetch", told)
        return row

    def _take(self, row: CaptureRow) -> None:
        """Read a capture, or have it read, and store what was found by now."""
        if not self._count:
            self._read(row)
            return
        if self._readers is None:
            shelf = Shelf(self.raw.folder, self.sources, self._known)
            self._readers = Readers(shelf, self._count, self.site)
        self._readers.give(row)

    def _store_found(self, wait: bool = False) -> None:
        """Store what was read by now, a few pages to a transaction; ``wait``: until all is."""
        if self._readers is None:
            return
        for some in storing.together(self._readers.found(wait)):
            self.store(some)
            if not wait:
                return  # the rest another time: the crawl stands still meanwhile

    def _close_readers(self) -> None:
        if self._readers is not None:
            self._readers.close()
            self._readers = None

    def _read(self, row: CaptureRow) -> None:
        """Read a capture into the store, or note why it cannot be read."""
        self.store([(row, self._harvester().harvest(row, self.site(row.capture.source)))])

    def _records(self, stored: Stored) -> list[Record] | str:
        """Return the records of a response, or why it cannot be read."""
        return self._harvester().records(stored, self.site(stored.capture.source))

    def _harvester(self) -> "Harvester":
        # Loaded here: a crawl whose pages are read by other processes does without.
        from archive.directory import Directory
        from archive.harvest import Harvester

        if self._directory is None:
            self._directory = Directory(self._known)
        return Harvester(self.raw, self.sources, self._directory)

    def _pass_over(self, exchange: Exchange, source: Source | None) -> None:
        assert source is not None, "only a declared source is watched"
        assert source.watch is not None
        with self._ledger.step():
            passed_over.note(
                self.database, exchange.source, exchange.url, source.watch.digest, exchange.fetched_at
            )
            self.counts["passed_over"] += 1

    def _recover(self) -> None:
        """List the whole records that a crash kept from their rows, and read what was not read."""
        for capture in unlisted(self.raw, captures.ends(self.database)):
            self._row(adopted(self.database, capture, self.sources))
        for row in captures.pending(self.database):
            self._read(row)


def coop_named(name: str) -> int:
    """Return the id of the co-op that texts make of a name."""
    return reference.coop_id(coop_key(name))
