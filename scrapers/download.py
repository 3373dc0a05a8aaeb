"""How does a response come in? By Scrapy's own handler, with a limit on headers, which it has not."""

from typing import Any, cast

from scrapy.utils.reactor import is_reactor_installed
from twisted.internet.base import DelayedCall, ReactorBase
from twisted.internet.defer import Deferred
from twisted.web._newclient import Request as SentRequest
from twisted.web.iweb import IResponse

# Scrapy has no public place for the parser of a response; tests/scrapers/test_download.py notices a change.
from scrapy.core.downloader.handlers.http11 import (  # isort: skip
    HTTP11DownloadHandler,
    _LenientHTTP11ClientFactory,
    _LenientHTTP11ClientProtocol,
    _LenientHTTPClientParser,
)
from scrapy.crawler import Crawler

# Reading a page for so many seconds is not noticed by others.
_UNNOTICED = 0.2


def excuse(seconds: float) -> None:
    """Grant every download under way the ``seconds`` for which the reading of a page held it up."""
    if seconds < _UNNOTICED or not is_reactor_installed():
        return
    from twisted.internet import reactor

    for call in cast(ReactorBase, reactor).getDelayedCalls():
        # The time limit of a download is a call that cancels it.
        if isinstance(getattr(call.func, "__self__", None), Deferred):
            cast(DelayedCall, call).delay(seconds)


class TooManyHeaders(Exception):
    """The headers of a response are longer than allowed."""


class LimitedDownloadHandler(HTTP11DownloadHandler):
    """Downloads by HTTP/1.1; gives a response up whose headers do not come to an end.

    Twisted reads any number of header lines, and interim responses, into memory.
    """

    def __init__(self, crawler: Crawler) -> None:
        """Build the handler, as Scrapy asks."""
        super().__init__(crawler)
        self._pool._factory = connections(crawler.settings.getint("DOWNLOAD_MAX_HEADERS"))


def connections(most: int) -> Any:
    """Return the class that makes connections whose responses have ``most`` bytes of headers at most."""
    parser = type("Parser", (_LimitedParser,), {"most": most})
    protocol = type("Protocol", (_LimitedProtocol,), {"parser": parser})
    return type("Factory", (_LimitedFactory,), {"wrapped": protocol})


class _LimitedParser(_LenientHTTPClientParser):
    most = 0
    received = 0

    def lineReceived(self, line: bytes) -> None:
        """Read one line of the head, those of interim responses (1xx) included."""
        self.received += len(line) + 2
        if self.received > self.most:
            raise TooManyHeaders(f"more than {self.most // 1024} KiB of headers")
        super().lineReceived(line)

    def lineLengthExceeded(self, line: bytes) -> None:
        """Give up on a single line that does not end."""
        raise TooManyHeaders(f"a header of more than {self.MAX_LENGTH // 1024} KiB")


class _LimitedProtocol(_LenientHTTP11ClientProtocol):
    parser: type[_LimitedParser]

    def request(self, request: SentRequest) -> "Deferred[IResponse]":
        """Send a request, and read its response within the limit."""
        answer = super().request(request)
        assert self._parser is not None
        self._parser.__class__ = self.parser
        return answer


class _LimitedFactory(_LenientHTTP11ClientFactory):
    wrapped: type[_LimitedProtocol]

    def buildProtocol(self, addr: object) -> _LimitedProtocol:
        """Return the protocol of one connection."""
        return self.wrapped(self._quiescentCallback)
