"""Which co-ops do lines give under an announcement or a label? « Trois Scop : », « Dénomination : X »."""

import re
from collections.abc import Iterator

from archive.parsers.coop_forms import FORM, form_of, hints
from archive.parsers.coop_names import Claim
from archive.parsers.coop_vocabulary import FIRST_NAMES, FUNCTION
from archive.parsers.line_matches import line_matches
from archive.parsers.words import folded

_MARK = r"[ \t]*(?:\d{1,2}[.)°]|[-–—•*·►→])[ \t]*"
_SEVERAL = (
    r"\b(?:[Ll]es|[Dd]es|[Nn]os|[Cc]es|[Dd]eux|[Tt]rois|[Qq]uatre|[Cc]inq|[Ss]ix|[Ss]ept|[Hh]uit|[Nn]euf|[Dd]ix|[Dd]ouze|\d{1,2}|[Pp]lusieurs)\s"
    rf"(?:(?:jeunes|nouvelles|autres|premières)\s)?(?P<form>{FORM})"
)
# « Trois sociétés coopératives ont reçu l'agrément : » and at least two marked lines
_ANNOUNCED = re.compile(rf"{_SEVERAL}[^:\n]{{0,100}}:[ \t]*\n+(?P<lines>(?:{_MARK}[^\n]+(?:\n+|$)){{2,}})")
_BLOCK = re.compile(rf":[ \t]*\n+(?P<lines>(?:{_MARK}[^\n]+(?:\n|$)){{2,}})")
_COUNTS = ("deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix", "onze", "douze")
_NUMBERS = {word: number for number, word in enumerate(_COUNTS, 2)}
_NUMBERED = re.compile(
    rf"\b(?P<count>{'|'.join(_NUMBERS)})\s(?:(?:jeunes|nouvelles|autres)\s)?(?P<form>{FORM})", re.IGNORECASE
)
_LINE = re.compile(
    rf"^{_MARK}(?:(?:[Ll]a|[Ll]es?)\s|[Ll]['’])?[«“\"]?\s?(?P<name>(?:\d{{1,2}}\s)?[^\W\d_a-zà-ÿ][^\n,;:()«»“”\"–—]{{1,70}}?)"
    r"[ \u00a0]?[»”\"]?(?P<after>,\s|[ \u00a0]?;|[ \u00a0]\(|[ \u00a0]?:|[ \u00a0][–—-][ \u00a0]|\.?[ \t]*$)",
    re.MULTILINE,
)
# What follows a name that lies somewhere: « , à Morez », « , dont le siège », « (Nièvre) ».
_SITED = re.compile(rf"(?:à|au|aux|en|dans|dont|basée|installée|une|{FORM})(?![\w-])")
# « - Bureau d'à côté, Scop SARL, … »: a name that ends in small letters.
_MARKED = re.compile(
    rf"^{_MARK}(?P<name>[^\W\d_a-zà-ÿ][^\n.,:;!?()«»\"]{{2,45}}?[a-zà-ÿ]{{2,}}),\s(?:une\s)?(?P<form>{FORM})(?![\w’'])",
    re.MULTILINE,
)
# A notice of law: « Dénomination : X », « Forme : société coopérative … » on a line near.
_DENOMINATION = re.compile(
    r"\b(?:[Dd]énomination|DÉNOMINATION|DENOMINATION|[Rr]aison)(?:\s(?:[Ss]ociale|SOCIALE|commerciale))?\s?:\s?[«“\"]?\s?(?P<name>[^\n«»“”\",;:(]{2,80}?)"
    r"\s?(?:[»”\",;:(.]|\n|$)"
)
_NAMED = re.compile(
    r"^[ \t]*(?:Nom(?:\sde\sl['’]entreprise|\sde\sla\sstructure)?|Structure|Entreprise|Société)\s?:\s"
    r"(?P<name>[^\n:,;(]{2,60}?)[ \t.]*\n"
    rf"(?=[ \t]*(?:Forme|Statut)[^:\n]{{0,25}}:\s?{FORM})",
    re.MULTILINE,
)
_LEGAL_FORM = re.compile(rf"\b(?:[Ff]orme|FORME|[Ss]tatut|STATUT)[^:\n]{{0,25}}:\s?(?P<form>{FORM})")
_NOTICE = 400
_NOTICE_WORDS = ("Statut", "Forme", "nomination", "NOMINATION", "aison sociale", "aison Sociale")


def claims(text: str) -> Iterator[Claim]:
    """Yield the co-ops that stand in lines of their own, named by what announces or labels the lines."""
    if ":\n" in text:
        for announcement in _ANNOUNCED.finditer(text):
            yield from _lines(text, announcement)
        yield from _counted(text)
    for match in _marked(text):
        words = folded(match["name"]).split(" ")
        if words[0] not in FUNCTION | FIRST_NAMES and len(words) < 7:
            yield Claim(*match.span("name"), form_of(match["form"]), "labelled_line")
    yield from _notices(text)


def _counted(text: str) -> Iterator[Claim]:
    """Yield the marked lines under a colon that are as many as the co-ops just spoken of: « six Scop »."""
    for block in _BLOCK.finditer(text):
        lines = list(_LINE.finditer(text, *block.span("lines")))
        before = text[max(0, block.start() - _NOTICE) : block.start("lines")]
        for number in _NUMBERED.finditer(before) if len(lines) > 1 else ():
            if _NUMBERS.get(number["count"].lower()) == len(lines):
                yield from (
                    Claim(*line.span("name"), form_of(number["form"]), "announced_list") for line in lines
                )
                break


def _marked(text: str) -> Iterator[re.Match[str]]:
    """Yield the marked lines that say a form after a comma."""
    line = -1
    for place in hints(text):
        before, line = line, text.rfind("\n", 0, place) + 1
        if line != before and (match := _MARKED.match(text, line)):
            yield match


def _lines(text: str, announcement: re.Match[str]) -> Iterator[Claim]:
    low, high = announcement.span("lines")
    lines = [(match, _is_sited(text, match)) for match in _LINE.finditer(text, low, high)]
    found = [match for match, sited in lines if sited or not _is_generic(match["name"])]
    sited = sum(sited for _, sited in lines)
    if len(found) > 1 and 2 * sited >= len(found) and len(found) >= announcement["lines"].strip().count("\n"):
        for match in found:
            yield Claim(*match.span("name"), form_of(announcement["form"]), "announced_list")


def _is_sited(text: str, line: re.Match[str]) -> bool:
    return line["after"].endswith("(") or _SITED.match(text, line.end()) is not None


def _is_generic(name: str) -> bool:
    """Tell whether a line begins as a sentence or with a person: « Elle embauche », « Marie Duval »."""
    first, _, rest = folded(name).partition(" ")
    return first in FUNCTION or (bool(rest) and first in FIRST_NAMES)


def _notices(text: str) -> Iterator[Claim]:
    if not any(word in text for word in _NOTICE_WORDS):
        return
    for match in (*_DENOMINATION.finditer(text), *line_matches(_NAMED, text)):
        form = _LEGAL_FORM.search(text, max(0, match.start() - _NOTICE), match.end() + _NOTICE)
        if form:
            yield Claim(*match.span("name"), form_of(form["form"]), "labelled_line")
