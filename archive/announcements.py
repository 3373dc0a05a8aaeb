"""What does a feed announce? RSS, Atom and JSON Feed, as they are, broken ones included."""

import calendar
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from html import escape
from io import BytesIO
from itertools import islice
from time import struct_time
from typing import Any
from zoneinfo import ZoneInfo

import feedparser

# A feed announces what is new: what lists more is no feed of news, or a trap.
MOST_ITEMS = 2_000

# The root element stands behind the declaration, comments and style sheets at the most.
_ROOT = re.compile(rb"<(?:rss|feed|rdf:RDF)[\s>]")
_HEAD = 1_000
_JSON = re.compile(
    rb'\s*\{[^<]{0,1000}?"version"\s*:\s*"https?:(?:\\?/){2}(?:www\.)?jsonfeed\.org(?:\\?/)version', re.S
)
_ITEM = re.compile(rb"<(?:item|entry)[\s>]")
# Declared entities have no business in a feed, and can be made to fill any memory.
_DOCTYPE = re.compile(rb"<!DOCTYPE[^\[>]{0,1000}\[.{0,200000}?\]\s*>", re.S | re.I)
_PARIS = ZoneInfo("Europe/Paris")


@dataclass(frozen=True, slots=True)
class Item:
    """One announced page: ``published`` is its ISO day in Paris, ``changed`` when it changed (ISO, UTC).

    ``content`` is its whole text as HTML, where the feed has it; ``wording`` the date as the feed writes it.
    """

    link: str
    published: str | None = None
    changed: str | None = None
    title: str | None = None
    content: str | None = None
    authors: tuple[str, ...] = ()
    wording: str | None = None


@dataclass(frozen=True, slots=True)
class Feed:
    """The items of one page of a feed, the links to its older pages, and whether items were left out."""

    items: tuple[Item, ...]
    older: tuple[str, ...] = ()
    cut: bool = False


def is_feed(body: bytes) -> bool:
    """Say whether a response is a feed, by the name of its root element, whatever its type says.

    >>> is_feed(b'<?xml version="1.0"?><rss version="2.0">'), is_feed(b"<!doctype html><html>")
    (True, False)
    >>> is_feed(b'{"version": "https://jsonfeed.org/version/1.1", "items": []}')
    True
    """
    return _ROOT.search(body[:_HEAD]) is not None or _JSON.match(body[:_HEAD]) is not None


def read(body: bytes, url: str) -> Feed:
    """Return what a feed announces; ``url`` is its own address. Nothing is raised by a broken one."""
    return _read_json(body) if _JSON.match(body[:_HEAD]) else _read_xml(body, url)


def _read_xml(body: bytes, url: str) -> Feed:
    body = _DOCTYPE.sub(b"", body, count=1)
    beyond = next(islice(_ITEM.finditer(body), MOST_ITEMS, None), None)
    if beyond is not None:
        body = body[: beyond.start()]
    # A response header of our own keeps feedparser from guessing the base of relative links.
    # As a stream: given bytes, feedparser would first try to open them as the name of a file.
    found = feedparser.parse(BytesIO(body), response_headers={"content-location": url})
    items = map(_item, found.entries)
    older = (link.get("href", "") for link in found.feed.get("links", []) if link.get("rel") == "next")
    return Feed(tuple(items), tuple(older), beyond is not None)


def _item(entry: Any) -> Item:
    contents = [one.get("value") for one in entry.get("content", []) if isinstance(one, dict)]
    authors = (one.get("name") for one in entry.get("authors", []))
    return Item(
        entry.get("link", ""),
        *dates(entry),
        title=entry.get("title"),
        content=next(filter(None, contents), None),
        authors=tuple(filter(None, authors)),
        wording=entry.get("published"),
    )


def _read_json(body: bytes) -> Feed:
    """Read a JSON Feed (version 1.1, jsonfeed.org); one that was cut short announces nothing."""
    try:
        given = json.loads(body)
    except (ValueError, RecursionError):
        return Feed(())
    if not isinstance(given, dict):
        return Feed(())
    listed = given.get("items")
    listed = listed if isinstance(listed, list) else []
    older = given.get("next_url")
    return Feed(
        tuple(_json_items(listed[:MOST_ITEMS])),
        (older,) if isinstance(older, str) else (),
        len(listed) > MOST_ITEMS,
    )


def _json_items(listed: list[object]) -> Iterator[Item]:
    for one in listed:
        if not isinstance(one, dict):
            continue
        link = next((one[key] for key in ("url", "external_url", "id") if isinstance(one.get(key), str)), "")
        published, changed = (_json_moment(one.get(key)) for key in ("date_published", "date_modified"))
        day = published.astimezone(_PARIS).date().isoformat() if published else None
        listed_authors = one.get("authors")
        authors = listed_authors if isinstance(listed_authors, list) else []
        yield Item(
            link,
            day,
            changed.isoformat() if changed else None,
            title=_text(one.get("title")),
            content=_text(one.get("content_html")) or _paragraphs(_text(one.get("content_text"))),
            authors=tuple(name for a in authors if isinstance(a, dict) and (name := _text(a.get("name")))),
            wording=_text(one.get("date_published")),
        )


def _text(value: object) -> str | None:
    return value if isinstance(value, str) and value.strip() else None


def _paragraphs(text: str | None) -> str | None:
    return "".join(f"<p>{escape(line)}</p>" for line in text.splitlines()) if text else None


def _json_moment(value: object) -> datetime | None:
    try:
        moment = datetime.fromisoformat(value) if isinstance(value, str) else None
        return moment.astimezone(UTC) if moment is not None and moment.tzinfo else None
    except (ValueError, OverflowError):
        return None


def dates(entry: Mapping[str, Any]) -> tuple[str | None, str | None]:
    """Return the day of publication in Paris, and the time (UTC) of the last change, of a feed's entry.

    >>> dates({"published_parsed": struct_time((2024, 5, 31, 22, 30, 0, 4, 152, 0))})
    ('2024-06-01', None)
    """
    # A plain dict, since feedparser's own gives the date of publication for a missing change, with a warning.
    given = dict(entry)
    published, changed = (_moment(given.get(key)) for key in ("published_parsed", "updated_parsed"))
    return (
        published.astimezone(_PARIS).date().isoformat() if published else None,
        changed.isoformat() if changed else None,
    )


def _moment(parsed: struct_time | None) -> datetime | None:
    """Return a time as feedparser reads it; ``None`` for one outside the calendar (year 0, year 10,000)."""
    try:
        return datetime.fromtimestamp(calendar.timegm(parsed), UTC) if parsed else None
    except (ValueError, OverflowError, OSError):
        return None
