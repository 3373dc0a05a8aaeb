"""What does a reader see as one line of text? The page as a flat list of blocks, in reading order."""

import re
from collections.abc import Container
from dataclasses import dataclass, field
from typing import Literal

from lxml import etree, html

from archive.parsers.boilerplate import Part, part

Kind = Literal["paragraph", "heading", "item", "quotation", "cell", "caption"]

_SILENT = frozenset(
    "head script style noscript template svg math iframe object embed canvas audio video select option optgroup"
    " button input textarea map datalist progress meter".split()
)
_BLOCKS = frozenset(
    "html body div p h1 h2 h3 h4 h5 h6 ul ol li dl dt dd table caption thead tbody tfoot tr td th blockquote pre"
    " section article aside header footer main nav figure figcaption form fieldset legend address details summary"
    " center hr menu dir hgroup noframes label dialog".split()
)
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_KINDS: dict[str, Kind] = {
    **dict.fromkeys(_HEADINGS, "heading"),
    "li": "item",
    "blockquote": "quotation",
    "td": "cell",
    "th": "cell",
    "figcaption": "caption",
    "caption": "caption",
}

# Runs of white space, sparing the no-break spaces that French sets before : ; ! ?
_SPACE = re.compile(r"[ \t\r\n\f\v\u2028\u2029]+")
_INVISIBLE = str.maketrans("", "", "\u00ad\u200b\ufeff")


@dataclass(frozen=True, slots=True)
class Block:
    """One line of the page. ``linked`` counts its characters inside links; ``part`` names furniture."""

    element: html.HtmlElement
    kind: Kind
    text: str
    linked: int
    part: Part | None
    bold: bool = False


@dataclass(slots=True)
class Outline:
    """All blocks of a page and, for each block-level element, the range of blocks that it holds."""

    blocks: list[Block] = field(default_factory=list)
    spans: dict[html.HtmlElement, tuple[int, int]] = field(default_factory=dict)
    furniture: dict[html.HtmlElement, Part] = field(default_factory=dict)


def squeeze(text: str) -> str:
    """Return text on one line: white space collapsed, soft hyphens dropped, no-break spaces kept inside.

    >>> squeeze(" co\u00adop\\n érative\u00a0!  ")
    'coop érative\xa0!'
    """
    return _SPACE.sub(" ", text.translate(_INVISIBLE)).strip(" \u00a0")


def text_of(element: html.HtmlElement) -> str:
    """Return the element's own words on one line; ``<br>`` counts as a space."""
    pieces: list[str] = []
    for node in element.iter():
        if not isinstance(node.tag, str):
            continue
        if node.tag == "br":
            pieces.append(" ")
        elif node.text and node.tag not in _SILENT:
            pieces.append(node.text)
        if node is not element and node.tail:
            pieces.append(node.tail)
    return squeeze("".join(pieces))


class _Writer:
    """Gathers text until a block ends."""

    def __init__(self) -> None:
        self.outline = Outline()
        self.pieces: list[str] = []
        self.linked = 0
        self.length = 0
        self.strong = 0

    def add(self, text: str, in_link: bool, in_bold: bool) -> None:
        self.pieces.append(text)
        solid = len(text) - text.count(" ") if text.isspace() else len(text)
        self.length += solid
        if in_link:
            self.linked += solid
        if in_bold:
            self.strong += solid

    def flush(self, element: html.HtmlElement, kind: Kind, furniture: Part | None) -> bool:
        if not self.pieces:
            return False
        text = squeeze("".join(self.pieces))
        if text:
            bold = self.strong * 10 >= len(text) * 9
            block = Block(element, kind, text, min(self.linked, len(text)), furniture, bold)
            self.outline.blocks.append(block)
        self.pieces = []
        self.linked = self.length = self.strong = 0
        return bool(text)


def outline(tree: html.HtmlElement, spared: Container[html.HtmlElement] = ()) -> Outline:
    """Cut a page into blocks. Elements in ``spared`` are never taken for furniture, whatever their names say."""
    body = tree.find("body")
    root = tree if body is None else body
    writer = _Writer()
    blocks = writer.outline.blocks
    containers: list[tuple[html.HtmlElement, Kind, Part | None, int]] = [(root, "paragraph", None, 0)]
    links = bolds = 0
    walk = etree.iterwalk(root, events=("start", "end"))
    for event, element in walk:
        tag = element.tag
        if not isinstance(tag, str):
            if event == "end" and element.tail:
                writer.add(element.tail, links > 0, bolds > 0)
            continue
        top, kind, furniture, _ = containers[-1]
        if event == "start":
            if tag in _SILENT:
                walk.skip_subtree()
            elif tag in _BLOCKS and element is not root:
                writer.flush(top, kind, furniture)
                if furniture is None and element not in spared:
                    furniture = part(element, tag)
                    if furniture is not None:
                        writer.outline.furniture[element] = furniture
                inner = _KINDS.get(tag, kind if tag in ("p", "div", "center", "label") else "paragraph")
                containers.append((element, inner, furniture, len(blocks)))
                if tag == "figcaption" and furniture is None:
                    containers[-1] = (element, "caption", "caption", len(blocks))
            elif tag == "br":
                if kind == "heading":
                    writer.add(" ", links > 0, bolds > 0)
                else:
                    writer.flush(top, kind, furniture)
            elif tag == "a":
                links += 1
            elif tag in ("b", "strong"):
                bolds += 1
            elif (
                furniture is None
                and element.attrib
                and element not in spared
                and (found := part(element, tag))
            ):
                # An inline element may be furniture too, but it never breaks a line.
                if found == "hidden" or not blocks:
                    walk.skip_subtree()
            if element.text and tag not in _SILENT:
                writer.add(element.text, links > 0, bolds > 0)
        else:
            if tag == "a":
                links = max(0, links - 1)
            elif tag in ("b", "strong"):
                bolds = max(0, bolds - 1)
            elif tag in _BLOCKS and element is not root:
                writer.flush(top, kind, furniture)
                writer.outline.spans[element] = (containers.pop()[3], len(blocks))
            if element.tail and element is not root:
                writer.add(element.tail, links > 0, bolds > 0)
    writer.flush(root, "paragraph", None)
    writer.outline.spans[root] = (0, len(blocks))
    return writer.outline
