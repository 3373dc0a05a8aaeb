"""What is the least that Scrapy costs? A spider that follows links and yields one item a page."""

import sys
from collections.abc import Iterator
from typing import Any

import scrapy
from scrapy.crawler import AsyncCrawlerProcess
from scrapy.http import Response


class Bare(scrapy.Spider):
    """Reads the links of listings, nothing of articles."""

    name = "bare"

    def parse(self, response: Response, **given: Any) -> Iterator[Any]:
        """Follow the links of a listing."""
        for href in response.css("a::attr(href)").getall():
            if "/recits/" in href:
                yield response.follow(href, self.article, priority=10)
            else:
                yield response.follow(href)

    def article(self, response: Response) -> Iterator[dict[str, str]]:
        """Yield an item."""
        yield {"url": response.url}


if __name__ == "__main__":
    # All as Scrapy has it, but for its log, its two open ports, and the manners of its project template.
    process = AsyncCrawlerProcess(
        {
            "LOG_LEVEL": "WARNING",
            "TELNETCONSOLE_ENABLED": False,
            "REMOTE_CONTROL_ENABLED": False,
            "DOWNLOAD_DELAY": 0,
            "CONCURRENT_REQUESTS": 16,
            "CONCURRENT_REQUESTS_PER_DOMAIN": 8,
            # Scrapy's own 100 unless told otherwise: as many tasks are started for each response.
            "CONCURRENT_ITEMS": int(sys.argv[2]) if len(sys.argv) > 2 else 100,
        }
    )
    process.crawl(Bare, start_urls=[f"{sys.argv[1]}/actu"])
    process.start()
