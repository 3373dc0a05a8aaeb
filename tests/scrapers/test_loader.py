"""Every source file, the shipped ones included, becomes a spider."""

from collections.abc import Callable
from pathlib import Path

import pytest

from archive.errors import SourceError
from archive.sources import Source, load_all
from scrapers.crawl import Options
from scrapers.frontier import Frontier
from scrapers.loader import spider_for
from scrapers.run import Run
from tests.scrapers.conftest import Shelf


@pytest.fixture
def run(tmp_path: Path):
    with Frontier(tmp_path) as frontier:
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
