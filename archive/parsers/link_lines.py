"""Which lines of a page of links are clippings? « 27/09/2022 – Le Fil – La verrerie… », one link a line.

Pages called « Ils parlent de nous » and weekly lists of links have no tiles: a line holds the link, and
before or behind it, or on the line below, the paper and the day.
"""

import re
from collections.abc import Iterator
from typing import Final

from lxml import html

from archive.parsers.blocks import Block, Outline, squeeze, text_of
from archive.parsers.html import Document
from archive.parsers.links import absolute
from archive.parsers.tiles import Tile, is_label, is_same_site

_SHORTEST_TITLE: Final = 8
# Left around the link once it is taken out: dashes, bars, colons, brackets, quotation marks.
_AROUND: Final = " \t\u00a0\u202f-–—|:;,.·•()[]«»“”\"'"
_SPLIT: Final = re.compile(r"\s+[-–—|·•]\s+|\s*[|·•]\s*|\s*:\s+|[()\[\]]")
# « La Gazette du Bief, 4 avril 2013. Six meuniers… »: the paper and the day open the words on the line below.
_OPENS: Final = re.compile(r"^([^.!?\n]{3,60}?\d{4})\.\s+(?=\S)")
# Words of a link that lead on rather than being a title.
_LEADS_ON: Final = re.compile(
    r"^(?:lire|voir|écouter|regarder|télécharger|en savoir|cliquez|ici\b|la suite|suite|source|plus d)",
    re.IGNORECASE,
)


def line_tiles(whole: Outline, document: Document) -> list[Tile]:
    """Return a tile for each line of the page that is, with its label, one link to another site."""
    found: dict[str | None, Tile] = {}
    blocks = [block for block in whole.blocks if block.part in (None, "byline", "caption")]
    for index, block in enumerate(blocks):
        link = _only_link_out(block, document)
        if link is None:
            continue
        below = _below(blocks, index)
        if (tile := _tile(block, link, below, document)) is not None:
            found.setdefault(tile.original, tile)
    return list(found.values())


def _tile(block: Block, link: html.HtmlElement, below: str, document: Document) -> Tile | None:
    title = text_of(link)
    around = _around(block.text, title)
    if len(title) < _SHORTEST_TITLE or _LEADS_ON.match(title):
        return None
    labels = [part for part in around if is_label(part)]
    prose = [part for part in around if part not in labels]
    if match := _OPENS.match(below):
        labels.insert(0, match[1])
        below = below[match.end() :]
    text = "\n".join(filter(None, (*prose, below)))
    return Tile(
        title, text, tuple(labels), absolute(document, link.get("href")), None, block.element.get("id")
    )


def _only_link_out(block: Block, document: Document) -> html.HtmlElement | None:
    """Return the link of a line, when it has one to another site and that is most of the line or its head."""
    out = [
        anchor
        for anchor in block.element.iter("a")
        if (address := absolute(document, anchor.get("href"))) and not is_same_site(address, document.url)
    ]
    titled = [anchor for anchor in out if (title := text_of(anchor)) and title in block.text]
    if len({anchor.get("href") for anchor in titled}) != 1:
        return None
    return max(titled, key=lambda anchor: len(text_of(anchor)))


def _around(text: str, title: str) -> list[str]:
    """Return what stands before and behind the link on its line, in pieces.

    >>> _around("27/09/2022 – Le Fil – La verrerie (abonnés)", "La verrerie")
    ['27/09/2022', 'Le Fil', 'abonnés']
    """
    before, _, behind = text.partition(title)
    pieces = [squeeze(piece).strip(_AROUND) for part in (before, behind) for piece in _SPLIT.split(part)]
    return [piece for piece in pieces if piece]


def _below(blocks: list[Block], index: int) -> str:
    """Return the words that belong to a line: those of the <dd> that follow its <dt>."""
    return "\n".join(block.text for block in _described(blocks, index))


def _described(blocks: list[Block], index: int) -> Iterator[Block]:
    parent = blocks[index].element
    while parent is not None and parent.tag not in ("dt", "dl", "ul", "ol", "table", "body"):
        parent = parent.getparent()
    if parent is None or parent.tag != "dt":
        return
    for block in blocks[index + 1 :]:
        if not any(element.tag == "dd" for element in (block.element, *block.element.iterancestors())):
            return
        yield block
