"""What happens to a response before a spider sees it? It is archived; robots.txt is obeyed."""

import asyncio
import re
import sqlite3
from collections.abc import Iterable
from datetime import UTC, datetime
from http import HTTPStatus
from typing import Any

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.downloadermiddlewares.robotstxt import RobotsTxtMiddleware
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Headers, Response
from scrapy.http.request import NO_CALLBACK
from scrapy.responsetypes import responsetypes
from scrapy.robotstxt import RobotParser
from scrapy.utils.httpobj import urlparse_cached

from archive.errors import ArchiveError
from archive.models import Exchange, Role
from archive.raw import Stored
from scrapers.failures import Bound, ForbiddenByRobots, RobotsUnread, words
from scrapers.frontier import Lease, LeaseLost
from scrapers.reservations import MOST_BYTES, PATH, Rule, origin, reservation, rules
from scrapers.spiders.base import SourceSpider
from scrapers.wishes import wishes

# Rules beyond this are not read (RFC 9309, 2.5, asks for at least so much).
_MOST_ROBOTS = 500 * 1024
# « Crawl-delay: 2,5 », as a French hand writes it.
_COMMA = re.compile(rb"(?im)^(\s*crawl-delay\s*:\s*\d{1,9}),(\d)")
# Not worth a second try, a way to anywhere else, or the memory that a page may have.
_ASIDE: dict[str, Any] = {"dont_retry": True, "dont_redirect": True, "download_maxsize": MOST_BYTES}
_UNREAD = "robots.txt cannot be had, so nothing may be asked"
_ALLOW_ALL = b"User-agent: *\nAllow: /\n"
_FORBID_ALL = b"User-agent: *\nDisallow: /\n"


class KeepMiddleware:
    """Hands each response, redirects and errors included, to the archive as it came off the wire.

    Nearest to the downloader of all middlewares.
    """

    def __init__(self, crawler: Crawler) -> None:
        """Keep the responses of ``crawler``'s spider."""
        assert isinstance(crawler.spider, SourceSpider)
        self._slug = crawler.spider.source.slug
        self._run = crawler.spider.run

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "KeepMiddleware":
        """Build the middleware, as Scrapy asks."""
        return cls(crawler)

    def process_request(self, request: Request) -> None:
        """Ask only for what is new."""
        if not self._run.options.full:
            self._ask_for_news(request)

    async def process_response(self, request: Request, response: Response) -> Response:
        """Archive the response; stop the crawl, with nothing lost, when that is no longer possible."""
        if request.meta.pop("kept", False) or request.meta.pop("invented", False):
            return response
        exchange = _exchange(self._slug, request, response, self._reserved(request.url))
        lease: Lease | None = request.meta.get("lease")
        try:
            if lease is not None and not self._run.frontier.received(lease, exchange.fetched_at):
                raise LeaseLost(request.url)
            self._run.reading[self._slug] += await self._run.together.keep(exchange)
            if response.status == HTTPStatus.NOT_MODIFIED:
                stored = self._run.archive.kept(self._slug, exchange.url, exchange.fetched_at)
                response = response if stored is None else _response(request, stored)
        except (ArchiveError, sqlite3.Error) as error:
            self._run.failure = (
                error
                if isinstance(error, ArchiveError)
                else ArchiveError(f"{self._run.options.data / 'archive.db'}: {error}")
            )
            raise self._run.failure from error
        if exchange.role != "robots" and exchange.status < HTTPStatus.BAD_REQUEST:
            self._run.count(self._slug)
        return response

    def _reserved(self, url: str) -> str | None:
        """Return what the host says of the page in its list of reservations."""
        return reservation(self._run.reservations.get(origin(url), ()), url)

    def _ask_for_news(self, request: Request) -> None:
        """Say which answer the archive has, so that the site need not send it again."""
        before = self._run.archive.last_whole(self._slug, request.url)
        if before is None:
            return
        if before.etag:
            request.headers["If-None-Match"] = before.etag
        if before.last_modified:
            request.headers["If-Modified-Since"] = before.last_modified


class ResumeMiddleware:
    """Takes from the archive what a crawl that was killed had archived without following its links.

    Before any waiting: nothing is asked of a site.
    """

    def __init__(self, crawler: Crawler) -> None:
        """Look into the archive of ``crawler``'s spider."""
        assert isinstance(crawler.spider, SourceSpider)
        self._slug = crawler.spider.source.slug
        self._archive = crawler.spider.run.archive

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "ResumeMiddleware":
        """Build the middleware, as Scrapy asks."""
        return cls(crawler)

    def process_request(self, request: Request) -> Response | None:
        """Answer what the archive already holds of this very crawl."""
        lease: Lease | None = request.meta.get("lease")
        if lease is None or lease.fetched_at is None:
            return None
        stored = self._archive.kept(self._slug, request.url, lease.fetched_at)
        if stored is None or stored.capture.noarchive:
            return None
        request.meta["kept"] = True
        return _response(request, stored)


class RobotsMiddleware(RobotsTxtMiddleware):
    """Obeys robots.txt the way RFC 9309 says, where Scrapy is more lenient.

    A robots.txt that cannot be had (a network failure, a 5xx, a 429) forbids everything until it can; one
    that does not exist (any other 4xx) forbids nothing, whatever words its error page holds.
    """

    def __init__(self, crawler: Crawler) -> None:
        """Obey for the spider of ``crawler``."""
        super().__init__(crawler)
        self._unread: dict[str, IgnoreRequest] = {}

    def process_request_2(self, rp: RobotParser | None, request: Request) -> None:
        """Raise ForbiddenByRobots for what the site wants not to be asked for."""
        if (unread := self._unread.get(urlparse_cached(request).netloc)) is not None:
            raise unread.with_traceback(None)
        try:
            super().process_request_2(rp, request)
        except IgnoreRequest as error:
            raise ForbiddenByRobots("forbidden by robots.txt") from error

    async def _parse_robots(self, response: Response, netloc: str, request: Request) -> None:
        if _may_come_later(response.status):
            self._unread[netloc] = RobotsUnread(_UNREAD)
            response = response.replace(body=_FORBID_ALL)
        elif response.status >= HTTPStatus.BAD_REQUEST:
            response = response.replace(body=_ALLOW_ALL)
        elif len(response.body) > _MOST_ROBOTS:
            response = response.replace(body=response.body[:_MOST_ROBOTS])
        response = response.replace(body=_COMMA.sub(rb"\1.\2", response.body))
        await super()._parse_robots(response, netloc, request)

    def _robots_error(self, exc: Exception, netloc: str) -> None:
        spider = self.crawler.spider
        assert isinstance(spider, SourceSpider)
        if spider.run.failure is None and self.crawler.crawling and not isinstance(exc, Bound):
            address = f"https://{netloc}/robots.txt"
            spider.run.problem(spider.source.slug, address, "robots", words(exc, spider.run.options.limits))
        self._unread[netloc] = exc if isinstance(exc, Bound) else RobotsUnread(_UNREAD)
        forbidden = self._parserimpl.from_crawler(self.crawler, _FORBID_ALL)
        waiting: Any = self._parsers[netloc]
        self._parsers[netloc] = forbidden
        waiting.callback(forbidden)


class ReservationMiddleware:
    """Asks each host once in a crawl what it reserves, before its first page, where robots.txt lets us."""

    def __init__(self, crawler: Crawler) -> None:
        """Ask for the spider of ``crawler``."""
        assert isinstance(crawler.spider, SourceSpider)
        self._crawler = crawler
        self._reservations = crawler.spider.run.reservations
        self._asked: dict[str, asyncio.Future[None]] = {}

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "ReservationMiddleware":
        """Build the middleware, as Scrapy asks."""
        return cls(crawler)

    async def process_request(self, request: Request) -> None:
        """Know what a host reserves before anything of it is archived."""
        if "lease" not in request.meta:
            return  # a robots.txt, or our own request
        place = origin(request.url)
        if place in self._asked:
            await self._asked[place]
            return
        self._asked[place] = asyncio.get_running_loop().create_future()
        try:
            self._reservations[place] = await self._ask(place)
        finally:
            self._asked[place].set_result(None)

    async def _ask(self, place: str) -> list[Rule]:
        """Return the rules of a host; none when it has no such file, which is nobody's fault."""
        request = Request(place + PATH, callback=NO_CALLBACK, meta=_ASIDE)
        assert self._crawler.engine is not None
        try:
            response = await self._crawler.engine.download_async(request)
        except Exception:
            return []
        return rules(response.body) if response.status == HTTPStatus.OK else []


def _may_come_later(status: int) -> bool:
    return status >= HTTPStatus.INTERNAL_SERVER_ERROR or status == HTTPStatus.TOO_MANY_REQUESTS


def _exchange(slug: str, request: Request, response: Response, reserved: str | None) -> Exchange:
    """Describe what was asked and answered; the body is still under its Content-Encoding here.

    A body that the site wants no copy of is left out; the spider still reads its links.
    """
    headers = _pairs(response.headers)
    wish = wishes(headers, response.body)
    return Exchange(
        source=slug,
        role=_role(request),
        url=request.url,
        status=response.status,
        reason=_reason(response.status),
        headers=headers,
        body=b"" if wish.noarchive else response.body,
        # WARC-Date counts whole seconds: a fraction here would never be found again.
        fetched_at=request.meta.pop("replayed_at", None) or datetime.now(UTC).replace(microsecond=0),
        request_method=request.method,
        request_headers=_pairs(request.headers),
        ip_address=str(response.ip_address) if response.ip_address else None,
        announced=request.meta.get("announced"),
        via=request.meta.get("via"),
        noarchive=wish.noarchive,
        tdm_reservation=wish.tdm_reservation or reserved,
    )


def _role(request: Request) -> Role:
    role: Role = request.meta.get("role", "other")
    return "robots" if urlparse_cached(request).path in ("/robots.txt", PATH) else role


def _reason(status: int) -> str:
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return ""


def _pairs(headers: Headers) -> list[tuple[str, str]]:
    """Return headers one value a pair; bytes beyond ASCII are kept as Latin-1, as HTTP has it."""
    values: Iterable[tuple[bytes, list[bytes]]] = headers.items()
    return [(name.decode("latin-1"), value.decode("latin-1")) for name, some in values for value in some]


def _response(request: Request, stored: Stored) -> Response:
    """Build a response from the archive; the body there is already free of its Content-Encoding.

    What is as it was counts as received: its links are read from the earlier body.
    """
    headers = Headers()
    for name, value in stored.headers:
        if name.lower() != "content-encoding":
            headers.appendlist(name, value)
    kind = responsetypes.from_args(headers=headers, url=request.url, body=stored.body)
    status = stored.capture.status
    if status == HTTPStatus.NOT_MODIFIED and stored.capture.original is not None:
        status = HTTPStatus.OK
    return kind(request.url, status=status, headers=headers, body=stored.body, request=request)
