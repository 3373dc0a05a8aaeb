"""What is the article called? Its headline without the site's name, and the kicker that stands above it."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Final, cast

from lxml import etree, html

from archive.parsers.blocks import squeeze, text_of
from archive.parsers.boilerplate import part
from archive.parsers.html import Document
from archive.parsers.mastheads import below_masthead
from archive.parsers.outlets import fold, home_name, leads_home, site_names, without_site
from archive.parsers.structured import Structured, string
from archive.parsers.written_dates import written


@dataclass(frozen=True, slots=True)
class Headline:
    """The title, the kicker, and the element that shows the title (``None``: only the head names it)."""

    title: str | None
    kicker: str | None
    element: html.HtmlElement | None


# « Bienvenue sur le site de votre Union » heads every page of a site; « Bienvenue à la Scop X » is news. The
# last one is what a clipping board shows while it loads.
_BANNER: Final = re.compile(
    r"^bienvenue (?:sur|dans|chez) (?:le |notre |l[’'])?(?:site|portail|blog|page)|^background preloader$",
    re.IGNORECASE,
)
# A kicker in the same line as its title: « Retour sur... Titre », « Édito | Titre ».
_INLINE_KICKERS: Final = (
    re.compile(
        r"^((?:retour sur|rencontre avec|zoom sur|focus sur|gros plan sur|coup de projecteur sur|à la une)"
        r"\s?(?:\.{3}|…))\s*(?=\S)(.+)$",
        re.IGNORECASE,
    ),
    re.compile(
        r"^(édito|éditorial|tribune|portrait|interview|entretien|reportage|agenda|brève|vidéo|podcast)\s*\|\s*(.+)$",
        re.IGNORECASE,
    ),
)
# « (3) Le pont tient »: messages that the reader has not seen.
_COUNTED: Final = re.compile(r"^\(\d{1,3}\+?\) (?=\S)")
_KICKER_NAME: Final = re.compile(
    r"(?:^|[\s_-])(?:sur-?titre|suptitle|supertitle|kicker|overline|dachzeile|eyebrow|antetitulo)(?:$|[\s_-])",
    re.IGNORECASE,
)
# At most four words that begin with a capital: « Vie de l'union », neither a date nor a sentence.
_LABEL: Final = re.compile(r"^[A-ZÀ-Ý][^\W\d_]+(?:[ \u00a0’'-][^\W\d_]+){0,3}$")
# Words over a headline that say how the article is sold or which page this is, not what it is about.
_NO_KICKER: Final = re.compile(
    r"(?:abonn|article|premium|exclusi|gratuit|publi|actu|news|accueil|blog|retour|imprimer|partager|menu|date)",
    re.IGNORECASE,
)
_TITLE_NAME: Final = re.compile(r"title|titre|headline|titel", re.IGNORECASE)
_TITLE_OF_ARTICLE: Final = re.compile(
    r"(?:post|news|article|entry|detail|topic|item|actu|billet)[\w-]*(?:title|titre)", re.IGNORECASE
)
# Headings that name a part of the site.
_SECTIONS: Final = frozenset(
    (
        *("nouvelles", "actualites", "actualite", "actus", "actu", "news", "blog", "le blog", "articles"),
        *("agenda", "accueil", "presse", "espace presse", "nos actualites", "toutes les actualites"),
        *("les actualites", "article", "publications", "dernieres notes", "nouvelles recentes"),
    )
)
_LONGEST_KICKER: Final = 80
_LONGEST_TITLE: Final = 400
_SHORTEST_TITLE: Final = 6

# How far a heading must agree with what the head declares; an h1 starts with a bonus.
_RANK: Final = {"h1": 0.3, "h2": 0.05, "h3": 0.0}
_NAMED_BONUS: Final = 0.1
_TEASER_MALUS: Final = 0.4
_CONTAINED: Final = 0.6
_ENOUGH: Final = 0.5
_HARDLY: Final = 0.45
# Elements inside one that is the title of an old page, or else it is a container.
_MOST_INSIDE: Final = 8
_DATE_ROOM: Final = 4  # characters beside a date set into the headline
_WORDS_OF_PART: Final = 4
_WORDS_OF_TITLE: Final = 4
_WORDS_OF_NAME: Final = 2
_BIG: Final = re.compile(r"[4-7]|\+[1-4]")
_LAST_LINES: Final = 25
_TEXTS_BELOW: Final = etree.XPath("following::text()")


def headline(document: Document, data: Structured, chosen: html.HtmlElement | None = None) -> Headline:
    """Return the page's title, preferring what a reader sees over what the head declares.

    ``chosen`` is the element that the source's layout names, if it names one.
    """
    declared = _declared(document, data)
    element = chosen if chosen is not None and text_of(chosen) else None
    if element is None:
        element = _shown(document, declared)
        below = below_masthead(document, data, element, declared)
        element = below if below is not None else element
    if element is not None:
        return _read(element)
    kicker, title = _split(declared[0]) if declared else (None, None)
    return Headline(title, kicker, None)


def is_banner(text: str) -> bool:
    """Say whether a line greets the visitors of a site instead of naming a page.

    >>> is_banner("Bienvenue sur le site de votre Union Régionale"), is_banner("Bienvenue à la Scop Argile")
    (True, False)
    """
    return _BANNER.match(text) is not None


def _declared(document: Document, data: Structured) -> list[str]:
    """Return the titles that the head gives, best first, without the site's name."""
    node = data.article
    element = document.title_element
    tagged = (
        data.first("og:title", "twitter:title", "dc.title", "title"),
        text_of(element) if element is not None else None,
    )
    home = home_name(document)
    sites = site_names(data) if home is None else (*site_names(data), home)
    titles = [string(node.get("headline")) if node else None]
    titles += [without_site(squeeze(title), sites) for title in tagged if title]
    found = (_COUNTED.sub("", squeeze(title)) for title in titles if title)
    return list(dict.fromkeys(title for title in found if title and not is_banner(title)))


def _agreement(shown: str, declared: Iterable[tuple[str, frozenset[str]]]) -> float:
    """Return how far a shown line is one of the declared titles: 1.0 for equal, 0.0 for unrelated.

    These come folded, each with its words.
    """
    folded = fold(shown)
    words = frozenset(folded.split())
    best = 0.0
    for other, theirs in declared:
        if folded == other:
            return 1.0
        if not (words and theirs):
            continue
        common = len(words & theirs)
        best = max(best, common / (len(words) + len(theirs) - common))
        if len(words) > 2 and (folded in other or other in folded):
            best = max(best, _CONTAINED)
    return best


def _shown(document: Document, declared: Sequence[str]) -> html.HtmlElement | None:
    """Return the element that shows the title: the heading that agrees best, else a line of old pages."""
    best, most = None, 0.0
    over_all: html.HtmlElement | None = None  # a heading in the head of the page, as a site's name
    said = [(folded, frozenset(folded.split())) for folded in map(fold, declared)]
    for element in document.elements("h1", "h2", "h3"):
        text = text_of(element)
        if (
            not text
            or len(text) > _LONGEST_TITLE
            or _is_no_title(text)
            or _names_site(document, element, text)
        ):
            continue
        agreement = _agreement(text, said)
        is_name = element.tag == "h1" and len(text.split()) <= _WORDS_OF_PART
        if said and not agreement and is_name and _is_of_page_head(element):
            over_all = element if over_all is None else over_all
            continue
        score = agreement + _RANK[element.tag]
        if element.get("itemprop") == "headline" or _TITLE_NAME.search(element.get("class", "")):
            score += _NAMED_BONUS
        if score > most and _leads_away(element, text):
            score -= _TEASER_MALUS
        enough = score >= _ENOUGH or element.tag == "h1"
        if score > most and enough and not _in_furniture(element):
            best, most = element, score
    if best is not None and (most >= _HARDLY or not declared):
        return best
    if best is None and all(len(title.split()) <= _WORDS_OF_NAME for title in declared):
        best = _first_subheading(document)
    if best is None and (named := _named_title(document)) is not None:
        return named
    in_words = _line_saying(document.tree, declared)
    if best is None and (in_words is None or _is_repeated(in_words)):
        big = _big_line(document)
        in_words = in_words if big is None else big
    if in_words is not None or best is not None:
        return in_words if in_words is not None else best
    below = _below_banner(document)
    return below if below is not None else over_all


def _is_of_page_head(element: html.HtmlElement) -> bool:
    """Say whether a heading stands in the head of the page, not of an article."""
    above = next((one for one in element.iterancestors("header", "main", "article")), None)
    if above is None or above.tag != "header":
        return False
    return next(above.iterancestors("main", "article"), None) is None


def _is_no_title(text: str) -> bool:
    """Say whether a heading greets visitors, names a section of the site or answers in a forum."""
    answers = text.startswith(("Re: ", "Re : ", "RE: "))
    return answers or is_banner(text) or fold(text) in _SECTIONS


def _named_title(document: Document) -> html.HtmlElement | None:
    """Return the only heading that the page's template calls the title of an article, if there is one."""
    found = [
        element
        for element in document.elements("h1", "h2", "h3", "h4")
        if _TITLE_OF_ARTICLE.search(f"{element.get('class', '')} {element.get('id', '')}")
        and not _is_no_title(text := text_of(element))
        and 0 < len(text) <= _LONGEST_TITLE
        and not _leads_away(element, text)
        and not _in_furniture(element)
    ]
    return found[0] if len(found) == 1 else None


def _names_site(document: Document, heading: html.HtmlElement, text: str) -> bool:
    """Say whether a heading is a link to the site's home as a whole: its name, on every page."""
    anchor = _first_link(heading)
    if anchor is None and (around := heading.getparent()) is not None and around.tag == "a":
        anchor = around
    return anchor is not None and text_of(anchor) == text and leads_home(document, anchor)


def _first_link(element: html.HtmlElement) -> html.HtmlElement | None:
    return next((anchor for anchor in element.iter("a") if anchor.get("href") is not None), None)


def _first_subheading(document: Document) -> html.HtmlElement | None:
    """Return the page's first h2 that reads like a title: the head gives no more than the site's name."""
    for element in document.elements("h2"):
        text = text_of(element)
        if (
            len(text.split()) >= _WORDS_OF_TITLE
            and not _in_furniture(element)
            and not _leads_away(element, text)
        ):
            return element
    return None


def _leads_away(element: html.HtmlElement, text: str) -> bool:
    """Say whether a lesser heading is a link as a whole: the card of another article, or of this one."""
    if element.tag == "h1":
        return False
    around = next((above for above in element.iterancestors() if above.tag in ("a", "article")), None)
    inside = _first_link(element)
    return (around is not None and around.tag == "a") or (inside is not None and text_of(inside) == text)


def _line_saying(tree: html.HtmlElement, declared: Sequence[str]) -> html.HtmlElement | None:
    """Find a declared title where it is no heading: old pages set it in bold type."""
    wanted = {fold(title) for title in declared} | set(_parts(declared))
    for element in tree.iter("font", "b", "strong", "p", "div", "span", "td"):
        if len(list(islice(element.iter(), _MOST_INSIDE))) == _MOST_INSIDE:
            continue
        text = text_of(element)
        if (
            _SHORTEST_TITLE <= len(text) <= _LONGEST_TITLE
            and fold(text) in wanted
            and not _in_furniture(element)
        ):
            return element
    return None


def _big_line(document: Document) -> html.HtmlElement | None:
    """Return the first line set in a big font that is no site's name: old pages have no headings."""
    for element in document.elements("font"):
        if _BIG.fullmatch(element.get("size", "").strip()) is None:
            continue
        text = text_of(element)
        is_title = len(text.split()) >= _WORDS_OF_PART and len(text) <= _LONGEST_TITLE
        if is_title and not _is_repeated(element) and not _in_furniture(element):
            return element
    return None


def _is_repeated(element: html.HtmlElement) -> bool:
    """Say whether the page's last lines repeat these words, as they do with the site's name."""
    below = cast(list[str], _TEXTS_BELOW(element))
    lines = [line for line in below if not line.isspace()][-_LAST_LINES:]
    return fold(text_of(element)) in fold(" ".join(lines))


def _parts(declared: Sequence[str]) -> Iterator[str]:
    """Yield what stands before or after a separator, folded: the site's name may be on either side."""
    for title in declared:
        pieces = [fold(piece) for piece in re.split(r"\s[|–—:-]+\s", title)]
        yield from (piece for piece in pieces if len(piece.split()) >= _WORDS_OF_PART)


def _below_banner(document: Document) -> html.HtmlElement | None:
    """Return the first line after a heading that greets visitors: on flat pages it is the title."""
    banner = next((element for element in document.elements("h1", "h2") if is_banner(text_of(element))), None)
    if banner is None:
        return None
    lines = (
        line for line in banner.itersiblings() if (text := text_of(line)) and len(text) <= _LONGEST_TITLE
    )
    return next(lines, None)


def _in_furniture(element: html.HtmlElement) -> bool:
    for above in element.iterancestors():
        if above.tag in ("article", "main", "body"):
            break
        if part(above, above.tag) in ("navigation", "related", "comments", "aside"):
            return True
    return element.find("a") is not None and part(element, element.tag) is not None


def _read(element: html.HtmlElement) -> Headline:
    text = text_of(element)
    for child in element:
        if _KICKER_NAME.search(child.get("class") or "") and (kicker := text_of(child)):
            rest = text.replace(kicker, "", 1).strip(" \u00a0:|–—-")
            if rest:
                return Headline(rest, kicker, element)
    for child in element.iterchildren("small", "span", "time"):
        aside = text_of(child)
        dates = written(aside)
        if dates and len(aside) - (dates[-1].end - dates[0].start) <= _DATE_ROOM and text.endswith(aside):
            text = text.removesuffix(aside).rstrip(" \u00a0|–—-(") or text
    within, title = _split(text)
    return Headline(title, within or _above(element), element)


def _split(text: str) -> tuple[str | None, str]:
    """Cut a kicker off the title that follows it in the same line.

    >>> _split("Retour sur... 2e rencontre des coopératives")
    ('Retour sur...', '2e rencontre des coopératives')
    """
    for pattern in _INLINE_KICKERS:
        if match := pattern.match(text):
            return match.group(1), match.group(2)
    return None, text


def _above(element: html.HtmlElement) -> str | None:
    """Return the kicker just above the headline, at its own level or one level up.

    It is named as one, or is a few words on a line of their own beside the headline.
    """
    for node in (element, element.getparent()):
        above = node.getprevious() if node is not None else None
        if above is None:
            continue
        named = _KICKER_NAME.search(above.get("class") or "") is not None
        if named or (node is element and _is_plain_label(above)):
            kicker = text_of(above)
            return kicker if 0 < len(kicker) <= _LONGEST_KICKER else None
    return None


def _is_plain_label(line: html.HtmlElement) -> bool:
    """Say whether an element is set as a short label, without links, figures or a sentence: « Filière »."""
    is_set_apart = line.tag in ("p", "div", "span") and bool(line.get("class"))
    if not is_set_apart or next(line.iterchildren(), None) is not None:
        return False
    text = text_of(line)
    if _LABEL.match(text) is None or _NO_KICKER.match(text) or ("-" in text and text.isupper()):
        return False  # « SOCIAL-IMPRIMERIE-SCOP » is the name of an agency's dispatch
    return part(line, line.tag) in (None, "byline")
