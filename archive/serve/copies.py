"""What did the web answer, to the byte? A copy of the raw archive: what is known of it, and its body.

A copy is named by where it lies, the WARC file and the byte: nothing in a WARC file ever moves, so that name
outlives every rebuild of the database.
"""

import asyncio
import codecs
import hashlib
import mimetypes
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote, urlsplit

from archive.errors import RawError
from archive.raw.reading import Head, Records, Stored
from archive.serve.typography import typeset

if TYPE_CHECKING:
    from datasette.database import Database

Row = dict[str, Any]

NO_COPY: Final = "Le site demande qu’aucune copie ne soit gardée : l’archive n’en a que cette notice."
NOT_GRANTED: Final = (
    "La réponse n’est pas montrée au public : elle appartient à son éditeur, et se lit chez lui."
    " Les empreintes permettent d’y comparer une autre copie."
)
_SUFFIX: Final = ".warc.gz"
_COPY: Final = """
select c.*, s.title as source_title, s.publish, o.file as original_file, o.offset as original_offset,
       o.length as original_length, o.fetched_at as original_at,
       exists (select 1 from takedowns t join versions v on v.article = t.article and v.capture = c.id)
       or exists (select 1 from takedowns t join articles a on a.id = t.article
                  left join captures k on k.id = a.capture where a.url = c.url or k.url = c.url)
       as taken_down
from captures c left join sources s on s.slug = c.source left join captures o on o.id = c.original
where c.file = :file and c.offset = :offset
"""
_ARTICLES: Final = """
select distinct a.id, a.title, a.published, a.id in (select article from takedowns) as taken_down
from captures k join articles a on a.capture = k.id
where k.url = :url order by a.position, a.published desc, a.id limit 100
"""
_OTHERS: Final = """
select file, offset, fetched_at, status, digest from captures
where url = :url and id != :id order by fetched_at desc, id desc limit 50
"""
# A page of these kinds is an article's own: it is gone from the public with its article.
_OF_ONE_ARTICLE: Final = {"article", "original"}
_TEXTS: Final = re.compile(r"text/|application/(?:[\w.-]+\+)?(?:xml|json|javascript)\b", re.IGNORECASE)
_CHARSET: Final = re.compile(rb"""charset\s*=\s*["']?([A-Za-z0-9_-]{2,40})""", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Body:
    """A response read back, its digest verified; ``sha256`` (hexadecimal) is that of ``stored.body``."""

    stored: Stored
    head: Head
    sha256: str


def name(file: str) -> str:
    """Return how a WARC file is called in an address.

    >>> name("coopress-20260105T030000.warc.gz")
    'coopress-20260105T030000'
    """
    return file.removesuffix(_SUFFIX)


def path(file: str, offset: int) -> str:
    """Return where the page of the copy at that place lies on this site.

    >>> path("coopress-20260105T030000.warc.gz", 4096)
    'c/coopress-20260105T030000/4096'
    """
    return f"c/{quote(name(file))}/{offset}"


async def found(db: "Database", file: str, offset: int, public: bool) -> Row | None:
    """Return what the database knows of the copy at that place, or ``None`` if there is none to show.

    ``withheld`` says in French why its body is not served, and is ``None`` where it is. The public gets the
    bodies of articles alone, of sources that grant their whole text and of which nothing was taken down.
    """
    where = {"file": f"{file}{_SUFFIX}", "offset": offset}
    row = (await db.execute(_COPY, where)).first()
    if row is None or (public and row["taken_down"] and row["role"] in _OF_ONE_ARTICLE):
        return None
    articles = [dict(one) for one in (await db.execute(_ARTICLES, {"url": row["url"]})).rows]
    others = await db.execute(_OTHERS, {"url": row["url"], "id": row["id"]})
    return {
        **dict(row),
        "withheld": _withheld(row, public),
        "articles": [one for one in articles if not (public and one["taken_down"])],
        "others": [dict(one) for one in others.rows],
        "is_text": is_text(row["content_type"]),
    }


def _withheld(row: Any, public: bool) -> str | None:
    if row["state"] == "noarchive":
        return typeset(NO_COPY)
    granted = row["role"] == "article" and row["publish"] == "full" and not row["taken_down"]
    return typeset(NOT_GRANTED) if public and not granted else None


async def body(db: "Database", copy: Row) -> Body:
    """Return the response of a copy; raise RawError when it is not there as it was received."""
    return await asyncio.to_thread(_read, _records(db), copy)


async def records(db: "Database", copy: Row) -> bytes:
    """Return a WARC file of the copy's record alone, with the one it repeats; raise RawError as ``body``."""

    def read() -> bytes:
        raw = _records(db)
        _read(raw, copy)
        own = raw.record(copy["file"], copy["offset"], copy["length"])
        if copy["original_file"] is None:
            return own
        place = (copy["original_file"], copy["original_offset"], copy["original_length"])
        return raw.record(*place) + own

    return await asyncio.to_thread(read)


def _records(db: "Database") -> Records:
    return Records(Path(db.path).parent / "raw")


def _read(raw: Records, copy: Row) -> Body:
    stored = raw.get(copy["file"], copy["offset"])
    if stored.capture.digest != copy["digest"] or stored.capture.url != copy["url"]:
        raise RawError(f"{copy['file']}, byte {copy['offset']}: another response than the database has there")
    sha256 = hashlib.sha256(stored.body).hexdigest()
    return Body(stored, raw.head(copy["file"], copy["offset"]), sha256)


def is_text(content_type: str | None) -> bool:
    """Say whether a body of that type can be read as text.

    >>> is_text("text/html; charset=utf-8"), is_text("application/rss+xml"), is_text("application/pdf")
    (True, True, False)
    """
    return _TEXTS.match(content_type or "") is not None


def charset(content_type: str | None, content: bytes) -> str:
    """Return the encoding to read a text in: as declared by its type, or its beginning, else a guess.

    >>> charset("text/html; charset=ISO-8859-1", b""), charset("text/html", b'<meta charset="utf-8">')
    ('iso8859-1', 'utf-8')
    >>> charset("text/html", "é".encode("cp1252")), charset("text/html; charset=klingon", b"e")
    ('cp1252', 'utf-8')
    """
    for place in ((content_type or "").encode(), content[:1024]):
        if match := _CHARSET.search(place):
            try:
                return codecs.lookup(match[1].decode()).name
            except LookupError:
                continue
    try:
        content.decode()
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8"


def file_name(copy: Row, ending: str = "") -> str:
    """Return what a downloaded copy is called: site, moment of receipt, ending by type.

    >>> row = {"url": "https://www.courrier.example/7", "fetched_at": "2026-01-05T03:12:00Z"}
    >>> file_name(row | {"content_type": "application/pdf"})
    'courrier.example-20260105T031200.pdf'
    """
    site = re.sub(r"[^\w.-]", "", urlsplit(copy["url"]).hostname or "document", flags=re.ASCII)
    stamp = re.sub(r"[-:]", "", copy["fetched_at"][:19])
    kind = (copy["content_type"] or "").partition(";")[0].strip().lower()
    return f"{site.removeprefix('www.')}-{stamp}{ending or mimetypes.guess_extension(kind) or '.bin'}"
