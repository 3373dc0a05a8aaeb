"""What does an article page say? One record from its headline, its body and what it declares."""

from collections.abc import Iterable, Sequence
from functools import lru_cache

from lxml import html
from lxml.cssselect import CSSSelector

from archive.models import Layout, Page, Record
from archive.parsers.authors import authors
from archive.parsers.bodies import body, joined
from archive.parsers.dates import published_and_updated
from archive.parsers.html import Content, Document
from archive.parsers.language import language
from archive.parsers.links import canonical, links
from archive.parsers.obstacles import obstacle
from archive.parsers.outlets import outlet
from archive.parsers.site_habits import shape, usual_root, without_repeated
from archive.parsers.structured import Structured
from archive.parsers.titles import headline


def article(document: Document, data: Structured, page: Page) -> Record:
    """Return the page's record, facts of its text not yet looked for."""
    layouts = _layouts(page)
    head = headline(document, data, _first(document.tree, [layout.title for layout in layouts]))
    site = page.hints.site
    chosen = _first(document.tree, [layout.body for layout in layouts])
    learned = usual_root(document.tree, site) if chosen is None else None
    found = body(document.tree, head.element, head.title, chosen, learned)
    blocks = without_repeated(found.blocks, site)
    text = joined(blocks)
    blocked = obstacle(document.tree, head.title, text)
    name = outlet(document, data, head.title, page.hints.outlet)
    if blocked is not None:
        return Record(page.url, "article", title=head.title, outlet=name, obstacle=blocked)
    content = Content(head.element, found.root, text)
    published, updated = published_and_updated(document, data, content, page)
    return Record(
        url=page.url,
        kind="article",
        canonical=canonical(document, data),
        title=head.title,
        kicker=head.kicker,
        language=language(document, text),
        published=published,
        updated=updated,
        authors=authors(data, found.head, name),
        outlet=name,
        text=text,
        links=links(document, (block.element for block in blocks)),
        paywalled=found.paywalled,
        shape=shape(found.generic_root, found.blocks),
    )


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
