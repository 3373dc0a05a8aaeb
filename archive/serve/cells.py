"""How is one value of the database shown? Links, French dates, chips; the rest is left to Datasette."""

import json
import re
from collections.abc import Callable, Mapping
from urllib.parse import urlencode, urlsplit

from markupsafe import Markup

from archive.serve import french, rules

# Only these become links: scraped ``javascript:`` and ``data:`` addresses stay text.
_WEB_ADDRESS = re.compile(r"https?://[^\s<>\"']+", re.IGNORECASE)
_LONGEST_ADDRESS = 60

_ADDRESSES = {"url", "home", "website", "board", "original"}
_DATES = {
    "published",
    "updated",
    "announced",
    "start",
    "end",
    "first",
    "last",
    "first_article",
    "last_article",
}
_MOMENTS = {
    "fetched_at",
    "seen_at",
    "at",
    "first_seen",
    "last_seen",
    "started_at",
    "finished_at",
    "created_at",
}

REFERENCES = {
    "article": "articles",
    "lead": "articles",
    "source": "sources",
    "outlet": "outlets",
    "capture": "captures",
    "cluster": "clusters",
    "crawl": "crawls",
    "coop": "coops",
    "other_coop": "coops",
    "department": "departments",
}
"""The table that a column refers to, by the column's name."""

NAMED = {
    "title": "article",
    "what": "article",
    "coop_name": "coop",
    "other_name": "other_coop",
    "outlet_name": "outlet",
}
"""In the results of a query: the column that reads as a name, and the one whose key it stands for."""

Address = Callable[[str, object], str]
"""Gives the page of one row: (table, key)."""


def shown(column: str, value: object, row_address: Address, articles_address: str) -> Markup | None:
    """Return a value as HTML, all text escaped, or ``None`` where Datasette's own way is right.

    ``articles_address`` is the page of the articles' table, which the chips of departments filter.
    """
    if isinstance(value, Mapping):
        return _reference(column, value, row_address)
    if column == "departments" and isinstance(value, str):
        return _departments(value, articles_address)
    if column == "published_others" and isinstance(value, str):
        return _other_dates(value)
    if column == "confidence" and isinstance(value, int | float):
        return Markup("{}").format(french.share(value))
    if column in {"authors", "sources"} and isinstance(value, str):
        return Markup("{}").format(", ".join(listed(value)) or "—")
    if column in _ADDRESSES and isinstance(value, str):
        return web_link(value)
    if isinstance(value, str) and value and (column in _DATES or column in _MOMENTS):
        written = french.date(value) if column in _DATES else french.moment(value)
        return Markup('<time datetime="{}">{}</time>').format(value, written)
    return _coded(column, value)


def named(column: str, value: object, row: Mapping[str, object], row_address: Address) -> Markup | None:
    """Link a name in the results of a query to the row that it names, when the query also gives its key."""
    key = row.get(NAMED.get(column, ""))
    if key is None:
        return None
    return Markup('<a href="{}">{}</a>').format(
        row_address(REFERENCES[NAMED[column]], key), value or "Sans titre"
    )


def web_link(address: str, text: str | None = None) -> Markup | None:
    """Return a link to an http(s) address, shortened unless a text is given; ``None`` for anything else.

    >>> web_link("https://www.union.example/actualites/")
    Markup('<a href="https://www.union.example/actualites/" rel="noopener noreferrer nofollow">union.example/actualites</a>')
    >>> web_link("javascript:alert(1)") is None
    True
    """  # noqa: E501
    if not _WEB_ADDRESS.fullmatch(address.strip()):
        return None
    if text is None:
        text = re.sub(r"^https?://(?:www\.)?", "", address.strip(), flags=re.IGNORECASE).rstrip("/")
        text = text if len(text) <= _LONGEST_ADDRESS else f"{text[:_LONGEST_ADDRESS]}…"
    return Markup('<a href="{}" rel="noopener noreferrer nofollow">{}</a>').format(address.strip(), text)


def host(address: str | None) -> str:
    """Return the site's name in an address, without ``www.``; empty when there is none.

    >>> host("https://www.union.example/actualites"), host("http://[mal")
    ('union.example', '')
    """
    try:
        return (urlsplit(address or "").hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def other_dates(text: str) -> list[dict[str, str]]:
    """Return the dates decided against, each with ``value``, ``rule`` and ``evidence``.

    >>> other_dates('[{"value": "2018", "rule": "url", "evidence": "2018"}, {"value": 1}]')
    [{'value': '2018', 'rule': 'url', 'evidence': '2018'}]
    >>> other_dates("[")
    []
    """
    try:
        values = json.loads(text)
    except ValueError:
        return []
    listed = values if isinstance(values, list) else []
    keys = ("value", "rule", "evidence")
    return [
        {key: one[key] for key in keys}
        for one in listed
        if isinstance(one, dict) and all(isinstance(one.get(key), str) for key in keys)
    ]


def _other_dates(text: str) -> Markup:
    shown = [
        Markup('<span title="{}">{}</span>').format(
            rules.sentence("published_rule", other["rule"]), french.date(other["value"])
        )
        for other in other_dates(text)
    ]
    return Markup(", ").join(shown) or Markup("—")


def _reference(column: str, value: Mapping[str, object], row_address: Address) -> Markup | None:
    """Show a foreign key that Datasette has looked up as ``{"value": …, "label": …}``."""
    table = REFERENCES.get(column)
    if table is None or value.get("value") is None:
        return None
    label = value.get("label") or "Sans titre"
    if table in {"captures", "crawls"}:
        label = french.moment(str(label))
    return Markup('<a href="{}">{}</a>').format(row_address(table, value["value"]), label)


def _departments(codes: str, articles_address: str) -> Markup | None:
    named = listed(codes)
    if not named:
        return Markup("—")
    chips = [
        Markup('<a class="chip" href="{}?{}">{}</a>').format(
            articles_address, urlencode({"departments__arraycontains": code}), code
        )
        for code in named
    ]
    return Markup(" ").join(chips)


def _coded(column: str, value: object) -> Markup | None:
    if value is None or (written := french.word(column, value)) == str(value):
        return None
    return Markup('<span title="{}">{}</span>').format(rules.sentence(column, value), written)


def listed(text: str) -> list[str]:
    """Return the strings of a JSON list; a value that is none comes back as the only one."""
    try:
        values = json.loads(text)
    except ValueError:
        return [text]
    return [str(value) for value in values] if isinstance(values, list) else [text]
