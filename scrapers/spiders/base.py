"""What do all spiders have in common? They read links and nothing else: the archive reads the pages."""

import hashlib
import time
from abc import ABC, abstractmethod
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from http import HTTPStatus
from typing import Any, ClassVar, NoReturn, TypeGuard
from urllib.parse import urlsplit

from scrapy import Request, Spider
from scrapy.exceptions import CloseSpider, IgnoreRequest
from scrapy.http import Response, TextResponse
from scrapy.spidermiddlewares.httperror import HttpError
from twisted.python.failure import Failure

from archive.addresses import identity
from archive.errors import ArchiveError
from archive.limits import too_much
from archive.models import GONE, Role, Visits
from archive.reading import attempt
from archive.sources import Source
from scrapers import links, rechecks
from scrapers.download import excuse
from scrapers.failures import Bound, ForbiddenByRobots, RobotsUnread, Stopping, unfollowed, words
from scrapers.frontier import Lease, LeaseLost
from scrapers.run import Run

# Requests of a higher priority go first; those for links have none.
_FIRST, _LAST = 10, -10
# What a busy or ailing server answers; the same request may succeed later.
_PASSING = (HTTPStatus.REQUEST_TIMEOUT, HTTPStatus.TOO_MANY_REQUESTS)


class SourceSpider(Spider, ABC):
    """A spider made from a source file; a subclass says how links are found."""

    source: ClassVar[Source]
    run: ClassVar[Run]
    start_role: ClassVar[Role] = "listing"
    article_callback: ClassVar[str] = "read_nothing"

    def __init__(self, name: str | None = None, **given: Any) -> None:
        """Find out where the source lives and what the archive has of it."""
        super().__init__(name, **given)
        fetch = self.source.fetch
        self.hosts = links.hosts([self.source.home, *fetch.start, *(f"//{host}" for host in fetch.allow)])
        self._visits = {} if self.run.options.full else self._known()
        file = self.source.path  # one that only the archive remembers has none
        self.declaration = hashlib.sha256(file.read_bytes() if file.is_file() else b"").hexdigest()
        anew = self.run.options.full or self.run.replay is not None
        # Links to articles that this process met; ``None`` until it read a page that should have some.
        self._met: int | None = None
        self._is_whole = self.run.options.frontier is None  # of a shared crawl each worker sees a part
        self.knows_ground = not anew and self.run.frontier.walked(self.source.slug, self.declaration)

    async def start(self) -> AsyncIterator[Request]:
        """Ask for the entry pages and a few old articles; the frontier has them when a crawl is resumed."""
        self._is_whole &= not self.run.frontier.resumed(self.source.slug)
        for url in self.source.fetch.start:
            if address := links.address(self.source.home, url):
                yield self._request(address, self.start_role, None)
        if self.run.replay is not None or self.run.frontier.resumed(self.source.slug):
            return  # a recording has nothing new to say of old pages
        for url in rechecks.due(self._visits, self.run.options.now):
            if self.is_article(url):
                yield self._request(url, "article", None, priority=_LAST)

    @abstractmethod
    def read_links(self, response: Response) -> Iterator[Request]:
        """Yield the requests that a listing, feed, sitemap or board leads to."""

    def follow_links(self, response: Response) -> list[Request]:
        """Return what a page of links leads to; a page that cannot be read, or not in time, is a problem."""
        excess = too_much(response.body) if isinstance(response, TextResponse) else None
        start = time.monotonic()
        found = excess or attempt(lambda: list(self.read_links(response)))
        excuse(time.monotonic() - start)
        if isinstance(found, list):
            return found
        self.run.problem(self.source.slug, response.url, "links", found)
        return []

    def read_nothing(self, response: Response) -> None:
        """Follow nothing from an article: the archive has it already, if it was one."""
        if response.status != HTTPStatus.OK:
            self.run.problem(self.source.slug, response.url, "fetch", f"HTTP {response.status}: no page")

    def article(
        self, response: Response, url: str, announced: str | None = None, changed: str | None = None
    ) -> Request | None:
        """Return a request for an article, or ``None`` if the archive has it.

        ``announced`` is its ISO date of publication as the feed or sitemap gives it, ``changed`` the ISO
        time of its last change: newer than what the archive has, the article is asked for again.
        """
        page = self._page(url)
        before = self._visits.get(page)
        if _is_settled(before) and not _is_newer(changed, before.last):
            return None
        if self._is_passed_over(page):
            return None
        return self._request(url, "article", response, announced=announced)

    def is_archived(self, url: str) -> bool:
        """Say whether the archive has an article of before this crawl; when it is to be full, of none."""
        return _is_settled(self._visits.get(identity(url)))

    def is_known_ground(self, articles: Sequence[str]) -> bool:
        """Say whether all ``articles`` of a listing were asked for before; what lies behind is older still.

        Never in a full crawl, and not before the source was once walked to its end as it is declared now.
        Never in a replay either, which may bring older pages and asks nobody.
        """
        if not self.knows_ground or not articles:
            return False
        return all(self._is_known(url) for url in articles)

    def is_unchanged(self, url: str, changed: str | None) -> bool:
        """Say whether a page of links is as the archive has it, by the ISO time of its last change."""
        if not self.knows_ground or changed is None:
            return False
        before = self.run.archive.last_whole(self.source.slug, url)
        return before is not None and not _is_newer(changed, before.fetched_at)

    def _known(self) -> Mapping[str, Visits]:
        """Return what this archive, and that of every other worker, has of the source."""
        slug = self.source.slug
        return self.run.frontier.known(slug, self.run.archive.visits(slug))

    def _page(self, url: str) -> str:
        """Return the identity of the page to which an address leads, as far as is known."""
        return self.run.frontier.moved(self.source.slug, url) or identity(url)

    def _is_passed_over(self, page: str) -> bool:
        return not self.run.options.full and self.run.archive.passed_over(self.source.slug, page)

    def _is_known(self, url: str) -> bool:
        page = self._page(url)
        return page in self._visits or self._is_passed_over(page)

    def follow(self, response: Response, url: str, role: Role, barren: int = 0) -> Request | None:
        """Return a request for one more page of links, or ``None`` when there were too many."""
        most = self.run.options.limits.listings
        if self.run.frontier.count(self.source.slug, role) >= most:
            self.run.enough(self.source.slug, response.url, f"more than {most} pages of links in one crawl")
            return None
        return self._request(url, role, response, barren=barren)

    def is_ours(self, url: str) -> bool:
        """Say whether an address lies on the source's own site and is a page, not a copy, file or trap."""
        if links.is_file(url) or links.is_trap(url) or links.is_twin(url):
            return False
        return urlsplit(url).hostname in self.hosts

    def is_article(self, url: str) -> bool:
        """Say whether the source file counts an address among its articles."""
        pattern = self.source.fetch.articles
        return self.is_ours(url) and (pattern is None or pattern.search(url) is not None)

    def note_if_empty(self, response: Response, found: int) -> None:
        """Note an entry page that leads nowhere: the site was rebuilt, or shows us something else."""
        if not found and response.meta.get("via") is None:
            self._is_whole = False  # it is told already
            entry = response.meta.get("redirect_urls", [response.url])[0]
            self.run.problem(self.source.slug, entry, "entry", "nothing to follow on an entry page")

    def meet(self, articles: Sequence[str]) -> None:
        """Count the links to articles on a page of links, new or known."""
        self._met = (self._met or 0) + len(articles)

    def note_if_barren(self) -> None:
        """Note a crawl whose lists lead on but never to an article: addresses have changed."""
        if self._is_whole and self._met == 0:
            entry = next(iter(self.source.fetch.start), self.source.home)
            self.run.problem(self.source.slug, entry, "entry", "no link to an article on any list")

    def failed(self, failure: Failure) -> list[Request]:
        """Close a request that brought no page, and say so where it is not the site's own wish."""
        request: Request = failure.request  # type: ignore[attr-defined]
        if isinstance(failure.value, ArchiveError):
            self.run.failure = self.run.failure or failure.value
        if self.run.failure is not None:
            raise CloseSpider("archive")  # the request stays open, to be asked again
        if not self.crawler.crawling or isinstance(failure.value, (LeaseLost, Stopping)):
            return []  # after Ctrl-C it stays open too, and what another worker has taken over is its own
        error = failure.value
        assert error is not None
        if isinstance(error, Bound):
            self._stop(request, error)
        self._note(request, error)
        lease: Lease = request.meta["lease"]
        if _may_pass(error):
            self.run.frontier.miss(lease)
        else:
            self.run.frontier.done(lease)
        return []

    def _note(self, request: Request, error: BaseException) -> None:
        """Note why a request brought no page, unless its capture says so, or it is the site's own wish."""
        origin = request.meta.get("redirect_urls", [request.url])[0]
        if isinstance(error, HttpError):
            self.run.errors[f"http {error.response.status}"] += 1
            if error.response.status < HTTPStatus.BAD_REQUEST:
                self.run.archive.problem(self.source.slug, origin, "fetch", unfollowed(error.response))
        elif isinstance(error, ForbiddenByRobots):
            self.run.errors["refused"] += 1
            if request.meta["via"] is None and request.meta["role"] != "article":
                # An entry page: nothing of the source will be found.
                self.run.archive.problem(self.source.slug, origin, "fetch", str(error))
        else:
            stage = "original" if request.meta["role"] == "original" else "fetch"
            self.run.problem(self.source.slug, origin, stage, words(error, self.run.options.limits))

    def _stop(self, request: Request, bound: Bound) -> NoReturn:
        """Ask nothing more of the source; the request that was not sent stays open."""
        slug = self.source.slug
        if bound.reason != "hours":
            self.run.enough(slug, request.url, str(bound))
        self.run.stopped[slug] = str(bound)
        raise CloseSpider(bound.reason)

    def _request(
        self,
        url: str,
        role: Role,
        response: Response | None,
        announced: str | None = None,
        barren: int = 0,
        priority: int | None = None,
    ) -> Request:
        if priority is None:  # what was found is archived before more is looked for
            priority = _FIRST if role in ("article", "board") else 0
        read = {"article": self.article_callback, "original": "read_nothing"}.get(role, "follow_links")
        return Request(
            url,
            callback=getattr(self, read),
            errback=self.failed,
            priority=priority,
            meta={
                "role": role,
                "announced": announced,
                "via": response.url if response is not None else None,
                "barren": barren,
            },
        )


def _is_settled(visits: Visits | None) -> TypeGuard[Visits]:
    """Say whether a page has answered in a way that need not be asked for again at once."""
    return visits is not None and visits.status in (HTTPStatus.OK, *GONE)


def _may_pass(error: BaseException | None) -> bool:
    """Say whether a request that failed may succeed in a later crawl."""
    if isinstance(error, HttpError):
        status = error.response.status
        return status >= HTTPStatus.INTERNAL_SERVER_ERROR or status in _PASSING
    return isinstance(error, RobotsUnread) or not isinstance(error, IgnoreRequest)


def _is_newer(changed: str | None, before: datetime) -> bool:
    """Say whether the ISO time ``changed`` is, or may be, after ``before``: a day alone has 24 hours.

    >>> before = datetime(2024, 6, 1, 8, tzinfo=UTC)
    >>> [_is_newer(changed, before) for changed in ("2024-05-31", "2024-06-01", "2024-06-01T07:59Z", "hier")]
    [False, True, False, False]
    """
    try:
        when = datetime.fromisoformat(changed or "")
    except ValueError:
        return False
    if len(changed or "") == len("2024-06-01"):
        when += timedelta(days=1)
    when = when if when.tzinfo else when.replace(tzinfo=UTC)
    return when > before
