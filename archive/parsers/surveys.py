"""What does a page look like before it is read? Its headline, its lines and their weight, found once."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from lxml import html
from lxml.cssselect import CSSSelector

from archive.models import Layout, Page
from archive.parsers.blocks import Outline
from archive.parsers.html import Document
from archive.parsers.regions import Scale, surveyed
from archive.parsers.structured import Structured
from archive.parsers.titles import Headline, headline


@dataclass(frozen=True, slots=True)
class Survey:
    """What every reader of a page starts from. ``chosen`` is the body's element where a layout names it."""

    head: Headline
    page: Outline
    scale: Scale
    chosen: html.HtmlElement | None = None


def survey(document: Document, data: Structured, page: Page) -> Survey:
    """Look over a page, with the layouts of its source first."""
    layouts = _layouts(page)
    head = headline(document, data, _first(document.tree, [layout.title for layout in layouts]))
    chosen = _first(document.tree, [layout.body for layout in layouts])
    return Survey(head, *surveyed(document.tree, head.element, chosen), chosen)


def _layouts(page: Page) -> Sequence[Layout]:
    """Return the source's layouts that may hold for this page, the present one first.

    A page saved long ago says itself which layout it has; only a date that its feed announced excludes one.
    """
    announced = page.hints.announced
    return [
        layout
        for layout in page.hints.layouts
        if layout.until is None or announced is None or announced[:10] <= layout.until.isoformat()
    ]


def _first(tree: html.HtmlElement, selectors: Iterable[str | None]) -> html.HtmlElement | None:
    """Return the first element that one of these CSS selectors finds, ``None`` when none matches."""
    for selector in selectors:
        if selector and isinstance(found := _compiled(selector)(tree), list) and found:
            return found[0]
    return None


@lru_cache(maxsize=500)
def _compiled(selector: str) -> CSSSelector:
    return CSSSelector(selector)
