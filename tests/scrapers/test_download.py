"""The limit on headers stands on private parts of Scrapy and Twisted: an upgrade that moves them fails."""

import inspect
import re
from typing import Any

import pytest
from scrapy.core.downloader.handlers import http11
from twisted.internet.testing import StringTransport
from twisted.web._newclient import Request, ResponseFailed
from twisted.web.client import HTTPConnectionPool
from twisted.web.http_headers import Headers

from scrapers.download import TooManyHeaders, connections

MOST = 1024


def received(*parts: bytes) -> Any:
    """Return what a request comes to when these bytes answer it."""
    protocol = connections(MOST)(lambda _: None, "a.example").buildProtocol(None)
    protocol.makeConnection(StringTransport())
    ends: list[Any] = []
    answer = protocol.request(Request(b"GET", b"/", Headers({b"host": [b"a.example"]}), None))
    answer.addBoth(ends.append)
    for part in parts:
        protocol.dataReceived(part)
    return ends[0] if ends else None


def test_a_response_with_headers_as_usual_comes_through():
    answer = received(b"HTTP/1.1 200 OK\r\nServer: a\r\n", b"Content-Length: 0\r\n\r\n")
    assert (answer.code, answer.headers.getRawHeaders(b"server")) == (200, [b"a"])


@pytest.mark.parametrize(
    "parts",
    [
        (b"HTTP/1.1 200 OK\r\n", b"X-A: b\r\n" * 200),
        (b"HTTP/1.1 103 Early Hints\r\nX-A: b\r\n\r\n" * 100,),
        (b"HTTP/1.1 200 OK\r\nX-A: ", b"b" * 100_000),
    ],
    ids=["many lines", "interim responses", "one line"],
)
def test_headers_without_end_are_given_up(parts: tuple[bytes, ...]):
    failure = received(*parts)
    failure.trap(ResponseFailed)
    assert [reason.type for reason in failure.value.reasons][:1] == [TooManyHeaders]


def test_a_time_limit_is_a_call_that_cancels_a_download():
    """``excuse`` finds the time limits among all calls to come by their being methods of a Deferred."""
    assert re.search(r"callLater\(\w+, d\d*\.cancel\)", inspect.getsource(http11))


def test_the_pool_of_the_handler_makes_its_connections_by_a_factory():
    assert "self._pool" in inspect.getsource(http11.HTTP11DownloadHandler.__init__)
    assert hasattr(HTTPConnectionPool, "_factory")
