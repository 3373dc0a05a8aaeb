"""What is new in a selection? As Atom and as JSON Feed; scraped text is text in both."""

import re
from collections.abc import Sequence
from typing import Any

from lxml import etree
from lxml.builder import ElementMaker  # type: ignore[import-not-found]  # the stubs lack it

Row = dict[str, Any]

_ATOM = "http://www.w3.org/2005/Atom"
_E = ElementMaker(namespace=_ATOM, nsmap={None: _ATOM})
# Characters that XML 1.0 cannot hold at all.
_NO_XML = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_NEVER = "1970-01-01T00:00:00Z"


def atom(rows: Sequence[Row], title: str, address: str, page: str) -> bytes:
    """Return an Atom feed of some articles; ``address`` is the feed's own, ``page`` that of its HTML page.

    Each row has ``title``, ``permanent``, ``address``, ``outlet_name``, ``summary``, ``first_seen`` and
    ``published``.
    """
    feed = _E.feed(
        _E.title(_clean(title)),
        _E.id(address),
        _E.updated(max((_moment(row["first_seen"]) for row in rows), default=_NEVER)),
        _E.link(rel="self", type="application/atom+xml", href=address),
        _E.link(rel="alternate", type="text/html", href=page),
        *map(_entry, rows),
    )
    feed.set("{http://www.w3.org/XML/1998/namespace}lang", "fr")
    return bytes(etree.tostring(feed, xml_declaration=True, encoding="utf-8", pretty_print=True))


def json_feed(rows: Sequence[Row], title: str, address: str, page: str) -> Row:
    """Return a JSON Feed 1.1 of some articles."""
    items = [
        {
            "id": row["permanent"],
            "url": row["permanent"],
            "external_url": row["address"],
            "title": row["title"] or "Sans titre",
            "content_text": row["summary"] or row["title"] or "Sans titre",
            "authors": [{"name": row["outlet_name"]}],
            **({"date_published": _day(row["published"])} if _day(row["published"]) else {}),
        }
        for row in rows
    ]
    return {
        "version": "https://jsonfeed.org/version/1.1",
        "title": title,
        "home_page_url": page,
        "feed_url": address,
        "language": "fr",
        "items": items,
    }


def _entry(row: Row) -> Any:
    entry = _E.entry(
        _E.title(_clean(row["title"] or "Sans titre")),
        _E.id(row["permanent"]),
        _E.link(rel="alternate", type="text/html", href=row["permanent"]),
        _E.link(rel="via", href=_clean(row["address"])),
        _E.updated(_moment(row["first_seen"])),
        _E.author(_E.name(_clean(row["outlet_name"]))),
        _E.summary(_clean(row["summary"] or "")),
    )
    if day := _day(row["published"]):
        entry.append(_E.published(day))
    return entry


def _day(published: str | None) -> str | None:
    """Return a full date as a moment; one without its day has none."""
    return f"{published}T00:00:00Z" if published and len(published) == 10 else None


def _moment(seen: str | None) -> str:
    return (seen or _NEVER).replace("+00:00", "Z")


def _clean(text: str) -> str:
    return _NO_XML.sub("", text)
