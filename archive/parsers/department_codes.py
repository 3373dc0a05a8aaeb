"""Which departments does a text give by number? « Lormont (33) », « dans le 44 », « 94800 Villejuif »."""

import re
from collections.abc import Iterator
from typing import Literal, NamedTuple

from archive import gazetteer
from archive.parsers.words import folded

_CODE = r"(?:0[1-9]|[1-8]\d|9[0-5]|2[ABab]|97[1-8]|98[4-9])"
_CODES = re.compile(rf"(?<![\w.]){_CODE}(?![\w.])")

# No nesting and no line end inside, so that one stray bracket cannot swallow a page.
_BRACKET = re.compile(r"\(([^()\n]{2,80})\)")
# « 45 et 37 », « 22, 29, 35 et 56 », « 22/29 »: codes and nothing else.
_ONLY_CODES = re.compile(rf"\s*{_CODE}(?:\s*(?:,|;|/|-|–|&|et|ou)\s*{_CODE})*\s*")
# One item of « (Scop SAS, 34) » or « (Lamballe, 22) »: the code alone between commas.
# A comma between digits is a decimal one: « (SCOP 4,62) ».
_ITEM = re.compile(r"\s*(?:[;/]|(?<!\d),|,(?!\d))\s*|\s+[-–—]\s+")
# What an item beside a code may be: a legal form or a place, both beginning with a capital; « dép. » as well.
# It must not be « page 35 », « no 44 » or « fig. 12 ».
_BESIDE_CODE = re.compile(r"(?:[^\W\d_a-zà-ÿ]|coop|dép|soit )")
_LAST_WORD = re.compile(r"([^\W_][\w'’&.+-]*)[»\"”’*_\]]*\s*$")
# A bracket at the end of a short line is a heading: « Plateau citoyen (75) ».
_LONGEST_HEADING = 90

# What pages count in brackets: « Vos réactions (14) », « Commentaires (22) ».
_COUNTED = re.compile(
    r"\b(?:r[ée]actions?|commentaires?|avis|r[ée]ponses?|messages?|votes?|photos?|vid[ée]os?|articles?|pages?|r[ée]sultats?"
    r"|abonn[ée]e?s|vues|partages?|favoris|j['’]aime|contributions?|participante?s|inscrite?s|offres?|annonces?|documents?"
    r"|[ée]v[ée]nements?|produits?|actualit[ée]s?|num[ée]ros?)[\s*_:]*$"
)
# « Agriculture (3) » or « Culture (128) » on a line of its own: numbers that are no departments.
_COUNT_LINE = re.compile(r"(?:^|\n)[^\n()]{2,40}\s\((?:\d|\d{3,5})\)[ \t]*(?=\n|$)")
_NEIGHBOURS, _SHORT_COUNT = 200, 4
# « dans le 44 », « le 93 »; below 32 only « dans le », for « le 22 » is a day. What follows must not make
# it a date, a percentage, a number of things or a decimal.
_TWO_CODES = rf"\s{_CODE}\s?(?:,|et|ou|/)\s?{_CODE}"
_OTHER_CODES = re.compile(rf"(?:\s?(?:,|et|ou|/)\s?{_CODE})+(?![\w%])")
_AFTER_ARTICLE = re.compile(
    rf"\b(?:(?P<inside>dans le|dans les(?={_TWO_CODES}))|[Ll]e|[Dd]u)\s(?P<code>{_CODE})"
    r"(?=\s*(?:[,;:!?)»\n]|\.(?!\d)|$)|\s(?!(?:tours?|mètres?|km|heures?|h|ans?|salarié|pages?|euros?"
    r"|jours?|mois|semaines?|prochaine?s?|dernière?s?|premi[eè]re?s?|meilleure?s?|milliards?|millions?|kilomètres?|élèves?"
    r"|cl|mm|kg|fillette|ème|minutes?"
    r"|degrés?|points?|places?|rue|boulevard|avenue|av|bis|ter|quai|cours|chemin|impasse|allée|route"
    r"|square|janv|févr|mars|avril|mai|juin|juil|août|sept|oct|nov|déc|au|à)\b|[eè]\b)[a-zà-ÿ])"
)
_AFTER_DEPARTMENT = re.compile(
    rf"[Dd](?<!\w.)(?:épartements?|EPARTEMENTS?|ÉPARTEMENTS?|[ée]pts?\.?)\s(?::\s|du\s|des\s|de\s|n°\s?)?\(?"
    rf"(?P<codes>{_CODE}(?:\s?(?:,|et|/|ou)\s?(?:du\s|le\s)?{_CODE})*)(?![\w%])(?!\s(?:ans|%|euros))"
)
# A postal code before a place name. Telephone numbers and decimals have a digit, point or comma beside it.
_POSTAL = re.compile(r"(?<![\d.,/-])(?:F-)?(\d{5})(?=,?\s+([^\W\d_a-zà-ÿ][^\W\d_]*))")
_ADDRESS = re.compile(
    r"\b(?:rue|avenue|av|boulevard|bd|place|quai|route|chemin|allée|impasse|cours|square|BP|CS"
    r"|Z\.?[AI]\.?C?"
    r"|lieu-dit|bâtiment|siège|adresse|faubourg|passage|esplanade|parc)\b",
    re.IGNORECASE,
)
_ADDRESS_LENGTH = 90
# Quick looks before the slow ones: most texts have few numbers.
_NUMBER = re.compile(r"[0-9]+")
_POSTAL_LENGTH = 5
_DEPARTMENT_PARTS = ("partement", "PARTEMENT", "ept", "épt")
_ENDS_OF_ARTICLES = ("le", "Le", "du", "Du", "es")
_ARTICLE_LENGTHS = tuple(len(words) for words in ("dans les ", "dans le ", "le "))


class Place(NamedTuple):
    """A department given by the words at ``text[start:end]``."""

    code: str
    via: Literal["code", "name", "postal_code", "commune"]
    start: int
    end: int


def by_code(text: str) -> Iterator[Place]:
    """Yield the departments that ``text`` gives by number, in no particular order."""
    numbers = [match.span() for match in _NUMBER.finditer(text)]
    if not numbers:
        return
    yield from _bracketed(text)
    if any(part in text for part in _DEPARTMENT_PARTS):
        yield from _after_department(text)
    for start, end in numbers:
        if text[max(0, start - 3) : start - 1] in _ENDS_OF_ARTICLES:
            yield from _after_article(text, start)
        if end - start == _POSTAL_LENGTH:
            yield from _postal(text, start)


def codes_in(text: str) -> list[str]:
    """Return the department codes of « 45 et 37 », in order; empty when the text holds anything else.

    >>> codes_in("45 et 37"), codes_in("2a"), codes_in("35 ans"), codes_in("99")
    (['45', '37'], ['2A'], [], [])
    """
    return [m.group().upper() for m in _CODES.finditer(text)] if _ONLY_CODES.fullmatch(text) else []


def _bracketed(text: str) -> Iterator[Place]:
    for match in _BRACKET.finditer(text):
        content, start = match.group(1), match.start(1)
        if not any(c.isdigit() for c in content):
            continue
        if _ONLY_CODES.fullmatch(content):
            if _names_something(text, match):
                yield from (
                    Place(m.group().upper(), "code", start + m.start(), start + m.end())
                    for m in _CODES.finditer(content)
                )
            continue
        yield from _among_items(content, start)


def _among_items(content: str, offset: int) -> Iterator[Place]:
    items, position = [], 0
    for separator in [*_ITEM.finditer(content), None]:
        end = separator.start() if separator else len(content)
        items.append((position, content[position:end]))
        position = separator.end() if separator else end
    beside = [item for _, item in items if not _CODES.fullmatch(item)]
    if not beside or not all(_BESIDE_CODE.match(item) for item in beside):
        return
    for start, item in items:
        if _CODES.fullmatch(item):
            yield Place(item.upper(), "code", offset + start, offset + start + len(item))


def _names_something(text: str, bracket: re.Match[str]) -> bool:
    """Tell whether the bracket follows a name (not « les femmes (52) », not a note « … selon lui (12) »)."""
    line_start = text.rfind("\n", 0, bracket.start()) + 1
    before = text[max(line_start, bracket.start() - 40) : bracket.start()]
    last = _LAST_WORD.search(before)
    if last is None or _COUNTED.search(before.lower()):
        return False
    if before.count(" ") < _SHORT_COUNT and _COUNT_LINE.search(
        text, max(0, line_start - _NEIGHBOURS), bracket.end() + _NEIGHBOURS
    ):
        return False
    if last.group(1)[0].isupper() or ".coop" in last.group(1):
        return True
    line_end = text.find("\n", bracket.end())
    rest = text[bracket.end() : line_end if line_end >= 0 else len(text)].strip(" *_:.,;-–")
    return not rest and bracket.end() - line_start <= _LONGEST_HEADING


def _after_article(text: str, number: int) -> Iterator[Place]:
    starts = (number - length for length in _ARTICLE_LENGTHS if length <= number)
    match = next((found for start in starts if (found := _AFTER_ARTICLE.match(text, start))), None)
    if match is None or match.start("code") != number:
        return
    code, end = match["code"].upper(), match.end("code")
    if match["inside"] or not code.isdigit() or int(code) > 31:
        yield Place(code, "code", number, end)
    if match["inside"] == "dans les" and (others := _OTHER_CODES.match(text, end)):
        for other in _CODES.finditer(others.group()):
            yield Place(other.group().upper(), "code", end + other.start(), end + other.end())


def _after_department(text: str) -> Iterator[Place]:
    for match in _AFTER_DEPARTMENT.finditer(text):
        offset = match.start("codes")
        for code in _CODES.finditer(match["codes"]):
            yield Place(code.group().upper(), "code", offset + code.start(), offset + code.end())


def _postal(text: str, number: int) -> Iterator[Place]:
    match = _POSTAL.match(text, number - 2 if text[max(0, number - 2) : number] == "F-" else number)
    codes = gazetteer.departments_at(match.group(1)) if match else ()
    if match is None or len(codes) != 1:
        return
    line = text[max(0, match.start() - _ADDRESS_LENGTH) : match.start()]
    if _ADDRESS.search(line) or _is_place(match.group(2)):
        yield from (Place(code, "postal_code", match.start(1), match.end(1)) for code in codes)


def _is_place(word: str) -> bool:
    return gazetteer.longest_from(folded(word)) > 0
