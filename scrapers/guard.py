"""May this address be reached at all? Never a private network, whatever a page or a redirect says."""

import ipaddress
import logging
from collections.abc import Sequence
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.resolver import CachingThreadedResolver
from scrapy.utils.httpobj import urlparse_cached
from twisted.internet.base import ReactorBase
from twisted.internet.defer import Deferred
from twisted.internet.error import DNSLookupError

from scrapers.failures import ForbiddenAddress
from scrapers.reservations import PATH
from scrapers.spiders.base import SourceSpider

_log = logging.getLogger(__name__)

_WEB_PORTS = (80, 443)
# NAT64 (RFC 6052): the last four bytes are an IPv4 address, which may be a private one.
_TRANSLATED = ipaddress.IPv6Network("64:ff9b::/96")
# All that IANA has given out as global unicast; the rest holds old notations of IPv4 and local prefixes, not
# all of which ``ipaddress`` counts as private.
_GLOBAL_UNICAST = ipaddress.IPv6Network("2000::/3")
# Protocol assignments (RFC 6890), and relays that no longer exist (RFC 7526).
_SPECIAL = (ipaddress.IPv4Network("192.0.0.0/24"), ipaddress.IPv4Network("192.88.99.0/24"))


class PublicResolver(CachingThreadedResolver):
    """Resolves names to public addresses only.

    The address that was judged is the one that is connected to, so a name cannot change its mind between
    the two. It stands below redirects, robots.txt and everything else that opens a connection.
    """

    private: frozenset[str] = frozenset()

    @classmethod
    def from_crawler(cls, crawler: Crawler, reactor: ReactorBase) -> "PublicResolver":
        """Build the resolver, as Scrapy asks."""
        resolver = super().from_crawler(crawler, reactor)
        resolver.private = frozenset(crawler.settings.getlist("ALLOW_PRIVATE_HOSTS"))
        return resolver

    def getHostByName(self, name: str, timeout: Sequence[int] = ()) -> "Deferred[str]":
        """Resolve ``name``; fail as for an unknown name when it lies on a private network."""
        found = super().getHostByName(name, timeout)
        if name not in self.private:
            found.addCallback(_public, name)
        return found


class GuardMiddleware:
    """Turns away requests for other schemes, other sites and literal private addresses."""

    def __init__(self, crawler: Crawler) -> None:
        """Guard the crawl of ``crawler``'s spider."""
        assert isinstance(crawler.spider, SourceSpider)
        self._spider = crawler.spider
        self._private = set(crawler.spider.run.options.allow_private)
        self._admitted: set[str] = set()
        self._private_hosts = {host_of(entry) for entry in self._private}
        self._longest = crawler.spider.run.options.limits.address

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "GuardMiddleware":
        """Build the middleware, as Scrapy asks."""
        return cls(crawler)

    def _belongs(self, request: Request, host: str, port: int) -> bool:
        """Say whether an address is the source's, or a clipped page's, or the robots.txt of such a page."""
        if host in self._spider.hosts:
            return True
        if request.meta.get("role") == "original" and self._spider.source.fetch.originals:
            if port not in _WEB_PORTS and host not in self._private_hosts:
                return False
            self._admitted.add(host)
            return True
        return host in self._admitted and urlparse_cached(request).path in ("/robots.txt", PATH)

    def process_request(self, request: Request) -> None:
        """Raise ForbiddenAddress for what must not be asked; redirects and robots.txt pass here too."""
        parts = urlparse_cached(request)
        if len(request.url) > self._longest:
            raise ForbiddenAddress(f"{request.url[:200]}…: an address of {len(request.url)} characters")
        host, port = _place(request.url)
        if parts.scheme not in ("http", "https"):
            raise ForbiddenAddress(f"{request.url}: neither http nor https")
        if not self._belongs(request, host, port):
            raise ForbiddenAddress(f"{request.url}: leads away from the source")
        if host in self._private_hosts:
            if f"{host}:{port}" not in self._private and f"[{host}]:{port}" not in self._private:
                raise ForbiddenAddress(f"{request.url}: another port than the one allowed on {host}")
        elif not is_public(host, unless_name=True):
            raise ForbiddenAddress(f"{request.url}: a private address")


def host_of(entry: str) -> str:
    """Return the host of ``HOST:PORT``.

    >>> host_of("127.0.0.1:8080"), host_of("[::1]:80")
    ('127.0.0.1', '::1')
    """
    return entry.rpartition(":")[0].strip("[]")


def is_public(address: str, unless_name: bool = False) -> bool:
    """Say whether an IP address lies on the public network; ``unless_name`` is the answer for a name.

    >>> [is_public(a) for a in ("93.184.216.34", "127.0.0.1", "10.0.0.8", "169.254.169.254", "::1")]
    [True, False, False, False, False]
    """
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return unless_name
    if isinstance(found, ipaddress.IPv4Address):
        return found.is_global and not found.is_multicast and not any(found in n for n in _SPECIAL)
    inner = _inside(found)
    return (found in _GLOBAL_UNICAST and found.is_global and inner is None) or (
        inner is not None and is_public(str(inner))
    )


def _place(url: str) -> tuple[str, int]:
    """Return host and port of an address; ForbiddenAddress for one that has none."""
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port or (443 if parts.scheme == "https" else 80)
    except ValueError as error:
        raise ForbiddenAddress(f"{url[:200]}: {error}") from error
    return host, port


def _inside(address: ipaddress.IPv6Address) -> ipaddress.IPv4Address | None:
    """Return the IPv4 address that an IPv6 one leads to by translation or tunnel, or ``None``."""
    if address in _TRANSLATED:
        return ipaddress.IPv4Address(int(address) & 0xFFFF_FFFF)
    return address.ipv4_mapped or address.sixtofour


def _public(address: str, name: str) -> str:
    if not is_public(address):
        _log.warning("%s: %s is a private address, not contacted", name, address)
        raise DNSLookupError(f"{name}: {address} is a private address")
    return address
