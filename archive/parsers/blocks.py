"""What does a reader see as one line of text? The page as a flat list of blocks, in reading order."""

import re
from collections.abc import Container
from dataclasses import dataclass, field
from typing import Final, Literal, NamedTuple

from lxml import etree, html

from archive.parsers.boilerplate import Part, part

Kind = Literal["paragraph", "heading", "item", "quotation", "cell", "caption"]

# Not ``head``: without a ``<body>`` the parser leaves the page's text in there.
_SILENT_TAGS: Final = """
    title script style noscript template svg math iframe object embed canvas audio video select option
    optgroup button input textarea map datalist progress meter rt rp"""
_BLOCK_TAGS: Final = """
    html body div p h1 h2 h3 h4 h5 h6 ul ol li dl dt dd table caption thead tbody tfoot tr td th blockquote
    pre section article aside header footer main nav figure figcaption form fieldset legend address details
    summary center hr menu dir hgroup noframes label dialog"""
_SILENT: Final = frozenset(_SILENT_TAGS.split())
_BLOCKS: Final = frozenset(_BLOCK_TAGS.split())
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_BOLD = frozenset(("b", "strong"))
_LINKS_AND_BOLD: Final = _BOLD | {"a"}
# Elements that keep the kind of the element around them: a paragraph in a list item is the item's text.
_TRANSPARENT = frozenset(("p", "div", "center", "label"))
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
# Signs of a heading's own address, as documentation sites set them.
_MARKS: Final = frozenset(("¶", "#", "§", "🔗", "∞"))
_MARK: Final = 3
_BLANKS: Final = " \u200b\u00a0"
_INVISIBLE = ("\u00ad", "\u200b", "\ufeff")


class Block(NamedTuple):
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
    if text.isascii():
        return " ".join(text.split())
    for mark in _INVISIBLE:
        if mark in text:
            text = text.replace(mark, "")
    if "\u00a0" in text or "\u202f" in text or "\u2009" in text or "\u2007" in text:
        return _SPACE.sub(" ", text).strip(" \u00a0")
    return " ".join(text.split())


def _is_icon(element: html.HtmlElement) -> bool:
    """Say whether an element's words are the name of a picture: ``<i class="material-icons">edit</i>``."""
    return element.tag in ("i", "span") and (element.get("class") or "").startswith("material-")


def _is_permalink(element: html.HtmlElement) -> bool:
    """Say whether a link shows but a sign by which to cite the place: « ¶ », « # »."""
    text = element.text
    return text is not None and len(text) <= _MARK and text.strip(_BLANKS) in _MARKS and not len(element)


def _holds_blocks(element: html.HtmlElement) -> bool:
    return len(element) > 0 and any(child.tag in _BLOCKS for child in element)


def text_of(element: html.HtmlElement) -> str:
    """Return the element's own words on one line; ``<br>`` counts as a space."""
    if not len(element):
        return squeeze(element.text or "")
    pieces: list[str] = []
    steps = etree.iterwalk(element, events=("start", "end"))
    for event, node in steps:
        if event == "end":
            pieces.append((node.tail or "") if node is not element else "")
        elif node is not element and (
            node.tag in _SILENT or _is_icon(node) or (node.tag == "a" and _is_permalink(node))
        ):
            steps.skip_subtree()
        else:
            pieces.append(" " if node.tag == "br" else node.text or "")
    return squeeze("".join(pieces))


# A block-level element that is still open, what it is, and how many blocks there were before it.
_Open = tuple[html.HtmlElement, Kind, Part | None, int]


class _Walker:
    """Walks the tree once; every block-level element that opens or closes ends the line before it."""

    def __init__(self, root: html.HtmlElement, spared: Container[html.HtmlElement]) -> None:
        self.root = root
        self.spared = spared
        self.outline = Outline()
        self.open: list[_Open] = [(root, "paragraph", None, 0)]
        self.links = self.bolds = 0
        # The line that is being gathered, and how many of its characters are linked or bold.
        self.pieces: list[str] = []
        self.linked = self.bold = 0

    def walk(self) -> Outline:
        """Go through the tree once and return its outline."""
        root, pieces = self.root, self.pieces
        steps = etree.iterwalk(root, events=("start", "end"))
        for event, element in steps:
            tag = element.tag
            if event == "start":
                if tag in _SILENT or not self.start(element, tag):
                    steps.skip_subtree()
                    continue
                text = element.text
            elif element is root:
                break
            else:
                if tag in _BLOCKS:
                    self.leave(element)
                elif tag in _LINKS_AND_BOLD:
                    self.end(element, tag)
                elif self.open[-1][0] is element:
                    self.leave(element)  # a web component
                text = element.tail
            if not text:
                continue
            if text.isspace():
                if pieces:
                    pieces.append(" ")
                continue
            pieces.append(text)
            if self.links:
                self.linked += len(text)
            if self.bolds:
                self.bold += len(text)
        self.flush()
        self.outline.spans[root] = (0, len(self.outline.blocks))
        return self.outline

    def start(self, element: html.HtmlElement, tag: str) -> bool:
        """Take note of an element; ``False`` when nothing inside it is for readers."""
        if tag == "br":
            self.line_break()
            return True
        around = self.open[-1][2]
        found = part(element, tag) if around is None and element not in self.spared else around
        if tag in _BLOCKS or ("-" in tag and found not in (None, "hidden")):
            if element is not self.root:
                self.enter(element, tag, found)
            return True
        if found == "hidden":
            return False
        if tag == "a":
            if _is_permalink(element):
                return False
            self.links += 1
            if found == "related" or (found is None and _holds_blocks(element)):
                self.enter(element, tag, found)  # a whole card that is one link
        elif tag in _BOLD:
            self.bolds += 1
        return True

    def enter(self, element: html.HtmlElement, tag: str, furniture: Part | None) -> None:
        """Begin a line of its own, and note the furniture of which the element is the outermost."""
        if self.pieces:
            self.flush()
        _, kind, around, _ = self.open[-1]
        if furniture is None and tag == "figcaption" and element not in self.spared:
            furniture = "caption"
        if furniture is not None and around is None:
            self.outline.furniture[element] = furniture
        if tag not in _TRANSPARENT:
            kind = _KINDS.get(tag, "paragraph")
        self.open.append((element, kind, furniture, len(self.outline.blocks)))

    def line_break(self) -> None:
        """End the line, unless it is one of a heading, which goes on."""
        if not self.pieces:
            return
        if self.open[-1][1] == "heading":
            self.pieces.append(" ")
        else:
            self.flush()

    def end(self, element: html.HtmlElement, tag: str) -> None:
        """Take note that a link or a bold word is over, and with it the card that it may be."""
        if tag in _BOLD:
            self.bolds = max(0, self.bolds - 1)
            return
        self.links = max(0, self.links - 1)
        if self.open[-1][0] is element:
            self.leave(element)

    def leave(self, element: html.HtmlElement) -> None:
        """End the line of an element that was entered, and note which blocks it holds."""
        if self.pieces:
            self.flush()
        _, _, _, first = self.open.pop()
        self.outline.spans[element] = (first, len(self.outline.blocks))

    def flush(self) -> None:
        """End the line; it becomes a block unless nothing was written."""
        if text := squeeze("".join(self.pieces)):
            element, kind, around, _ = self.open[-1]
            linked, bold = min(self.linked, len(text)), self.bold * 10 >= len(text) * 9
            self.outline.blocks.append(Block(element, kind, text, linked, around, bold))
        self.pieces.clear()
        self.linked = self.bold = 0


def outline(tree: html.HtmlElement, spared: Container[html.HtmlElement] = ()) -> Outline:
    """Cut a page into blocks. Elements in ``spared`` are no furniture, whatever their names say."""
    body = tree.find("body")
    return _Walker(tree if body is None else body, spared).walk()
