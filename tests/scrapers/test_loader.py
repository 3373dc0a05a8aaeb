"""Every source file, the shipped ones included, becomes a spider."""

from collections.abc import Callable
from pathlib import Path

import pytest

import scrapers.spiders
from archive.errors import SourceError
from archive.sources import Source, load_all
from scrapers.crawl import Options, Result
from scrapers.frontier.sqlite import SqliteFrontier
from scrapers.loader import spider_for
from scrapers.run import Run
from tests.scrapers.conftest import Shelf, links

WRITTEN = '''
"""Numbered issues, each with its texts."""

from scrapers.spiders.base import SourceSpider


class Cahiers(SourceSpider):
    """Walks issue by issue."""

    def read_links(self, response):
        """Follow every issue."""
        for link in response.css("a"):
            yield response.follow(link, callback=self.read_issue, meta={"role": "listing"})

    def read_issue(self, response):
        """Follow every text of an issue."""
        for href in response.css("a::attr(href)").getall():
            yield self.article(response, response.urljoin(href))
'''


@pytest.fixture
def run(tmp_path: Path):
    with SqliteFrontier(tmp_path) as frontier:
        yield Run(Shelf(), frontier, Options(tmp_path), None)


def test_every_shipped_source_has_a_spider_that_waits_as_it_says(run: Run):
    for slug, source in load_all().items():
        spider = spider_for(source, run)
        assert (spider.name, spider.source) == (slug, source)
        assert spider.custom_settings == {"DOWNLOAD_DELAY": source.fetch.delay}


def test_every_shipped_source_may_ask_its_own_entry_pages(run: Run):
    for source in load_all().values():
        spider = spider_for(source, run)()
        assert all(url.split("/")[2] in spider.hosts for url in source.fetch.start), source.slug


def test_a_source_without_its_spider_is_refused(declare: Callable[..., Source], run: Run):
    source = declare("via = 'spider'\nstart = ['https://union.example/']")
    with pytest.raises(SourceError, match=r"spiders/union_bocage\.py"):
        spider_for(source, run)


def test_a_written_spider_follows_links_in_its_own_way(
    declare: Callable[..., Source],
    replay: Callable[..., Result],
    shelf: Shelf,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
):
    (tmp_path / "cahiers.py").write_text(WRITTEN, "utf-8")
    monkeypatch.setattr(scrapers.spiders, "__path__", [*scrapers.spiders.__path__, str(tmp_path)])
    replay(
        {
            "https://union.example/": links("/numero-1"),
            "https://union.example/numero-1": links("/texte"),
            "https://union.example/texte": links("/autre"),
        },
        declare("via = 'spider'\nstart = ['https://union.example/']", slug="cahiers"),
    )
    assert [(e.role, e.url.removeprefix("https://union.example")) for e in shelf.exchanges] == [
        ("listing", "/"),
        ("listing", "/numero-1"),
        ("article", "/texte"),
    ]
