"""What went wrong with a request, in words that whoever keeps the archive understands?"""

from collections.abc import Iterator

from OpenSSL import SSL
from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadTimeoutError,
    IgnoreRequest,
    ResponseDataLossError,
)
from scrapy.http import Response
from scrapy.utils._compression import _DecompressionMaxSizeExceeded
from twisted.internet.error import ConnectionDone, ConnectionLost
from twisted.python.failure import Failure
from twisted.web._newclient import BadResponseVersion, ParseError, _WrapperException

from archive.limits import Limits
from scrapers.download import TooManyHeaders


class ForbiddenAddress(IgnoreRequest):
    """An address that a crawl must not reach: the message names it. Not worth a second try."""


class ForbiddenByRobots(IgnoreRequest):
    """The site wants this not to be asked for."""


class RobotsUnread(ForbiddenByRobots):
    """What a site wants cannot be known now: nothing is asked for, and the next crawl tries again."""


class Stopping(IgnoreRequest):
    """The crawl, or that of the source, is being stopped: the request stays open, to be asked again."""


class Bound(IgnoreRequest):
    """Nothing more is asked of a source in this crawl. ``reason`` is why its spider is closed."""

    def __init__(self, reason: str, sentence: str) -> None:
        """Say why."""
        super().__init__(sentence)
        self.reason = reason


# The first that is among the causes of a failure is its reason.
_SENTENCES: dict[type[BaseException], str] = {
    DownloadTimeoutError: "not received within {limits.seconds:g} seconds",
    CannotResolveHostError: "no public address under this name",
    DownloadConnectionRefusedError: "the server takes no connection",
    DownloadCancelledError: "larger than {limits.megabytes:g} MiB",
    _DecompressionMaxSizeExceeded: "larger than {limits.megabytes:g} MiB once unpacked",
    TooManyHeaders: "{cause}",
    ResponseDataLossError: "the connection ended before the response did",
    BadResponseVersion: "the answer is not HTTP",
    ParseError: "the answer is not HTTP",
}


def words(error: BaseException, limits: Limits) -> str:
    """Return one line on why a request brought no page.

    >>> words(DownloadTimeoutError("Getting http://a.example/ took longer than 60 seconds."), Limits())
    'not received within 60 seconds'
    """
    causes = list(_causes(error))
    for kind, sentence in _SENTENCES.items():
        for cause in causes:
            if isinstance(cause, kind):
                return sentence.format(limits=limits, cause=cause)
    if isinstance(error, IgnoreRequest):
        return str(error)
    if any(isinstance(cause, SSL.Error) for cause in causes):
        return f"no trustworthy certificate ({causes[-1]})"
    if isinstance(causes[-1], ConnectionDone | ConnectionLost | ValueError):
        # Twisted reads lengths as numbers, and says what hinders it.
        return f"no answer that is HTTP ({causes[-1]})"
    return f"{type(causes[-1]).__name__}: {causes[-1]}"


def unfollowed(response: Response) -> str:
    """Return one line on an answer that is neither a page nor an error, nor leads anywhere."""
    location = response.headers.get("Location")
    if location is None:
        return f"HTTP {response.status} that leads nowhere"
    return f"HTTP {response.status} to {location.decode('latin-1')[:200]!r}, which is not followed"


def _causes(error: BaseException) -> Iterator[BaseException]:
    """Yield an error and, from the outermost to the innermost, what it came from."""
    yield error
    # Scrapy wraps what Twisted had wrapped.
    for reason in error.reasons if isinstance(error, _WrapperException) else ():
        if isinstance(reason, Failure) and reason.value is not None:
            yield from _causes(reason.value)
    if error.__cause__ is not None:
        yield from _causes(error.__cause__)
