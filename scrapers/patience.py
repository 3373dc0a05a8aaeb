"""How long does a site make us wait, and when is that too long for one crawl?"""

import asyncio
import time
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http import HTTPStatus

from protego import Protego
from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured
from scrapy.extensions.throttle import AutoThrottle
from scrapy.http import Response
from scrapy.robotstxt import RobotParser
from scrapy.utils.httpobj import urlparse_cached

from scrapers.failures import Bound, Stopping
from scrapers.pace import MOST_PATIENCE
from scrapers.settings import ROBOTS_NAME
from scrapers.spiders.base import SourceSpider

# Seconds after which a wait looks whether the crawl is being stopped.
_BLINK = 0.5
# Seconds until another look whether an answer under way has come.
_SOON = 0.05


class PatienceMiddleware:
    """Waits as long as a site asks: Crawl-delay in robots.txt, Retry-After in an answer.

    Scrapy keeps its distance within one spider; this keeps it between sources on the same host too. A site
    that makes a crawl wait longer than ``Limits`` grants is left until the next one.
    """

    def __init__(self, crawler: Crawler) -> None:
        """Slow down the downloader of ``crawler``, unless its answers come from a recording."""
        assert isinstance(crawler.spider, SourceSpider)
        if crawler.spider.run.replay is not None:
            raise NotConfigured
        self._crawler = crawler
        self._run = crawler.spider.run
        self._slug = crawler.spider.source.slug
        self._pace = self._run.frontier.pace
        self._own_delay = crawler.spider.source.fetch.delay
        # Seconds that the site made this source wait, besides the source's own delay.
        self._waited = 0.0
        self._counted_until = 0.0
        # What each host asks for in its robots.txt: Scrapy forgets a host that was not asked for a while.
        self._crawl_delays: dict[str, float] = {}
        crawler.signals.connect(self._robots_parsed, signal=signals.robots_parsed)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "PatienceMiddleware":
        """Build the middleware, as Scrapy asks."""
        return cls(crawler)

    async def process_request(self, request: Request) -> None:
        """Wait for the host's next turn, which all sources on it, and all workers, share."""
        host = urlparse_cached(request).hostname or ""
        while self._is_busy_here(host):
            await self._rest(_SOON)
        more = max(self._crawl_delays.get(host, 0.0) - self._own_delay, 0.0)
        self._bear(more)
        while (wait := self._pace.turn(host, delay := self._delay(host))) > 0:
            held = self._pace.held(host)
            self._bear(held)
            # Another's answer may come any moment; from then on there is the whole delay to wait.
            await self._wait(min(wait, max(delay / 2, _SOON)), counts=held > 0)
        self._waited += more
        request.meta["turn"] = True

    def process_response(self, request: Request, response: Response) -> Response:
        """Leave the host alone for a while when it says that it is busy."""
        host = urlparse_cached(request).hostname or ""
        request.meta.pop("turn", None)
        if response.status in (HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.SERVICE_UNAVAILABLE):
            asked = response.headers.get("Retry-After") or b""
            wait = seconds(asked.decode("latin-1"), datetime.now(UTC))
            self._pace.busy(host, wait, self._delay(host))
        else:
            self._pace.answered(host, self._delay(host))
        return response

    def process_exception(self, request: Request, exception: Exception) -> None:
        """Let others have their turn: no answer is to be waited for."""
        if request.meta.pop("turn", False):
            host = urlparse_cached(request).hostname or ""
            self._pace.answered(host, self._delay(host))

    def _is_busy_here(self, host: str) -> bool:
        """Say whether Scrapy itself would keep a request waiting once its turn has come."""
        slot = self._crawler.engine.downloader.slots.get(host)
        return slot is not None and slot.delay > 0 and slot.free_transfer_slots() <= 0

    def _bear(self, wait: float) -> None:
        """Raise Bound when the site has made, or will make, this source wait too long."""
        most = self._run.options.limits.waiting
        if self._waited + wait > most:
            raise Bound("waiting", f"the site asks to wait more than {most / 60:g} minutes in one crawl")

    async def _wait(self, seconds: float, counts: bool) -> None:
        """Rest; what ``counts`` as the site's wish is counted once, however many requests wait together."""
        start = time.monotonic()
        await self._rest(seconds)
        now = time.monotonic()
        if counts:
            self._waited += max(now - max(start, self._counted_until), 0.0)
        self._counted_until = now

    async def _rest(self, wait: float) -> None:
        while wait > 0:
            if not self._crawler.crawling or self._slug in self._run.stopped:
                raise Stopping("the crawl is being stopped")
            await asyncio.sleep(min(wait, _BLINK))
            wait -= _BLINK

    def _delay(self, host: str) -> float:
        slot = self._crawler.engine.downloader.slots.get(host)
        own = slot.delay if slot is not None else self._crawler.settings.getfloat("DOWNLOAD_DELAY")
        return max(float(own), self._crawl_delays.get(host, 0.0))

    def _robots_parsed(self, robotparser: RobotParser, request: Request) -> None:
        rules = getattr(robotparser, "rp", None)
        if not isinstance(rules, Protego) or (asked := rules.crawl_delay(ROBOTS_NAME)) is None:
            return
        host = urlparse_cached(request).hostname or ""
        delay = self._crawl_delays[host] = min(float(asked), MOST_PATIENCE)
        if (throttle := self._crawler.get_extension(AutoThrottle)) is not None:
            throttle.mindelay = max(throttle.mindelay, delay)
        if (slot := self._crawler.engine.downloader.slots.get(host)) is not None:
            slot.delay = max(slot.delay, delay)
        self._pace.answered(host, self._delay(host))  # the delay counts from robots.txt on


def seconds(retry_after: str, now: datetime) -> float:
    """Return how long a Retry-After header asks to wait, 0 when it says nothing clear.

    >>> now = datetime(2024, 6, 1, 8, 0, tzinfo=UTC)
    >>> seconds("120", now), seconds("Sat, 01 Jun 2024 08:00:30 GMT", now), seconds("bientôt", now)
    (120.0, 30.0, 0.0)
    """
    if retry_after.strip().isdecimal():
        return float(retry_after)
    try:
        when = parsedate_to_datetime(retry_after)
    except ValueError:
        return 0.0
    when = when if when.tzinfo else when.replace(tzinfo=UTC)
    return max((when - now).total_seconds(), 0.0)
