"""What does the page say of itself to machines? JSON-LD, meta tags and the canonical link."""

import html
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final
from urllib.parse import urljoin

from lxml.html import HtmlElement

from archive.addresses import identity
from archive.parsers.html import Document

Node = Mapping[str, object]


@dataclass(frozen=True)
class Structured:
    """The page's metadata. Keys of ``meta`` are lower case; every key has at least one value, in page order.

    ``nodes`` are the JSON-LD nodes of the page itself and of its graph, none nested in a property.
    """

    nodes: tuple[Node, ...]
    meta: Mapping[str, tuple[str, ...]]
    canonical: str | None
    url: str

    @cached_property
    def article(self) -> Node | None:
        """Return the JSON-LD node that describes the page's article, ``None`` if there is none.

        Of several articles the one with the page's own address wins, then the first with a headline. A mere
        « WebPage » is taken when no node claims to be an article.
        """
        for kind in (_ARTICLE_TYPE, _PAGE_TYPE):
            candidates = [node for node in self.nodes if any(kind.search(name) for name in types(node))]
            if candidates:
                return max(candidates, key=lambda node: (_is_of(self, node), "headline" in node))
        return None

    def first(self, *keys: str) -> str | None:
        """Return the value of the first of these meta keys that the page has, ``None`` if it has none."""
        return next((self.meta[key][0] for key in keys if key in self.meta), None)

    def every(self, key: str) -> tuple[str, ...]:
        """Return all values of a meta key, in page order."""
        return self.meta.get(key, ())

    def node(self, reference: object) -> Node | None:
        """Return a JSON-LD property as a node: itself, or what its ``@id`` points to; first one of a list.

        A reference that leads nowhere comes back as it is; ``None`` means that the value is no node.
        """
        if isinstance(reference, list):
            return next((found for item in reference if (found := self.node(item)) is not None), None)
        if not isinstance(reference, Mapping):
            return None
        if set(reference) <= {"@id", "@type"}:
            wanted = reference.get("@id")
            return next((node for node in self.nodes if wanted and node.get("@id") == wanted), reference)
        return reference


# Types that are an article of themselves; « WebPage » only says that there is a page.
_ARTICLE_TYPE: Final = re.compile(r"(?:^|[/:])(?:\w*Article|\w*BlogPosting|Report|Review|PressRelease)$")
_PAGE_TYPE: Final = re.compile(r"(?:^|[/:])(?:WebPage|ItemPage|AboutPage|CreativeWork|Event)$")

_WRAPPING: Final = re.compile(r"^\s*(?://\s*)?(?:<!\[CDATA\[|<!--)|(?://\s*)?(?:\]\]>|-->)\s*;?\s*$")
_TRAILING_COMMA: Final = re.compile(r",(?=\s{0,200}[}\]])")
# « "datePublished": "2019-01-31" » in a block that is broken elsewhere; quotes inside a value end it.
_PAIR: Final = re.compile(
    r'"(@type|headline|datePublished|dateCreated|dateModified)"\s{0,9}:\s{0,9}"([^"\n]{1,300})"'
)
_BETWEEN: Final = re.compile(r"[\s,;]*")
_DEEPEST_GRAPH: Final = 6


def structured(document: Document) -> Structured:
    """Return everything the page declares in its head or body for machines to read."""
    return Structured(_nodes(document), _meta(document), _canonical(document), document.url)


def is_sold(data: Structured) -> bool:
    """Tell whether the page declares that its article, or a part of it, is not free to read.

    JSON-LD has ``isAccessibleForFree`` for it, Facebook's vocabulary ``article:content_tier``.
    """
    node = data.article or {}
    parts = node.get("hasPart")
    claims = [node, *(parts if isinstance(parts, list) else [parts])]
    values = [claim.get("isAccessibleForFree") for claim in claims if isinstance(claim, Mapping)]
    free = [value if isinstance(value, bool) else (string(value) or "").lower() for value in values]
    return any(value is False or value == "false" for value in free) or "locked" in data.every(
        "article:content_tier"
    )


def types(node: Node) -> tuple[str, ...]:
    """Return the node's types; JSON-LD allows one or a list."""
    declared = node.get("@type")
    names = declared if isinstance(declared, list) else [declared]
    return tuple(name for name in names if isinstance(name, str))


def string(value: object) -> str | None:
    """Return a JSON-LD value as text, entities resolved and trimmed; ``None`` for "" and for no text.

    >>> string({"@value": "L&#039;atelier "})
    "L'atelier"
    """
    if isinstance(value, list):
        return next((found for item in value if (found := string(item)) is not None), None)
    if isinstance(value, Mapping):
        return string(value.get("@value"))
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    return html.unescape(str(value)).strip() or None


def _is_of(data: Structured, node: Node) -> bool:
    own = {_identity(data.url), _identity(data.canonical)} - {None}
    claims = (node.get("url"), node.get("@id"), node.get("mainEntityOfPage"))
    return any(
        _identity(claim.get("@id") if isinstance(claim, Mapping) else claim) in own for claim in claims
    )


def _identity(url: object) -> str | None:
    if not isinstance(url, str) or not url.startswith(("http://", "https://")):
        return None
    try:
        return identity(url)
    except ValueError:
        return None


def _nodes(document: Document) -> tuple[Node, ...]:
    found: list[Node] = []
    for script in document.elements("script"):
        if "ld+json" in (script.get("type") or "").lower():
            found.extend(node for value in _values(script.text or "") for node in _flat(value, 0))
    return tuple(found)


def _flat(value: object, depth: int) -> Iterator[Node]:
    """Yield the nodes of a document: lists, ``@graph`` and the main entity of a page are looked into."""
    if depth > _DEEPEST_GRAPH:
        return
    if isinstance(value, list):
        for item in value:
            yield from _flat(item, depth + 1)
    elif isinstance(value, Mapping):
        if "@type" in value or "@id" in value:
            yield value
        for inner in ("@graph", "mainEntity"):
            yield from _flat(value.get(inner), depth + 1)


def _values(text: str) -> list[object]:
    """Read one script block, mending what publishers commonly break; [] when nothing can be read."""
    bare = _WRAPPING.sub("", text).strip().rstrip(";").replace("\ufeff", "")
    if not bare:
        return []
    for attempt in (str, _without_trailing_commas, _with_entities_resolved):
        values = _each(attempt(bare))
        if values:
            return values
    pairs: dict[str, object] = {}
    for key, value in _PAIR.findall(bare):
        pairs.setdefault(key, value)
    return [pairs] if "@type" in pairs else []


def _without_trailing_commas(text: str) -> str:
    return _TRAILING_COMMA.sub("", text)


def _with_entities_resolved(text: str) -> str:
    return _TRAILING_COMMA.sub("", html.unescape(text))


def _each(text: str) -> list[object]:
    """Read JSON values written one after another, raw line breaks allowed; [] unless all can be read."""
    decoder = json.JSONDecoder(strict=False)
    values: list[object] = []
    at = 0
    while at < len(text):
        try:
            value, end = decoder.raw_decode(text, at)
        except (ValueError, RecursionError):
            return []
        values.append(value)
        at = _BETWEEN.match(text, end).end()  # type: ignore[union-attr]  # matches the empty string too
    return values


def _meta(document: Document) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for element in document.elements("meta"):
        value = (element.get("content") or element.get("value") or "").strip()
        if not value:
            continue
        for key in _keys(element):
            found.setdefault(key, []).append(value)
    return {key: tuple(values) for key, values in found.items()}


def _keys(element: HtmlElement) -> set[str]:
    """Return the lower-case keys of a meta tag; properties may be several, a name may hold a space."""
    names = {(element.get(attribute) or "").casefold().strip() for attribute in ("name", "http-equiv")}
    properties = f"{element.get('property') or ''} {element.get('itemprop') or ''}".casefold().split()
    return (names | set(properties)) - {""}


def _canonical(document: Document) -> str | None:
    for element in document.elements("link"):
        address = (element.get("href") or "").strip()
        if address and "canonical" in (element.get("rel") or "").lower().split():
            try:
                return str(urljoin(document.base, address))
            except ValueError:
                return None
    return None
