"""What does a press release in .docx or .odt say? Its paragraphs as a page, read like one."""

import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from html import escape
from typing import Final, Literal

from docx import Document as open_docx
from docx.document import Document as Docx
from docx.opc.exceptions import PackageNotFoundError
from docx.table import Table
from docx.text.paragraph import Paragraph
from lxml import etree

from archive.errors import PageError
from archive.models import FoundDate, Page, Record, Section
from archive.parsers.articles import article
from archive.parsers.blocks import squeeze
from archive.parsers.html import parse
from archive.parsers.packages import Package
from archive.parsers.structured import structured

Kind = Literal["title", "heading", "paragraph"]

_LONGEST_TITLE: Final = 200
_DATED_BY: Final = "document_metadata"
_OFFICE: Final = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TEXT: Final = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_STYLE: Final = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_META: Final = "{urn:oasis:names:tc:opendocument:xmlns:meta:1.0}"
_DC: Final = "{http://purl.org/dc/elements/1.1/}"
# Changes that were undone, remarks of editors, notes and lists of contents are no part of the text.
_ASIDE: Final = {
    f"{_TEXT}tracked-changes",
    f"{_OFFICE}annotation",
    f"{_TEXT}note",
    f"{_TEXT}table-of-content",
    f"{_TEXT}sequence-decls",
}
# What python-docx lets through on documents that are not whole.
_BROKEN: Final = (
    PackageNotFoundError, KeyError, ValueError, AttributeError, TypeError, IndexError, etree.LxmlError,
    OSError,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Part:
    """A paragraph of a document, its title or one of its headings."""

    kind: Kind
    text: str


def docx(page: Page) -> Record:
    """Return the record of a .docx; raise PageError, naming it, when it cannot be read."""
    package = Package(page.body, page.url)
    package.tree("word/document.xml")  # refuses what must not reach the library
    try:
        document = open_docx(io.BytesIO(page.body))
        parts = list(_docx_parts(document))
        facts = document.core_properties
        when = facts.modified or facts.created
        title = facts.title
    except _BROKEN as error:
        raise PageError(f"{page.url}: the .docx cannot be read ({type(error).__name__}: {error})") from error
    return _record(page, parts, title, when.date().isoformat() if when else None)


def odt(page: Page) -> Record:
    """Return the record of an .odt; raise PageError, naming it, when it cannot be read."""
    package = Package(page.body, page.url)
    listed = package.tree("META-INF/manifest.xml")
    if listed is not None and any("encryption-data" in str(one.tag) for one in listed.iter()):
        raise PageError(f"{page.url}: the document asks for a password")
    content = package.tree("content.xml")
    body = content.find(f".//{_OFFICE}text") if content is not None else None
    if content is None or body is None:
        raise PageError(f"{page.url}: the .odt has no text")
    parts = list(_odt_parts(body, _parents(content)))
    meta = package.tree("meta.xml")
    found = {str(one.tag): one.text or "" for one in meta.iter()} if meta is not None else {}
    when = found.get(f"{_DC}date") or found.get(f"{_META}creation-date")
    return _record(page, parts, found.get(f"{_DC}title"), when[:10] if when else None)


def _docx_parts(document: Docx) -> Iterator[Part]:
    for block in document.iter_inner_content():
        if isinstance(block, Table):
            yield from _rows(block)
        elif text := squeeze(block.text.replace("\n", " ")):
            yield Part(_docx_kind(block), text)


def _docx_kind(paragraph: Paragraph) -> Kind:
    name = (paragraph.style.name or "") if paragraph.style is not None else ""
    if name.lower() in ("title", "titre"):
        return "title"
    return "heading" if name.lower().startswith(("heading", "titre")) else "paragraph"


def _rows(table: Table) -> Iterator[Part]:
    for row in table.rows:
        cells = {id(cell._tc): squeeze(cell.text.replace("\n", " ")) for cell in row.cells}  # merged: once
        if text := " | ".join(filter(None, cells.values())):
            yield Part("paragraph", text)


def _parents(content: etree._Element) -> Mapping[str, str]:
    """Return the named style behind each automatic one."""
    return {
        str(style.get(f"{_STYLE}name")): str(style.get(f"{_STYLE}parent-style-name"))
        for style in content.iter(f"{_STYLE}style")
        if style.get(f"{_STYLE}parent-style-name")
    }


def _odt_parts(element: etree._Element, parents: Mapping[str, str]) -> Iterator[Part]:
    for child in element:
        if child.tag in _ASIDE:
            continue
        if child.tag in (f"{_TEXT}p", f"{_TEXT}h"):
            text = squeeze("".join(_odt_text(child)))
            style = str(child.get(f"{_TEXT}style-name"))
            kind: Kind = "heading" if child.tag == f"{_TEXT}h" else "paragraph"
            if "Title" in (style, parents.get(style)):
                kind = "title"
            if text:
                yield Part(kind, text)
        else:
            yield from _odt_parts(child, parents)


def _odt_text(element: etree._Element) -> Iterator[str]:
    yield element.text or ""
    for child in element:
        if child.tag in (f"{_TEXT}s", f"{_TEXT}tab", f"{_TEXT}line-break"):
            yield " "
        elif child.tag not in _ASIDE:
            yield from _odt_text(child)
        yield child.tail or ""


def _record(page: Page, parts: list[Part], declared: str | None, saved: str | None) -> Record:
    """Return the record of a document, read as the page that its parts make.

    ``saved`` is the day on which the file was last saved: weak proof, taken where the text gives no date.
    """
    title = _title(parts, declared)
    own = [part for part in parts if part.text != title]
    if title is None and not own:
        raise PageError(f"{page.url}: the document has no text")
    made = replace(page, body=_as_html(title, own), content_type="text/html; charset=utf-8")
    document = parse(made)
    read = article(document, structured(document), made)
    published = read.published
    if published is None and saved is not None:
        published = FoundDate(saved, "day", _DATED_BY, saved)
    return replace(
        read,
        canonical=None,
        obstacle=None,
        title=title,
        published=published,
        text="\n".join(part.text for part in own),
        sections=tuple(_sections(own)),
        shape=None,
    )


def _title(parts: list[Part], declared: str | None) -> str | None:
    styled = next((part.text for part in parts if part.kind == "title"), None)
    headed = next((part.text for part in parts[:6] if part.kind == "heading"), None)
    first = next((part.text for part in parts if len(part.text) <= _LONGEST_TITLE), None)
    return styled or headed or squeeze(declared or "") or first


def _as_html(title: str | None, own: list[Part]) -> bytes:
    tags = {"title": "h2", "heading": "h2", "paragraph": "p"}
    lines = [f"<h1>{escape(title)}</h1>"] if title else []
    lines += [f"<{tags[part.kind]}>{escape(part.text)}</{tags[part.kind]}>" for part in own]
    head = f'<head><meta charset="utf-8"><title>{escape(title or "")}</title></head>'
    return f"<!doctype html><html>{head}<body><article>{''.join(lines)}</article></body></html>".encode()


def _sections(own: list[Part]) -> Iterator[Section]:
    at = 0
    for part in own:
        if part.kind != "paragraph":
            yield Section(part.text, at, at + len(part.text), None)
        at += len(part.text) + 1
