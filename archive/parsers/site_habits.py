"""What does this site do on every page? Signatures of content roots, and blocks that repeat.

Pages of one site share what no single page can show: the element that holds the body, and paragraphs
(« Votre délégué se tient à votre disposition… ») that look like text and stand under every article.
"""

import re
from collections.abc import Sequence
from typing import Final

from lxml import html

from archive.addresses import number
from archive.models import Shape, Site
from archive.parsers.blocks import Block

# Shorter lines repeat by nature (« Entrée libre. », the questions of a series of interviews).
_SHORTEST: Final = 60
# A page that is nearly all repetition is a notice or a copy, not an article with a form below it.
_MOST_REPEATED: Final = 0.85
# Numbers in names count pages, not kinds of pages: ``post-4312``, ``node-17``.
_NUMBERED: Final = re.compile(r"\d")


def signature(element: html.HtmlElement) -> str:
    """Return what tells an element from others of its page and is the same on the site's other pages.

    >>> page = html.fromstring('<main><div id="c12" class="texte article-12 col"><p>Bonjour</p></div></main>')
    >>> signature(page[0])
    'main>div.col.texte'
    """
    parent = element.getparent()
    return f"{_step(parent)}>{_step(element)}" if parent is not None else _step(element)


def usual_root(tree: html.HtmlElement, site: Site) -> html.HtmlElement | None:
    """Return the one element of the page with the site's learned signature, ``None`` when not just one."""
    if site.root is None:
        return None
    tag = site.root.rpartition(">")[2].partition("#")[0].partition(".")[0]
    found = [element for element in tree.iter(tag) if signature(element) == site.root]
    return found[0] if len(found) == 1 else None


def shape(root: html.HtmlElement, blocks: Sequence[Block]) -> Shape:
    """Return what a page can teach: its content root as the generic rules find it, its longer blocks."""
    return Shape(signature(root), tuple(_digest(block) for block in blocks if len(block.text) >= _SHORTEST))


def without_repeated(blocks: Sequence[Block], site: Site) -> tuple[Block, ...]:
    """Return the blocks that the site does not repeat on other pages.

    A heading goes with the repeated block that it heads. A page that would lose most of its text keeps it.
    """
    if not site.repeated:
        return tuple(blocks)
    repeated = [len(block.text) >= _SHORTEST and _digest(block) in site.repeated for block in blocks]
    lost = sum(len(block.text) for block, gone in zip(blocks, repeated, strict=True) if gone)
    if not lost or lost > _MOST_REPEATED * sum(len(block.text) for block in blocks):
        return tuple(blocks)
    kept: list[Block] = []
    for block, gone in zip(blocks, repeated, strict=True):
        if not gone:
            kept.append(block)
            continue
        while kept and kept[-1].kind == "heading":
            kept.pop()
    return tuple(kept)


def _step(element: html.HtmlElement) -> str:
    name = element.get("id")
    if name and not _NUMBERED.search(name):
        return f"{element.tag}#{name}"
    classes = sorted(word for word in (element.get("class") or "").split() if not _NUMBERED.search(word))
    return ".".join([str(element.tag), *classes])


def _digest(block: Block) -> int:
    return number(" ".join(block.text.split()))
