"""What does an article page say? One record from its headline, its body and what it declares."""

from archive.models import Page, Record
from archive.parsers.authors import authors
from archive.parsers.bodies import body
from archive.parsers.dates import published, updated
from archive.parsers.html import Content, Document
from archive.parsers.language import language
from archive.parsers.links import canonical, links
from archive.parsers.obstacles import obstacle
from archive.parsers.outlets import outlet
from archive.parsers.structured import Structured
from archive.parsers.titles import headline


def article(document: Document, data: Structured, page: Page) -> Record:
    """Return the page's record, facts of its text not yet looked for."""
    head = headline(document, data)
    found = body(document.tree, head.element, head.title)
    blocked = obstacle(document.tree, head.title, found.text)
    name = outlet(document, data, head.title, page.hints.outlet)
    if blocked is not None:
        return Record(page.url, "article", title=head.title, outlet=name, obstacle=blocked)
    content = Content(head.element, found.root, found.text)
    return Record(
        url=page.url,
        kind="article",
        canonical=canonical(document, data),
        title=head.title,
        kicker=head.kicker,
        language=language(document, found.text),
        published=published(document, data, content, page),
        updated=updated(document, data, content, page),
        authors=authors(data, found.head, name),
        outlet=name,
        text=found.text,
        links=links(document, (block.element for block in found.blocks)),
        paywalled=found.paywalled,
    )
