"""What does the article say? The lines of its own body, without teasers, navigation, bylines and appeals."""

from collections.abc import Sequence
from dataclasses import dataclass

from lxml import html

from archive.parsers.blocks import Block, Outline
from archive.parsers.lines import ends_the_article, is_appeal, is_dropped
from archive.parsers.regions import root, surveyed


@dataclass(frozen=True, slots=True)
class Body:
    """The element that holds the body, its lines, those around the headline, and whether the rest is sold."""

    root: html.HtmlElement
    blocks: tuple[Block, ...]
    head: tuple[Block, ...]
    paywalled: bool = False

    @property
    def text(self) -> str:
        """The body as plain text: one line a block, list items led by « - »."""
        return joined(self.blocks)


def body(tree: html.HtmlElement, headline: html.HtmlElement | None, title: str | None) -> Body:
    """Return the page's own body; without any text its blocks are empty."""
    page, scale = surveyed(tree, headline)
    holder = root(page, scale, headline)
    place = _headline_span(page, headline, title)
    start = _start(page, holder, place)
    kept = _own(page, holder, start, title)
    return Body(holder, tuple(kept), _head(page, place, start), any(is_appeal(b.text) for b in page.blocks))


def joined(blocks: Sequence[Block]) -> str:
    """Return the blocks as text, one line each."""
    lines: list[str] = []
    item: html.HtmlElement | None = None
    for block in blocks:
        lead = "- " if block.kind == "item" and block.element is not item else ""
        if lead:
            item = block.element
        lines.append(lead + block.text)
    return "\n".join(lines)


def _headline_span(
    page: Outline, headline: html.HtmlElement | None, title: str | None
) -> tuple[int, int] | None:
    """Return the range of blocks that show the headline; old pages set it inside a line-breaking cell."""
    if headline is None:
        return None
    if headline in page.spans:
        return page.spans[headline]
    index = next((i for i, block in enumerate(page.blocks) if block.text == title), None)
    return None if index is None else (index, index + 1)


def _start(page: Outline, holder: html.HtmlElement, place: tuple[int, int] | None) -> int:
    """Return the first block of the body: what stands above the headline is not of the article."""
    first, last = page.spans[holder]
    return place[1] if place is not None and first <= place[1] < last else first


def _head(page: Outline, place: tuple[int, int] | None, start: int) -> tuple[Block, ...]:
    """Return the lines around the headline, where the byline stands."""
    first, after = place or (start, start)
    return tuple(block for block in page.blocks[max(0, first - 3) : after + 8] if len(block.text) <= 300)


def _own(page: Outline, holder: html.HtmlElement, start: int, title: str | None) -> list[Block]:
    last = page.spans[holder][1]
    kept: list[Block] = []
    index = start
    while index < last:
        block = page.blocks[index]
        if block.part is None and ends_the_article(block):
            index = _section_end(page, holder, index)
            continue
        index += 1
        if block.part is not None or block.text == title:
            continue
        if not is_dropped(block, not kept):
            kept.append(block)
    return kept


def _section_end(page: Outline, holder: html.HtmlElement, index: int) -> int:
    """Return where the section that opens with this block ends; without one of its own, the article ends here."""
    end = index + 1
    for element in (page.blocks[index].element, *page.blocks[index].element.iterancestors()):
        if element is holder:
            break
        if (span := page.spans.get(element)) is not None:
            if span[0] != index:
                break
            end = max(end, span[1])
    return end if end > index + 1 else page.spans[holder][1]
