"""What does the article say? The lines of its own body, without teasers, navigation, bylines and appeals."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Final

from lxml import html

from archive.parsers.blocks import Block, Outline
from archive.parsers.date_labels import is_programme, is_span
from archive.parsers.lines import (
    appeals,
    ends_for_good,
    ends_the_article,
    is_appeal,
    is_byline,
    is_dateline,
    is_edit_note,
    is_furniture,
    is_of_post,
    opens_contact_box,
)
from archive.parsers.regions import Scale, root, weight
from archive.parsers.signatures import is_portrait, is_role_or_name, is_signed_date
from archive.parsers.surveys import Survey
from archive.parsers.titles import Headline

# A date line stands above the first paragraphs; further down a date belongs to the text.
_HEAD_LENGTH: Final = 200
_LONGEST_HEADING: Final = 120  # beyond that it is a paragraph set as one
_RUN: Final = 3  # long lines that are links as a whole make a list
_LONGEST_CELL: Final = 80
_SHORT_LINK: Final = 80
_LONGEST_CAPTION: Final = 160
_LONGEST_OFFER: Final = 500
_LONGEST_CARD: Final = 400
_FAR_LIGHTER: Final = 0.5  # a side column of a table, against that of the headline
_TABLE: Final = ("table", "tbody", "tr", "td")
_MOST_TEASERS: Final = 0.6  # of the text before them
_MOST_BETWEEN: Final = 25  # lines between headline and body; beyond that they are something else
_LEAST_BELOW: Final = 0.2  # of the body's text
_SHORTEST_STANDFIRST: Final = 45
# What a learned root must hold to fit the page: a share of the text that the page alone would tell, or a
# paragraph (characters). Otherwise the site has changed its layout.
_LEAST_FIT: Final = 0.4
_SHORTEST_BODY: Final = 140


@dataclass(frozen=True, slots=True)
class Body:
    """The element that holds the body, its lines, those around the headline and where the text ends.

    ``generic_root`` is the element that the page alone would have told; ``paywalled`` says that the rest is
    sold.
    """

    root: html.HtmlElement
    generic_root: html.HtmlElement
    blocks: tuple[Block, ...]
    head: tuple[Block, ...]
    foot: tuple[Block, ...]
    paywalled: bool = False

    @property
    def text(self) -> str:
        """The body as plain text: one line a block, list items led by « - »."""
        return joined(self.blocks)


def body(seen: Survey, learned: html.HtmlElement | None = None) -> Body:
    """Return the page's own body; without any text its blocks are empty.

    The element that the source's layout names is passed over when it holds no text. ``learned`` is the one
    that holds the body on the site's other pages; it is passed over when it holds hardly any of the text
    that the page alone would tell.
    """
    page, scale, chosen = seen.page, seen.scale, seen.chosen
    headline, title = seen.head.element, seen.head.title
    named = chosen is not None and chosen in page.spans and scale.free(chosen) > 0
    generic = root(page, scale, headline)
    holder = chosen if chosen is not None and named else generic
    if not named and learned is not None and learned in page.spans:
        holder = learned if _fits(scale, learned, generic, headline) else generic
    place = _headline_span(page, headline, title)
    start = _start(page, scale, holder, place)
    kept = _own(page, holder, start, seen.head)
    if not named:
        kept = [*_standfirst(page, place, start, title), *kept]
    head, foot = _head(page, place, start), _foot(page, kept)
    return Body(holder, generic, tuple(kept), head, foot, appeals(page.blocks))


def _fits(
    scale: Scale,
    learned: html.HtmlElement,
    generic: html.HtmlElement,
    headline: html.HtmlElement | None,
) -> bool:
    """Say whether the learned root still holds the body of this page.

    It does with much of the text. With less, it must hold a paragraph and either the headline or a part of
    what the page alone would tell: then the rest is what surrounds the body.
    """
    text = scale.free(learned)
    if text >= _LEAST_FIT * scale.free(generic):
        return True
    headed = headline is not None and learned in headline.iterancestors()
    return text >= _SHORTEST_BODY and (headed or generic in learned.iterancestors())


def joined(blocks: Sequence[Block]) -> str:
    """Return the blocks as text, one line each; the cells of a table's row share one, ` | ` between them."""
    lines: list[str] = []
    item: html.HtmlElement | None = None
    row: html.HtmlElement | None = None
    cell: html.HtmlElement | None = None
    for block in blocks:
        last, row = row, _row(block)
        if row is not None and row is last:
            lines[-1] += f" {block.text}" if block.element is cell else f" | {block.text}"
            cell = block.element
            continue
        cell = block.element
        lead = "- " if block.kind == "item" and block.element is not item else ""
        if lead:
            item = block.element
        lines.append(lead + block.text)
    return "\n".join(lines)


def _row(block: Block) -> html.HtmlElement | None:
    """Return the table row that a short cell stands in; the long cells of old layouts are paragraphs."""
    if block.element.tag not in ("td", "th") or len(block.text) > _LONGEST_CELL:
        return None
    return block.element.getparent()


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


def _start(page: Outline, scale: Scale, holder: html.HtmlElement, place: tuple[int, int] | None) -> int:
    """Return the first block of the body: what stands above the headline is not of the article.

    A headline with hardly any text below it is a repetition at the foot, not where the article begins.
    """
    first, last = page.spans[holder]
    if place is None or not first <= place[1] < last:
        return first
    below = scale.between(place[1], last)
    return first if below < _LEAST_BELOW * scale.between(first, last) else place[1]


def _head(page: Outline, place: tuple[int, int] | None, start: int) -> tuple[Block, ...]:
    """Return the lines around the headline, where the byline stands; long tables of dates may precede it."""
    first, after = place or (start, start)
    near = page.blocks[max(0, first - 3) : after + 8]
    below = [block for block in page.blocks[after + 8 : after + 14] if block.part == "byline"]
    return tuple(block for block in [*near, *below] if len(block.text) <= 300)


def _foot(page: Outline, kept: Sequence[Block]) -> tuple[Block, ...]:
    """Return the last lines of the text and those just below, where old sites set the signature."""
    if not kept:
        return ()
    last = next(index for index, block in enumerate(page.blocks) if block is kept[-1])
    return tuple(page.blocks[max(0, last - 2) : last + 5])


def _standfirst(page: Outline, place: tuple[int, int] | None, start: int, title: str | None) -> list[Block]:
    """Return the running lines between the headline and a body that holds neither."""
    if place is None or start <= place[1]:
        return []
    between = [block for block in page.blocks[place[1] : start] if block.part is None]
    if len(between) > _MOST_BETWEEN or any(ends_the_article(block) for block in between):
        return []
    running = [block for block in between if weight(block) >= _SHORTEST_STANDFIRST and block.text != title]
    return [block for block in running if not is_furniture(block) and not is_dateline(block.text)]


def _cards(page: Outline, start: int, last: int) -> frozenset[int]:
    """Return the blocks of cards of other articles: small boxes below text, each under a linked heading.

    Where such a heading opens the text, the page is a digest, made of them.
    """
    cards: set[int] = set()
    written = 0
    for index in range(start, last):
        block = page.blocks[index]
        if block.kind == "heading" and block.linked * 10 > len(block.text) * 9 and block.part is None:
            if written < _HEAD_LENGTH:
                return frozenset()
            end = _card_end(page, index)
            if sum(len(one.text) for one in page.blocks[index:end]) <= _LONGEST_CARD:
                cards.update(range(index, end))
        written += weight(block)
    told = sum(weight(page.blocks[index]) for index in cards)
    return frozenset(cards) if told <= _MOST_TEASERS * (written - told) else frozenset()


def _card_end(page: Outline, index: int) -> int:
    """Return where the box of a heading ends: the largest element that begins with it and is small."""
    end = index + 1
    opening = page.blocks[index].element
    for element in (opening, *opening.iterancestors()):
        span = page.spans.get(element)
        if (
            span is None
            or span[0] != index
            or sum(len(one.text) for one in page.blocks[slice(*span)]) > _LONGEST_CARD
        ):
            break
        end = max(end, span[1])
    return end


def _columns_beside(page: Outline, headline: html.HtmlElement | None) -> frozenset[int]:
    """Return the blocks of the columns that old pages lay out as cells beside that of the headline."""
    beside: set[int] = set()
    for cell in headline.iterancestors("td") if headline is not None else ():
        row = cell.getparent()
        if row is None or cell not in page.spans:
            continue
        own = sum(map(weight, page.blocks[slice(*page.spans[cell])]))
        for other in row:
            span = page.spans.get(other)
            if (
                other is not cell
                and span
                and sum(map(weight, page.blocks[slice(*span)])) < _FAR_LIGHTER * own
            ):
                beside.update(range(*span))
    return frozenset(beside)


def _own(page: Outline, holder: html.HtmlElement, start: int, head: Headline) -> list[Block]:
    """Return the body's lines: what is left without sections of teasers and single lines of furniture."""
    headline, title = head.element, head.title
    last = page.spans[holder][1]
    beside = _columns_beside(page, headline) | _cards(page, start, last)
    kept: list[Block] = []
    written = 0
    index = start
    while index < last:
        here, block = index, page.blocks[index]
        end = _teasers_end(page, holder, here, written) if block.part is None else None
        index = end or here + 1
        if end or here in beside or block.part is not None or block.text == title or is_furniture(block):
            continue
        if _is_menu(page, here) or _is_caption(page, holder, block):
            continue
        if written < _HEAD_LENGTH and _is_of_the_head(block.text, title or ""):
            continue
        if is_of_post(block.text):
            continue
        kept.append(block)
        written += len(block.text)
    while kept and (_heads_nothing(kept[-1]) or is_edit_note(kept[-1].text)):
        kept.pop()  # what stood under such a heading was left out
    if len(kept) > 1 and is_portrait(kept[-1].text):
        kept.pop()
    return kept


def _is_of_the_head(line: str, title: str) -> bool:
    if is_byline(line) or is_role_or_name(line) or is_signed_date(line):
        return True
    return is_dateline(line) and not (is_span(line) or is_programme(title) or is_programme(line))


def _heads_nothing(last: Block) -> bool:
    return last.kind == "heading" and len(last.text) <= _LONGEST_HEADING


def _teasers_end(page: Outline, holder: html.HtmlElement, index: int, written: int) -> int | None:
    """Return where the teasers or comments that this line heads are over; ``None`` when it heads none.

    A heading inside an article may sound like one of teasers: where most of the text follows, only the
    heading itself is left out.
    """
    block = page.blocks[index]
    if opens_contact_box(block, page.blocks[index + 1 : index + 5]):
        end = _section_end(page, holder, index)
        inside = range(index + 1, end)
        return next((i for i in inside if _opens_another(page.blocks[i])), end)
    sells = is_appeal(block.text)
    if sells and block.kind != "heading":
        return _offer_end(page, holder, index)
    if not sells and not ends_the_article(block):
        return None
    end = _section_end(page, holder, index)
    teasers = sum(map(weight, page.blocks[index + 1 : end]))
    return end if ends_for_good(block) or teasers <= written * _MOST_TEASERS else index + 1


def _offer_end(page: Outline, holder: html.HtmlElement, index: int) -> int:
    """Return where the small box that this line opens is over: prices and buttons stand in it."""
    end = _box_end(page, holder, index)
    small = sum(len(block.text) for block in page.blocks[index:end]) <= _LONGEST_OFFER
    return end if small else index + 1


def _opens_another(block: Block) -> bool:
    return block.kind == "heading" or ends_the_article(block)


def _is_caption(page: Outline, holder: html.HtmlElement, block: Block) -> bool:
    """Say whether a short line stands alone with an image: old pages set captions in a table of their own."""
    if len(block.text) > _LONGEST_CAPTION or block.kind == "heading" or block.element.tag == "p":
        return False
    alone: html.HtmlElement | None = None
    for above in (block.element, *block.element.iterancestors()):
        if above is holder or (span := page.spans.get(above)) is None or span[1] - span[0] != 1:
            break
        alone = above
    return alone is not None and alone.tag in _TABLE and next(alone.iter("img"), None) is not None


def _is_menu(page: Outline, index: int) -> bool:
    """Say whether a line is hardly more than a link; a longer one is when those around it are too."""
    block = page.blocks[index]
    if block.linked * 2 <= len(block.text):
        return False
    if block.kind in ("item", "cell") or len(block.text) < _SHORT_LINK:
        return True
    if block.linked * 10 > len(block.text) * 9 and len(list(islice(block.element.iter("a"), 2))) > 1:
        return True
    return any(
        _are_links(page.blocks[first : first + _RUN]) for first in range(max(0, index - _RUN + 1), index + 1)
    )


def _are_links(lines: Sequence[Block]) -> bool:
    return len(lines) == _RUN and all(line.linked * 10 > len(line.text) * 8 for line in lines)


def _section_end(page: Outline, holder: html.HtmlElement, index: int) -> int:
    """Return where the section opened by this block ends; without one of its own, the article ends here."""
    end = _box_end(page, holder, index)
    return end if end > index + 1 else page.spans[holder][1]


def _box_end(page: Outline, holder: html.HtmlElement, index: int) -> int:
    """Return where the largest element that this block opens ends, the block after it without one."""
    end = index + 1
    opening = page.blocks[index].element
    for element in (opening, *opening.iterancestors()):
        if element is holder:
            break
        if (span := page.spans.get(element)) is not None:
            if span[0] != index:
                break
            end = max(end, span[1])
    return end
