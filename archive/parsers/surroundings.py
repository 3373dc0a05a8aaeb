"""Does this element belong to the article, and which short line is it part of?"""

import re
from functools import lru_cache
from typing import Final

from lxml.html import HtmlElement

from archive.parsers.calendar_words import fold
from archive.parsers.html import Document

LONGEST_LINE: Final = 200
INVISIBLE: Final = frozenset(
    ("script", "style", "noscript", "template", "select", "option", "textarea", "svg", "head")
)
_APART: Final = frozenset(("footer", "nav", "aside", "figure", "figcaption", "blockquote"))
_ROWS: Final = frozenset(("dl", "tr", "p", "li", "time"))
_INLINE: Final = frozenset(
    (
        "a",
        "abbr",
        "b",
        "big",
        "br",
        "cite",
        "em",
        "font",
        "i",
        "label",
        "small",
        "span",
        "strong",
        "time",
        "u",
    )
)
# Class and id names of what other people or other articles say; tested below the headline's own ancestors.
# Page builders call each of their blocks « elementor-widget-… », the article's too.
_OTHERS: Final = re.compile(
    r"relat(?:ed|ion)|side-?bar|(?<!elementor-)widget[_-]|comment(?!s?-link)|forum|reply|discussion|disqus|recent|latest|popular|trending"
    r"|carousel|slider|\bsugg|recommend|read-?more|see-?also|autres|dernieres|voir-?aussi|a-lire|similar"
    r"|newsletter|ticker|weather|meteo"
)
# Names of a page's furniture, which designers also give to the line under a headline.
_FURNITURE: Final = re.compile(
    r"teaser|footer|\bfoot\b|menu|nav(?!y)|calend|agenda|also|copyright|legal|cookie|caption|legende|credit"
    r"|archives?(?:-|$)|previous|next"
)
# What names the posts of a forum, and the addresses of its threads.
_OF_THREADS: Final = re.compile(r"forum|discussion|reply|comment")
_THREAD: Final = re.compile(
    r"//forums?\.|viewtopic|showthread|/(?:forums?|topics?|threads?|discussions?|t|sujets?)[/.?-]|//[\w.-]*forum"
)
# « 03 », « mai » and « 2021 », each in a box of its own.
_CALENDAR_LEAF: Final = 20


class Surroundings:
    """The headline of a page and what stands above it in the tree, to tell the article from the rest."""

    def __init__(self, headline: HtmlElement | None, thread: bool = False) -> None:
        """Remember the headline's ancestors: they hold the article, and much else.

        ``thread``: the page is one of a forum, whose posts are what it says.
        """
        self.headline = headline
        self._thread = thread
        self._above = frozenset([headline, *headline.iterancestors()] if headline is not None else [])
        self._texts: dict[HtmlElement, str] = {}
        self._cards: dict[HtmlElement, bool] = {}
        # Leniently or not, what was told of an element holds for all below it that tell nothing themselves.
        self._ours: dict[bool, dict[HtmlElement, bool]] = {False: {}, True: {}}

    def is_ours(self, block: HtmlElement, lenient: bool = False) -> bool:
        """Tell whether an element is the article's own: not a footer's, a teaser's or a comment's.

        ``lenient`` refuses only comments, sidebars and lists of other articles.
        """
        known = self._ours[lenient]
        climbed: list[HtmlElement] = []
        element: HtmlElement | None = block
        found: bool | None = None
        while element is not None and (found := known.get(element)) is None:
            climbed.append(element)
            if (found := self._tells(element, lenient)) is not None:
                break
            element = element.getparent()
        found = found is not False
        known.update(dict.fromkeys(climbed, found))
        return found

    def _tells(self, element: HtmlElement, lenient: bool) -> bool | None:
        """Tell whether an element says that what it holds is the article's; ``None``: it does not say."""
        if element in self._above or element.tag in ("body", "html"):
            return True
        if element.tag in INVISIBLE or (not lenient and element.tag in _APART):
            return False
        own = names(element)
        if self._thread:
            own = _OF_THREADS.sub("", own)
        return False if _names_others(own) or (not lenient and _FURNITURE.search(own)) else None

    def is_above(self, element: HtmlElement) -> bool:
        """Tell whether an element holds the headline."""
        return element in self._above

    def is_in_card(self, element: HtmlElement) -> bool:
        """Tell whether an element stands in another article's card: one with a heading that is a link."""
        boxes = (box for box in (element, *element.iterancestors()) if box.tag in ("article", "li"))
        if (box := next(boxes, None)) is None or box in self._above:
            return False
        if (known := self._cards.get(box)) is None:
            known = self._cards[box] = any(map(_is_link, box.iter("h2", "h3", "h4")))
        return known

    def text(self, element: HtmlElement) -> str:
        """Return the element's short text; the lines of a list ask for the same parents again and again."""
        if (text := self._texts.get(element)) is None:
            text = self._texts[element] = short_text(element)
        return text

    def line(self, holder: HtmlElement, label: re.Pattern[str]) -> HtmlElement:
        """Climb from the element that holds a date to the short line around it: spans, labels, a row."""
        block = holder
        while (parent := self._line_above(block, label)) is not None:
            block = parent
        return block

    def _line_above(self, block: HtmlElement, label: re.Pattern[str]) -> HtmlElement | None:
        """Return the element above if it is still the same line, ``None`` where the line ends."""
        parent = block.getparent()
        if parent is None or parent in self._above or parent.tag == "body":
            return None
        length = len(self.text(parent))
        if length > LONGEST_LINE:
            return None
        if block.tag in _INLINE or length <= _CALENDAR_LEAF:
            return parent
        is_row = parent.tag in _ROWS and not label.search(fold(self.text(block)))
        return parent if is_row else None

    def steps_apart(self, element: HtmlElement) -> int:
        """Return how far above the element the article's headline is met; 0 without a headline."""
        ancestors = (element, *element.iterancestors())
        return next((steps for steps, ancestor in enumerate(ancestors) if ancestor in self._above), 0)


def is_thread(url: str) -> bool:
    """Tell whether an address is that of a thread in a forum.

    >>> is_thread("https://a.example/viewtopic.php?t=8"), is_thread("https://a.example/actus/le-forum")
    (True, False)
    """
    return _THREAD.search(url) is not None


# The boxes around the lines of a page are the same few.
@lru_cache(maxsize=4096)
def _names_others(own: str) -> bool:
    return _OTHERS.search(own) is not None


def _is_link(heading: HtmlElement) -> bool:
    """Tell whether a heading leads to another page; one that folds its section in and out does not."""
    link = heading.getparent()
    if link is None or link.tag != "a":
        link = heading.find(".//a[@href]")
    return link is not None and not (link.get("href") or "#").startswith("#")


def headline_of(document: Document) -> HtmlElement | None:
    """Guess the headline where nothing better is known: the first heading that the page's title repeats."""
    title = _letters(document.title)
    for level in ("h1", "h2", "h3"):
        for heading in document.elements(level):
            words = _letters(short_text(heading))
            if len(words) > 3 and words in title:
                return heading
    return next(iter(document.elements("h1")), None)


def short_text(element: HtmlElement) -> str:
    """Return the element's text with white space joined, cut soon after the longest line."""
    if not len(element):
        return " ".join((element.text or "").split())
    parts: list[str] = []
    length = 0
    for part in element.itertext():
        parts.append(part)
        length += len(part.strip())
        if length > LONGEST_LINE:
            break
    return " ".join(" ".join(parts).split())


def names(element: HtmlElement) -> str:
    """Return the element's class and id in lower case."""
    return f"{element.get('class') or ''} {element.get('id') or ''}".lower()


def _letters(text: str) -> str:
    return "".join(char for char in fold(text) if char.isalnum())
