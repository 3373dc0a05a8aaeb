"""Follows RSS and Atom feeds, with the day of publication that they announce."""

import calendar
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from io import BytesIO
from time import struct_time
from typing import Any, ClassVar
from zoneinfo import ZoneInfo

import feedparser
from scrapy import Request
from scrapy.http import Response

from archive.models import Role
from scrapers import links
from scrapers.spiders.base import SourceSpider

# The root element stands behind the declaration, comments and style sheets at the most.
_ROOT = re.compile(rb"<(?:rss|feed|rdf:RDF)[\s>]")
_HEAD = 1_000
_PARIS = ZoneInfo("Europe/Paris")


class FeedSpider(SourceSpider):
    """For sites that announce their news in a feed."""

    start_role: ClassVar[Role] = "feed"

    def read_links(self, response: Response) -> Iterator[Request]:
        """Yield the articles of a feed, then the feed's own older pages where it has any (RFC 5005)."""
        # A response header of our own keeps feedparser from guessing the base of relative links.
        # As a stream: given bytes, feedparser would first try to open them as the name of a file.
        feed = feedparser.parse(BytesIO(response.body), response_headers={"content-location": response.url})
        self.note_if_empty(response, len(feed.entries))
        found: list[str] = []
        for entry in feed.entries:
            url = links.address(response.url, entry.get("link", ""))
            if url is None or not self.is_article(url):
                continue
            found.append(url)
            if request := self.article(response, url, *dates(entry)):
                yield request
        if self.is_known_ground(found):
            return
        for link in feed.feed.get("links", []):
            url = links.address(response.url, link.get("href", ""))
            if link.get("rel") != "next" or url is None or not self.is_ours(url):
                continue
            if request := self.follow(response, url, "feed"):
                yield request


def is_feed(body: bytes) -> bool:
    """Say whether a response is a feed, by the name of its root element, whatever its type says.

    >>> is_feed(b'<?xml version="1.0"?><rss version="2.0">'), is_feed(b"<!doctype html><html>")
    (True, False)
    """
    return _ROOT.search(body[:_HEAD]) is not None


def dates(entry: dict[str, Any]) -> tuple[str | None, str | None]:
    """Return the day of publication in Paris, and the time (UTC) of the last change, of a feed's entry.

    >>> dates({"published_parsed": struct_time((2024, 5, 31, 22, 30, 0, 4, 152, 0))})
    ('2024-06-01', None)
    """
    # A plain dict, since feedparser's own gives the date of publication for a missing change, with a warning.
    given = dict(entry)
    published, updated = given.get("published_parsed"), given.get("updated_parsed")
    return (
        _moment(published).astimezone(_PARIS).date().isoformat() if published else None,
        _moment(updated).isoformat() if updated else None,
    )


def _moment(parsed: struct_time) -> datetime:
    return datetime.fromtimestamp(calendar.timegm(parsed), UTC)
