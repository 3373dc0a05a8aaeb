"""Follows sitemaps: indexes, compressed files, dates of last change."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from typing import ClassVar
from zoneinfo import ZoneInfo

from lxml import etree
from scrapy import Request
from scrapy.http import Response
from scrapy.utils._compression import _DecompressionMaxSizeExceeded
from scrapy.utils.gz import gunzip

from archive.errors import PageError
from archive.models import Role
from scrapers import links
from scrapers.spiders.base import SourceSpider

# The root element stands behind the declaration, comments and style sheets at the most.
_ROOT = re.compile(rb"<(?:urlset|sitemapindex)[\s>]")
_HEAD = 1_000
_DATE = re.compile(r"\d{4}-(?:0[1-9]|1[0-2])(?:-\d\d|$)")
_PARIS = ZoneInfo("Europe/Paris")
_GZIP = b"\x1f\x8b\x08"
# No sitemap needs one; entities of its own serve to swell it, and end its reading.
_DOCTYPE = re.compile(rb"<!DOCTYPE[^>\[]{0,200}(?:\[.*?\]\s*)?>", re.DOTALL)
_TAGS = ("{*}url", "{*}sitemap", "url", "sitemap")


@dataclass(frozen=True, slots=True)
class Entry:
    """One address of a sitemap. ``announced`` is the day of publication that a news sitemap gives."""

    url: str
    is_sitemap: bool = False
    changed: str | None = None
    announced: str | None = None


class SitemapSpider(SourceSpider):
    """For sites that list their pages in a sitemap."""

    start_role: ClassVar[Role] = "sitemap"

    def read_links(self, response: Response) -> Iterator[Request]:
        """Yield the sitemaps of an index, and the articles of a sitemap."""
        listed = list(entries(self._unpacked(response)))
        self.note_if_empty(response, len(listed))
        for entry in listed:
            if (url := links.address(response.url, entry.url)) is None:
                continue
            request = self._request_for(response, entry, url)
            if request is not None:
                yield request

    def _request_for(self, response: Response, entry: Entry, url: str) -> Request | None:
        if not entry.is_sitemap:
            return (
                self.article(response, url, entry.announced, entry.changed) if self.is_article(url) else None
            )
        pages = self.source.fetch.pages
        if (pages is not None and not pages.search(url)) or self.is_unchanged(url, entry.changed):
            return None
        return self.follow(response, url, "sitemap")

    def _unpacked(self, response: Response) -> bytes:
        if response.body.startswith(_GZIP):
            try:
                return gunzip(response.body, max_size=self.run.options.limits.size)
            except _DecompressionMaxSizeExceeded as error:
                most = self.run.options.limits.megabytes
                raise PageError(f"larger than {most:g} MiB once unpacked") from error
        return response.body


def is_sitemap(body: bytes) -> bool:
    """Say whether a response is a sitemap, an index of them, or a compressed one."""
    return body.startswith(_GZIP) or _ROOT.search(body[:_HEAD]) is not None


def entries(body: bytes) -> Iterator[Entry]:
    """Yield what a sitemap or a sitemap index lists; nothing when ``body`` is neither.

    >>> xml = b"<urlset><url><loc> https://a.example/x </loc><lastmod>2024-06-01</lastmod></url></urlset>"
    >>> [(entry.url, entry.changed) for entry in entries(xml)]
    [('https://a.example/x', '2024-06-01')]
    >>> list(entries(b"<html><p>404"))
    []
    """
    # Read as a stream: a sitemap may have 50,000 addresses, and nothing of one is needed for the next.
    found = etree.iterparse(
        BytesIO(_DOCTYPE.sub(b"", body, 1)),
        tag=_TAGS,
        recover=True,
        resolve_entities=False,
        no_network=True,
        remove_comments=True,
    )
    for _, element in found:
        if url := _text(element, "{*}loc"):
            published = _text(element, "{*}news/{*}publication_date")
            yield Entry(
                url,
                is_sitemap=etree.QName(element).localname == "sitemap",
                changed=_text(element, "{*}lastmod"),
                announced=_day(published),
            )
        element.clear()
        while element.getprevious() is not None:
            del element.getparent()[0]


def _day(published: str | None) -> str | None:
    """Return the day in Paris of a W3C date and time; as much as there is of a partial date.

    >>> _day("2024-05-31T23:30:00Z"), _day("2024-05-31"), _day("2024-05"), _day("hier")
    ('2024-06-01', '2024-05-31', '2024-05', None)
    """
    if published is None or not _DATE.match(published):
        return None
    try:
        moment = datetime.fromisoformat(published)
    except ValueError:
        return published[:7] if len(published) == len("2024-05") else None
    return (moment.astimezone(_PARIS) if moment.tzinfo else moment).date().isoformat()


def _text(element: etree._Element, path: str) -> str | None:
    return (element.findtext(path) or "").strip() or None
