"""Where does the article lead, and what is its own address? Outgoing links and the canonical address."""

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Final
from urllib.parse import urljoin, urlsplit

from lxml import html

from archive.addresses import clean, identity
from archive.models import Link
from archive.parsers.blocks import text_of
from archive.parsers.html import Document
from archive.parsers.structured import Structured

# Addresses that share or print this page instead of leading to another.
_SHARES: Final = re.compile(
    r"facebook\.com/(?:sharer|dialog)|(?:twitter|x)\.com/(?:intent|share|home\?status)|linkedin\.com/(?:share|cws)"
    r"|(?:wa\.me|api\.whatsapp\.com/send|t\.me/share|pinterest\.[a-z.]+/pin/create|reddit\.com/submit)|[?&]share=",
    re.IGNORECASE,
)

_WHOLE: Final = re.compile(r"https?://[^/?#]")


def links(document: Document, elements: Iterable[html.HtmlElement]) -> tuple[Link, ...]:
    """Return the links inside these elements, absolute and without tracking, each address once."""
    own = identity(document.url)
    found: dict[str, Link] = {}
    for element in elements:
        for anchor in element.iter("a"):
            address = absolute(document, anchor.get("href"))
            if address is None or address in found or _SHARES.search(address) or identity(address) == own:
                continue
            found[address] = Link(address, text_of(anchor))
    return tuple(found.values())


# The pages of a site lead to the same ones, and a page often twice to one.
@lru_cache(maxsize=4096)
def web_address(base: str, link: str) -> str | None:
    """Return the absolute web address of a link without tracking, ``None`` for anything else.

    >>> web_address("https://a.example/feed", "/x?utm_source=rss")
    'https://a.example/x'
    >>> web_address("https://a.example/", "javascript:x") is None
    True
    """
    if not link or link.isspace():
        return None
    try:
        whole = _WHOLE.match(link := link.strip())  # nothing to join then, which takes most of the time
        address = clean(link if whole else urljoin(base, link))
        parts = urlsplit(address)
        is_whole = parts.scheme in ("http", "https") and parts.hostname and parts.port != 0
        return address if is_whole else None
    except ValueError:  # « http://[ », « http://a.example:port/ » and the like
        return None


def absolute(document: Document, href: str | None) -> str | None:
    """Return a web address made absolute; ``None`` for anchors, mail, scripts and what is no address."""
    if not href or href.lstrip().startswith("#"):
        return None
    return web_address(document.base, href)


def canonical(document: Document, data: Structured) -> str | None:
    """Return the page's canonical address if it is plausible: on the same site, and not its home page.

    Templates are copied with the canonical link of another page or of the front page; such a link would make
    all articles one.
    """
    for address in (data.canonical, absolute(document, data.first("og:url"))):
        if address and _plausible(address, document.url):
            return clean(address)
    return None


def _plausible(address: str, url: str) -> bool:
    try:
        there, here = urlsplit(address), urlsplit(url)
        if there.port == 0:
            return False
    except ValueError:
        return False
    if there.scheme not in ("http", "https") or _site(there.hostname) != _site(here.hostname):
        return False
    is_home = there.path in ("", "/") and not there.query
    return not is_home or (here.path in ("", "/") and not here.query)


def _site(host: str | None) -> str:
    """Return the registrable part of a host as far as it can be told without a list: its last two labels."""
    return ".".join((host or "").split(".")[-2:])
