"""Bytes to a tree: find the character set, parse once, hand the same tree to every parser."""

import codecs
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property, wraps
from html import escape
from typing import Final, TypeVar
from urllib.parse import urljoin
from weakref import WeakKeyDictionary

from lxml import etree, html
from w3lib.encoding import html_body_declared_encoding, http_content_type_encoding, read_bom

from archive.errors import PageError
from archive.limits import too_much
from archive.memory import lifted
from archive.models import Page

# What the parsers look for on the whole page.
_LOOKED_FOR: Final = (
    *("title", "base", "meta", "link", "script", "h1", "h2", "h3", "h4"),
    *("a", "img", "blockquote", "nav", "header", "font", "big"),
)


@dataclass(frozen=True)
class Document:
    """A parsed page. Parsers read the tree and never change it.

    Comments and processing instructions are already gone. ``encoding`` is the character set that was used.
    """

    url: str
    tree: html.HtmlElement
    encoding: str

    @cached_property
    def base(self) -> str:
        """Return the address that relative links start from: ``<base href>``, if usable, else the page's."""
        href = next((href for element in self.elements("base") if (href := element.get("href"))), "")
        try:
            return urljoin(self.url, href.strip()) or self.url
        except ValueError:  # « http://[ » and the like
            return self.url

    def elements(self, *tags: str) -> Sequence[html.HtmlElement]:
        """Return all elements with these tags, of ``_LOOKED_FOR``, in page order.

        Each ``iter("title")`` would go through the whole tree, for lxml looks one element ahead.
        """
        found = [self._by_tag[tag] for tag in tags]
        return found[0] if len(found) == 1 else [one for one in self._looked_for if one.tag in tags]

    @property
    def title_element(self) -> html.HtmlElement | None:
        """Return the element of the title that the head gives, ``None`` without one."""
        return next(iter(self.elements("title")), None)

    @property
    def title(self) -> str:
        """Return the title that the head gives as it is written, "" without one."""
        return (element.text or "") if (element := self.title_element) is not None else ""

    @cached_property
    def _looked_for(self) -> list[html.HtmlElement]:
        return list(self.tree.iter(*_LOOKED_FOR))

    @cached_property
    def _by_tag(self) -> dict[str, list[html.HtmlElement]]:
        found: dict[str, list[html.HtmlElement]] = {tag: [] for tag in _LOOKED_FOR}
        for element in self._looked_for:
            found[element.tag].append(element)
        return found


Answer = TypeVar("Answer")


def once_a_page(read: Callable[[Document], Answer]) -> Callable[[Document], Answer]:
    """Let ``read`` answer several parsers with one look at the page; the answer goes when the page does."""
    known: WeakKeyDictionary[Document, Answer] = WeakKeyDictionary()

    @wraps(read)
    def answer(document: Document) -> Answer:
        if document not in known:
            known[document] = read(document)
        return known[document]

    return answer


@dataclass(frozen=True, slots=True)
class Content:
    """Where the page's own article stands: the element of its headline, of its body, and the body's text."""

    title: html.HtmlElement | None = None
    root: html.HtmlElement | None = None
    text: str = ""


_BINARY: Final = (b"%PDF-", b"\x89PNG", b"GIF8", b"\xff\xd8\xff", b"PK\x03\x04", b"\x1f\x8b", b"wOF", b"RIFF")

# Blank lines before the first byte that tells what a file is.
_HEAD: Final = 200

# Bytes that no text holds, and what undecodable ones become: a share of them marks an image or an archive.
_CONTROLS: Final = bytes((*range(0x01, 0x09), *range(0x0E, 0x1B), *range(0x1C, 0x20), 0x7F))
_MOST_CONTROLS: Final = 0.05

# UTF-8 taken for windows-1252 and encoded again: « Ã© » for « é ». A lead byte and its continuation bytes, as
# the characters that windows-1252 (or, for the five bytes it leaves open, latin-1) shows for them.
_CONTINUATION: Final = "".join(
    bytes([byte]).decode("cp1252", "ignore") or chr(byte) for byte in range(0x80, 0xC0)
)
_TWICE_ENCODED: Final = re.compile(
    f"[\u00c2-\u00df][{_CONTINUATION}]|[\u00e0-\u00ef][{_CONTINUATION}]{{2}}|[\u00f0-\u00f4][{_CONTINUATION}]{{3}}"
)
_LETTERS_WITH_ACCENTS: Final = re.compile("[àâçèéêëîïôùûœÀÂÇÈÉÊËÎÏÔÙÛŒ’«»]")
_FEWEST_TWICE_ENCODED: Final = 3
# What every damaged text holds, « â€™ » for « ’ » at least.
_SIGNS_OF_DAMAGE: Final = ("Ã", "Â", "Ð", "â€")

# Nobody asks libxml2 for an element by its id, and to keep them at hand takes a tenth of the time of parsing.
_PARSER: Final = html.HTMLParser(
    encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True, collect_ids=False
)
# One class for all elements: lxml.html's own lookup is written in Python and called for each of them.
_PARSER.set_element_class_lookup(etree.ElementDefaultClassLookup(element=html.HtmlElement))


def parse(page: Page) -> Document:
    """Return the page's tree; raise ``PageError`` when the body is empty, or no text at all.

    >>> parse(Page("https://a.example/", "<h1>Le métier</h1>".encode("cp1252"))).tree.findtext(".//h1")
    'Le métier'
    """
    if (excess := too_much(page.body)) is not None:
        raise PageError(f"{page.url}: {excess}, not read")
    text, encoding = decoded(page)
    if not text or text.isspace():
        raise PageError(f"{page.url}: the page is empty")
    encoded = text.encode("utf-8", "replace")
    controls = len(encoded) - len(encoded.translate(None, _CONTROLS)) + text.count("\ufffd")
    if controls > _MOST_CONTROLS * len(text):
        raise PageError(f"{page.url}: the page is not text")
    try:
        tree = html.document_fromstring(encoded, parser=_PARSER)
        if _cut_short():
            tree = html.document_fromstring(_flat(text).encode("utf-8", "replace"), parser=_PARSER)
    except (etree.LxmlError, AssertionError) as error:  # lxml asserts that there is a root
        raise PageError(f"{page.url}: the page cannot be read as HTML ({error})") from error
    if b"shadowroot" in encoded:
        for template in list(tree.iter("template")):
            if template.get("shadowrootmode") is not None or template.get("shadowroot") is not None:
                template.tag = "div"  # what a web component shows
    return Document(page.url, tree, encoding)


def _cut_short() -> bool:
    """Say whether libxml2 gave up on the page just parsed: it drops what lies below 2048 elements."""
    return any(entry.type == etree.ErrorTypes.ERR_RESOURCE_LIMIT for entry in _PARSER.error_log)


def _flat(text: str) -> str:
    """Return the page's head as it is and its texts one a paragraph, read by a parser that knows no limit."""
    with lifted():
        from bs4 import BeautifulSoup  # here: hardly any page needs it, and it takes long to import

    soup = BeautifulSoup(text, "html.parser")
    for element in soup.find_all(["script", "style"]):
        if element.get("type") != "application/ld+json":
            element.decompose()
    lines = "".join(f"<p>{escape(line)}</p>" for line in soup.stripped_strings)
    return f"<html>{soup.head or ''}<body>{lines}</body></html>"


def decoded(page: Page) -> tuple[str, str]:
    """Return the page's text and the character set it was written in; raise ``PageError`` for other files.

    Bytes that are valid UTF-8 are UTF-8 whatever is declared: no other text looks like it by chance. What is
    declared comes next, and windows-1252 last, which is also what latin-1 means on the web.
    """
    body = page.body
    if body[:_HEAD].lstrip().startswith(_BINARY):
        raise PageError(f"{page.url}: the page is not HTML but a file of another kind")
    text, encoding = _decode(body, page.content_type)
    return _decoded_once(text.replace("\x00", "") if b"\x00" in body else text), encoding


def _decode(body: bytes, content_type: str | None) -> tuple[str, str]:
    marked, bom = read_bom(body)
    if marked is not None and bom is not None:
        return body[len(bom) :].decode(marked, "replace"), marked
    try:
        return body.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        pass
    for declared in (http_content_type_encoding(content_type), html_body_declared_encoding(body)):
        if declared is None or declared in ("utf-8", "cp1252"):
            continue
        try:
            return body.decode(declared), declared
        except (UnicodeDecodeError, LookupError):
            continue
    return _utf8_or_windows(body)


def _utf8_or_windows(body: bytes) -> tuple[str, str]:
    """Decode bytes that are neither clean UTF-8 nor what they declare: glued or cut pages."""
    stray = len(body) - len(body.decode("utf-8", "ignore").encode())
    beyond_ascii = len(body) - len(body.decode("ascii", "ignore"))
    if beyond_ascii > 2 * stray:
        return body.decode("utf-8", _FALLBACK), "utf-8"
    return body.decode("cp1252", _OPEN_BYTES), "cp1252"


def _as_windows(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    wrong = error.object[error.start : error.end]
    return wrong.decode("cp1252", _OPEN_BYTES), error.end


def _as_latin(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return error.object[error.start : error.end].decode("latin-1"), error.end


_FALLBACK: Final = "coopress.windows"
_OPEN_BYTES: Final = "coopress.latin"
codecs.register_error(_FALLBACK, _as_windows)
codecs.register_error(_OPEN_BYTES, _as_latin)


def _decoded_once(text: str) -> str:
    """Undo a second encoding where the page shows « Ã© » everywhere and hardly one right accent."""
    if text.isascii() or _signs_of_damage(text) < _FEWEST_TWICE_ENCODED:
        return text
    lines = (line for line in text.split("\n") if not line.isascii())
    damaged = sum(len(_TWICE_ENCODED.findall(line)) for line in lines)
    if damaged < _FEWEST_TWICE_ENCODED:
        return text
    mended = _TWICE_ENCODED.sub(_once, text)
    # « Ã » and « â » count among the damage; what is right already must not outweigh it.
    sound = len(_LETTERS_WITH_ACCENTS.findall(_TWICE_ENCODED.sub("", text)))
    return mended if damaged > sound else text


def _signs_of_damage(text: str) -> int:
    return sum(text.count(sign) for sign in _SIGNS_OF_DAMAGE if sign in text)


def _once(match: re.Match[str]) -> str:
    raw = b"".join(
        char.encode("cp1252") if char.encode("cp1252", "ignore") else char.encode("latin-1")
        for char in match.group()
    )
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return match.group()
