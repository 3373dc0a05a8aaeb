"""Who signed the article? The byline that a reader sees, else what the page declares."""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import Final

from lxml import html

from archive.parsers.blocks import Block, squeeze, text_of
from archive.parsers.outlets import fold, site_names
from archive.parsers.signatures import at_the_end, beside_dates
from archive.parsers.structured import Structured, string

# A class that says author; « authors-list » or « auteur-bio » hold more than a name.
_AUTHOR_NAME: Final = re.compile(
    r"(?:^|[\s_-])(?:author|auteure?s?|autrices?|byline|signature|signataire|profile|redacteur|redactrice|journaliste)"
    # « Article_author__Lp3x8 »: build tools add such marks.
    r"(?:[\s_-]{0,2}name)?(?:__(?-i:\w*[A-Z0-9]\w*))?(?:$|\s)"
    r"|byline[\w-]*-name|(?:^|\s)(?:who|qui)(?:$|\s)",
    re.IGNORECASE,
)
_NO_AUTHOR: Final = re.compile(r"label|timestamp|\btags?\b|categor|rubri")
_AUTHOR_ADDRESS: Final = re.compile(
    r"/(?:auteurs?|auteures?|authors?|journalistes?|redacteurs?|redaction)/[^/]"
)
# The label of a field whose next line is the name.
_LABEL: Final = re.compile(
    r"\W*(?:auteure?s?(?:\W?e?\W?s?)?|signature|(?:écrit|rédigé|publié|posté|proposé) par|par|author|by)\W*",
    re.IGNORECASE,
)
_LONGEST_BYLINE: Final = 200
_LONGEST_NAME: Final = 60
_MOST_NAME_WORDS: Final = 4

_BY: Final = re.compile(
    r"(?:^|[\s(·|,•–—-])(?:par|by|propos recueillis par|rédaction\s?:|signé"
    r"|de notre correspondante?|auteure?\s?:|écrit par|rédigé par|von"
    r"|textes?(?: et (?:photos?|images|illustrations?|vidéos?|dessins?))?\s?:"
    r"|au micro(?: de)?|(?:une? )?(?:reportage|récit|enquête|entretien|texte|article|billet)"
    r" (?:de|par|signé|:))"
    r"\s+(?=\S)",
    re.IGNORECASE,
)
# « Article mis en ligne le 28 septembre par … », below the text.
_SIGNED: Final = re.compile(
    r"\b(?:publi|post|mis|écrit|rédig)\w*\b[^.!?]{0,120}\bpar\s+(?-i:[A-ZÀ-Ý])", re.IGNORECASE
)
# Who made the site signs it in the head of each page; a press agency signs its dispatches.
_MAKER: Final = re.compile(r"(?:agence|studio|web)\b(?!.*presse)", re.IGNORECASE)
# « Page modifiée le 12 avril par Camille »: who changed it has not written it.
_EDIT: Final = re.compile(
    r"^(?!.*(?:publi|mise? en ligne|post[ée])).*(?:modifi|mise? à jour|révis|tradui|illustr|réalis|dessin)",
    re.IGNORECASE,
)
# What ends a name in a byline: a separator, a date, a rank. « Le » alone does not: « Soazig Le Berre ».
_NAME_END: Final = re.compile(
    r"\s*[·|•\n(\[:]|\s[–—-]\s|,?\s*\d"
    r"|,?\s+(?:publi\w*|mise? (?:en|à)|post[ée]e?|on|the|am|à)\b"
    r"|,?\s+(?:dans|sur)\s|\s*[/|,;]?\s*(?:photos?|illustrations?|dessins?|images?|vidéos?)\s?:"
    r"|,?\s+le (?=\d|(?:lun|mar|mercre|jeu|vendre|same)di\b|dimanche\b)"
    r"|,\s*(?:journaliste|correspondante?|envoyée?|rédact\w+|à)\b",
    re.IGNORECASE,
)
# « ALP - le 24.05.2023 à 6h02 »: a name, a dash and a date.
_NAME_AND_DATE: Final = re.compile(
    r"^([^\W\d_][^\d|]{1,58}?)\s+[–—|·,-]\s+(?:le\s+)?(?:\w+\s+)?\d{1,2}(?:er)?[\s./-]"
)
# « 12 avril 2023 (modifié le 2 mai 2023) — Noémie Lacroix »
_DATE_AND_SIGNATURE: Final = re.compile(
    r"^[^—–|·•]{0,20}\d[^—–|·•]{0,80}\s[—–|·•]\s+(?P<name>[A-ZÀ-Ý][\w’'-]+(?:\s[A-ZÀ-Ý][\w’'-]+){1,3})$"
)
_AND: Final = re.compile(r"\s*[,;&/]\s*|\s+(?:et|and|und)\s+")
_NOT_A_NAME: Final = re.compile(
    r"https?:|www\.|@"
    r"|^(?:admin\w*|webmaster|root|user\d*|auteur|author|anonymous|anonyme|unknown|editor"
    r"|super (?:user|utilisateur)|(?:ez|spip|wordpress|drupal|joomla|typo3|dotclear|wix|ghost|jekyll)\b.*"
    r"|(?:votre|your) n(?:om|ame)|le|la|les|un|une"
    r"|(?:lun|mar|mercre|jeu|vendre|same)di|dimanche|hier|aujourd.hui"
    r"|janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre)$",
    re.IGNORECASE,
)


def authors(
    data: Structured, head: Sequence[Block], outlet: str | None, foot: Sequence[Block] = ()
) -> tuple[str, ...]:
    """Return the names of those who signed, as written.

    ``head`` are the lines around the headline, ``foot`` those where the text ends. The site's own name counts
    only where a reader sees it.
    """
    head, foot = _without_replies(head), _without_replies(foot)
    node = data.article
    sites = [fold(name) for name in (*site_names(data), outlet) if name]
    declared = [
        name for name in _declared(data, node.get("author") if node else None) if fold(name) not in sites
    ]
    texts = [text for element in _marked(head) if fold(text := text_of(element)) not in sites]
    shown = [name for text in texts for name in _names(_after_by(text))]
    if declared and not {fold(name) for name in declared} < {fold(name) for name in shown}:
        return _unique(declared)
    if shown:
        return _unique(shown)
    if named := [*_labelled(head), *_labelled(foot)]:
        return _unique(named)
    if line := [name for block in head for name in _byline(block.text)]:
        return _unique(line)
    if beside := [name for name in beside_dates(head) if fold(name) not in sites]:
        return _unique(beside)
    if signed := [name for block in foot if _SIGNED.search(block.text) for name in _byline(block.text)]:
        return _unique(signed)
    below = [name for element in _marked(foot) for name in _names(_after_by(text_of(element)))]
    if below := [name for name in below if len(name.split()) <= _MOST_NAME_WORDS]:
        return _unique(below)
    if (last := at_the_end(foot)) and fold(last[0]) not in sites:
        return _unique(last)
    meta = data.every("author") or data.every("article:author") or data.every("dc.creator")
    told = (name for value in meta for name in _names(value) if not _is_site(name, sites))
    return _unique(name for name in told if not _MAKER.match(name))


def _without_replies(lines: Sequence[Block]) -> list[Block]:
    """Leave out the lines of comments, which have authors of their own."""
    return [block for block in lines if block.part != "comments"]


def _marked(head: Sequence[Block]) -> Iterator[html.HtmlElement]:
    """Yield the elements of these lines that the markup calls author, the innermost ones."""
    seen: set[html.HtmlElement] = set()
    for holder in dict.fromkeys(block.element for block in head):
        for element in holder.iter():
            if element in seen or not _is_marked(element):
                continue
            if not any(_is_marked(inner) for inner in element.iterdescendants()):
                seen.add(element)
                yield element


def _labelled(lines: Sequence[Block]) -> Iterator[str]:
    """Yield the names in the line after « Auteur »."""
    for label, line in pairwise(lines):
        if _LABEL.fullmatch(label.text) and len(line.text) <= _LONGEST_NAME:
            yield from (name for name in _names(line.text) if name[0].isupper())


def _is_marked(element: html.HtmlElement) -> bool:
    attributes = element.attrib
    if not attributes or _is_other(element):
        return False
    return (
        "author" in attributes.get("rel", "").split()
        or attributes.get("slot") == "author"
        or _is_of_visiting_card(element)
        or _AUTHOR_ADDRESS.search(attributes.get("href", "")) is not None
        or attributes.get("itemprop") == "author"
        or _names_author(attributes.get("class", ""))
    )


# The boxes around the bylines of a page have the same few names.
@lru_cache(maxsize=4096)
def _names_author(names: str) -> bool:
    return _AUTHOR_NAME.search(names) is not None


def _is_of_visiting_card(element: html.HtmlElement) -> bool:
    """Say whether an element is the name in a « vcard », as in microformats.org/wiki/hcard."""
    above = element.getparent()
    return (
        "fn" in element.get("class", "").split() and above is not None and "vcard" in above.get("class", "")
    )


def _is_other(element: html.HtmlElement) -> bool:
    """Say whether a template's « byline » is that of tags, the date or a reply: Blogger calls all so."""
    names = element.get("class", "").lower()
    if "comment" in names or "reviewer" in names or "tag" in element.get("rel", "").split():
        return True
    return "byline" in names and _NO_AUTHOR.search(names) is not None


def _declared(data: Structured, value: object) -> Iterator[str]:
    for item in value if isinstance(value, list) else [value]:
        node = data.node(item)
        name = string(node.get("name")) if node is not None else string(item)
        if name:
            yield from _names(name)


def _is_site(name: str, sites: list[str]) -> bool:
    folded = fold(name)
    return any(folded in site or site in folded for site in sites)


def _after_by(text: str) -> str:
    match = _BY.search(text)
    return text[match.end() :] if match else text


def _byline(text: str) -> list[str]:
    """Read a line such as « Par Jeanne Le Goff, le 3 mai »; [] when it is no byline.

    >>> _byline("Printemps 2016 · par Collectif · 1 min de lecture"), _byline("ALP - le 24.05.2023 à 6h02")
    (['Collectif'], ['ALP'])
    >>> _byline("L'atelier repris par ses ouvrières")
    []
    """
    if len(text) > _LONGEST_BYLINE:
        return []
    match = _BY.search(text)
    if match is not None and _EDIT.search(text[: match.end()]):
        return []
    if match is not None:
        names = _names(text[match.end() :])
        return [name for name in names if name[0].isupper()] if names and names[0][0].isupper() else []
    if (signed := _DATE_AND_SIGNATURE.match(text)) is not None:
        return _names(signed["name"])
    dated = _NAME_AND_DATE.match(text)
    if dated is None or not dated.group(1)[0].isupper() or len(dated.group(1).split()) > _MOST_NAME_WORDS:
        return []
    return _names(dated.group(1))


def _names(text: str) -> list[str]:
    """Cut what follows « par » into names."""
    text = squeeze(text)
    if _NOT_A_NAME.search(text):
        return []
    end = _NAME_END.search(text)
    if end is not None and end.start() > 0:
        text = text[: end.start()]
    names = (name.strip(" .,;:-–—") for name in _AND.split(text))
    return [name for name in names if _is_name(name)]


def _is_name(text: str) -> bool:
    return (
        1 < len(text) <= _LONGEST_NAME and _NOT_A_NAME.search(text) is None and any(c.isalpha() for c in text)
    )


def _unique(names: Iterable[str]) -> tuple[str, ...]:
    return tuple({fold(name): name for name in names}.values())
