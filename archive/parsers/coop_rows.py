"""Which co-ops does a sentence list with their towns? « Six Scop étaient là : X (Redon) et Y (Allaire) »."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from archive import gazetteer
from archive.models import DepartmentMention
from archive.parsers.coop_forms import ANY_FORM, FORM, form_of, form_starts_in
from archive.parsers.coop_names import Claim
from archive.parsers.department_codes import codes_in
from archive.parsers.words import folded

# Brackets within one sentence; the item before each begins after a separator.
_ITEM = re.compile(
    r"(?:^|[,:;]\s|\set\s|\n[ \t*•–-]*"
    r"|\s[–-]\s)\s*(?P<name>[^\n(),:;.!?]{2,60}?)\s\((?P<place>[^()\n]{2,50})\)"
)
_ARTICLE = re.compile(r"^(?:et\s|ou\s|à\s)?(?:la\s|le\s|les\s|l['’]|de\s|chez\s)?")
# How far before the list the co-ops are announced.
_ANNOUNCED = 260
# « quelques-unes des quinze jeunes » before « Scop »
_BEFORE_FORM = 40
# « Autour de la table : », where the sentence before says that co-ops met.
_PRESENT = re.compile(
    r"(?:[Aa]utour\sde\s(?:la|cette)\stable|[Pp]résente?s|[Éé]taient\s(?:là|présente?s|réunie?s)|[Oo]nt\sparticipé"
    r"|[Pp]articipante?s|[Aa]u\srendez-vous|[Aa]u\sprogramme|[Ll]es\svoici)\s?:\s*$"
)
_SEVERAL = re.compile(
    r"\b(?i:les|des|deux|trois|quatre|cinq|six|sept|huit|neuf|dix|douze|quinze|\d{1,2}|nos|plusieurs)\s(?:jeunes\s|nouvelles\s)?"
    r"(?:Sco[pP]s?|SCOPS?|Scics?|SCICS?|CAE|coopératives)\b"
)
# Whom a list may be of instead, in small letters.
_OTHERS = re.compile(
    r"\b(?:partenaires?|financeurs?|fournisseurs?|clients?|client[·.]es|banques?|associations?|élu[·.e]*s?|communes?|villes?|sites?|agences?"
    r"|magasins?|lieux|intervenant|invité|auteur|candidat|administrat|journal|presse|photos?|dates?|réunions?|rendez-vous)"
)
# « X (Vire), qui recevait, Y (Redon) »
_RELATIVE = re.compile(r",\s(?:qui|dont|où)\s[^.,;:!?()\n]{2,40},\s")
# An inline list needs an announcement that ends in a colon: « Six coopératives étaient là : ».
_FIRST_ITEM = re.compile(r":\s*[^\n(),:;.!?]{2,60}\s\(")
_TOWN = r"\s(?:à|au|aux|en)\s(?P<town>[^\W\d_a-zà-ÿ][\w’' -]{1,30}?)"
_LIST_ITEM = (
    r"(?:(?:la|le|les)\s|l['’])?[^\W\d_a-zà-ÿ][^\n(),:;.!?]{1,50}?"
    rf"(?:\s\([^()\n]{{2,50}}\)|{_TOWN.replace('?P<town>', '?:')})?"
)
_LIST = re.compile(rf":\s(?P<items>{_LIST_ITEM}(?:(?:,|\set|,\set)\s{_LIST_ITEM}){{2,}})(?=[.;\n]|$)")
_COUNTS = {
    word: number
    for number, word in enumerate(
        ("deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix"), 2
    )
}
_LISTED = re.compile(
    r"(?:^|(?<=:\s)|,\s|\set\s|,\set\s)(?:(?:la|le|les)\s|l['’])?(?P<name>[^\W\d_a-zà-ÿ][^\n(),:;.!?]{1,50}?)"
    rf"(?:\s\((?P<place>[^()\n]{{2,50}})\)|{_TOWN})?(?=,\s|\set\s|[.;\n]|$)"
)
_COLON = re.compile(r":\s*$")
_ANNOUNCEMENT = re.compile(rf"\b(?:{FORM}|adhérentes?|lauréates?|sociétés)\b")
_FORM_IN = re.compile(rf"\b(?P<form>{FORM})\b")


def claims(text: str, mentions: Sequence[DepartmentMention]) -> Iterator[Claim]:
    """Yield the listed co-ops; ``mentions`` are the departments of this text."""
    if ":" not in text:
        return
    yield from _mixed(text, mentions)
    if not _FIRST_ITEM.search(text):
        return
    run: list[re.Match[str]] = []
    for match in _ITEM.finditer(text):
        if not is_place(match, mentions):
            continue
        if run and not _goes_on(text[run[-1].end() : match.start("name")]):
            yield from _announced(text, run)
            run = []
        run.append(match)
    yield from _announced(text, run)


def _mixed(text: str, mentions: Sequence[DepartmentMention]) -> Iterator[Claim]:
    """Yield the items of a list after a colon, most of them with their town: « : X, Y (Redon), … »."""
    for listed in _LIST.finditer(text):
        low = max(0, listed.start() - _ANNOUNCED)
        forms = form_starts_in(text, low, listed.start())
        several = _SEVERAL.search(text, max(low, forms[0] - _BEFORE_FORM), listed.start()) if forms else None
        announcing = text[max(low, text.rfind("\n", low, listed.start()) + 1) : listed.start() + 1]
        if several is None or _OTHERS.search(announcing.lower()):
            continue
        items = list(_LISTED.finditer(text, *listed.span("items")))
        placed = sum(bool(item["town"] or (item["place"] and is_place(item, mentions))) for item in items)
        counted = len(items) == _COUNTS.get(several.group().split()[0].lower())
        if len(items) > 1 and (counted or (len(items) > 2 and 2 * placed >= len(items))):
            form = _FORM_IN.search(several.group())
            for item in items:
                yield Claim(*item.span("name"), form_of(form["form"]) if form else None, "name_and_town")


def _goes_on(between: str) -> bool:
    return between.strip(" ,;\n-–•*") in ("", "et", "ou") or _RELATIVE.fullmatch(between) is not None


def _announced(text: str, run: list[re.Match[str]]) -> Iterator[Claim]:
    """Yield a run of at least two items whose announcement, before a colon, speaks of co-ops."""
    if len(run) < 2:
        return
    before = text[max(0, run[0].start("name") - _ANNOUNCED) : run[0].start("name")]
    met = _SEVERAL.search(before) and (_PRESENT.search(before) or _many_of_them(before, run))
    before = before[before.rstrip().rfind("\n") + 1 :] if not met and "\n" in before.rstrip() else before
    if not (_COLON.search(before) and _ANNOUNCEMENT.search(before)):
        return
    announcing = before[before.rstrip().rfind("\n") + 1 :]
    form = _FORM_IN.search(announcing) or _FORM_IN.search(before)
    for match in run:
        start = match.start("name") + small_article(match["name"])
        yield Claim(start, match.end("name"), form_of(form["form"]) if form else None, "name_and_town")


def _many_of_them(before: str, run: list[re.Match[str]]) -> bool:
    """Tell whether three or more items follow a colon whose line announces nobody else."""
    announcing = before[before.rstrip().rfind("\n") + 1 :]
    return len(run) > 2 and _OTHERS.search(announcing.lower()) is None


def small_article(surface: str) -> int:
    """Return how long the small article is that opens a surface: 3 for « la Ruche »."""
    found = _ARTICLE.match(surface)
    length = found.end() if found else 0
    return length if length < len(surface) else 0


def is_place(match: re.Match[str], mentions: Sequence[DepartmentMention]) -> bool:
    """Tell whether the bracket holds a department, a known place or a form of a co-op."""
    place = match["place"]
    if codes_in(place):
        return True
    start, end = match.span("place")
    first = bisect_left(mentions, start, key=lambda mention: mention.start)
    if first < len(mentions) and mentions[first].end <= end:
        return True
    return bool(gazetteer.communes_named(folded(place))) or bool(ANY_FORM.match(place))
