"""When has a source had enough? After so many requests or hours, or when its hours are over."""

from datetime import timedelta

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured

from scrapers.failures import Bound
from scrapers.spiders.base import SourceSpider


class BoundsMiddleware:
    """Ends the crawl of a source when it has taken what ``Limits`` grants, or its hours are over.

    Stands behind the pauses that a site asks for: they count, and may end after the source's hours.
    """

    def __init__(self, crawler: Crawler) -> None:
        """Bound the crawl of ``crawler``'s spider, unless its answers come from a recording."""
        assert isinstance(crawler.spider, SourceSpider)
        self._run = crawler.spider.run
        if self._run.replay is not None:
            raise NotConfigured
        source = crawler.spider.source
        self._slug = source.slug
        self._asked = 0
        now = self._run.options.clock()
        self._end = now + timedelta(hours=self._run.options.limits.hours)
        self._hours_end = None if source.fetch.hours is None else source.fetch.hours.end_after(now)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "BoundsMiddleware":
        """Build the middleware, as Scrapy asks."""
        return cls(crawler)

    def process_request(self, request: Request) -> None:
        """Raise Bound instead of sending a request too many, or too late; robots.txt does not count."""
        lease = request.meta.get("lease")
        if lease is None or lease.fetched_at is not None:
            return  # the archive will answer what an earlier crawl had received
        limits, now = self._run.options.limits, self._run.options.clock()
        if self._hours_end is not None and now >= self._hours_end:
            raise Bound("hours", "its hours are over")
        if now >= self._end:
            raise Bound("time", f"more than {limits.hours:g} hours in one crawl")
        if self._run.reading[self._slug] >= limits.reading:
            raise Bound("reading", f"its pages took more than {limits.reading:g} seconds to read")
        if self._asked >= limits.requests:
            raise Bound("requests", f"more than {limits.requests} requests in one crawl")
        self._asked += 1
