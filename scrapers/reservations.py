"""Which parts of a site are reserved from text and data mining? Said once for all its pages, in one file.

``/.well-known/tdmrep.json`` (TDM Reservation Protocol, W3C Community Group, 2024) lists paths, as robots.txt
does, with ``tdm-reservation`` 1 or 0. What a page or its headers say for themselves comes first.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

PATH = "/.well-known/tdmrep.json"
# More is no list of parts of a site.
MOST_BYTES, _MOST_RULES, _LONGEST = 64 * 1024, 1000, 500


@dataclass(frozen=True, slots=True)
class Rule:
    """A path, in which ``*`` stands for anything and a last ``$`` for the end, and ``"1"`` or ``"0"``."""

    location: str
    reservation: str


def origin(url: str) -> str:
    """Return scheme, host and port of an address.

    >>> origin("https://union.example/actualites?page=2")
    'https://union.example'
    """
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"


def rules(body: bytes) -> list[Rule]:
    """Return the rules of a tdmrep.json; what is none, as a page that says « not found », gives none.

    >>> rules(b'[{"location": "/presse/", "tdm-reservation": 1, "tdm-policy": "https://a.example/p"}]')
    [Rule(location='/presse/', reservation='1')]
    >>> rules(b"<!doctype html>"), rules(b'{"location": 4}')
    ([], [])
    """
    try:
        found = json.loads(body[:MOST_BYTES])
    except (ValueError, RecursionError):
        return []
    entries = found if isinstance(found, list) else [found]
    return [rule for entry in entries[:_MOST_RULES] if (rule := _rule(entry)) is not None]


def _rule(entry: object) -> Rule | None:
    if not isinstance(entry, dict):
        return None
    location, reserved = entry.get("location"), str(entry.get("tdm-reservation"))
    if not isinstance(location, str) or len(location) > _LONGEST or reserved not in ("0", "1"):
        return None
    return Rule(location, reserved)


def reservation(found: Sequence[Rule], url: str) -> str | None:
    """Return what the rules of a host say of one of its pages: the longest that fits, or ``None``.

    >>> some = [Rule("/", "1"), Rule("/presse/*.pdf$", "0"), Rule("/presse", "1")]
    >>> [reservation(some, f"https://a.example{path}") for path in ("/presse/a.pdf", "/presse/a.pdf?v=2", "")]
    ['0', '1', '1']
    >>> reservation([Rule("/presse/", "1")], "https://a.example/actus") is None
    True
    """
    parts = urlsplit(url)
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    fitting = [rule for rule in found if _fits(rule.location, path)]
    return max(fitting, key=lambda rule: len(rule.location)).reservation if fitting else None


def _fits(location: str, path: str) -> bool:
    """Say whether a path begins as a location says; each piece is looked for once, so it takes no time."""
    to_end = location.endswith("$")
    first, *pieces = location.removesuffix("$").split("*")
    if not path.startswith(first):
        return False
    if not pieces:
        return not to_end or path == first
    place = len(first)
    last = pieces.pop() if to_end else ""
    for piece in pieces:
        if (place := path.find(piece, place)) < 0:
            return False
        place += len(piece)
    return path.endswith(last) and len(path) - len(last) >= place
