"""Which co-ops do lines and neighbouring sentences name, their form standing apart from the name?"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import lru_cache

from archive.parsers.coop_forms import FORM, Phrase, form_of
from archive.parsers.coop_names import Claim, Proper, is_place, plausible
from archive.parsers.coop_subject import may_be_company
from archive.parsers.coop_vocabulary import ARTICLES, FIRST_NAMES, FORMS, FUNCTION
from archive.parsers.line_matches import line_matches
from archive.parsers.words import folded, word_set

# How far before a form its phrase may begin, and how far after it is looked at, in characters.
_BEFORE, _AFTER = 60, 160
_MARK = r"[ \t]*(?:[-–—•*·►→][ \t]*)?"
_FULL = rf"(?P<form>{FORM})(?![\w-])"
# « - Pas à pas (Rennes), Scop. », « Au Fil de l’eau (Scic) – Vannes »: the whole beginning of the line.
_LISTED = re.compile(
    rf"^{_MARK}(?P<name>[A-ZÀ-Ý\d][^\n(),:;.!?«»–—]{{1,45}}?)[ \u00a0]\("
    rf"(?:[^()\n]{{2,40}}\),?[ \u00a0]{_FULL}|(?P<alone>{FORM})\))",
    re.MULTILINE,
)
# « Élan des possibles est une coopérative d’activités … »
_IS_ONE = Phrase(
    r"(?m)(?:^|[.!?][ \u00a0])(?P<name>[A-ZÀ-Ý][^\n.,;:()!?«»]{2,40}?)\s(?:est|était)\s",
    rf"(?:aujourd['’]hui\s|désormais\s|devenue?\s)?une\s(?:\w+\s)?{_FULL}",
    words="une",
    before=130,
    after=40,
)
# « La menuiserie X », « L'entreprise X », but not « La petite Fabrique »
_KIND = re.compile(
    r"(?:L[ae]\s|L['’])(?!petit|grand|bel|bon|nouve|jeune|folle|autre)[a-zà-ÿ]{4,14}\s(?=[A-ZÀ-Ý])"
)
# « Gant d’Or : les vingt salariés ont repris leur entreprise en Scop »
_TAKEN_OVER = re.compile(
    r"\s?[»”\"]?\s?:\s[^.\n]{0,110}?\b(?:leur|l['’])\s?(?:entreprise|société|outil|usine|boîte|atelier)"
    rf"[^.\n]{{0,30}}?\sen\s{_FULL}"
)
_COUNTS = {"deux": 2, "trois": 3, "quatre": 4, "cinq": 5, "six": 6}
# « X, Y et Z … Ces trois nouvelles Scop »
_THESE = Phrase(
    rf"\bCes\s(?P<count>{'|'.join(_COUNTS)})\s",
    rf"(?:(?:jeunes|nouvelles|petites)\s)?(?:sociétés\s)?{_FULL}",
    words="ces",
    before=_BEFORE,
    after=_AFTER,
)
# « trois Scop créées de toutes pièces, A (Gap), B (Digne) et C (Apt) »
_SEVERAL = Phrase(
    rf"\b(?P<count>(?i:{'|'.join(_COUNTS)}))\s",
    rf"(?:(?:jeunes|nouvelles|petites|autres)\s)?{_FULL}(?:\s[a-zà-ÿ'’]+){{0,7}}\s?[,:]\s",
    words="deux trois quatre cinq six",
    before=_BEFORE,
    after=_AFTER,
)
_LINK = re.compile(
    r"(?:\s\([^()\n]{1,40}\))?(?:,\s(?:à|au|en)\s[\w'’-]+)?\s?[»”\"]?(?:,|\set|\s;|,\set)\s"
    r"(?:(?:la|le|les)\s|l['’])?[«“\"]?\s?"
)
# « X (Corte) a eu vingt ans. C’est la plus petite de nos Scop »
_IT_IS = Phrase(
    r"C['’]est\s",
    r"(?:la\s(?:plus\s\w+|première|seule|dernière|deuxième)|l['’]une)\s"
    rf"(?:des?\s(?:nos\s|ces\s)?)?(?:\w+\s)?{_FULL}",
    words="est",
    before=_BEFORE,
    after=_AFTER,
)
# A register: the name, then « Jouets – SCOP SAS », then the address.
_ROW = re.compile(
    rf"^(?P<name>[^\n,;:.!?]{{2,45}})\n(?P<activity>[A-ZÀ-Ý][^\n–—:.!?]{{2,40}}\s[–—-]\s{_FULL}"
    r"(?:\s(?:SARL|SAS|SA|ARL))?)[ \t]*$",
    re.MULTILINE,
)
_POSTAL = re.compile(r"\b\d{5}\b|\(\d{2}\)|\bBP\s?\d")
_FEWEST_ROWS = 2
_AT = re.compile(r"(?<!\w)(?:[àÀ]|[Ee]n)\s$")
_FARTHEST = 400
_GENERIC = word_set(
    "entreprise societe structure association cooperative forme modele solution idee principe statut"
)


_NO_SUBJECT = (FUNCTION - ARTICLES) | _GENERIC


def claims(text: str, names: Sequence[Proper]) -> Iterator[Claim]:
    """Yield the co-ops that a line, a sentence before or a list with towns names."""
    for match in line_matches(_LISTED, text) if "(" in text else ():
        form = match["form"] or match["alone"]
        if _may_be_name(match["name"]):
            yield Claim(*match.span("name"), form_of(form), "form_in_brackets")
    for match in _IS_ONE.said(text):
        words = folded(match["name"]).split(" ")
        if words[0] not in _NO_SUBJECT and _may_be_name(match["name"]):
            start, end = match.span("name")
            yield Claim(start + _kind(match["name"]), end, form_of(match["form"]), "is_a_coop")
    yield from _rows(text)
    yield from _these(text, names)
    yield from _several(text, names)
    yield from _it_is(text, names)
    yield from _taken_over(text, names)


def _kind(surface: str) -> int:
    """Return how many characters of a subject say what the company is: « La menuiserie Bief Voilier »."""
    match = _KIND.match(surface)
    return match.end() if match else 0


def activities(text: str) -> list[tuple[int, int]]:
    """Return where a register tells what a co-op does, « Jouets – SCOP SAS »: no name stands there."""
    return [match.span("activity") for match in _register(text)]


@lru_cache(maxsize=8)
def _register(text: str) -> list[re.Match[str]]:
    if "–" not in text and "—" not in text and " - " not in text:
        return []
    rows = [
        match for match in line_matches(_ROW, text) if _POSTAL.search(text, match.end(), match.end() + 60)
    ]
    return rows if len(rows) >= _FEWEST_ROWS else []


def _rows(text: str) -> Iterator[Claim]:
    for match in _register(text):
        yield Claim(*match.span("name"), form_of(match["form"]), "labelled_line")


def _may_be_name(surface: str) -> bool:
    words = folded(surface).split(" ")
    if len(words) > 6 or words[0] in FIRST_NAMES or "·" in surface or not plausible(surface):
        return False
    if any(word in FORMS for word in words):
        return False
    opens_small = words[0] in ("la", "le", "les", "l", "une", "un") and surface.split(" ")[-1].islower()
    return not (words[0] in FUNCTION and len(words) < 3) and not (opens_small and len(words) == 2)


def _companies(text: str, names: Sequence[Proper], start: int, end: int) -> Iterator[Proper]:
    """Yield the names between two places of a text that may be companies' and are no places."""
    low, high = bisect_left(names, start, key=_start), bisect_left(names, end, key=_start)
    for name in names[low:high]:
        surface = text[name.start : name.end]
        if (
            not is_place(surface)
            and not _AT.search(text, max(0, name.start - 4), name.start)
            and plausible(surface)
            and may_be_company(text, name)
        ):
            yield name


def _start(name: Proper) -> int:
    return name.start


def _these(text: str, names: Sequence[Proper]) -> Iterator[Claim]:
    """Yield the names of the line before « Ces trois Scop », where they are as many."""
    for match in _THESE.said(text):
        start = max(text.rfind("\n", 0, match.start()) + 1, match.start() - _FARTHEST)
        found = list(_companies(text, names, start, match.start()))
        if len(found) == _COUNTS[match["count"].lower()]:
            yield from (Claim(one.start, one.end, form_of(match["form"]), "list_after_form") for one in found)


def _several(text: str, names: Sequence[Proper], /) -> Iterator[Claim]:
    """Yield the names listed, each with its town, after « trois Scop créées de toutes pièces, »."""
    for match in _SEVERAL.said(text):
        place = bisect_left(names, match.end(), key=_start)
        if place == len(names) or names[place].start - match.end() > 4:
            continue
        end = text.find("\n", match.end())
        listed: list[Proper] = []
        for one in _companies(text, names, match.end(), len(text) if end < 0 else end):
            if listed and not _LINK.fullmatch(text, listed[-1].end, one.start):
                break
            listed.append(one)
        if len(listed) == _COUNTS[match["count"].lower()]:
            yield from (
                Claim(one.start, one.end, form_of(match["form"]), "list_after_form") for one in listed
            )


def _taken_over(text: str, names: Sequence[Proper]) -> Iterator[Claim]:
    """Yield « Gant d’Or : les vingt salariés ont repris leur entreprise en Scop »."""
    for name in names:
        if text[name.end : name.end + 3].strip()[:1] == ":" and (match := _TAKEN_OVER.match(text, name.end)):
            yield Claim(name.start, name.end, form_of(match["form"]), "turned_coop")


def _it_is(text: str, names: Sequence[Proper]) -> Iterator[Claim]:
    """Yield the subject of the sentence before « C’est la plus petite de nos Scop »."""
    for match in _IT_IS.said(text):
        line = text.rfind("\n", 0, match.start()) + 1
        begin = max(line, text.rfind(". ", line, max(line, match.start() - 2)) + 1)
        found = list(_companies(text, names, begin, match.start()))
        if len(found) == 1:
            yield Claim(found[0].start, found[0].end, form_of(match["form"]), "is_a_coop")
