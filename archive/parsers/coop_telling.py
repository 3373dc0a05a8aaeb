"""Which names say themselves that they are co-ops'? « Coopilote », « Scop-TI », « algorythm.coop »."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from archive.parsers.coop_forms import FORM, hinted, hints
from archive.parsers.coop_names import Claim, Proper
from archive.parsers.words import folded

_FORM = re.compile(rf"\b{FORM}\b")
# « Coopilote », « Soleicoop »: the name says it; not « coopérateurs ».
_TELLING = re.compile(r"^(?:coop(?!er|yr)[a-z]{3,12}|[a-z]{3,12}coop)$")
_SAME_LINE = 90
# « Scop-TI », « Coop'Alpin »; not « SCOP-SARL ».
# « Tisscoop | Fédération des … », « le réseau Tisscoop »
_BODY = r"(?:[Ff]édération|[Cc]onfédération|[Rr]éseau|[Aa]ssociation|[Uu]nion|[Cc]entrale|[Mm]ouvement)"
_BODY_AFTER = re.compile(rf"\s?[|,:(–—-]\s?(?:[Ll]a\s|[Ll]e\s|[Ll]['’]|[Uu]ne?\s)?{_BODY}\b")
_BODY_BEFORE = re.compile(rf"\b{_BODY}\s[«“\"]?\s?$")
_HYPHENED = re.compile(r"\b(?:S[Cc][Oo][Pp]|C[Oo][Oo][Pp])[’'-](?!ARL|SARL|SAS|SA\b|Entr|ENTR)[A-ZÀ-Ý]\w+")
# A hashtag or the title of a film.
_SAID_OTHERWISE = ("#", "“", "«", '"', "@")
_NOT_TELLING = frozenset(("urscop", "cgscop", "scopcoop", "biocoop", "intercoop"))
# « - algorythm.coop, la coopérative … », not the address of a site.
_DOMAIN = re.compile(r"(?<![\w@./’'-])(?P<name>[a-z0-9][a-z0-9-]{2,30}\.coop)(?=,\s|\s\(|\s:|\s[–—-]\s)")
_SITE_BEFORE = re.compile(
    r"(?:\b(?:sur|site|adresse|voir|courriel|mail|via)\b[^\n]{0,12}|https?:\S*|www\S*)$", re.IGNORECASE
)


def claims(text: str, names: Sequence[Proper], coop_page: bool) -> Iterator[Claim]:
    """Yield the names that say « coop » themselves; ``coop_page`` says that the page is about co-ops."""
    yield from telling(text, names, coop_page)
    hyphened = (match for place in hints(text) if (match := _HYPHENED.match(text, place)))
    yield from (Claim(*match.span(), None, "telling_name") for match in hyphened)
    yield from _domains(text)


def telling(text: str, names: Sequence[Proper], coop_page: bool) -> Iterator[Claim]:
    """Yield the names that say « coop » themselves; outside a page about co-ops, with a form after."""
    for name in dict.fromkeys(filter(None, (_name_at(names, place) for place in hints(text)))):
        if not coop_page and not _form_in_line(text, name):
            continue
        plain = folded(text[name.start : name.end])
        if text[max(0, name.start - 1) : name.start] in _SAID_OTHERWISE or _is_of_body(text, name):
            continue
        if _TELLING.match(plain) and plain not in _NOT_TELLING:
            yield Claim(name.start, name.end, None, "telling_name")


def _name_at(names: Sequence[Proper], place: int) -> Proper | None:
    """Return the name that holds a character of the text."""
    index = bisect_right(names, place, key=lambda name: name.start) - 1
    return names[index] if index >= 0 and place < names[index].end else None


def _is_of_body(text: str, name: Proper) -> bool:
    before = _BODY_BEFORE.search(text, max(0, name.start - 20), name.start)
    return before is not None or _BODY_AFTER.match(text, name.end) is not None


def _form_in_line(text: str, name: Proper) -> bool:
    """Tell whether the line speaks of co-ops after the name: « Soleicoop, une coopérative ? »."""
    line_end = text.find("\n", name.end)
    limit = min(name.end + _SAME_LINE, line_end if line_end >= 0 else len(text))
    return _FORM.search(text, name.end, limit) is not None


def _domains(text: str) -> Iterator[Claim]:
    for place in hints(text):
        if text[place - 1 : place] != ".":
            continue
        start = max(text.rfind(" ", 0, place), text.rfind("\n", 0, place), -1) + 1
        match = _DOMAIN.match(text, start)
        line_end = text.find("\n", place)
        limit = min(place + _SAME_LINE, line_end if line_end >= 0 else len(text))
        if (
            match
            and hinted(text, match.end(), limit)
            and not _SITE_BEFORE.search(text[max(0, start - 30) : start])
        ):
            yield Claim(*match.span("name"), None, "telling_name")
