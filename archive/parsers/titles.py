"""What is the article called? Its headline without the site's name, and the kicker that stands above it."""

import re
import unicodedata
from dataclasses import dataclass
from typing import Final

from lxml import html

from archive.parsers.blocks import squeeze, text_of
from archive.parsers.boilerplate import part
from archive.parsers.html import Document
from archive.parsers.structured import Structured, article_node, string


@dataclass(frozen=True, slots=True)
class Headline:
    """The title's text, the kicker's, and the element that shows the title (``None``: only the head names it)."""

    title: str | None
    kicker: str | None
    element: html.HtmlElement | None


# What stands between an article's title and its site's name; a hyphen inside a word does not count.
_SEPARATOR: Final = re.compile(r"\s+[|–—\-·•:»/~]+\s+")
_WORDS: Final = re.compile(r"[^\W_]+")

# « Bienvenue sur le site de votre Union » heads every page of a site; « Bienvenue à la Scop X » is news.
_BANNER: Final = re.compile(
    r"^bienvenue (?:sur|dans|chez) (?:le |notre |l[’'])?(?:site|portail|blog|page)", re.IGNORECASE
)

# A kicker in the same line as its title: « Retour sur... Titre », « Édito | Titre ».
_INLINE_KICKER: Final = re.compile(
    r"^((?:retour sur|rencontre avec|zoom sur|focus sur|gros plan sur|coup de projecteur sur|à la une)\s?(?:\.{3}|…))\s*(?=\S)(.+)$"
    r"|^(édito|éditorial|tribune|portrait|interview|entretien|reportage|agenda|brève|vidéo|podcast)\s*\|\s*(.+)$",
    re.IGNORECASE,
)
_KICKER_NAME: Final = re.compile(
    r"(?:^|[\s_-])(?:sur-?titre|suptitle|supertitle|kicker|overline|dachzeile|eyebrow|antetitulo|antetitre)(?:$|[\s_-])",
    re.IGNORECASE,
)
_TITLE_NAME: Final = re.compile(r"title|titre|headline|titel|überschrift|heading", re.IGNORECASE)
_LONGEST_KICKER: Final = 80


def headline(document: Document, data: Structured, selector: str | None = None) -> Headline:
    """Return the page's title, preferring what a reader sees over what the head declares."""
    declared = _declared(document, data)
    element = _chosen(document.tree, selector) if selector else None
    if element is None:
        element = _shown(document.tree, declared)
    if element is None:
        title = declared[0] if declared else None
        kicker, title = _split(title) if title else (None, title)
        return Headline(title or None, kicker, None)
    return _read(element)


def fold(text: str) -> str:
    """Return letters and figures alone, without case or accents: what two spellings of a title share."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return " ".join(_WORDS.findall("".join(c for c in plain if not unicodedata.combining(c))))


def is_banner(text: str) -> bool:
    """Say whether a line greets the visitors of a site instead of naming a page.

    >>> is_banner("Bienvenue sur le site de votre Union Régionale"), is_banner("Bienvenue à la Scop Argile")
    (True, False)
    """
    return _BANNER.match(text) is not None


def without_site(title: str, sites: tuple[str, ...] = ()) -> str:
    """Cut the site's name off a title: a known name at either end, else a short part after the last separator.

    >>> without_site("Angers : la Scop recrute | L'Écho", ())
    'Angers : la Scop recrute'
    >>> without_site("Le Carnet - La laiterie, avant nous", ("Le Carnet",))
    'La laiterie, avant nous'
    """
    names = {fold(site) for site in sites if site}
    cuts = [match for match in _SEPARATOR.finditer(title) if match.group().strip() != ":"]
    for match in cuts:
        if fold(title[: match.start()]) in names:
            return title[match.end() :].strip()
        if fold(title[match.end() :]) in names:
            return title[: match.start()].strip()
    if cuts and len(title) - cuts[-1].end() <= 0.5 * cuts[-1].start() + 10:
        return title[: cuts[-1].start()].strip()
    return title


def site_names(data: Structured) -> tuple[str, ...]:
    """Return the names that the page gives its site, best first."""
    found = [data.first("og:site_name", "application-name", "dc.publisher", "publisher")]
    node = article_node(data)
    for owner in (node, *data.nodes):
        if owner is not None and (publisher := data.node(owner.get("publisher"))) is not None:
            found.append(string(publisher.get("name")))
    found += [string(node.get("name")) for node in data.nodes if node.get("@type") == "WebSite"]
    return tuple(dict.fromkeys(squeeze(name) for name in found if name))


def _declared(document: Document, data: Structured) -> list[str]:
    sites = site_names(data)
    node = article_node(data)
    found = [
        string(node.get("headline")) if node else None,
        data.first("og:title", "twitter:title", "dc.title", "title"),
    ]
    element = document.tree.find(".//title")
    found.append(text_of(element) if element is not None else None)
    cleaned = [
        without_site(squeeze(title), sites) if i else squeeze(title)
        for i, title in enumerate(found)
        if title and squeeze(title)
    ]
    return [title for title in dict.fromkeys(cleaned) if title]


def _agrees(shown: str, declared: list[str]) -> float:
    """Return how far a shown line is one of the declared titles: 1.0 for equal, 0.0 for unrelated."""
    folded = fold(shown)
    words = set(folded.split())
    best = 0.0
    for title in declared:
        other = fold(title)
        if folded == other:
            return 1.0
        theirs = set(other.split())
        if words and theirs:
            best = max(best, len(words & theirs) / len(words | theirs))
            if len(words) > 2 and (folded in other or other in folded):
                best = max(best, 0.6)
    return best


def _chosen(tree: html.HtmlElement, selector: str) -> html.HtmlElement | None:
    return next((found for found in tree.cssselect(selector) if text_of(found)), None)


def _shown(tree: html.HtmlElement, declared: list[str]) -> html.HtmlElement | None:
    best, most = None, 0.0
    for element in tree.iter("h1", "h2", "h3"):
        text = text_of(element)
        if not text or len(text) > 400 or is_banner(text) or _in_furniture(element):
            continue
        score = _agrees(text, declared)
        score += {"h1": 0.3, "h2": 0.05, "h3": 0.0}[element.tag]
        if element.get("itemprop") == "headline" or _TITLE_NAME.search(element.get("class", "")):
            score += 0.1
        if score > most and (score >= 0.5 or element.tag == "h1"):
            best, most = element, score
    if best is not None and most >= 0.5:
        return best
    return _plain(tree, declared) if best is None or most < 0.45 and declared else best


def _plain(tree, declared):
    """Find the title where it is no heading: old pages set it in bold type."""
    wanted = {fold(title) for title in declared if not is_banner(title)}
    for element in tree.iter("font", "b", "strong", "p", "div", "span", "td"):
        if len(element) > 3:
            continue
        text = text_of(element)
        if 5 < len(text) < 300 and fold(text) in wanted and not _in_furniture(element):
            return element
    h1 = [e for e in tree.iter("h1") if text_of(e) and not is_banner(text_of(e)) and not _in_furniture(e)]
    if h1:
        return h1[0]
    banner = next((e for e in tree.iter("h1") if is_banner(text_of(e))), None)
    if banner is not None:
        nxt = banner.getnext()
        while nxt is not None and not text_of(nxt):
            nxt = nxt.getnext()
        return nxt
    return None


def _in_furniture(element):
    for ancestor in element.iterancestors():
        if ancestor.tag in ("article", "main", "body"):
            return False
        if part(ancestor, ancestor.tag) in ("navigation", "related", "comments", "aside"):
            return True
        if "breadcrumb" in (ancestor.get("class") or ""):
            return True
    return element.find("a") is not None and part(element, element.tag) is not None


def _read(element: html.HtmlElement) -> Headline:
    text = text_of(element)
    for child in element:
        if _KICKER_NAME.search(child.get("class") or "") and (kicker := text_of(child)):
            rest = text.replace(kicker, "", 1).strip(" \u00a0:|–—-")
            if rest:
                return Headline(rest, kicker, element)
    kicker, title = _split(text)
    return Headline(title, kicker or _above(element), element)


def _split(text: str) -> tuple[str | None, str]:
    if (match := _INLINE_KICKER.match(text)) is None:
        return None, text
    kicker, title = match.group(1) or match.group(3), match.group(2) or match.group(4)
    return kicker, title


def _above(element: html.HtmlElement) -> str | None:
    """Return the line named as kicker just above the headline, at its own level or one level up."""
    for node in (element, element.getparent()):
        above = node.getprevious() if node is not None else None
        if above is not None and _KICKER_NAME.search(above.get("class") or ""):
            kicker = text_of(above)
            return kicker if 0 < len(kicker) <= _LONGEST_KICKER else None
    return None
