"""Which co-ops of the directory does the page name? A common word needs a sign that it is meant."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from archive.gazetteer import fold
from archive.models import CoopDirectory, CoopEntry, CoopMatch, DepartmentMention
from archive.parsers.coop_forms import FORM, has_form, hinted
from archive.parsers.coop_names import bare, is_place
from archive.parsers.coop_vocabulary import MAY_FOLLOW, MAY_PRECEDE
from archive.parsers.words import folded

_FORM_BEFORE = re.compile(
    rf"\b{FORM}(?:\s[a-zà-ÿ’'-]{{4,20}}){{0,2}}\s(?:(?:et|,)\s)?[«“\"]?\s?(?:(?:la|le|les)\s|l['’])?$"
)
_FORM_AFTER = re.compile(
    rf"\s?[»”\"]?(?:,?\s[^.,;:!?\n]{{0,40}})?,?\s(?:\(|est\s|devient\s|d['’]|une?\s|la\s|cette\s"
    rf"|en\s)*(?:[a-zà-ÿ’'-]+\s){{0,2}}{FORM}(?![\w-])"
)
_LIST_BEFORE = re.compile(rf"\b{FORM}\s[^.;:!?\n]{{2,80}}(?:,|\set)\s$")
_QUOTED = re.compile(r"[«“\"]\s?$")
_CLOSED = re.compile(r"\s?[»”\"]")
_BRACKET = re.compile(r"\s?[»”\"]?\s?\(([^()\n]{2,60})\)")
_CAPITAL_AFTER = re.compile(r"[ \u00a0’'-](?:de\s|des\s|du\s|d['’]|&\s)?([^\W\d_][\w]*)")
_CAPITAL_BEFORE = re.compile(r"(?:^|[\s(«\"'’])([^\W\d_a-zà-ÿ][\w’'-]*)[ \u00a0-]$")
_SENTENCE_START = re.compile(r"(?:^|[.!?…:]\s|\n|[•*-]\s|[«“\"]\s?)$")
# How near its town a common word must stand: « Angers : Partage affiche… », « au Fournil, à Gap ».
_NEAR_TOWN = 90
_ENDING = re.compile(r"\.(?:coop|fr|org|net|com|example)\b")
_DOMAIN = re.compile(r"\b([\w-]+)\.(?:coop|fr|org|net|com|example)\b")


@dataclass(frozen=True, slots=True)
class Known:
    """A directory name at ``text[start:end]``; ``entry`` is ``None`` when namesakes cannot be told apart."""

    start: int
    end: int
    name: str
    entry: CoopEntry | None
    rule: str


def known(
    texts: Sequence[str],
    departments: Sequence[DepartmentMention],
    directory: CoopDirectory,
    claimed: Sequence[Sequence[tuple[int, int]]],
) -> list[list[Known]]:
    """Return the directory co-ops of each text of a page.

    ``departments`` are those of the whole page, ``claimed`` the spans that each text calls a co-op. A plain
    word (« Ensemble », « Le Moulin », « Actes ») is taken where a form, its town, quotation marks or its
    website mark it as a company somewhere on the page.
    """
    per_text = [[m for m in directory.matches(text) if _whole(text, m)] for text in texts]
    if not any(per_text):
        return [[] for _ in texts]
    page = "\n".join(texts)
    codes = {mention.code for mention in departments}
    domains = _domains(page)
    speaks_of_coops = any(map(has_form, texts))
    meant: set[str] = set()
    for text, matches, spans in zip(texts, per_text, claimed, strict=True):
        for match in matches:
            called = any(start < match.end and match.start < end for start, end in spans)
            if called or _is_meant(text, match, domains, speaks_of_coops):
                meant.add(bare(match.entries[0].name))
    found = []
    for text, matches in zip(texts, per_text, strict=True):
        here = []
        for match in matches:
            if bare(match.entries[0].name) in meant and _written_as_name(text, match, page):
                entry = _entry(text, match, codes, page, domains)
                name = (entry or match.entries[0]).name
                here.append(Known(match.start, match.end, name, entry, "directory"))
        found.append(here)
    return found


def _domains(text: str) -> set[str]:
    """Return the names of the sites in a text: « bel-ouvrage.coop » gives « belouvrage »."""
    if not _ENDING.search(text):
        return set()
    return {match.group(1).replace("-", "").lower() for match in _DOMAIN.finditer(text)}


def _whole(text: str, match: CoopMatch) -> bool:
    """Tell whether the name is not the part of a longer one: « La Forge » in « La Forge Neuve »."""
    after = _CAPITAL_AFTER.match(text, match.end)
    if after and after.group(1)[0].isupper() and fold(after.group(1)) not in MAY_FOLLOW:
        return False
    if " " in bare(text[match.start : match.end]):
        return True
    before = _CAPITAL_BEFORE.search(text, max(0, match.start - 40), match.start)
    return before is None or fold(before.group(1)) in MAY_PRECEDE


def _capitals(text: str) -> int:
    return sum(1 for word in re.findall(r"[^\W_]+", text) if word[0].isupper() or word[0].isdigit())


def _distinct(name: str, surface: str) -> bool:
    """Tell whether a name cannot be common words: it has capitals or digits that no sentence start gives."""
    content = bare(name)
    if " " not in content:
        inner = bare_case(surface)
        if name.isupper():
            return inner.isupper() and len(inner) > 3
        return any(c.isupper() for c in inner[1:]) and not surface.isupper()
    words = [w for w in re.findall(r"[^\W_]+", name) if len(w) > 2 or w.isdigit() or w.isupper()]
    capitals = sum(1 for w in words if w[0].isupper() or w[0].isdigit())
    return capitals >= 2 and _capitals(surface) >= 2 and not surface.isupper()


def _is_meant(text: str, match: CoopMatch, domains: set[str], speaks_of_coops: bool) -> bool:
    surface = text[match.start : match.end]
    names = [match.entries[0].name, *match.entries[0].aliases]
    if any(_distinct(name, surface) for name in names) and not is_place(bare(surface)):
        return True
    if not any(c.isupper() for c in surface):
        return False
    before = text[max(0, match.start - 90) : match.start]
    if hinted(text, match.start - 90, match.start) and _FORM_BEFORE.search(before):
        return True
    if is_place(bare(surface)):
        return False
    if _FORM_AFTER.match(text, match.end, match.end + 110) or (
        speaks_of_coops and _in_mid_sentence(text, match)
    ):
        return True
    if _LIST_BEFORE.search(before) or (
        _QUOTED.search(before) and _CLOSED.match(text, match.end) and speaks_of_coops
    ):
        return True
    if bare(surface).replace(" ", "") in domains:
        return True
    return speaks_of_coops and _near_its_town(text, match)


def _in_mid_sentence(text: str, match: CoopMatch) -> bool:
    """Tell whether a name of several words has its own capitals inside a sentence."""
    surface = text[match.start : match.end]
    names = {name for entry in match.entries for name in (entry.name, *entry.aliases)}
    content = [word for word in bare(surface).split(" ") if len(word) > 3]
    same = any(bare_case(name) == bare_case(surface) for name in names)
    return (
        len(content) > 1
        and " " in bare_case(surface)
        and same
        and not _SENTENCE_START.search(text[max(0, match.start - 6) : match.start])
    )


def bare_case(name: str) -> str:
    """Return a name without its leading article, case kept.

    >>> bare_case("la Solidaire"), bare_case("L’Atelier")
    ('Solidaire', 'Atelier')
    """
    return re.sub(r"^(?:[Ll]es?\s|[Ll]a\s|[Ll]['’])", "", name)


def _near_its_town(text: str, match: CoopMatch) -> bool:
    bracket = _BRACKET.match(text, match.end)
    around = fold(text[max(0, match.start - _NEAR_TOWN) : match.end + _NEAR_TOWN])
    for entry in match.entries:
        if bracket and entry.department and entry.department in bracket.group(1):
            return True
        if entry.commune and f" {fold(entry.commune)} " in f" {around} ":
            return True
    return False


def _written_as_name(text: str, match: CoopMatch, page: str) -> bool:
    """Tell whether this occurrence is the name: with its capital, not as the first word of a sentence."""
    surface = text[match.start : match.end]
    before = text[max(0, match.start - 60) : match.start]
    if hinted(text, match.start - 60, match.start) and _FORM_BEFORE.search(before):
        return True
    content = bare_case(surface)
    if not (content[:1].isupper() or content[:1].isdigit()):
        return False
    if " " in content or not _SENTENCE_START.search(before) or content != surface:
        return True
    small = content.lower()
    return (
        small not in page
        or re.search(rf"(?<![\w’'-]){re.escape(small)}(?![\w’'-])", page) is None
        or _FORM_AFTER.match(text, match.end, match.end + 110) is not None
    )


def _entry(text: str, match: CoopMatch, codes: set[str], page: str, domains: set[str]) -> CoopEntry | None:
    """Return the only entry of that name, or the one whose place or site the page gives, else ``None``."""
    if len(match.entries) == 1:
        return match.entries[0]
    around, towns = fold(text[max(0, match.start - _NEAR_TOWN) : match.end + _NEAR_TOWN]), folded(page)
    tests = (
        [e for e in match.entries if e.commune and fold(e.commune) in around],
        [e for e in match.entries if e.website and domains.intersection(_domains(e.website))],
        [e for e in match.entries if e.department in codes],
        [e for e in match.entries if e.commune and fold(e.commune) in towns],
    )
    return next((chosen[0] for chosen in tests if len(chosen) == 1), None)
