"""Follows listing pages: their articles, and the further pages of the same listing."""

from collections.abc import Iterator
from typing import ClassVar

from scrapy import Request
from scrapy.http import HtmlResponse, Response

from archive.announcements import is_feed
from archive.models import Role
from scrapers import links
from scrapers.spiders.feed import FeedSpider
from scrapers.spiders.sitemap import SitemapSpider, is_sitemap

# So many pages in a row without an article unseen in this crawl end a listing: a calendar goes on for ever.
# Not fewer, since the first pages of a section often repeat what the home page has already given.
MOST_BARREN = 10


class ListingSpider(FeedSpider, SitemapSpider):
    """For sites whose news are found by following links from page to page.

    A feed or a sitemap may stand among the entry pages, for what no page links to.
    """

    start_role: ClassVar[Role] = "listing"
    page_role: ClassVar[Role] = "listing"

    def read_links(self, response: Response) -> Iterator[Request]:
        """Yield what a listing, a feed or a sitemap leads to."""
        if is_feed(response.body):
            yield from FeedSpider.read_links(self, response)
        elif is_sitemap(response.body):
            yield from SitemapSpider.read_links(self, response)
        elif isinstance(response, HtmlResponse):
            yield from self._read_page(response)

    def _read_page(self, response: HtmlResponse) -> Iterator[Request]:
        """Yield the articles of a listing, then its further pages while they bring something new."""
        found = self._addresses(response)
        articles = [url for url in found if self._leads_to_article(url, response)]
        unseen = [url for url in articles if not self.run.frontier.seen(self.source.slug, url)]
        barren = 0 if unseen else response.meta.get("barren", 0) + 1
        pages = list(self._pages(response, found, self.is_known_ground(articles)))
        self.note_if_empty(response, len(articles) + len(pages))
        self.meet(articles)
        for url in articles:
            if request := self.article(response, url):
                yield request
        if barren > MOST_BARREN:
            return
        for url in pages:
            if request := self.follow(response, url, self.page_role, barren):
                yield request

    def _leads_to_article(self, url: str, response: Response) -> bool:
        pages = self.source.fetch.pages
        if pages is not None and pages.search(url):
            return False
        return self.is_article(url) and not links.is_another_page(url, response.url)

    def _pages(self, response: HtmlResponse, found: list[str], is_known_ground: bool) -> Iterator[str]:
        """Yield further listing pages: those of the source file, and recognised pages of this listing.

        Known ground ends the walk through this listing, not the way to others. Where it lies ahead, pages
        are taken one after the other, since most need not be asked.
        """
        declared = self.source.fetch.pages
        onward = set(self._onward(response))
        if self.knows_ground:
            found = links.without_farther_pages(found, response.url)
        for url in filter(self.is_ours, found):
            is_declared = declared is not None and declared.search(url) is not None
            is_onward = url in onward or links.is_another_page(url, response.url)
            if is_onward and is_known_ground:
                continue
            if is_declared or (is_onward and not links.is_calendar(url)):
                yield url

    def _addresses(self, response: HtmlResponse) -> list[str]:
        """Return where the links of a page lead, in order, each once."""
        hrefs = response.xpath("//a/@href | //area/@href | //link[contains(@rel, 'next')]/@href").getall()
        return list(dict.fromkeys(_absolute(response, hrefs)))

    def _onward(self, response: HtmlResponse) -> Iterator[str]:
        """Yield the links that say they lead to the next page, by their relation or their words."""
        marked = response.xpath(
            "//*[self::a or self::link][contains(concat(' ', @rel, ' '), ' next ')]/@href"
        )
        worded = [
            link.attrib["href"]
            for link in response.xpath("//a[@href]")
            if links.says_next(" ".join(link.xpath(".//text()").getall()).strip())
        ]
        yield from _absolute(response, [*marked.getall(), *worded])


def _absolute(response: HtmlResponse, hrefs: list[str]) -> Iterator[str]:
    base = response.urljoin("")
    for href in hrefs:
        if url := links.address(base, href, response.encoding):
            yield url
