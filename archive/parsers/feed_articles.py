"""What do the items of a feed say that holds the whole texts? A record each, read as any article is."""

from collections.abc import Iterator
from dataclasses import replace
from html import escape

from archive.announcements import Item, read
from archive.models import FoundDate, Page, Record, Site
from archive.parsers.articles import article
from archive.parsers.html import parse
from archive.parsers.links import web_address
from archive.parsers.structured import structured


def feed_records(page: Page) -> list[Record]:
    """Return a record for each item with a text of its own and a web address; [] where there is none."""
    return list(_records(page))


def _records(page: Page) -> Iterator[Record]:
    for item in read(page.body, page.url).items:
        address = web_address(page.url, item.link)
        if address is None or not item.content:
            continue
        record = _record(item, address, page)
        if record.text:
            yield record


def _record(item: Item, address: str, page: Page) -> Record:
    """Read an item as a page of its own; the day that the feed gives is that of publication."""
    title = escape(item.title or "")
    markup = (
        f"<!doctype html><html><head><meta charset='utf-8'><title>{title}</title></head>"
        f"<body><article><h1>{title}</h1>{item.content}</article></body></html>"
    )
    hints = replace(page.hints, role="article", announced=item.published, site=Site(), layouts=())
    alone = Page(
        address, markup.encode("utf-8", "replace"), "text/html; charset=utf-8", page.fetched_at, hints
    )
    document = parse(alone)
    record = article(document, structured(document), alone)
    day = item.published
    return replace(
        record,
        published=FoundDate(day, "day", "announced", item.wording or day) if day else record.published,
        authors=record.authors or item.authors,
        shape=None,
    )
