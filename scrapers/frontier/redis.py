"""One frontier for several machines, in Redis or Valkey: each has its own archive, all share the queue."""

import json
import os
import socket
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Self
from urllib.parse import urlsplit

from archive.addresses import identity
from archive.errors import ArchiveError
from archive.models import Role, Visits
from scrapers.frontier import DOUBT_SECONDS, LEASE_SECONDS, MOST_FAILURES, Lease, Ticket, scripts
from scrapers.frontier import ticket as ticket_from
from scrapers.pace import ANSWER_SECONDS, FIRST_PAUSE, MOST_DOUBLINGS, MOST_HELD, MOST_PATIENCE, site

_PREFIX = "coopress:"
_SECONDS = 10.0
# Tokens tell leases apart: a worker that was killed must not take its own earlier leases for new ones.
_TOKENS = 2**40


def worker_name(data: Path) -> str:
    """Return what a worker is called: the same after a kill, another on each machine and data folder."""
    return f"{socket.gethostname()}:{data.resolve()}"


class RedisFrontier:
    """The frontier at ``redis://host:port/database``. See ``Frontier`` for what each method promises."""

    def __init__(
        self,
        address: str,
        worker: str,
        clock: Callable[[], float] | None = None,
        lease_seconds: float = LEASE_SECONDS,
        doubt_seconds: float = DOUBT_SECONDS,
    ) -> None:
        """Connect to the server at ``address``; ``clock`` replaces the server's own.

        Raises ArchiveError when it does not answer, or when the extra ``redis`` is not installed.
        """
        self._link = _Link(address, clock)
        self._worker, self._lease_seconds, self._doubt_seconds = worker, lease_seconds, doubt_seconds
        self._token = int.from_bytes(os.urandom(5), "big") % _TOKENS
        self._resumed: set[str] = set()
        self._mine: dict[str, list[str]] = {}
        self._link.ask("ping")
        self.pace = RedisPace(self._link)

    def __enter__(self) -> Self:
        """Return itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the connection."""
        self._link.close()

    def begin(self, sources: Sequence[str]) -> list[str]:
        """Return which of ``sources`` are to be crawled now."""
        states = dict(zip(sources, self._link.run(scripts.BEGIN, self._worker, *sources), strict=True))
        due = [source for source in sources if states[source] != "finished"]
        self._resumed = {source for source in due if states[source] == "resumed"}
        self._mine = {source: self._link.run(scripts.MINE, self._worker, source) for source in due}
        return due

    def end(self, sources: Sequence[str]) -> bool:
        """Forget the requests of ``sources`` if all of them are finished; return whether they are."""
        return bool(self._link.run(scripts.END, *sources))

    def finish_source(self, source: str, declaration: str = "") -> None:
        """Note that nothing of ``source``, declared like this, is left to fetch; unless something is."""
        self._link.run(scripts.FINISH, source, declaration)

    def resumed(self, source: str) -> bool:
        """Say whether this worker had begun the present crawl of ``source`` before, and was cut short."""
        return source in self._resumed

    def walked(self, source: str, declaration: str) -> bool:
        """Say whether an earlier crawl went all the way through ``source`` as it is declared now."""
        return self._link.ask("get", self._at(source, "walked")) == declaration and not self.resumed(source)

    def known(self, source: str, visits: Mapping[str, Visits]) -> Mapping[str, Visits]:
        """Tell what this worker's archive knows of the pages of ``source``; return what all workers know.

        A worker that goes on with a crawl tells nothing: what it archived in it proves nothing yet.
        """
        place = self._at(source, "known")
        told = {page: _visits(text) for page, text in self._link.ask("hgetall", place).items()}
        news = {page: visit for page, visit in visits.items() if _is_later(visit, told.get(page))}
        if news and not self.resumed(source):
            self._link.ask("hset", place, mapping={page: _text(visit) for page, visit in news.items()})
        return {**told, **news}

    def add(self, source: str, tickets: Iterable[Ticket]) -> int:
        """Store the requests not seen yet in this crawl and return how many they are."""
        return int(self._link.run(scripts.ADD, source, *_rows(tickets)))

    def lease(self, source: str) -> Lease | None:
        """Hand out the next request of ``source``, or ``None`` when there is none for now."""
        while mine := self._mine.get(source):
            if (lease := self._lease(source, mine.pop())) is not None:
                return lease
        return self._lease(source, "")

    def received(self, lease: Lease, fetched_at: datetime) -> bool:
        """Note the time of a response; ``False`` when the lease is no longer ours."""
        given = (lease.source, lease.key, lease.token, self._doubt_seconds, fetched_at.isoformat())
        return bool(self._link.run(scripts.RECEIVED, *given))

    def done(self, lease: Lease, tickets: Iterable[Ticket] = ()) -> int:
        """Close a request and store those it led to; return how many of them are new."""
        return int(self._link.run(scripts.DONE, lease.source, lease.key, *_rows(tickets)))

    def miss(self, lease: Lease) -> None:
        """Close a request that failed, and let the next crawl try again unless it has failed too often."""
        ticket = replace(lease.ticket, retries=0, failures=lease.ticket.failures + 1)
        later = (ticket.key, ticket.as_json()) if ticket.failures < MOST_FAILURES else ()
        self._link.run(scripts.MISS, lease.source, lease.key, lease.token, *later)

    def again(self, lease: Lease, ticket: Ticket) -> None:
        """Put a request that failed back into the queue, to be tried once more."""
        self._link.run(scripts.AGAIN, lease.source, lease.key, lease.token, ticket.as_json())

    def unanswered(self, source: str) -> list[Lease]:
        """Return the requests that this worker has under way."""
        keys = self._link.run(scripts.MINE, self._worker, source)
        return [lease for key in keys if (lease := self._lease(source, key)) is not None]

    def renew(self, source: str) -> None:
        """Say that this worker is alive: its leases hold for another while."""
        self._link.run(scripts.RENEW, source, self._worker, self._lease_seconds)

    def release(self, source: str) -> None:
        """Give back what this worker has not received."""
        self._link.run(scripts.RELEASE, source, self._worker)

    def move(self, source: str, url: str, target: str) -> None:
        """Remember for later crawls too that ``url`` leads to ``target`` for good."""
        self._link.ask("hset", self._at(source, "moves"), identity(url), identity(target))

    def moved(self, source: str, url: str) -> str | None:
        """Return the identity of the page to which ``url`` is known to lead for good, or ``None``."""
        found: str | None = self._link.ask("hget", self._at(source, "moves"), identity(url))
        return found

    def waiting(self, source: str) -> bool:
        """Say whether a request of ``source`` is pending, or with another worker and may lead to more."""
        return bool(self._mine.get(source)) or bool(self._link.run(scripts.WAITING, source, self._worker))

    def seen(self, source: str, url: str) -> bool:
        """Say whether the page at ``url`` was already asked for in this crawl."""
        return bool(self._link.ask("hexists", self._at(source, "requests"), identity(url)))

    def answered(self, sources: Sequence[str]) -> dict[str, int]:
        """Return how many requests of each source are done, by whichever worker."""
        counts = self._link.ask("mget", [self._at(source, "answered") for source in sources])
        return {source: int(count) for source, count in zip(sources, counts, strict=True) if count}

    def count(self, source: str, role: Role) -> int:
        """Return how many pages of a role this crawl has met so far."""
        return int(self._link.ask("hget", self._at(source, "roles"), role) or 0)

    def _lease(self, source: str, key: str) -> Lease | None:
        self._token = (self._token + 1) % _TOKENS
        given = (source, self._worker, self._token, self._lease_seconds, key)
        found = self._link.run(scripts.LEASE, *given)
        if found is None:
            return None
        when = datetime.fromisoformat(found[2]) if found[2] else None
        return Lease(source, found[0], self._token, ticket_from(found[1]), when)

    def _at(self, source: str, part: str) -> str:
        return f"{_PREFIX}{source}:{part}"


class RedisPace:
    """The turns of hosts, shared by all workers."""

    def __init__(self, link: "_Link") -> None:
        """Keep the turns where ``link`` leads."""
        self._link = link

    def turn(self, host: str, delay: float) -> float:
        """Take the turn on ``host`` and return 0; or return after how many seconds to ask for it again."""
        most = (MOST_PATIENCE, MOST_HELD, ANSWER_SECONDS)
        return float(self._link.run(scripts.TURN, site(host), delay, *most))

    def held(self, host: str) -> float:
        """Return for how many seconds more a busy host is to be left alone."""
        return float(self._link.run(scripts.HELD, site(host), MOST_HELD))

    def busy(self, host: str, asked: float, delay: float) -> None:
        """Leave a busy host alone for the seconds it ``asked``, or, if it asked for none (0), ever longer."""
        most = (FIRST_PAUSE, MOST_PATIENCE, MOST_DOUBLINGS)
        self._link.run(scripts.BUSY, site(host), min(asked, MOST_HELD), delay, *most)

    def answered(self, host: str, delay: float) -> None:
        """Leave a host alone for ``delay`` seconds from now, and forget how often it was busy."""
        self._link.run(scripts.ANSWERED, site(host), delay)


class _Link:
    """A connection whose errors name the server."""

    def __init__(self, address: str, clock: Callable[[], float] | None) -> None:
        try:
            import redis
        except ImportError as error:
            raise ArchiveError(f"{_shown(address)}: the extra « redis » is not installed") from error
        self._address, self._clock = address, clock
        self._error = redis.RedisError
        with self._told():
            self._client = redis.Redis.from_url(
                address, decode_responses=True, socket_timeout=_SECONDS, socket_connect_timeout=_SECONDS
            )
        self._scripts: dict[str, Any] = {}

    def ask(self, command: str, *given: Any, **named: Any) -> Any:
        """Return what a command of Redis answers."""
        with self._told():
            return getattr(self._client, command)(*given, **named)

    def run(self, script: str, *given: Any) -> Any:
        """Return what one of our scripts answers."""
        if script not in self._scripts:
            self._scripts[script] = self._client.register_script(script)
        now = "" if self._clock is None else repr(self._clock())
        with self._told():
            return self._scripts[script](keys=[_PREFIX], args=[now, *given])

    def close(self) -> None:
        """Close the connection."""
        self._client.close()

    @contextmanager
    def _told(self) -> Iterator[None]:
        try:
            yield
        except (self._error, ValueError, OSError) as error:
            raise ArchiveError(f"{_shown(self._address)}: {error}") from error


def _shown(address: str) -> str:
    """Return an address fit to be shown: its password is nobody's business.

    >>> _shown("redis://:secret@queue.example:6379/0")
    'redis://queue.example:6379/0'
    """
    return urlsplit(address)._replace(netloc=urlsplit(address).netloc.rpartition("@")[2]).geturl()


def _rows(tickets: Iterable[Ticket]) -> list[str | int]:
    return [value for t in tickets for value in (t.key, t.role, t.priority, t.as_json())]


def _is_later(visit: Visits, told: Visits | None) -> bool:
    return told is None or visit.last > told.last


def _text(visits: Visits) -> str:
    return json.dumps([visits.url, visits.status, visits.since.isoformat(), visits.last.isoformat()])


def _visits(text: str) -> Visits:
    url, status, since, last = json.loads(text)
    return Visits(url, status, datetime.fromisoformat(since), datetime.fromisoformat(last))
