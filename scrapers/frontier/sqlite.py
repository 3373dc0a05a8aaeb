"""The frontier of one data folder, in SQLite: used by one process at a time, under the folder's lock."""

import sqlite3
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from archive.addresses import identity
from archive.errors import ArchiveError
from archive.models import Role, Visits
from scrapers.frontier import DOUBT_SECONDS, LEASE_SECONDS, MOST_FAILURES, Lease, Ticket
from scrapers.frontier import ticket as ticket_from
from scrapers.frontier.schema import prepare
from scrapers.pace import MemoryPace

_LEASE = (
    "UPDATE requests SET state = 'leased', token = token + 1, leased_until = :until, worker = :worker,"
    " fetched_at = CASE WHEN worker IS :worker THEN fetched_at END"
    " WHERE id = (SELECT id FROM requests WHERE source = :source AND {} ORDER BY priority DESC, id LIMIT 1)"
    " RETURNING key, token, request, fetched_at"
)
_PENDING = _LEASE.format("state = 'pending'")
_EXPIRED = _LEASE.format("state = 'leased' AND worker IS NOT :worker AND leased_until < :now")
_THIS_LEASE = "source = ? AND key = ? AND token = ? AND state = 'leased'"


class SqliteFrontier:
    """The frontier in ``frontier.db``. See ``Frontier`` for what each method promises."""

    def __init__(self, folder: Path, worker: str = "", clock: Callable[[], float] = time.time) -> None:
        """Open ``folder/frontier.db``, made if absent. A folder has one worker, so its name is of no import.

        Raises ArchiveError, naming the file, when it is no frontier.
        """
        self._path = folder / "frontier.db"
        self._worker, self._clock = worker, clock
        self._resumed: frozenset[str] = frozenset()
        with self._told():
            folder.mkdir(parents=True, exist_ok=True)
            self._database = sqlite3.connect(self._path, isolation_level=None)
            prepare(self._database)
        self.pace = _KeptPace(self._execute, clock)

    def __enter__(self) -> Self:
        """Return itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the database."""
        self._database.close()

    def begin(self, sources: Sequence[str]) -> list[str]:
        """Return which of ``sources`` are to be crawled now."""
        finished = dict(self._execute("SELECT source, finished FROM runs").fetchall())
        self._resumed = frozenset(source for source in sources if finished.get(source) == 0)
        with self._transaction():
            if not self._resumed:
                self._forget(sources)
                finished = {}
            # A source of which nothing is known was not cut short, though others were.
            self._try_again([source for source in sources if source not in finished])
            for source in sources:
                self._execute("INSERT OR IGNORE INTO runs (source) VALUES (?)", [source])
            self._execute(
                "UPDATE requests SET state = 'pending' WHERE state = 'leased' AND worker IS ?", [self._worker]
            )
        return [source for source in sources if not finished.get(source)]

    def end(self, sources: Sequence[str]) -> bool:
        """Forget the requests of ``sources`` if all of them are finished; return whether they are."""
        finished = {row[0] for row in self._execute("SELECT source FROM runs WHERE finished")}
        if not finished.issuperset(sources):
            return False
        with self._transaction():
            self._forget(sources)
        return True

    def finish_source(self, source: str, declaration: str = "") -> None:
        """Note that nothing of ``source``, declared like this, is left to fetch; unless something is."""
        with self._transaction():
            left = self._execute(
                "SELECT 1 FROM requests WHERE source = ? AND state IN ('pending', 'leased') LIMIT 1", [source]
            )
            if left.fetchone() is None:
                self._execute("UPDATE runs SET finished = 1 WHERE source = ?", [source])
                self._execute("INSERT OR REPLACE INTO walked VALUES (?, ?)", [source, declaration])

    def resumed(self, source: str) -> bool:
        """Say whether this crawl of ``source`` goes on with one that was cut short."""
        return source in self._resumed

    def walked(self, source: str, declaration: str) -> bool:
        """Say whether an earlier crawl went all the way through ``source`` as it is declared now."""
        row = self._execute("SELECT declaration FROM walked WHERE source = ?", [source]).fetchone()
        return row is not None and row[0] == declaration and not self.resumed(source)

    def known(self, source: str, visits: Mapping[str, Visits]) -> Mapping[str, Visits]:
        """Return ``visits``: there is no other worker."""
        return visits

    def add(self, source: str, tickets: Iterable[Ticket]) -> int:
        """Store the requests not seen yet in this crawl and return how many they are."""
        with self._transaction():
            return self._insert(source, tickets)

    def lease(self, source: str) -> Lease | None:
        """Hand out the next request of ``source``, or ``None`` when there is none for now."""
        now = self._clock()
        given = {"source": source, "worker": self._worker, "now": now, "until": now + LEASE_SECONDS}
        row = self._execute(_PENDING, given).fetchone() or self._execute(_EXPIRED, given).fetchone()
        if row is None:
            return None
        key, token, request, fetched_at = row
        when = datetime.fromisoformat(fetched_at) if fetched_at else None
        return Lease(source, key, token, ticket_from(request), when)

    def received(self, lease: Lease, fetched_at: datetime) -> bool:
        """Note the time of a response; ``False`` when the lease is no longer ours."""
        given = [fetched_at.isoformat(), self._clock() + DOUBT_SECONDS, lease.source, lease.key, lease.token]
        changed = self._execute(
            f"UPDATE requests SET fetched_at = ?, leased_until = ? WHERE {_THIS_LEASE}", given
        )
        return changed.rowcount > 0

    def done(self, lease: Lease, tickets: Iterable[Ticket] = ()) -> int:
        """Close a request and store those it led to; return how many of them are new."""
        with self._transaction():
            return self._close(lease, tickets)

    def miss(self, lease: Lease) -> None:
        """Close a request that failed, and let the next crawl try again unless it has failed too often."""
        ticket = replace(lease.ticket, retries=0, failures=lease.ticket.failures + 1)
        with self._transaction():
            if ticket.failures < MOST_FAILURES:
                self._execute(
                    "INSERT OR REPLACE INTO missed VALUES (?, ?, ?)",
                    [lease.source, ticket.key, ticket.as_json()],
                )
            self._close(lease, ())

    def again(self, lease: Lease, ticket: Ticket) -> None:
        """Put a request that failed back into the queue, to be tried once more."""
        self._execute(
            "UPDATE requests SET state = 'pending', fetched_at = NULL, request = ?, priority = ?"
            f" WHERE {_THIS_LEASE}",
            [ticket.as_json(), ticket.priority, lease.source, lease.key, lease.token],
        )

    def unanswered(self, source: str) -> list[Lease]:
        """Return the requests that this worker has under way."""
        rows = self._execute(
            "SELECT key, token, request FROM requests WHERE source = ? AND state = 'leased' AND worker IS ?",
            [source, self._worker],
        )
        return [Lease(source, key, token, ticket_from(request)) for key, token, request in rows.fetchall()]

    def renew(self, source: str) -> None:
        """Say that this worker is alive: its leases hold for another while."""
        self._execute(
            "UPDATE requests SET leased_until = max(leased_until, ?)"
            " WHERE source = ? AND state = 'leased' AND worker IS ?",
            [self._clock() + LEASE_SECONDS, source, self._worker],
        )

    def release(self, source: str) -> None:
        """Give back what this worker has not received."""
        self._execute(
            "UPDATE requests SET state = 'pending'"
            " WHERE source = ? AND state = 'leased' AND worker IS ? AND fetched_at IS NULL",
            [source, self._worker],
        )

    def move(self, source: str, url: str, target: str) -> None:
        """Remember for later crawls too that ``url`` leads to ``target`` for good."""
        self._execute(
            "INSERT OR REPLACE INTO moves (source, key, target) VALUES (?, ?, ?)",
            [source, identity(url), identity(target)],
        )

    def moved(self, source: str, url: str) -> str | None:
        """Return the identity of the page to which ``url`` is known to lead for good, or ``None``."""
        row = self._execute(
            "SELECT target FROM moves WHERE source = ? AND key = ?", [source, identity(url)]
        ).fetchone()
        return row[0] if row else None

    def waiting(self, source: str) -> bool:
        """Say whether a request of ``source`` is pending, or with another worker."""
        found = self._execute(
            "SELECT 1 FROM requests WHERE source = ? AND state = 'pending' UNION ALL"
            " SELECT 1 FROM requests WHERE source = ? AND state = 'leased' AND worker IS NOT ? LIMIT 1",
            [source, source, self._worker],
        )
        return found.fetchone() is not None

    def seen(self, source: str, url: str) -> bool:
        """Say whether the page at ``url`` was already asked for in this crawl."""
        found = self._execute("SELECT 1 FROM requests WHERE source = ? AND key = ?", [source, identity(url)])
        return found.fetchone() is not None

    def answered(self, sources: Sequence[str]) -> dict[str, int]:
        """Return how many requests of each source are done, those of an earlier, killed crawl included."""
        rows = self._execute("SELECT source, count(*) FROM requests WHERE state = 'done' GROUP BY source")
        return {source: count for source, count in rows.fetchall() if source in sources}

    def count(self, source: str, role: Role) -> int:
        """Return how many pages of a role this crawl has met so far."""
        found = self._execute("SELECT count(*) FROM requests WHERE source = ? AND role = ?", [source, role])
        return int(found.fetchone()[0])

    def _close(self, lease: Lease, tickets: Iterable[Ticket]) -> int:
        closed = self._execute(
            "UPDATE requests SET state = 'done' WHERE source = ? AND key = ?", [lease.source, lease.key]
        )
        return self._insert(lease.source, tickets) if closed.rowcount else 0

    def _insert(self, source: str, tickets: Iterable[Ticket]) -> int:
        rows = [(source, t.key, t.role, t.as_json(), t.priority) for t in tickets]
        with self._told():
            return self._database.executemany(
                "INSERT OR IGNORE INTO requests (source, key, role, request, priority)"
                " VALUES (?, ?, ?, ?, ?)",
                rows,
            ).rowcount

    def _forget(self, sources: Sequence[str]) -> None:
        for source in sources:
            self._execute("DELETE FROM requests WHERE source = ?", [source])
            self._execute("DELETE FROM runs WHERE source = ?", [source])

    def _try_again(self, sources: Sequence[str]) -> None:
        for source in sources:
            rows = self._execute("DELETE FROM missed WHERE source = ? RETURNING request", [source])
            self._insert(source, [ticket_from(row[0]) for row in rows.fetchall()])

    def _execute(self, statement: str, given: Any = ()) -> sqlite3.Cursor:
        with self._told():
            return self._database.execute(statement, given)

    @contextmanager
    def _told(self) -> Iterator[None]:
        """Turn the database's errors into one that names the file."""
        try:
            yield
        except (sqlite3.Error, OSError) as error:
            raise ArchiveError(f"{self._path}: {error}") from error

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        self._execute("BEGIN IMMEDIATE")
        try:
            yield
            self._execute("COMMIT")
        except BaseException:
            self._database.rollback()  # nothing to do where SQLite did so itself, on a full disk
            raise


class _KeptPace(MemoryPace):
    """Turns that outlive the process: a crawl killed and started again is no less patient."""

    def __init__(self, execute: Callable[[str, Any], sqlite3.Cursor], clock: Callable[[], float]) -> None:
        super().__init__(clock)
        self._execute = execute
        for host, free_at, held_until in execute("SELECT host, free_at, held_until FROM hosts", ()):
            self._free_at[host], self._held_until[host] = free_at, held_until

    def _note(self, host: str, free_at: float) -> None:
        held_until = self._held_until.get(host, 0.0)
        if max(free_at, held_until) > self._clock():  # a host without delay is never written
            given = (host, free_at, held_until)
            self._execute("INSERT OR REPLACE INTO hosts (host, free_at, held_until) VALUES (?, ?, ?)", given)
