"""What is still to be fetched, who is fetching it, and when may a host be asked again?

A request is ``pending``, then leased to a worker, then ``done``. It is done in the same step that stores the
requests its response led to, so a kill at any moment leaves either both or neither. A lease is renewed as
long as its worker lives; when it expires, the request goes to another. A crawl that was cut short is resumed;
one that finished is forgotten and starts anew next time. What outlives it: the addresses that moved for good,
those that failed, how the source that was walked was declared, and when each host may be asked again.

One interface, two places: SQLite in the data folder for one machine (``frontier.sqlite``), Redis or Valkey
for several (``frontier.redis``). Times are seconds since 1970.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from types import TracebackType
from typing import Protocol, Self

from scrapy.exceptions import IgnoreRequest

from archive.addresses import identity
from archive.models import Role, Visits
from scrapers.pace import Pace

# A request that failed in so many crawls in a row is asked again only where a page still leads to it.
MOST_FAILURES = 5
# A worker that has not been heard of for so long is taken for dead, and its requests go to others.
LEASE_SECONDS = 60.0
# When it may have archived the response, it is given this long to come back and say so.
DOUBT_SECONDS = 600.0


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

    def as_json(self) -> str:
        """Return the request as JSON."""
        return json.dumps(asdict(self))


@dataclass(frozen=True, slots=True)
class Lease:
    """A request handed out. ``token`` tells this lease from an earlier or a later one of the same request.

    ``fetched_at`` is set when the same worker had received the response before it was killed.
    """

    source: str
    key: str
    token: int
    ticket: Ticket
    fetched_at: datetime | None = None


class LeaseLost(IgnoreRequest):
    """Another worker has taken a request over while this one was not heard of."""


class Frontier(Protocol):
    """The requests of a crawl. Every method raises ArchiveError, naming the place, when it cannot be used."""

    @property
    def pace(self) -> Pace:
        """Return the turns of all hosts, shared by all workers."""

    def __enter__(self) -> Self:
        """Return itself."""

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Let go of the place where the requests are."""

    def begin(self, sources: Sequence[str]) -> list[str]:
        """Return which of ``sources`` are to be crawled now.

        When an earlier crawl of some of them was cut short, or other workers are at it, those that are
        finished are left out this once; otherwise all start anew, with what failed the last time. What this
        worker had under way when it was killed comes back.
        """

    def end(self, sources: Sequence[str]) -> bool:
        """Forget the requests of ``sources`` if all of them are finished: the next crawl starts anew.

        Returns whether they are.
        """

    def finish_source(self, source: str, declaration: str = "") -> None:
        """Note that nothing of ``source``, declared like this, is left to fetch; unless something is."""

    def resumed(self, source: str) -> bool:
        """Say whether this worker had begun the present crawl of ``source`` before, and was cut short."""

    def walked(self, source: str, declaration: str) -> bool:
        """Say whether an earlier crawl went all the way through ``source`` as it is declared now.

        ``False`` when this worker goes on with a crawl that was cut short: what it archived then proves
        nothing about the pages behind it.
        """

    def known(self, source: str, visits: Mapping[str, Visits]) -> Mapping[str, Visits]:
        """Tell what this worker's archive knows of the pages of ``source``; return what all workers know."""

    def add(self, source: str, tickets: Iterable[Ticket]) -> int:
        """Store the requests not seen yet in this crawl and return how many they are."""

    def lease(self, source: str) -> Lease | None:
        """Hand out the next request of ``source``, or ``None`` when there is none for now.

        Requests come by priority, then in the order in which they were added; those whose lease expired
        come last.
        """

    def received(self, lease: Lease, fetched_at: datetime) -> bool:
        """Note the time of a response just before it is archived, so that a later crawl can ask for it.

        ``False`` when the lease has expired and another worker has taken over: then it must not be archived.
        """

    def done(self, lease: Lease, tickets: Iterable[Ticket] = ()) -> int:
        """Close a request and store those it led to, all or nothing; return how many of them are new.

        Holds after the lease has expired too: the response is archived.
        """

    def miss(self, lease: Lease) -> None:
        """Close a request that failed, and let the next crawl try again unless it has failed too often."""

    def again(self, lease: Lease, ticket: Ticket) -> None:
        """Put a request that failed back into the queue, to be tried once more."""

    def unanswered(self, source: str) -> list[Lease]:
        """Return the requests that this worker has under way."""

    def renew(self, source: str) -> None:
        """Say that this worker is alive: its leases hold for another while."""

    def release(self, source: str) -> None:
        """Give back what this worker has not received, so that others need not wait for it."""

    def move(self, source: str, url: str, target: str) -> None:
        """Remember for later crawls too that ``url`` leads to ``target`` for good."""

    def moved(self, source: str, url: str) -> str | None:
        """Return the identity of the page to which ``url`` is known to lead for good, or ``None``."""

    def waiting(self, source: str) -> bool:
        """Say whether a request of ``source`` is pending, or with another worker and may lead to more."""

    def seen(self, source: str, url: str) -> bool:
        """Say whether the page at ``url`` was already asked for in this crawl."""

    def answered(self, sources: Sequence[str]) -> dict[str, int]:
        """Return how many requests of each source are done, by whichever worker, before a kill or after."""

    def count(self, source: str, role: Role) -> int:
        """Return how many pages of a role this crawl has met so far."""


def ticket(request: str) -> Ticket:
    """Return a request from its JSON."""
    values = json.loads(request)
    return Ticket(**{**values, "redirects": tuple(values["redirects"])})
