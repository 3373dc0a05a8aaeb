"""Which pictures does the article show, and what is written under them? Not icons, portraits nor teasers."""

import re
from typing import Final

from lxml import html

from archive.models import Image
from archive.parsers.blocks import Outline, text_of
from archive.parsers.bodies import Body
from archive.parsers.html import Document
from archive.parsers.links import absolute
from archive.parsers.signs import Signs
from archive.parsers.surveys import Survey

# Where pages that load pictures late keep the address; ``src`` then holds a placeholder.
_LATE: Final = ("data-src", "data-lazy-src", "data-original", "data-lazy", "data-full-url")
_SETS: Final = ("srcset", "data-srcset", "data-lazy-srcset")
# Names of what decorates a page; cut at word limits, so that « iconographie » is none.
_DECORATION: Final = re.compile(
    r"(?:^|[\W_])(?:icons?|ico|logos?|avatars?|gravatar|pixel|spacer|blank|emoji|smiley|smilies|spinner|loader"
    r"|sprite|placeholder|transparent|1x1|puce|bullet|print|captcha|bouton|button)(?:$|[\W_\d])",
    re.IGNORECASE,
)
_WORDS_OF_DECORATION: Final = Signs(
    (
        *("ico", "logo", "avatar", "pixel", "spacer", "blank", "emoji", "smiley", "smilies", "spinner"),
        *("loader", "sprite", "placeholder", "transparent", "1x1", "puce", "bullet", "print", "captcha"),
        *("bouton", "button"),
    )
)
_SMALLEST: Final = 80  # pixels; less is a button or a counter
_DIGITS: Final = re.compile(r"\d+")
_MOST_BETWEEN: Final = 25  # lines from the headline to the body; a picture among them heads the article
_FRAME: Final = 3  # lines that a picture's own box may hold: its title, legend and credit


def images(document: Document, seen: Survey, found: Body) -> tuple[Image, ...]:
    """Return the body's pictures in page order, each address once, with the words set under them."""
    shown = [one for one in _holder(found.root, seen.head.element).iter("img") if not _is_decoration(one)]
    if not found.blocks or not shown:
        return ()
    place = _Place(seen, found)
    pictures: dict[str, Image] = {}
    for element in shown:
        address = _address(document, element)
        if address is not None and address not in pictures and place.holds(element):
            pictures[address] = Image(address, _caption(element, seen.page, found.root))
    return tuple(pictures.values())


def _holder(root: html.HtmlElement, headline: html.HtmlElement | None) -> html.HtmlElement:
    """Return the element that holds both the headline and the body: the first picture often lies between."""
    above = set() if headline is None else set(headline.iterancestors())
    return next((element for element in (root, *root.iterancestors()) if element in above), root)


class _Place:
    """The part of the page, counted in lines, in which a picture belongs to the article."""

    def __init__(self, seen: Survey, found: Body) -> None:
        own = {id(block) for block in found.blocks}
        self.page, self.root = seen.page, found.root
        self.kept = frozenset(index for index, block in enumerate(self.page.blocks) if id(block) in own)
        first, headline = min(self.kept), seen.head.element
        below = self.page.spans[headline][1] if headline in self.page.spans else first
        top = below if 0 <= first - below <= _MOST_BETWEEN else first
        self.reach = range(top, max(self.kept) + 2)

    def holds(self, element: html.HtmlElement) -> bool:
        """Say whether a picture stands among the article's lines, in a box that holds no other text."""
        around = list(element.iterancestors())
        if any(self.page.furniture.get(above, "caption") != "caption" for above in around):
            return False
        box = next((above for above in around if above in self.page.spans), None)
        if box is None or box is self.root:
            return box is not None
        if box in self.root.iterancestors():
            return False  # beside the body, with nothing to tell which of the two it is part of
        first, last = self.page.spans[box]
        return first in self.reach and (first == last or any(map(self._is_ours, range(first, last))))

    def _is_ours(self, index: int) -> bool:
        return index in self.kept or self.page.blocks[index].part == "caption"


def _is_decoration(element: html.HtmlElement) -> bool:
    names = [element.get(key) or "" for key in ("class", "id", "alt", "role")]
    named = " ".join((*names, (element.get("src") or "").rpartition("/")[2]))
    if _WORDS_OF_DECORATION.are_in(named.lower()) and _DECORATION.search(named):
        return True
    sizes = (_DIGITS.match(element.get(side) or "") for side in ("width", "height"))
    return any(int(size.group()[:6]) < _SMALLEST for size in sizes if size)


def _address(document: Document, element: html.HtmlElement) -> str | None:
    """Return where the picture itself lies; a set of sizes counts where there is nothing else."""
    sets = ((element.get(key) or "").strip().split(" ")[0].rstrip(",") for key in _SETS)
    for given in (*(element.get(key) for key in _LATE), element.get("src"), *sets):
        if given and not given.lstrip().startswith("data:") and (found := absolute(document, given)):
            return found
    return None


def _caption(element: html.HtmlElement, page: Outline, root: html.HtmlElement) -> str | None:
    """Return the words of the figure's caption, else those that the markup calls one beside the picture."""
    after = element.getnext()
    if after is not None and page.furniture.get(after) == "caption" and not (element.tail or "").strip():
        return text_of(after) or None
    for above in element.iterancestors():
        if above is root or above in root.iterancestors():
            break
        if above.tag == "figure" and (words := above.find(".//figcaption")) is not None:
            return text_of(words) or None
        first, last = page.spans.get(above, (0, 0))
        legend = [block.text for block in page.blocks[first:last] if block.part == "caption"]
        if last - first > _FRAME:
            break
        if legend:
            return " ".join(legend)
    return None
