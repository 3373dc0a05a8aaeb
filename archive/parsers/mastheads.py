"""Does this heading only name the site, as a masthead does? Then the title is another line below it."""

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from typing import Final, cast

from lxml import etree, html

from archive.parsers.blocks import text_of
from archive.parsers.html import Document
from archive.parsers.outlets import SEPARATOR, fold, home_name, site_names, spelled_by_host
from archive.parsers.structured import Structured

# What a head's title holds beside the name of the site where it does not tell the page's: « Accueil ».
_WORDS_OF_PAGES: Final = """
    accueil sommaire index home page article articles site web internet officiel bienvenue sur association
    titre sans untitled document nouvelle nouvelles actualite actualites actu actus detail fiche lettre
    infolettre newsletter bulletin communique communiques presse archives numero no n le la les l un une
    de du des d en et a au aux"""
_SAYS_NOTHING: Final = frozenset(_WORDS_OF_PAGES.split())
_NAMED: Final = re.compile(r"(?:^|[\s_-])(?:titre|title|titrage|headline)(?:$|\s)", re.IGNORECASE)
_NAMED_FOR_ARTICLE: Final = re.compile(
    r"titre[_-]?(?:article|art|texte|page|news|actu)\b|(?:article|news|actu|texte|billet)[\w-]*titre",
    re.IGNORECASE,
)
_BIG: Final = re.compile(r"[4-7]|\+[1-4]")
_CANDIDATES: Final = ("h1", "h2", "h3", "h4", "font", "b", "strong", "div", "p", "span", "td", "big")
_LONGEST_NAME: Final = 7  # words
_SHORT_NAME: Final = 5
_LONGEST_TITLE: Final = 200
_FEWEST_WORDS: Final = 4
_FEWEST_KNOWN: Final = 2  # below what is known to be the site's name
_MOST_INSIDE: Final = 2  # elements; more make a container
_TEXTS: Final = 40
_LEAST_BELOW: Final = 200  # characters of text that a title stands over
_SIGN: Final = 200  # characters of the box that holds a name and its slogan
_TEXTS_BELOW: Final = etree.XPath("following::text()")


def below_masthead(
    document: Document, data: Structured, sign: html.HtmlElement | None, declared: Sequence[str]
) -> html.HtmlElement | None:
    """Return the line that titles the page where ``sign``, its best heading so far, only names the site.

    ``declared`` are the titles that the head gives. ``None`` when the sign is the title, or nothing else is.
    """
    name = text_of(sign) if sign is not None else next(iter(declared), "")
    words = fold(name).split()
    if not 0 < len(words) <= _LONGEST_NAME or _is_in_article(sign):
        return None
    told = _told_beside(document, fold(name))
    if told is not None and (len(words) <= _SHORT_NAME or _is_site(document, data, name)):
        return next(_below(document, sign, lambda line: fold(text_of(line)) == told), None)
    if not all(set(fold(title).split()) - set(words) <= _SAYS_NOTHING for title in declared):
        return None
    if _is_site(document, data, name):
        return next(_below(document, sign, _is_heading), None)
    if len(words) > _SHORT_NAME:
        return None
    lines = list(islice(_below(document, sign, _is_of_old_pages), 2))
    return lines[0] if len(lines) == 1 else None


def _told_beside(document: Document, name: str) -> str | None:
    """Return, folded, what the head's title tells beside the name: « Le Fil - La laiterie est à eux »."""
    pieces = [fold(piece) for piece in SEPARATOR.split(document.title)]
    if name not in pieces:
        return None
    others = [piece for piece in pieces if piece != name and len(piece.split()) >= _FEWEST_WORDS]
    return others[0] if len(others) == 1 else None


def _is_site(document: Document, data: Structured, name: str) -> bool:
    wanted = fold(name)
    if wanted in map(fold, site_names(data)):
        return True
    others = (one(document) for one in (home_name, spelled_by_host))
    return any(fold(other) == wanted for other in others if other)


def _is_in_article(sign: html.HtmlElement | None) -> bool:
    return sign is not None and next(sign.iterancestors("article", "main"), None) is not None


def _box(sign: html.HtmlElement | None) -> html.HtmlElement | None:
    """Return the outermost element around a name that holds hardly more: its slogan stands there too."""
    box = sign
    for above in sign.iterancestors() if sign is not None else ():
        if above.tag in ("body", "html") or len(text_of(above)) > _SIGN:
            break
        box = above
    return box


def _below(
    document: Document, sign: html.HtmlElement | None, is_wanted: Callable[[html.HtmlElement], bool]
) -> Iterator[html.HtmlElement]:
    """Yield the wanted lines below the sign that are no part of its box and stand over some text."""
    box = _box(sign)
    inside = set(box.iter()) if box is not None else set()
    seen = sign is None
    for element in document.tree.iter(*_CANDIDATES):
        seen = seen or element is sign
        if not seen or element in inside or len(element) > _MOST_INSIDE or not is_wanted(element):
            continue
        if not _is_link(element) and _heads_text(element):
            yield element


def _is_link(element: html.HtmlElement) -> bool:
    around = next((above for above in element.iterancestors() if above.tag in ("a", "nav", "footer")), None)
    inside = element.find(".//a[@href]")
    return around is not None or (inside is not None and text_of(inside) == text_of(element))


def _heads_text(element: html.HtmlElement) -> bool:
    below = cast(list[str], _TEXTS_BELOW(element))
    return sum(len(text.strip()) for text in below[:_TEXTS]) >= _LEAST_BELOW


def _stands_out(line: html.HtmlElement, fewest: int = _FEWEST_WORDS) -> bool:
    """Tell whether a line is set like a title: in big type, or called one by the template."""
    big = line.tag == "font" and _BIG.fullmatch(line.get("size", "").strip()) is not None
    if not big and not _is_named(line):
        return False
    text = text_of(line)
    return len(text) <= _LONGEST_TITLE and len(text.split()) >= fewest


def _is_heading(line: html.HtmlElement) -> bool:
    """Tell whether a line below a known name is the title: then any heading is."""
    if line.tag in ("h1", "h2", "h3", "h4"):
        text = text_of(line)
        return len(text.split()) >= _FEWEST_KNOWN and len(text) <= _LONGEST_TITLE
    return _stands_out(line, _FEWEST_KNOWN)


def _is_named(line: html.HtmlElement) -> bool:
    own = f"{line.get('class') or ''} {line.get('id') or ''}"
    return own != " " and (_NAMED.search(own) or _NAMED_FOR_ARTICLE.search(own)) is not None


def _is_of_old_pages(line: html.HtmlElement) -> bool:
    """Tell whether a line is set like a title on pages without headings: in a table, or by its name."""
    if not _stands_out(line) or text_of(line).endswith("."):
        return False
    if line.tag in ("font", "td") or next(line.iterancestors("td"), None) is not None:
        return True
    return line.tag in ("div", "p", "span") and _NAMED_FOR_ARTICLE.search(line.get("class") or "") is not None
