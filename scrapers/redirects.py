"""Where does a redirect lead? Not in a circle, and a page that sends for itself is a page."""

from typing import Any

from scrapy import Request, Spider
from scrapy.downloadermiddlewares.redirect import MetaRefreshMiddleware, RedirectMiddleware
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response

from scrapers.failures import unfollowed


class StraightRedirectMiddleware(RedirectMiddleware):
    """Follows redirects until one leads to where the request has been before."""

    def process_response(
        self, request: Request, response: Response, spider: Spider | None = None
    ) -> Request | Response:
        """Return what a redirect leads to, or the response; IgnoreRequest where it leads nowhere."""
        try:
            return super().process_response(request, response)
        except ValueError as error:  # no address of the web, says Request
            raise IgnoreRequest(unfollowed(response)) from error

    def _redirect(self, redirected: Request, request: Request, reason: Any) -> Request:
        if _has_been_at(redirected.url, request):
            raise IgnoreRequest(f"redirected in a circle, to {redirected.url[:200]}")
        if request.meta.get("redirect_times", 0) >= self.max_redirect_times:
            raise IgnoreRequest(f"redirected more than {self.max_redirect_times} times")
        return super()._redirect(redirected, request, reason)


class StraightRefreshMiddleware(MetaRefreshMiddleware):
    """Follows ``<meta http-equiv="refresh">`` to other pages, not one that reloads the page itself."""

    def process_response(
        self, request: Request, response: Response, spider: Spider | None = None
    ) -> Request | Response:
        """Return the request that a page sends the reader on to, or the page."""
        found = super().process_response(request, response)
        if isinstance(found, Request) and _has_been_at(found.url, request):
            return response
        return found


def _has_been_at(url: str, request: Request) -> bool:
    return url in (request.url, *request.meta.get("redirect_urls", ()))
