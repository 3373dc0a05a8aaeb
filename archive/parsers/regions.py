"""Which element of the page holds the article? Running text is weighed, furniture and link lists are not."""

from collections.abc import Iterable
from itertools import accumulate
from typing import Final

from lxml import html

from archive.parsers.blocks import Block, Outline, outline
from archive.parsers.boilerplate import is_body, never_content

_SHORT: Final = 40  # characters; below it a line is rather a label than a sentence
_SENTENCE: Final = 30  # weight from which a block speaks for its container
_LONG_ENOUGH: Final = 600  # further characters of one block do not make its container likelier
_STEPS_UP: Final = 3
_FADING: Final = 0.6  # what a container passes on of its blocks' scores to its own parent
_LINES: Final = ("p", "h2", "h3", "blockquote")  # elements that hold one line each, not a body
_GAIN: Final = 0.12  # share of text that a parent must add to be the better root
_SHARE_BY_HEADLINE: Final = 0.3  # of the page's text
_CUT_UP: Final = 2.0  # times the text of the best section
_NAMED_SHARE: Final = 0.5  # a named body must hold this share of the best guess's text
_LEAST_NAMED: Final = 100

# Furniture that holds so many times the text of all the rest is the article; comments often hold more.
_MISTAKEN: Final = 2
_MISTAKEN_COMMENTS: Final = 6
_LEAST_MISTAKEN: Final = 200
_MISLEADING: Final = ("navigation", "appeal", "caption")


def running(block: Block) -> int:
    """Return the characters of running text in a block; a list of links has none."""
    if block.linked * 2 > len(block.text):
        return 0
    free = len(block.text) - block.linked
    return free if len(block.text) >= _SHORT else free // 2


def weight(block: Block) -> int:
    """Return the running text of a block that is not furniture."""
    return 0 if block.part is not None else running(block)


class Scale:
    """Weighs any element of a page at once: sums over ranges of blocks."""

    def __init__(self, page: Outline) -> None:
        """Add up the weights of all blocks once."""
        self._page = page
        weights = [running(block) for block in page.blocks]
        free = (0 if block.part else own for block, own in zip(page.blocks, weights, strict=True))
        self._free = list(accumulate(free, initial=0))
        self._all = list(accumulate(weights, initial=0))

    def free(self, element: html.HtmlElement) -> int:
        """Return the running text inside an element, furniture left out."""
        return self.between(*self._page.spans[element])

    def between(self, first: int, last: int) -> int:
        """Return the running text of a range of blocks, furniture left out."""
        return self._free[last] - self._free[first]

    def whole(self, element: html.HtmlElement) -> int:
        """Return the running text inside an element, furniture included."""
        first, last = self._page.spans[element]
        return self._all[last] - self._all[first]

    def total(self) -> int:
        """Return the running text of the page, furniture left out."""
        return self._free[-1]


def surveyed(
    tree: html.HtmlElement, headline: html.HtmlElement | None, chosen: html.HtmlElement | None = None
) -> tuple[Outline, Scale]:
    """Cut the page into blocks, trusting no class name that would hide the headline or most of the text.

    ``chosen`` is the element of the body where the source's layout names it.
    """
    spared = {above for own in (headline, chosen) if own is not None for above in (own, *own.iterancestors())}
    page = outline(tree, spared)
    scale = Scale(page)
    for _ in range(3):
        alone = _mistaken(page, scale)
        mistaken = [alone] if alone is not None else _mistaken_sections(page, scale)
        if not mistaken:
            break
        spared.update(above for element in mistaken for above in (element, *element.iterancestors()))
        page = outline(tree, spared)
        scale = Scale(page)
    return page, scale


def _mistaken(page: Outline, scale: Scale) -> html.HtmlElement | None:
    """Return furniture that holds far more text than all the rest: its name misleads."""
    rest = scale.total()
    best, most = None, _LEAST_MISTAKEN
    for element, part in page.furniture.items():
        if element not in page.spans:
            continue
        held = scale.whole(element)
        times = _MISTAKEN_COMMENTS if part == "comments" else _MISTAKEN
        if held > most and held > rest * times and not never_content(element):
            best, most = element, held
    return best


def _mistaken_sections(page: Outline, scale: Scale) -> list[html.HtmlElement]:
    """Return the like elements that together hold most of the text of the article around them.

    A name that misleads once may mislead for every section of the article, or every slide of a show.
    """
    groups: dict[tuple[str, str, html.HtmlElement], list[html.HtmlElement]] = {}
    for element, part in page.furniture.items():
        if part in _MISLEADING and element in page.spans and scale.whole(element) >= _SHORT:
            holders = ("article", "main", "body") if part == "caption" else ("article",)
            around = next(element.iterancestors(*holders), None)
            names = element.get("class") or ("figcaption" if element.tag == "figcaption" else None)
            if around is not None and around in page.spans and names and not never_content(element):
                groups.setdefault((element.tag, names, around), []).append(element)
    return [
        element
        for (_, _, around), group in groups.items()
        if sum(map(scale.whole, group)) > max(_LEAST_MISTAKEN, _MISTAKEN * scale.free(around))
        for element in group
    ]


def root(page: Outline, scale: Scale, headline: html.HtmlElement | None) -> html.HtmlElement:
    """Return the element that holds the article's body; the whole page when nothing stands out."""
    scores = _scores(page)
    if not scores:
        return next(reversed(page.spans))
    best = max(_near(scores, page, scale, headline), key=scores.__getitem__)
    least = max(_LEAST_NAMED, _NAMED_SHARE * scale.free(best))
    spans = page.spans.items()
    named = [element for element, span in spans if scale.between(*span) > least and is_body(element)]
    if named:
        best = max(named, key=scale.free)
    return _grown(page, scale, best, headline)


def _near(
    scores: dict[html.HtmlElement, float], page: Outline, scale: Scale, headline: html.HtmlElement | None
) -> Iterable[html.HtmlElement]:
    """Return the candidates in the headline's own part of the page, unless hardly any text stands there.

    Boxes that ask for consent or a login often stand apart, below everything else.
    """
    above = (
        [] if headline is None else [element for element in headline.iterancestors() if element in page.spans]
    )
    tops = [element for element in above if element.tag not in ("body", "html")]
    if not tops or scale.free(tops[-1]) < _SHARE_BY_HEADLINE * scale.total():
        return scores
    first, last = page.spans[tops[-1]]
    near = [
        element for element in scores if first <= page.spans[element][0] and page.spans[element][1] <= last
    ]
    return near or scores


def _scores(page: Outline) -> dict[html.HtmlElement, float]:
    """Let each paragraph speak for the elements around it, the nearest most."""
    scores: dict[html.HtmlElement, float] = {}
    for block in page.blocks:
        if (own := weight(block)) < _SENTENCE:
            continue
        voice = 10.0 + min(own, _LONG_ENOUGH) + 20 * block.text.count(",")
        element = block.element if block.element.tag not in _LINES else block.element.getparent()
        for _ in range(_STEPS_UP):
            while element is not None and element not in page.spans:
                element = element.getparent()
            if element is None:
                break
            scores[element] = scores.get(element, 0.0) + voice
            voice *= _FADING
            element = element.getparent()
    return scores


def _grown(
    page: Outline, scale: Scale, best: html.HtmlElement, headline: html.HtmlElement | None
) -> html.HtmlElement:
    """Climb while a parent adds text, at most to what holds the headline too, or to an article."""
    above: set[html.HtmlElement] = set() if headline is None else set(headline.iterancestors())
    if best in above:
        return best
    found, element = best, best.getparent()
    while element is not None and element in page.spans and element.tag != "body":
        if scale.free(element) - scale.free(found) >= _GAIN * scale.free(found):
            found = element
        if element in above or element.tag in ("main", "article"):
            break
        element = element.getparent()
    return _split_up(scale, page, found, headline)


def _split_up(
    scale: Scale, page: Outline, found: html.HtmlElement, headline: html.HtmlElement | None
) -> html.HtmlElement:
    """Return what holds all sections of a body that page builders cut up: most text is outside the first."""
    if headline is None:
        return found
    for above in found.iterancestors():
        if above in page.spans and (above.tag in ("article", "main", "body")):
            below = scale.between(
                page.spans[headline][1] if headline in page.spans else 0, page.spans[above][1]
            )
            if above in headline.iterancestors() and below >= _CUT_UP * scale.free(found):
                return above
            if above.tag == "article":
                break
    return found
