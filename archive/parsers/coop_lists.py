"""Which co-ops does a text list? « Plateau (75) » as a heading, « X (Redon) et Y (Allaire) » in a row."""

import re
from collections.abc import Iterator, Sequence

from archive import gazetteer
from archive.models import DepartmentMention
from archive.parsers import coop_rows
from archive.parsers.coop_forms import FORM, form_of, hints
from archive.parsers.coop_names import Claim, Proper
from archive.parsers.coop_rows import is_place, small_article
from archive.parsers.coop_vocabulary import FIRST_NAMES
from archive.parsers.department_codes import codes_in
from archive.parsers.line_matches import line_matches
from archive.parsers.words import folded

# A line that is a name and a bracket; no full stop inside, so that a sentence is not one.
_HEADING = re.compile(
    r"^[ \t*•#>_–—-]*(?P<names>(?:[^\n().:;!?«»“”\"]|\.(?=coop\b)){2,70}?)\s?"
    r"\((?P<place>[^()\n]{2,50})\)[ \t*_.:]*$",
    re.MULTILINE,
)
_CLOSES_LINE = re.compile(r"\)[ \t*_.:]*$", re.MULTILINE)
# Co-ops of lists and headings begin with a capital, after a small article at most.
_CAPITAL = re.compile(r"(?:(?:la|le|les)\s|l['’])?(?:[^\W\d_a-zà-ÿ]|\d{1,2}\s[^\W\d_a-zà-ÿ])")
# Words of a heading in small letters, at most: a longer one is a sentence.
_LONGEST_SMALL = 3
_LINKS = frozenset(("de", "du", "des", "la", "le", "les", "et", "à", "au", "aux", "en", "sur", "pour"))
_DAY = re.compile(
    r"\d{1,2}(?:er)?\s(?:janv|févr|mars|avr|mai|juin|juil|ao[uû]t|sept|oct|nov|déc)", re.IGNORECASE
)
_AND = re.compile(r"\s(?:et|&|/)\s|,\s")
_PARAGRAPH = 700
# The paragraph under a heading says what the name is, when it is no co-op.
_NOT_COOP = re.compile(
    r"\b(?:[Ll]['’]association|[Ll]['’]asso|[Ll]a\splateforme|[Ll]e\scollectif|[Ii]ncubée?"
    r"|[Ll]a\smutuelle|[Ll]a\sfédération"
    r"|[Ee]n\svue\sd['’]une\stransformation|[Ff]uture\s(?:Scop|Scic|coopérative))\b"
)
# « trois Scop à la loupe … X, 12 salariés … Y, 340 salariés »
_ANNOUNCED_SEVERAL = re.compile(
    r"\b(?:[Dd]eux|[Tt]rois|[Qq]uatre|[Cc]inq|[Ss]ix|[Ss]ept)\s(?:S[Cc][Oo][Pp]s?|S[Cc][Ii][Cc]s?|coopératives)\b"
)
_STAFF = re.compile(r",\s\d{1,4}\s(?:salarié|associé|coopérat(?:eur|rice))[·.-]?e?[·.-]?s")
_CLAUSE_START = re.compile(r"(?:^|\n|[.!?…:»]\s?)$")
_FORM_AND_NAME = re.compile(rf"{FORM}\s(?:L[ae]s?\s|L['’])?[A-ZÀ-Ý]")
_FORM_IN = re.compile(rf"\b(?P<form>{FORM})\b")


def claims(
    text: str, names: Sequence[Proper], mentions: Sequence[DepartmentMention], coop_page: bool
) -> Iterator[Claim]:
    """Yield the listed co-ops; ``names`` and ``mentions`` are the proper names and departments of this text.

    ``coop_page`` says that the page is about co-ops, so that bare headings with a department are theirs.
    """
    yield from _over_form(text)
    yield from _business(text)
    if coop_page:
        yield from _headings(text, mentions)
        yield from _coded(text, names)
        yield from _addresses(text)
        yield from _rows(text)
    yield from _labelled_rows(text)
    yield from coop_rows.claims(text, mentions)
    if _STAFF.search(text) and _ANNOUNCED_SEVERAL.search(text):
        yield from _with_staff(text, names)


def _with_staff(text: str, names: Sequence[Proper]) -> Iterator[Claim]:
    """Yield the names whose staff is counted right after them, where several co-ops are announced."""
    for name in names:
        if _STAFF.match(text, name.end) and _CLAUSE_START.search(text[max(0, name.start - 3) : name.start]):
            yield Claim(name.start, name.end, None, "announced_list")


def _headings(text: str, mentions: Sequence[DepartmentMention]) -> Iterator[Claim]:
    if not _CLOSES_LINE.search(text):
        return
    for match in line_matches(_HEADING, text):
        if not is_place(match, mentions) or _is_person_of(match):
            continue
        following = text[match.end() : match.end() + _PARAGRAPH]
        paragraph = following[: _next_heading(following)]
        form = _FORM_IN.search(paragraph)
        if (
            _NOT_COOP.search(paragraph)
            or _is_dateline(match, form is not None)
            or _is_sentence(match["names"])
        ):
            continue
        for start, end in _names(match, len(codes_in(match["place"]))):
            yield Claim(start, end, form_of(form["form"]) if form else None, "name_and_department")


def _is_person_of(match: re.Match[str]) -> bool:
    """Tell whether a line is a person and whom they stand for: « Awa Sarr (Scop Bresse Audio, Vire) »."""
    return folded(match["names"].strip()).partition(" ")[0] in FIRST_NAMES and bool(
        _FORM_AND_NAME.match(match["place"])
    )


def _is_sentence(names: str) -> bool:
    """Tell whether a line says more than a name: « Paule Armand dirige Alma, Scop d'architecture »."""
    small = [word for word in names.split() if word[0].islower() and word not in _LINKS]
    return _FORM_IN.search(names) is not None or len(small) > _LONGEST_SMALL


def _is_dateline(match: re.Match[str], told: bool) -> bool:
    """Tell whether a line is « PENMARC'H (Finistère) » or « 12 mars … (Bram) », not a co-op and its place.

    ``told`` says that the paragraph under it speaks of a co-op: « citoyens & co (69) » may then be small.
    """
    name = match["names"].strip()
    if told and codes_in(match["place"]) and name.count(" ") < _LONGEST_SMALL:
        return _DAY.match(name) is not None
    named = gazetteer.department_by_name(match["place"]) is not None or " de " in match["place"]
    return _DAY.match(name) is not None or not _CAPITAL.match(name) or (named and " " not in name)


# « La petite Fâchée » alone on a line, « SCOP d'éducation populaire … » on the next.
_OVER_FORM = re.compile(
    rf"^[ \t*•#_]*(?:[Pp]ar\s|[Aa]vec\s"
    rf"|[Cc]hez\s)?(?P<name>[^\W\d_a-zà-ÿ][^\n.,:;!?()«»\"]{{2,45}})\n\s*(?:Une\s)?(?P<form>{FORM})"
    r"(?=\s(?:d['’]|de\s|du\s|des\s|spécialisée|à\s|[–—|-]\s)|\s?,|(?<=SARL|.SAS|.ARL)\s*(?:\n|$))",
    re.MULTILINE,
)
_DEFINED = re.compile(r"\s?[:–—|-]\s(?:[Uu]ne?\s)?(?:[Ss]ociété|[Cc]oopérative)")
# « les caves coopératives … la cave Hercule »: the plural makes the kind of business co-operative.
_CO_OPERATIVE_KIND = re.compile(
    r"\b(?P<kind>cave|supermarché|épicerie|boulangerie|brasserie|librairie|laiterie|magasin"
    r"|crèche)s\scoopérati(?:f|ve)s\b"
)
_LONGEST_KIND = 16
# « X (56) », and « X, 3 cours d'Espagne, 35200 Rennes » at the start of a line.
_BRACKET_REACH = 6
_CODE_AFTER = re.compile(r"[»”\"*_]*\s\(([^()\n]{2,20})\)")
_ADDRESSED = re.compile(
    r"^[ \t*•–-]*(?P<name>(?!Sco|SCO|Sci|SCI|CAE"
    r"|Coop)[^\W\d_a-zà-ÿ][^\n,.:;()]{1,45}),\s[^\n;!?]{4,60},\s\d{5}\s[^\W\d_a-zà-ÿ]",
    re.MULTILINE,
)
_FEWEST_ADDRESSES = 3
_ROW = re.compile(
    r"^[ \t•*–-]*(?P<name>[^\W\d_a-zà-ÿ][^\n,.:;()!?]{1,40}),\s(?P<place>[^\W\d_a-zà-ÿ][^\n,.:;()!?]{1,30})"
    r"(?:,\s[^\n.!?]{2,60})?$",
    re.MULTILINE,
)
_LABELLED_ROW = re.compile(
    rf"^[ \t•*–-]*(?:Les\s)?(?P<form>{FORM})\s?:\s"
    r"(?P<items>[^\W\d_a-zà-ÿ][^\n.:;!?()]{1,40}(?:(?:,|\set)\s[^\W\d_a-zà-ÿ][^\n.:;,!?()]{1,40})*)\.?$",
    re.MULTILINE,
)
_ROW_ITEM = re.compile(
    r"(?:^|,\s|\set\s|(?<=:\s))(?P<name>[^\W\d_a-zà-ÿ][^\n,]{1,40}?)(?=,\s|\set\s|$|\n|\.)", re.MULTILINE
)
_AFTER_STREET = re.compile(r",\s\d{5}\s")
# « Une Société » and the spaces before it, at the start of a line.
_BEFORE_FORM = 24


def _over_form(text: str) -> Iterator[Claim]:
    if not any("\n" in text[max(0, place - _BEFORE_FORM) : place] for place in hints(text)):
        return
    for match in line_matches(_OVER_FORM, text):
        if _DEFINED.match(text, match.end()):
            continue  # « CAE – Coopérative d'activités et d'emploi »
        if match["name"].count(" ") < 5:
            yield Claim(*match.span("name"), form_of(match["form"]), "labelled_line")


def _business(text: str) -> Iterator[Claim]:
    kinds = {
        match["kind"]
        for place in hints(text)
        if text[place - 1 : place].isspace()
        and (match := _CO_OPERATIVE_KIND.search(text, max(0, place - _LONGEST_KIND), place + _LONGEST_KIND))
    }
    for kind in kinds:
        for match in re.finditer(
            rf"\b{kind}\s(?P<name>[^\W\d_a-zà-ÿ][\w’'-]+(?:\s[^\W\d_a-zà-ÿ][\w’'-]+){{0,3}})", text
        ):
            yield Claim(*match.span("name"), "coopérative", "kind_of_business")


def _coded(text: str, names: Sequence[Proper]) -> Iterator[Claim]:
    """Yield the names that a department number follows, on a page about co-ops."""
    for name in names:
        if "(" not in text[name.end : name.end + _BRACKET_REACH]:
            continue
        surface = text[name.start : name.end]
        bracket = _CODE_AFTER.match(text, name.end)
        if bracket is None or not codes_in(bracket.group(1)):
            continue
        plain = folded(surface)
        if not gazetteer.communes_named(plain) and plain.partition(" ")[0] not in FIRST_NAMES:
            yield Claim(name.start, name.end, None, "name_and_department")


def _addresses(text: str) -> Iterator[Claim]:
    if len(_AFTER_STREET.findall(text)) < _FEWEST_ADDRESSES:
        return
    found = list(line_matches(_ADDRESSED, text))
    if len(found) >= _FEWEST_ADDRESSES:
        yield from (Claim(*match.span("name"), None, "list_of_addresses") for match in found)


def _rows(text: str) -> Iterator[Claim]:
    """Yield the names of three lines or more of the form « X, Vire, menuiserie »."""
    rows = [match for match in line_matches(_ROW, text) if gazetteer.communes_named(folded(match["place"]))]
    if len(rows) >= _FEWEST_ADDRESSES:
        yield from (Claim(*match.span("name"), None, "list_of_addresses") for match in rows)


def _labelled_rows(text: str) -> Iterator[Claim]:
    """Yield the names of « Scop : X, Y et Z », a line of its own."""
    for match in line_matches(_LABELLED_ROW, text) if ":" in text else ():
        for item in _ROW_ITEM.finditer(text, *match.span("items")):
            yield Claim(*item.span("name"), form_of(match["form"]), "announced_list")


def _next_heading(text: str) -> int:
    match = _HEADING.search(text)
    return match.start() if match else len(text)


def _names(match: re.Match[str], codes: int) -> Iterator[tuple[int, int]]:
    """Yield the spans of « A et B » where two departments answer to two names, else of the whole name."""
    surface, offset = match["names"], match.start("names")
    parts = _AND.split(surface) if codes > 1 else [surface]
    if len(parts) != max(codes, 1):
        parts = [surface]
    position = 0
    for part in parts:
        position = surface.index(part, position)
        article = small_article(part)
        yield offset + position + article, offset + position + len(part.rstrip())
        position += len(part)
