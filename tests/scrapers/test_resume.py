"""A crawl that was cut short goes on where it stopped; the archive is as if nothing had happened."""

import os
import signal
from collections.abc import Callable

import pytest

from archive.errors import ArchiveError
from archive.models import Exchange
from archive.sources import Source
from scrapers.crawl import Result
from tests.scrapers.conftest import Page, Shelf, links, redirect

HOME = "https://union.example"
PAGES = {
    f"{HOME}/l": links("/a/1", "/a/2", more='<a href="?page=2">2</a>'),
    f"{HOME}/l?page=2": links("/a/3", "/a/4"),
    f"{HOME}/a/1": Page("<p>1</p>"),
    f"{HOME}/a/2": redirect("/a/5"),
    f"{HOME}/a/3": Page("<p>3</p>"),
    f"{HOME}/a/4": Page("<p>4</p>", status=410),
    f"{HOME}/a/5": Page("<p>5</p>"),
}
FETCH = f"via = 'listing'\nstart = ['{HOME}/l']\narticles = '/a/'"


class Broken(Shelf):
    """A shelf that keeps a last response and then fails, as if the process died right after."""

    def keep(self, exchange: Exchange) -> None:
        full = self.most is not None and len(self.exchanges) >= self.most
        if full:
            self.exchanges.append(exchange)
            self.most = 0
        super().keep(exchange)


@pytest.mark.parametrize("most", range(len(PAGES)))
@pytest.mark.parametrize("kind", [Shelf, Broken], ids=["before keeping", "after keeping"])
def test_a_full_disk_loses_nothing_and_doubles_nothing(
    kind: type[Shelf], most: int, declare: Callable[..., Source], replay: Callable[..., Result]
):
    source = declare(FETCH)
    cut = kind(most=most)
    with pytest.raises(ArchiveError, match="disk full"):
        replay(PAGES, source, on=cut)
    cut.most = None
    result = replay(PAGES, source, on=cut)
    assert sorted(cut.urls()) == sorted(PAGES)
    assert result.finished


def test_a_failing_robots_txt_on_a_full_disk_closes_no_request(
    declare: Callable[..., Source], replay: Callable[..., Result]
):
    pages = {f"{HOME}/robots.txt": Page("User-agent: *\nDisallow:\n", type="text/plain"), **PAGES}
    shelf = Shelf(most=0)
    with pytest.raises(ArchiveError):
        replay(pages, declare(FETCH), on=shelf)
    shelf.most = None
    replay(pages, declare(FETCH), on=shelf)
    assert sorted(shelf.urls()) == sorted(PAGES)


def test_ctrl_c_ends_in_good_order_and_the_rest_comes_later(
    declare: Callable[..., Source], replay: Callable[..., Result]
):
    class Interrupted(Shelf):
        def keep(self, exchange: Exchange) -> None:
            super().keep(exchange)
            if len(self.exchanges) == 2:
                os.kill(os.getpid(), signal.SIGINT)

    shelf = Interrupted()
    before = signal.getsignal(signal.SIGINT)
    assert not replay(PAGES, declare(FETCH), on=shelf).finished
    assert len(shelf.urls()) < len(PAGES)
    assert signal.getsignal(signal.SIGINT) is before
    assert replay(PAGES, declare(FETCH), on=shelf).finished
    assert sorted(shelf.urls()) == sorted(PAGES)
