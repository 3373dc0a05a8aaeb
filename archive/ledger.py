"""What does a run count, and what goes wrong in it? Kept step by step: a run may be killed at any moment."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime

from sqlite_utils import Database

from archive.store import crawls
from archive.store.captures import CaptureRow


class Ledger:
    """The counts of the run under way, and the tables ``crawls`` and ``problems``."""

    def __init__(self, database: Database) -> None:
        """Write into ``database``; no crawl has begun yet."""
        self._database = database
        self.counts: Counter[str] = Counter()
        self._crawl: int | None = None
        self._ended: int | None = None
        self._cut_short_at: datetime | None = None
        self._is_silent = False

    @contextmanager
    def step(self) -> Iterator[None]:
        """Let what is written inside, and what it adds to the counts, be all there or not at all."""
        before = self.counts.copy()
        try:
            with self._database.atomic():
                yield
                if self._crawl is not None and not self._is_silent:
                    at = self._cut_short_at or datetime.now(UTC)
                    crawls.tally(self._database, self._crawl, self.counts, at)
        except BaseException:
            self.counts = before
            raise

    @contextmanager
    def silence(self) -> Iterator[None]:
        """Count nothing of what happens inside: it is no news."""
        before, self._is_silent = self.counts.copy(), True
        try:
            yield
        finally:
            self.counts, self._is_silent = before, False

    def begin(self, names: Iterable[str]) -> None:
        """Open a row in ``crawls``; the counts of what follows belong to it."""
        self.counts.clear()
        with self._database.atomic():
            self._crawl = crawls.begin(self._database, list(names), datetime.now(UTC))

    def end(self, outcome: str, errors: Mapping[str, int]) -> None:
        """Close the crawl's row with its counts; ``errors`` counts by kind what brought no page."""
        if self._crawl is None:
            return
        kinds = Counter(errors) + Counter(parse=self.counts["parse"])
        with self.step():
            crawls.end(self._database, self._crawl, outcome, kinds, datetime.now(UTC))
        self._ended, self._crawl = self._crawl, None

    def judge(self, outcome: str) -> None:
        """Call the crawl that has just ended what it was, now that it can be compared with others."""
        if self._ended is not None:
            with self._database.atomic():
                crawls.judge(self._database, self._ended, outcome)

    @contextmanager
    def finishing_cut_short(self) -> Iterator[None]:
        """Let what happens inside count for the crawl that was killed, if one was, and close its row."""
        crawl = crawls.cut_short(self._database)
        if crawl is None:
            yield
            return
        self._crawl, self._cut_short_at, self.counts = crawl.id, crawl.last_sign, Counter(crawl.counts)
        yield
        with self.step():
            found = crawls.errors(self._database, crawl.id)
            crawls.end(self._database, crawl.id, "interrupted", found, crawl.last_sign)
        self._crawl = self._cut_short_at = None
        self.counts.clear()

    def note(self, problem: Mapping[str, object], at: datetime) -> None:
        """Note a problem (url, stage, error, and source and capture where known)."""
        self.counts["problems"] += 1
        crawls.problem(self._database, {**problem, "crawl": self._crawl}, at)

    def note_capture(self, row: CaptureRow, stage: str, error: str) -> None:
        """Note a problem with a captured page, at the time of its capture: a rebuild says the same."""
        capture = row.capture
        where = {"source": capture.source, "url": capture.url, "capture": row.id}
        self.note({**where, "stage": stage, "error": error}, capture.fetched_at)
        self.counts[stage] += 1
