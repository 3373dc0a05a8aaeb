"""How does Scrapy take its requests from our queue, and when is one of them done?"""

from collections.abc import AsyncIterator
from http import HTTPStatus
from typing import Any

from scrapy import Request, Spider, signals
from scrapy.core.scheduler import BaseScheduler
from scrapy.crawler import Crawler
from scrapy.http import Response
from scrapy.utils.asyncio import create_looping_call
from twisted.python.failure import Failure

from archive.errors import ArchiveError
from scrapers.frontier import Lease, Ticket
from scrapers.spiders.base import SourceSpider

# So many signs of life in the time after which a worker is taken for dead.
_BEATS = 4
# Redirects that a site will not take back: the address need not be asked again.
_FOR_GOOD = (HTTPStatus.MOVED_PERMANENTLY, HTTPStatus.PERMANENT_REDIRECT)


class FrontierScheduler(BaseScheduler):
    """Scrapy's view of the frontier, for one spider."""

    def __init__(self, spider: SourceSpider) -> None:
        """Serve the requests of ``spider``'s source."""
        self._spider = spider
        self._slug = spider.source.slug
        self._run = spider.run
        self._frontier = spider.run.frontier
        self._heart = create_looping_call(self._beat)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "FrontierScheduler":
        """Build the scheduler, as Scrapy asks."""
        assert isinstance(crawler.spider, SourceSpider)
        return cls(crawler.spider)

    def open(self, spider: Spider) -> None:
        """Begin to say, every now and then, that this worker is alive."""
        self._heart.start(self._run.options.limits.lease / _BEATS, now=False)

    def close(self, reason: str) -> None:
        """Note a source that was crawled to its end; any other reason leaves it to be resumed."""
        if self._heart.running:
            self._heart.stop()
        with self._run.ending():
            if reason == "finished" and self._run.failure is None:
                self._finish()
            else:
                self._frontier.release(self._slug)

    def has_pending_requests(self) -> bool:
        """Say whether a request waits, here or with another worker; none does when the crawl must end."""
        if self._run.failure is None:
            with self._run.ending():
                return self._frontier.waiting(self._slug)
        return False

    def enqueue_request(self, request: Request) -> bool:
        """Store a request; ``False`` if its page was asked for before.

        One that carries a lease comes from a redirect or a retry, and takes the place of the request it was.
        """
        with self._run.ending():
            return self._enqueue(request)
        return False

    def _enqueue(self, request: Request) -> bool:
        lease: Lease | None = request.meta.get("lease")
        if lease is None:
            return self._frontier.add(self._slug, [ticket_of(request)]) > 0
        ticket = ticket_of(request)
        if request.url == lease.ticket.url and ticket.retries > lease.ticket.retries:
            self._frontier.again(lease, ticket)
            return True
        tickets = [ticket] if self._leads_on(request, lease.ticket) else []
        return self._frontier.done(lease, tickets) > 0

    def _leads_on(self, redirected: Request, origin: Ticket) -> bool:
        """Say whether a redirect is to be followed: not in circles, nor to an article archived before.

        One that was known to lead there is followed, since it was asked again for its newer date.
        """
        known = self._frontier.moved(self._slug, origin.url)
        if redirected.meta.get("redirect_reasons", [None])[-1] in _FOR_GOOD:
            self._frontier.move(self._slug, origin.url, redirected.url)
        if redirected.url in redirected.meta.get("redirect_urls", ()):
            return False
        return known is not None or origin.role != "article" or not self._spider.is_archived(redirected.url)

    def next_request(self) -> Request | None:
        """Lease the next request, or return ``None`` when none is pending."""
        if self._run.failure is None:
            with self._run.ending():
                lease = self._frontier.lease(self._slug)
                return None if lease is None else request_of(lease, self._spider)
        return None

    def _beat(self) -> None:
        with self._run.ending():
            self._frontier.renew(self._slug)

    def _finish(self) -> None:
        for lease in self._frontier.unanswered(self._slug):
            self._run.problem(self._slug, lease.ticket.url, "fetch", "neither answered nor failed")
            self._frontier.miss(lease)
        self._spider.note_if_barren()
        if not self._run.options.full:
            self._frontier.known(self._slug, self._run.archive.visits(self._slug))
        self._frontier.finish_source(self._slug, self._spider.declaration)


class FinishMiddleware:
    """Closes each request together with storing what it led to.

    Nearest to the engine of the spider middlewares, so that it sees what all others let through.
    """

    def __init__(self, crawler: Crawler) -> None:
        """Close the requests of ``crawler``'s spider."""
        assert isinstance(crawler.spider, SourceSpider)
        self._spider = crawler.spider
        crawler.signals.connect(self._spider_error, signal=signals.spider_error)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "FinishMiddleware":
        """Build the middleware, as Scrapy asks."""
        return cls(crawler)

    async def process_spider_output(
        self, response: Response, result: AsyncIterator[Any]
    ) -> AsyncIterator[Any]:
        """Take the requests of a callback out of Scrapy's hands into the frontier."""
        tickets = []
        async for thing in result:
            if isinstance(thing, Request):
                tickets.append(ticket_of(thing))
            else:
                yield thing
        with self._spider.run.ending():
            self._spider.run.frontier.done(response.meta["lease"], tickets)

    def _spider_error(self, failure: Failure, response: object, spider: Spider) -> None:
        """Close a request whose links could not be read: the page is archived, only its links are lost."""
        if not isinstance(response, Response) or "lease" not in response.meta:
            return
        run, slug = self._spider.run, self._spider.source.slug
        if isinstance(failure.value, ArchiveError):
            run.failure = run.failure or failure.value
            return
        run.problem(slug, response.url, "links", f"{type(failure.value).__name__}: {failure.value}")
        with run.ending():
            run.frontier.done(response.meta["lease"])


def ticket_of(request: Request) -> Ticket:
    """Return a request as plain data."""
    meta = request.meta
    return Ticket(
        url=request.url,
        role=meta.get("role", "other"),
        callback=request.callback.__name__ if request.callback else "read_links",
        priority=request.priority,
        depth=meta.get("depth", 0),
        announced=meta.get("announced"),
        via=meta.get("via"),
        barren=meta.get("barren", 0),
        redirects=tuple(meta.get("redirect_urls", ())),
        retries=meta.get("retry_times", 0),
        failures=meta.get("failures", 0),
    )


def request_of(lease: Lease, spider: SourceSpider) -> Request:
    """Return a leased request as Scrapy's own."""
    ticket = lease.ticket
    meta: dict[str, Any] = {
        "lease": lease,
        "role": ticket.role,
        "depth": ticket.depth,
        "announced": ticket.announced,
        "via": ticket.via,
        "barren": ticket.barren,
        "failures": ticket.failures,
    }
    if ticket.redirects:
        meta |= {"redirect_urls": list(ticket.redirects), "redirect_times": len(ticket.redirects)}
    if ticket.retries:
        meta["retry_times"] = ticket.retries
    return Request(
        ticket.url,
        callback=getattr(spider, ticket.callback),
        errback=spider.failed,
        priority=ticket.priority,
        meta=meta,
    )
