"""Is this page a clipping board, and which tiles does it hold? Repeated blocks of a title and an excerpt."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final
from urllib.parse import urlsplit

from lxml import html

from archive.models import Page
from archive.parsers.blocks import Block, Outline, text_of
from archive.parsers.html import Document
from archive.parsers.link_lines import line_tiles
from archive.parsers.links import absolute
from archive.parsers.regions import running
from archive.parsers.structured import Structured
from archive.parsers.tiles import Tile, is_label, is_same_site

# Fewer repeated blocks make no board, unless the source says that it is one.
_FEWEST_TILES: Final = 5
_FEWEST_HINTED: Final = 2
_FEWEST_HOSTS: Final = 3
_MOST_TILES_LINK_OUT: Final = 0.7
_TILES_SHARE: Final = 0.6  # of the page's running text
_SHORTEST_EXCERPT: Final = 40
_LONGEST_LABEL: Final = 80
# Lines with a link are the clippings where they lead to so many times more pages than the tiles do.
_MORE_LINES: Final = 1.3
# What whoever clipped it has to say of it are not the words of the page.
_COMMENT: Final = re.compile(
    r"^(?:[\w .-]{2,40}'s insight|(?:l[ea’'] ?)?(?:commentaire|avis|note) de [\w .-]{2,40}|mon avis)\s*:",
    re.IGNORECASE,
)
_BOARD_NAME: Final = re.compile(
    r"\b(?:ils|on|elles|la presse|les m[ée]dias) (?:en )?parlent? de nous\b|\bla presse en parle\b"
    r"|\brevues? de (?:presse|web|liens)\b|\bdans (?:la presse|les m[ée]dias)\b|\bvu dans la presse\b",
    re.IGNORECASE,
)

_HOST: Final = re.compile(r"\s*(?:https?:)?//([^/?#:]+)", re.IGNORECASE)
_TITLE_NAME: Final = re.compile(r"(?:^|[\s_-])(?:title|titre|headline|t)(?:$|[\s_-])", re.IGNORECASE)


def is_board(page: Page) -> bool:
    """Say whether the source declares this page a board or a tile of one."""
    return page.hints.kind == "board" or page.hints.role == "board"


def tiles(document: Document, data: Structured, page: Page, whole: Outline) -> tuple[Tile, ...]:
    """Return the tiles of a board in page order; () when the page is none.

    Without a hint a page is a board only if most of its text stands in repeated blocks that lead to several
    other sites: the lists of a newspaper lead to its own articles.
    """
    if not is_board(page) and (_claims_an_article(data) or not _leads_out(document)):
        return ()
    declared = is_board(page)
    called = declared or _is_called_a_board(document)
    best = max(_grids(whole, document, _FEWEST_HINTED if called else _FEWEST_TILES), key=_length, default=())
    if called:
        lines = line_tiles(whole, document)
        if _originals(lines) > _MORE_LINES * _originals(best):
            return tuple(lines) if declared or _lead_far(lines) else ()
    if declared:
        return best
    return best if len(best) >= _FEWEST_TILES and _stands_for_the_page(best, whole) else ()


def _grids(whole: Outline, document: Document, fewest: int) -> Iterator[tuple[Tile, ...]]:
    """Yield the groups of like blocks that are tiles."""
    for group in _groups(whole, fewest):
        found = _with_links(_tiles_of(group, whole, document))
        if len(found) >= fewest:
            yield tuple(_without_shared_pages(found))


def _with_links(found: list[Tile]) -> list[Tile]:
    """Leave out the heads and feet of a board of links, which lead nowhere."""
    linked = [tile for tile in found if tile.original or tile.own_page]
    return linked if len(linked) * 10 >= len(found) * 6 else found


def _without_shared_pages(found: Sequence[Tile]) -> Iterator[Tile]:
    """Take an address that several tiles hold (who clipped them, their topic) for none's own page."""
    count = Counter(tile.own_page for tile in found)
    for tile in found:
        yield replace(tile, own_page=None) if count[tile.own_page] > 1 else tile


def _originals(found: Sequence[Tile]) -> int:
    return len({tile.original for tile in found if tile.original})


def _lead_far(found: Sequence[Tile]) -> bool:
    hosts = {urlsplit(tile.original).hostname for tile in found if tile.original}
    return len(found) >= _FEWEST_TILES and len(hosts) >= _FEWEST_HOSTS


def _is_called_a_board(document: Document) -> bool:
    heads = (*document.elements("h1"), *document.elements("title"))
    return any(_BOARD_NAME.search(text_of(head)) for head in heads)


def _leads_out(document: Document) -> bool:
    """Say whether the page links to enough other sites to be a board; cheap, for most pages are none."""
    own = (urlsplit(document.url).hostname or "").removeprefix("www.")
    hosts = {match[1].lower() for a in document.elements("a") if (match := _HOST.match(a.get("href") or ""))}
    return sum(not host.endswith(own) for host in hosts) >= _FEWEST_HOSTS


def _claims_an_article(data: Structured) -> bool:
    node = data.article
    return data.first("og:type") == "article" or (node is not None and "headline" in node)


def _length(group: Sequence[Tile]) -> int:
    return sum(len(tile.title) + len(tile.text) for tile in group)


def _stands_for_the_page(group: Sequence[Tile], whole: Outline) -> bool:
    hosts = {urlsplit(tile.original).hostname for tile in group if tile.original}
    leading_out = sum(tile.original is not None for tile in group)
    with_excerpt = sum(len(tile.text) >= _SHORTEST_EXCERPT for tile in group)
    most = _MOST_TILES_LINK_OUT * len(group)
    if len(hosts) < _FEWEST_HOSTS or leading_out < most or with_excerpt < most:
        return False
    return _length(group) >= _TILES_SHARE * sum(running(block) for block in whole.blocks)


def _groups(whole: Outline, fewest: int) -> Iterator[list[html.HtmlElement]]:
    """Yield runs of so many like elements under one parent: same tag, same first class."""
    parents = [(element, element.getparent()) for element in whole.spans if element not in whole.furniture]
    count = Counter(parent for _, parent in parents)
    found: dict[tuple[html.HtmlElement, str, str], list[html.HtmlElement]] = {}
    for element, parent in parents:
        if parent is not None and count[parent] >= fewest:
            name = (element.get("class") or "").split()
            found.setdefault((parent, element.tag, name[0] if name else ""), []).append(element)
    for group in found.values():
        if len(group) >= fewest:
            yield sorted(group, key=lambda element: whole.spans[element])


def _tiles_of(group: list[html.HtmlElement], whole: Outline, document: Document) -> list[Tile]:
    read = [tile for element in group if (tile := _tile(element, whole, document)) is not None]
    return read if len(read) * 10 >= len(group) * 8 else []


def _tile(element: html.HtmlElement, whole: Outline, document: Document) -> Tile | None:
    first, last = whole.spans[element]
    blocks = [block for block in whole.blocks[first:last] if block.part in (None, "byline", "caption")]
    head = next((block for block in blocks if _is_title(block)), None)
    if head is None or (head.kind == "item" and len(blocks) == 1):
        return None
    rest = [
        block for block in blocks if block is not head and block.text != head.text and not _is_link(block)
    ]
    labels = [block for block in rest if is_label(block.text)]
    body = [block for block in rest if block not in labels and not _COMMENT.match(block.text)]
    if not body and not any(_names_origin(block.text) for block in labels):
        labels, body = [], labels
    addresses = _addresses(element, document)
    return Tile(
        head.text,
        "\n".join(block.text for block in body),
        tuple(block.text for block in labels),
        next((address for address in addresses if not is_same_site(address, document.url)), None),
        next((address for address in addresses if _is_own_page(address, document.url)), None),
        element.get("id")
        or next((inner.get("id") for inner in element.iterdescendants() if inner.get("id")), None),
    )


def _is_title(block: Block) -> bool:
    """A title is a heading, is called so, or is a link as a whole."""
    if block.kind == "heading" or _TITLE_NAME.search(block.element.get("class") or ""):
        return True
    return block.linked * 10 >= len(block.text) * 9


def _is_link(block: Block) -> bool:
    """A short line that is a link as a whole leads on: « Lire l’original », « journal.example »."""
    return len(block.text) <= _LONGEST_LABEL and block.linked * 10 >= len(block.text) * 9


def _names_origin(text: str) -> bool:
    return len(text) <= _SHORTEST_EXCERPT or any(char.isdigit() or char in "·|" for char in text)


def _addresses(element: html.HtmlElement, document: Document) -> list[str]:
    found = (absolute(document, anchor.get("href")) for anchor in element.iter("a"))
    return [address for address in found if address is not None]


def _is_own_page(address: str, url: str) -> bool:
    return is_same_site(address, url) and urlsplit(address).path not in ("", "/", urlsplit(url).path)
