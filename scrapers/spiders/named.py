"""Asks for pages that a person names, and for nothing else."""

from collections.abc import AsyncIterator, Iterator
from typing import Any

from scrapy import Request
from scrapy.http import Response
from scrapy.spidermiddlewares.httperror import HttpError
from twisted.python.failure import Failure

from scrapers import links
from scrapers.spiders.base import SourceSpider


class NamedSpider(SourceSpider):
    """For pages that are added by hand: robots.txt, the guard and the archive hold as in any crawl."""

    def __init__(self, name: str | None = None, **given: Any) -> None:
        """Let the hosts of the named pages be asked, besides those of the source."""
        super().__init__(name, **given)
        self._named = self.run.options.only[self.source.slug]
        self.hosts |= links.hosts(list(self._named))

    async def start(self) -> AsyncIterator[Request]:
        """Ask for the named pages."""
        for url in self._named:
            if address := links.address(url, url):
                yield self._request(address, "article", None)

    def read_links(self, response: Response) -> Iterator[Request]:
        """Follow nothing."""
        yield from ()

    def failed(self, failure: Failure) -> list[Request]:
        """Say why a page did not come, whatever the reason: a person waits for it."""
        error = failure.value
        if self.run.failure is None and self.crawler.crawling:
            url = failure.request.url  # type: ignore[attr-defined]
            status = f"HTTP {error.response.status}" if isinstance(error, HttpError) else ""
            reason = str(error).removeprefix(f"{url}: ") or type(error).__name__
            self.run.archive.problem(self.source.slug, url, "add", status or reason)
        return super().failed(failure)
