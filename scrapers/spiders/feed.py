"""Follows RSS, Atom and JSON feeds, with the day of publication that they announce."""

from collections.abc import Iterator
from typing import ClassVar

from scrapy import Request
from scrapy.http import Response

from archive import announcements
from archive.models import Role
from scrapers import links
from scrapers.spiders.base import SourceSpider


class FeedSpider(SourceSpider):
    """For sites that announce their news in a feed."""

    start_role: ClassVar[Role] = "feed"

    def read_links(self, response: Response) -> Iterator[Request]:
        """Yield the articles of a feed, then the feed's own older pages where it has any (RFC 5005)."""
        feed = announcements.read(response.body, response.url)
        linked = [
            (url, item)
            for item in feed.items
            if item.link.strip() and (url := links.address(response.url, item.link))
        ]
        self.note_if_empty(response, len(linked))
        if feed.cut:
            reason = f"more than {announcements.MOST_ITEMS} items; the rest is left out"
            self.run.problem(self.source.slug, response.url, "limit", reason)
        found: list[str] = []
        for url, item in linked:
            if not self.is_article(url):
                continue
            found.append(url)
            if self.source.fetch.full_text:
                continue  # the archive reads it from the feed
            if request := self.article(response, url, item.published, item.changed):
                yield request
        self.meet(found)
        whole = self.source.fetch.full_text
        if self.is_known_ground(found) or (whole and self.knows_ground):
            return
        for link in feed.older:
            url = links.address(response.url, link)
            if url is None or not self.is_ours(url):
                continue
            if request := self.follow(response, url, "full_feed" if whole else "feed"):
                yield request
