"""What does a page say once its scripts have run? Pages of sources with ``render = true``, by a real browser.

The browser reaches what the crawl may reach and nothing else. Each host of the source is looked up and judged
before it starts, and it is told these addresses and that no other host exists: redirects, scripts and frames
cannot lead it to a private network, nor can a name that changes its mind.
"""

import ipaddress
import os
import shutil
import socket
from contextlib import suppress
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest, NotConfigured
from scrapy.http import Response

from archive.addresses import identity
from archive.errors import SourceError
from archive.limits import MOST_PAGE_BYTES
from archive.sources import Source
from scrapers import links
from scrapers.guard import host_of, is_public
from scrapers.settings import CLOSED_SCHEMES
from scrapers.spiders.base import SourceSpider

if TYPE_CHECKING:
    from playwright.async_api import Page
    from playwright.async_api import Request as BrowserRequest

_PROGRAMS = ("chromium", "chromium-browser", "google-chrome", "chrome")
_HANDLER = "scrapy_playwright.handler.ScrapyPlaywrightDownloadHandler"
# Pages that people read; feeds, sitemaps and robots.txt have no scripts.
_ROLES = ("article", "listing", "board")
# What a text may need; images, films, fonts and the like are never asked for.
_NEEDED = ("document", "script", "xhr", "fetch", "stylesheet")
_NAVIGATION_MS = 60_000
# A page that goes on asking is taken as it is after so long.
_QUIET_MS = 5_000
_ARGUMENTS = (
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--no-proxy-server",
    "--dns-prefetch-disable",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-webrtc",
    "--force-webrtc-ip-handling-policy=disable_non_proxied_udp",
)


def render_settings(source: Source, allow_private: tuple[str, ...]) -> dict[str, Any]:
    """Return the settings for a spider whose pages a browser reads.

    Raises SourceError, naming the file, when the extra ``render`` or the browser is missing.
    """
    program = next(filter(None, map(shutil.which, _PROGRAMS)), None)
    if find_spec("scrapy_playwright") is None or program is None:
        missing = "Chromium" if program is None else "scrapy-playwright (pip install 'coopress[render]')"
        raise SourceError(f"{source.path}: fetch.render needs {missing}, which is not installed")
    rules = ",".join([*_told(source, allow_private), "MAP * ~NOTFOUND"])
    arguments = [*_ARGUMENTS, f"--host-resolver-rules={rules}"]
    if os.geteuid() == 0:
        arguments.append("--no-sandbox")
    return {
        "DOWNLOAD_HANDLERS": {**CLOSED_SCHEMES, "http": _HANDLER, "https": _HANDLER},
        "PLAYWRIGHT_LAUNCH_OPTIONS": {"executable_path": program, "headless": True, "args": arguments},
        "PLAYWRIGHT_ABORT_REQUEST": "scrapers.render.is_needless",
        "PLAYWRIGHT_DEFAULT_NAVIGATION_TIMEOUT": _NAVIGATION_MS,
        "PLAYWRIGHT_MAX_PAGES_PER_CONTEXT": 1,
    }


def _told(source: Source, allow_private: tuple[str, ...]) -> list[str]:
    """Return a rule for each host of the source that may be reached: its name, and the address it has now."""
    fetch = source.fetch
    hosts = links.hosts([source.home, *fetch.start, *(f"//{host}" for host in fetch.allow)])
    private = {host_of(entry): entry for entry in allow_private}
    rules = []
    for host in sorted(hosts):
        if host in private:
            rules.append(f"MAP {private[host]} {private[host]}")
        elif (address := _public_address(host)) is not None:
            rules.append(f"MAP {host} {address}")
    return rules


def _public_address(host: str) -> str | None:
    """Return the first address of a host when all it has lie on the public network, else ``None``."""
    with suppress(ValueError):
        return str(ipaddress.ip_address(host)) if is_public(host) else None
    try:
        found = [str(info[4][0]) for info in socket.getaddrinfo(host, 443, type=socket.SOCK_STREAM)]
    except OSError:
        return None
    if not found or not all(map(is_public, found)):
        return None
    return f"[{found[0]}]" if ":" in found[0] else found[0]


def is_needless(request: "BrowserRequest") -> bool:
    """Say whether the browser need not make a request: not the web's, or nothing that a text is made of."""
    return urlsplit(request.url).scheme not in ("http", "https") or request.resource_type not in _NEEDED


class RenderMiddleware:
    """Hands pages to the browser, and makes of what comes back what the rest of the crawl expects.

    Nearest to the downloader of all middlewares.
    """

    def __init__(self, crawler: Crawler) -> None:
        """Render the pages of ``crawler``'s spider, if its source says so."""
        assert isinstance(crawler.spider, SourceSpider)
        if not crawler.spider.source.fetch.render or crawler.spider.run.replay is not None:
            raise NotConfigured

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "RenderMiddleware":
        """Build the middleware, as Scrapy asks."""
        return cls(crawler)

    def process_request(self, request: Request) -> None:
        """Ask the browser for a page; files are downloaded as ever."""
        if request.meta.get("role") not in _ROLES or urlsplit(request.url).path.lower().endswith(".pdf"):
            return
        from scrapy_playwright.page import PageMethod

        request.meta["playwright"] = True
        request.meta["playwright_page_methods"] = [PageMethod(_settled)]
        request.meta["playwright_context_kwargs"] = {"service_workers": "block", "accept_downloads": False}
        # Validators are for the document alone, which is no more than a part of what the page shows.
        for name in ("If-None-Match", "If-Modified-Since"):
            request.headers.pop(name, None)

    def process_response(self, request: Request, response: Response) -> Response:
        """Refuse what is too large; take a page that led elsewhere for a redirect, which is judged anew."""
        if "playwright" not in response.flags:
            return response
        if len(response.body) > MOST_PAGE_BYTES:
            raise IgnoreRequest(f"more than {MOST_PAGE_BYTES // 1024 // 1024} MiB once rendered")
        if identity(response.url) != identity(request.url):
            return Response(request.url, 302, headers={"Location": response.url}, request=request)
        response.headers["Coopress-Rendered"] = "chromium"
        return response.replace(url=request.url)


async def _settled(page: "Page") -> None:
    """Wait until the page asks for nothing any more, for a while."""
    from playwright.async_api import TimeoutError as LateError

    with suppress(LateError):
        await page.wait_for_load_state("networkidle", timeout=_QUIET_MS)
