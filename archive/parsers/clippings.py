"""What does one clipping say? A record for each tile of a board, and for a tile's page of its own."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from typing import Final
from urllib.parse import urlsplit

from lxml import html

from archive.addresses import identity, number
from archive.models import FoundDate, Link, Page, Record
from archive.parsers.blocks import Outline, text_of
from archive.parsers.boards import is_board, tiles
from archive.parsers.clipping_outlets import clipping_outlet
from archive.parsers.html import Document
from archive.parsers.language import language
from archive.parsers.links import absolute
from archive.parsers.stamps import PARIS
from archive.parsers.structured import Structured
from archive.parsers.tiles import Tile, is_label, is_same_site
from archive.parsers.written_dates import WrittenDate, relative, written

_DATE_LEADS_IN: Final = re.compile(
    r"^(?:(?:publi|post|par)\w*\s+)?(?:le\s+)?$|^[^.!?]{2,40},?\s+(?:le\s+)?$", re.IGNORECASE
)
_LEAD: Final = 60  # characters of an excerpt within which its own date may stand


def board_records(document: Document, data: Structured, page: Page, whole: Outline) -> list[Record]:
    """Return a record for each tile of the board; [] when the page is no board."""
    found = [
        _record(tile, page, board=page.url, position=place)
        for place, tile in enumerate(tiles(document, data, page, whole), 1)
    ]
    return list(_told_apart(found))


def _told_apart(found: list[Record]) -> Iterator[Record]:
    """Give tiles that share an address (one id for all, one link for all) an address each."""
    times: Counter[str] = Counter()
    for record in found:
        times[record.url] += 1
        again = times[record.url]
        yield record if again == 1 else replace(record, url=f"{record.url}-{again}")


def own_page_record(article: Record, document: Document, page: Page) -> Record | None:
    """Return the record of a tile's own page, ``None`` when the page is no clipping.

    Such a page is hardly more than a quotation that names the address it was cut from; where the source is
    declared a board, any page of it is one.
    """
    quote = next(_quotations(document), None)
    if quote is None and not is_board(page):
        return None
    text = article.text if quote is None else text_of(quote)
    if quote is not None and not is_board(page) and len(text) * 2 < len(article.text):
        return None
    original = absolute(document, quote.get("cite")) if quote is not None else _way_out(article, page.url)
    labels = _beside(quote) if quote is not None else tuple(filter(is_label, article.text.splitlines()))
    tile = Tile(article.title or "", text, labels, original, page.url, None)
    return _record(tile, page, board=_way_back(document, page.url), position=None)


def _quotations(document: Document) -> Iterator[html.HtmlElement]:
    for quote in document.elements("blockquote"):
        address = absolute(document, quote.get("cite"))
        if address is not None and not is_same_site(address, document.url):
            yield quote


def _beside(quote: html.HtmlElement) -> tuple[str, ...]:
    """Return the lines of origin beside a quotation: not its title, nor the link to the original."""
    parent = quote.getparent()
    lines = [element for element in parent if element.tag in ("p", "div", "span", "cite", "footer", "time")]
    return tuple(
        text for line in lines if line.find(".//a") is None and is_label(text := text_of(line)) and text
    )


def _way_out(article: Record, url: str) -> str | None:
    return next((link.url for link in article.links if not is_same_site(link.url, url)), None)


def _way_back(document: Document, url: str) -> str | None:
    """Return the address of the board that a tile's page leads back to: its navigation's last own link."""
    found = [
        absolute(document, anchor.get("href"))
        for nav in document.elements("nav", "header")
        for anchor in nav.iter("a")
    ]
    near = [
        address
        for address in found
        if address and is_same_site(address, url) and urlsplit(address).path.strip("/")
    ]
    return near[-1] if near else None


def _record(tile: Tile, page: Page, board: str | None, position: int | None) -> Record:
    address = tile.own_page or f"{page.url}#{_fragment(tile, position)}"
    outlet = clipping_outlet(tile)
    return Record(
        url=address,
        kind="clipping",
        title=tile.title or None,
        language=language(None, f"{tile.title}\n{tile.text}"),
        published=_published(tile, page),
        outlet=outlet.name if outlet else None,
        outlet_rule=outlet.rule if outlet else None,
        text=tile.text,
        links=(Link(tile.original, tile.title),) if tile.original else (),
        board=board,
        original=tile.original,
        position=position,
    )


def _fragment(tile: Tile, position: int | None) -> str:
    """Return what names a tile on its board for good: its element, else what it leads to, else its place."""
    if tile.element_id:
        return tile.element_id
    return str(number(identity(tile.original))) if tile.original else str(position or 1)


def _published(tile: Tile, page: Page) -> FoundDate | None:
    """Return the date that the tile gives for what it quotes; one inside the prose is of something else."""
    for label in tile.labels:
        dated = [one for one in written(label) if one.year]
        found = (
            dated[0]
            if dated
            else relative(label, page.fetched_at.astimezone(PARIS))
            if page.fetched_at
            else None
        )
        if found is not None:
            return FoundDate(
                found.value, found.precision, "tile_label", label[found.start : found.end], found.time
            )
    for found in written(tile.text):
        if found.year and _frames(found, tile.text):
            words = tile.text[found.start : found.end]
            return FoundDate(
                found.value, found.precision, "tile_text", words, found.time, found.start, found.end
            )
    return None


def _frames(found: WrittenDate, text: str) -> bool:
    """Say whether a date opens or closes an excerpt, where papers set their own."""
    if found.start <= _LEAD and _DATE_LEADS_IN.match(text[: found.start]):
        return True
    return found.day is not None and not text[found.end :].strip(" .")
