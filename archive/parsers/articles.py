"""What does an article page say? One record from its headline, its body and what it declares."""

from archive.models import Page, Record
from archive.parsers.authors import authors
from archive.parsers.bodies import body, joined
from archive.parsers.dates import published_and_updated
from archive.parsers.html import Content, Document
from archive.parsers.images import images
from archive.parsers.language import language
from archive.parsers.links import canonical, links
from archive.parsers.obstacles import obstacle
from archive.parsers.outlets import outlet
from archive.parsers.site_habits import shape, usual_root, without_repeated
from archive.parsers.structured import Structured, is_sold
from archive.parsers.surveys import Survey, survey


def article(document: Document, data: Structured, page: Page, seen: Survey | None = None) -> Record:
    """Return the page's record, facts of its text not yet looked for.

    ``seen`` is the page's survey, if there is one already.
    """
    seen = survey(document, data, page) if seen is None else seen
    head, site = seen.head, page.hints.site
    found = body(seen, usual_root(document.tree, site) if seen.chosen is None else None)
    blocks = without_repeated(found.blocks, site)
    text = joined(blocks)
    blocked = obstacle(document, head.title, text)
    paper = outlet(document, data, head.title, page.hints.outlet)
    name = paper.name if paper else None
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
        authors=authors(data, found.head, name, found.foot),
        outlet=name,
        outlet_rule=paper.rule if paper else None,
        text=text,
        links=links(document, (block.element for block in blocks)),
        images=images(document, seen, found),
        paywalled=found.paywalled or is_sold(data),
        shape=shape(found.generic_root, found.blocks),
    )
