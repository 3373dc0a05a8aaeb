"""Follows a clipping board: its pages, and the page of each tile where the board has one."""

from typing import ClassVar

from scrapy.http import Response

from archive.models import Role
from scrapers.spiders.listing import ListingSpider


class BoardSpider(ListingSpider):
    """For boards of press clippings. The clipped pages belong to others: none of them is asked for."""

    start_role: ClassVar[Role] = "board"
    page_role: ClassVar[Role] = "board"

    def note_if_empty(self, response: Response, found: int) -> None:
        """Say nothing: a board's tiles are read from its own pages, which may lead nowhere."""

    def is_article(self, url: str) -> bool:
        """Say whether an address is a tile's own page; a source without a pattern for them has none."""
        return self.source.fetch.articles is not None and super().is_article(url)
