"""What kind of document is this? Told by its first bytes, whatever its name or its server says."""

import io
import re
import zipfile
from typing import Final, Literal

Kind = Literal["pdf", "docx", "odt", "eml", "html"]

CONTENT_TYPES: Final[dict[Kind, str]] = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "odt": "application/vnd.oasis.opendocument.text",
    "eml": "message/rfc822",
    "html": "text/html",
}

_ODT: Final = b"application/vnd.oasis.opendocument.text"
_MOST_MEMBERS: Final = 10_000
_HEAD: Final = 65_536
_TAG: Final = re.compile(rb"<(?:!doctype|html|head|body|article|main|div|p|h1|meta|title)\b", re.IGNORECASE)
_HEADER: Final = re.compile(rb"[A-Za-z][A-Za-z0-9-]{0,60}:|[ \t]|>?From ")
_NEEDED: Final = (
    re.compile(rb"^from:", re.I | re.M),
    re.compile(rb"^(?:date|subject|message-id):", re.I | re.M),
)


def kind(body: bytes) -> Kind | None:
    """Return what a document is, ``None`` for what we do not read.

    >>> kind(b"%PDF-1.7 ..."), kind(b"<!doctype html><h1>Une scop</h1>"), kind(b"GIF89a")
    ('pdf', 'html', None)
    >>> kind(b"From: lettre@union.example\\r\\nSubject: La lettre\\r\\n\\r\\nBonjour")
    'eml'
    """
    if b"%PDF-" in body[:1024]:
        return "pdf"
    if body.startswith(b"PK\x03\x04"):
        return _packed(body)
    if _is_mail(body):
        return "eml"
    return "html" if _TAG.search(body[:_HEAD]) else None


def _packed(body: bytes) -> Kind | None:
    """Tell the two kinds of text document that are ZIP files; a ZIP file cut short is told by its head."""
    try:
        with zipfile.ZipFile(io.BytesIO(body)) as package:
            names = set(package.namelist()[:_MOST_MEMBERS])
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError):
        names = set()
    if body[30:38] == b"mimetype" and body[38 : 38 + len(_ODT)] == _ODT:
        return "odt"
    if "word/document.xml" in names or (not names and b"word/" in body[:_HEAD]):
        return "docx"
    return "odt" if {"content.xml", "META-INF/manifest.xml"} <= names else None


def _is_mail(body: bytes) -> bool:
    head = re.split(rb"\r?\n\r?\n", body[:_HEAD].lstrip(b"\r\n"), maxsplit=1)[0]
    lines = head.splitlines()
    if len(lines) < 2 or not all(_HEADER.match(line) for line in lines[:-1]):
        return False
    return all(needed.search(head) for needed in _NEEDED)
