"""Old pages are looked at again: a few at a time, the recent ones sooner, each rarer and rarer."""

from datetime import UTC, datetime, timedelta

from archive.models import Visits
from scrapers.rechecks import due

START = datetime(2024, 1, 1, tzinfo=UTC)
DAY = timedelta(days=1)


def page(name: str, since: int, last: int, status: int = 200) -> dict[str, Visits]:
    """Return a page that stood as it is since one day and was last looked at on another."""
    return {name: Visits(f"https://a.example/{name}", status, START + since * DAY, START + last * DAY)}


def names(pages: dict[str, Visits], day: int) -> list[str]:
    return [url.rpartition("/")[2] for url in due(pages, START + day * DAY)]


def test_the_longer_a_page_has_stood_the_later_it_is_looked_at():
    days, last = [], 0
    for day in range(1, 1500):
        if names(page("a", 0, last), day):
            days.append(day)
            last = day
    assert days == [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 877, 1242]


def test_recent_pages_come_first():
    pages = page("old", 0, 50) | page("yesterday", 99, 99) | page("last-week", 92, 95)
    assert names(pages, 100) == ["yesterday", "last-week", "old"]


def test_a_page_that_is_gone_is_looked_at_too_and_one_that_was_refused_is_not():
    assert names(page("gone", 0, 0, 410) | page("refused", 0, 0, 403), 9) == ["gone"]


def test_no_crawl_looks_at_more_than_a_few_percent():
    pages: dict[str, Visits] = {}
    for number in range(1000):
        pages |= page(f"p{number:03}", 0, 0)
    assert len(names(pages, 400)) == 30
    assert names(pages, 400) == names(dict(reversed(pages.items())), 400)
