"""What is still to be fetched? A queue in SQLite that loses nothing when the crawl is killed.

A request is ``pending``, then ``leased`` to the downloader, then ``done``. It is done in the same transaction
that stores the requests its response led to, so a kill at any moment leaves either both or neither.
A crawl that was cut short is resumed; one that finished is forgotten and starts anew next time. What outlives
it: the addresses that moved for good, those that failed, and how the source that was walked was declared.
"""

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Self

from archive.addresses import identity
from archive.models import Role

_SCHEMA = """
CREATE TABLE IF NOT EXISTS runs (
    source TEXT PRIMARY KEY,
    finished INTEGER NOT NULL DEFAULT 0
);
CREATE TABLE IF NOT EXISTS requests (
    id INTEGER PRIMARY KEY,
    source TEXT NOT NULL,
    key TEXT NOT NULL,
    role TEXT NOT NULL,
    request TEXT NOT NULL,
    priority INTEGER NOT NULL,
    state TEXT NOT NULL DEFAULT 'pending',
    fetched_at TEXT,
    UNIQUE (source, key)
);
CREATE TABLE IF NOT EXISTS moves (
    source TEXT NOT NULL,
    key TEXT NOT NULL,
    target TEXT NOT NULL,
    PRIMARY KEY (source, key)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS missed (
    source TEXT NOT NULL,
    key TEXT NOT NULL,
    request TEXT NOT NULL,
    PRIMARY KEY (source, key)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS walked (
    source TEXT PRIMARY KEY,
    declaration TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS requests_role ON requests(source, role);
CREATE INDEX IF NOT EXISTS requests_next ON requests(source, state, priority DESC, id);
"""
# A request that failed in so many crawls in a row is asked again only where a page still leads to it.
_MOST_FAILURES = 5


@dataclass(frozen=True, slots=True)
class Ticket:
    """A request as plain data, so that it can be stored as JSON and read by any later version.

    ``callback`` names a method of the spider. ``announced`` is the ISO date that a feed or sitemap gave for
    the page, ``via`` the page that linked to it. ``barren`` counts the listing pages in a row, up to the one
    with the link, on which nothing new was found. ``redirects`` are the addresses that led here. ``failures``
    counts the crawls before this one in which the request failed.
    """

    url: str
    role: Role
    callback: str
    priority: int = 0
    depth: int = 0
    announced: str | None = None
    via: str | None = None
    barren: int = 0
    redirects: tuple[str, ...] = ()
    retries: int = 0
    failures: int = 0

    @property
    def key(self) -> str:
        """Return what makes two requests one: the page's identity.

        A redirect from one spelling of an address to another (http to https, a final slash) must be
        followed although both are one page, so there the exact address counts.
        """
        page = identity(self.url)
        return self.url if any(identity(url) == page for url in self.redirects) else page


@dataclass(frozen=True, slots=True)
class Lease:
    """A request handed out. ``fetched_at`` is set when an earlier, killed crawl had received its response."""

    id: int
    ticket: Ticket
    fetched_at: datetime | None


class Frontier:
    """The requests of the sources of one data folder, used by one process at a time."""

    def __init__(self, folder: Path) -> None:
        """Open ``folder/frontier.db``, made if absent."""
        folder.mkdir(parents=True, exist_ok=True)
        self._database = sqlite3.connect(folder / "frontier.db", isolation_level=None)
        self._database.execute("PRAGMA journal_mode = WAL")
        self._database.execute("PRAGMA synchronous = NORMAL")
        self._database.executescript(_SCHEMA)
        self._resumed: frozenset[str] = frozenset()

    def __enter__(self) -> Self:
        """Return itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the database."""
        self._database.close()

    def begin(self, sources: Sequence[str]) -> list[str]:
        """Return which of ``sources`` are to be crawled now.

        When an earlier crawl of some of them was cut short, those it had finished are left out this once;
        otherwise all start anew, with what failed the last time. Requests that were under way at the cut
        are pending again.
        """
        finished = dict(self._database.execute("SELECT source, finished FROM runs").fetchall())
        self._resumed = frozenset(source for source in sources if finished.get(source) == 0)
        with self._transaction():
            if not self._resumed:
                self._forget(sources)
                self._try_again(sources)
                finished = {}
            for source in sources:
                self._database.execute("INSERT OR IGNORE INTO runs (source) VALUES (?)", [source])
            self._database.execute("UPDATE requests SET state = 'pending' WHERE state = 'leased'")
        return [source for source in sources if not finished.get(source)]

    def end(self, sources: Sequence[str]) -> bool:
        """Forget the requests of ``sources`` if all of them are finished: the next crawl starts anew.

        Returns whether they are.
        """
        finished = {row[0] for row in self._database.execute("SELECT source FROM runs WHERE finished")}
        if not finished.issuperset(sources):
            return False
        with self._transaction():
            self._forget(sources)
        return True

    def finish_source(self, source: str, declaration: str = "") -> None:
        """Note that nothing of ``source``, declared like this, is left to fetch."""
        with self._transaction():
            self._database.execute("UPDATE runs SET finished = 1 WHERE source = ?", [source])
            self._database.execute("INSERT OR REPLACE INTO walked VALUES (?, ?)", [source, declaration])

    def resumed(self, source: str) -> bool:
        """Say whether this crawl of ``source`` goes on with one that was cut short."""
        return source in self._resumed

    def walked(self, source: str, declaration: str) -> bool:
        """Say whether an earlier crawl went all the way through ``source`` as it is declared now.

        ``False`` when this crawl goes on with one that was cut short: what that one archived proves nothing
        about the pages behind it.
        """
        row = self._database.execute("SELECT declaration FROM walked WHERE source = ?", [source]).fetchone()
        return row is not None and row[0] == declaration and not self.resumed(source)

    def add(self, source: str, tickets: Iterable[Ticket]) -> int:
        """Store the requests not seen yet in this crawl and return how many they are."""
        with self._transaction():
            return self._insert(source, tickets)

    def lease(self, source: str) -> Lease | None:
        """Hand out the next request of ``source``, or ``None`` when none is pending."""
        row = self._database.execute(
            "UPDATE requests SET state = 'leased' WHERE id = (SELECT id FROM requests WHERE source = ?"
            " AND state = 'pending' ORDER BY priority DESC, id LIMIT 1) RETURNING id, request, fetched_at",
            [source],
        ).fetchone()
        if row is None:
            return None
        return Lease(row[0], _ticket(row[1]), datetime.fromisoformat(row[2]) if row[2] else None)

    def received(self, lease: int, fetched_at: datetime) -> None:
        """Note the time of a response just before it is archived, so that a later crawl can ask for it."""
        self._database.execute(
            "UPDATE requests SET fetched_at = ? WHERE id = ?", [fetched_at.isoformat(), lease]
        )

    def done(self, source: str, lease: int, tickets: Iterable[Ticket] = ()) -> int:
        """Close a request and store those it led to, all or nothing; return how many of them are new."""
        with self._transaction():
            new = self._insert(source, tickets)
            self._database.execute("UPDATE requests SET state = 'done' WHERE id = ?", [lease])
        return new

    def miss(self, source: str, lease: Lease) -> None:
        """Close a request that failed, and let the next crawl try again unless it has failed too often."""
        ticket = replace(lease.ticket, retries=0, failures=lease.ticket.failures + 1)
        with self._transaction():
            if ticket.failures < _MOST_FAILURES:
                self._database.execute(
                    "INSERT OR REPLACE INTO missed VALUES (?, ?, ?)",
                    [source, ticket.key, json.dumps(asdict(ticket))],
                )
            self._database.execute("UPDATE requests SET state = 'done' WHERE id = ?", [lease.id])

    def again(self, lease: int, ticket: Ticket) -> None:
        """Put a request that failed back into the queue, to be tried once more."""
        self._database.execute(
            "UPDATE requests SET state = 'pending', fetched_at = NULL, request = ?, priority = ?"
            " WHERE id = ?",
            [json.dumps(asdict(ticket)), ticket.priority, lease],
        )

    def move(self, source: str, url: str, target: str) -> None:
        """Remember for later crawls too that ``url`` leads to ``target`` for good."""
        self._database.execute(
            "INSERT OR REPLACE INTO moves (source, key, target) VALUES (?, ?, ?)",
            [source, identity(url), identity(target)],
        )

    def moved(self, source: str, url: str) -> str | None:
        """Return the identity of the page to which ``url`` is known to lead for good, or ``None``."""
        row = self._database.execute(
            "SELECT target FROM moves WHERE source = ? AND key = ?", [source, identity(url)]
        ).fetchone()
        return row[0] if row else None

    def waiting(self, source: str) -> bool:
        """Say whether a request of ``source`` is pending."""
        found = self._database.execute(
            "SELECT 1 FROM requests WHERE source = ? AND state = 'pending' LIMIT 1", [source]
        )
        return found.fetchone() is not None

    def seen(self, source: str, url: str) -> bool:
        """Say whether the page at ``url`` was already asked for in this crawl."""
        found = self._database.execute(
            "SELECT 1 FROM requests WHERE source = ? AND key = ?", [source, identity(url)]
        )
        return found.fetchone() is not None

    def answered(self) -> dict[str, int]:
        """Return how many requests of each source are done, those of an earlier, killed crawl included."""
        rows = self._database.execute(
            "SELECT source, count(*) FROM requests WHERE state = 'done' GROUP BY source"
        )
        return dict(rows.fetchall())

    def count(self, source: str, role: Role) -> int:
        """Return how many pages of a role this crawl has met so far."""
        found = self._database.execute(
            "SELECT count(*) FROM requests WHERE source = ? AND role = ?", [source, role]
        )
        return int(found.fetchone()[0])

    def _insert(self, source: str, tickets: Iterable[Ticket]) -> int:
        rows = [(source, t.key, t.role, json.dumps(asdict(t)), t.priority) for t in tickets]
        return self._database.executemany(
            "INSERT OR IGNORE INTO requests (source, key, role, request, priority) VALUES (?, ?, ?, ?, ?)",
            rows,
        ).rowcount

    def _forget(self, sources: Sequence[str]) -> None:
        for source in sources:
            self._database.execute("DELETE FROM requests WHERE source = ?", [source])
            self._database.execute("DELETE FROM runs WHERE source = ?", [source])

    def _try_again(self, sources: Sequence[str]) -> None:
        for source in sources:
            rows = self._database.execute("DELETE FROM missed WHERE source = ? RETURNING request", [source])
            self._insert(source, [_ticket(row[0]) for row in rows.fetchall()])

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        self._database.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self._database.execute("ROLLBACK")
            raise
        self._database.execute("COMMIT")


def _ticket(request: str) -> Ticket:
    values = json.loads(request)
    return Ticket(**{**values, "redirects": tuple(values["redirects"])})
