"""Follows a clipping board: its pages, the page of each tile, and the clipped pages where that is wished."""

from collections.abc import Iterator
from typing import ClassVar

from scrapy import Request
from scrapy.http import Response

from archive.models import Role
from scrapers import links
from scrapers.spiders.listing import ListingSpider

# Behind everything else: the board itself matters more than what others wrote.
_ORIGINAL = -20


class BoardSpider(ListingSpider):
    """For boards of press clippings.

    The clipped pages belong to others: none of them is asked for unless the source says ``originals``, and
    then nothing is followed from them. Their sites' robots.txt and the pace of their hosts hold as anywhere.
    """

    start_role: ClassVar[Role] = "board"
    page_role: ClassVar[Role] = "board"
    article_callback: ClassVar[str] = "read_tile"

    def read_links(self, response: Response) -> Iterator[Request]:
        """Yield what a page of the board leads to."""
        yield from super().read_links(response)
        yield from self._originals(response)

    def read_tile(self, response: Response) -> Iterator[Request]:
        """Yield the page that a tile's own page was clipped from."""
        yield from self._originals(response)

    def _originals(self, response: Response) -> Iterator[Request]:
        if not self.source.fetch.originals:
            return
        for url in self.run.archive.originals(self.source.slug, response.url):
            address = links.address(response.url, url)
            if address is not None and not links.is_file(address):
                yield self._request(address, "original", response, priority=_ORIGINAL)

    def note_if_empty(self, response: Response, found: int) -> None:
        """Say nothing: a board's tiles are read from its own pages, which may lead nowhere."""

    def note_if_barren(self) -> None:
        """Say nothing: tiles need no page of their own."""

    def is_article(self, url: str) -> bool:
        """Say whether an address is a tile's own page; a source without a pattern for them has none."""
        return self.source.fetch.articles is not None and super().is_article(url)
