"""Of which name does a pronoun say that it is a co-op? « Alma change de statut : elle devient Scop »."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from archive.parsers.coop_forms import FORM, Phrase, form_of
from archive.parsers.coop_name_ends import whole_end
from archive.parsers.coop_names import Claim, Proper, plausible
from archive.parsers.coop_predicates import DETERMINER
from archive.parsers.coop_subject import is_company

KIND = (
    r"(?:association|entreprise|société|PME|TPE|structure|maison|boutique|librairie|atelier|usine|agence|compagnie|troupe|fabrique|filature"
    r"|fabricant|établissement|magasin|restaurant|café|groupe|journal|ferme|bureau|cabinet|studio|garage|[a-zà-ÿ]{3,12}(?:erie|ture))"
)
_NOW = r"(?:\s(?:aussi|désormais|maintenant|aujourd['’]hui|donc|ainsi|alors|officiellement|enfin|même))?"
_VERB = (
    rf"(?:est|était|fut|devient|devint|deviendra|sera|reste){_NOW}(?:\sdevenue?)?"
    r"(?:\s(?:en|depuis|de)\s\d{4}(?:\sà\s\d{4})?)?"
)
# « elle est désormais la première Scop », « l'association devient Scic », « Le fabricant de cordes,
# établi à Apt, devient la plus grande Scop de … », « La compagnie, une Scop née à Rennes »
_STATED = Phrase(
    rf"(?:(?:^|[.!?:;–—,(]\s|\n)(?:[EeIi]l(?:le)?|[Cc]elle-ci|[Cc]elui-ci)"
    rf"|(?:^|[.!?:;–—]\s|\n)(?:[Ll]['’]|(?:[Ll][ea]|[Cc]et(?:te)?)\s)(?P<kind>{KIND})"
    r"(?:\s(?:de\s|d['’])[\w’'-]+(?:\s[a-zà-ÿ'’]+){0,2})?(?:,\s[^.,;:!?\n]{2,60},)?)",
    rf"(?:\s{_VERB}\s{DETERMINER}|,\sune\s(?:jeune\s|petite\s)?)"
    rf"(?P<form>{FORM})(?![\w-])(?!\s?[«“\"A-ZÀ-Ý])",
    words="est était fut devient devint deviendra sera reste une",
    before=150,
    after=40,
)
_REACH = 260
_CLAUSE = re.compile(r"[.!?…]\s|\n")
# The subject of its sentence: « X, à Vire, change », « À Vire, X (52 salariés) a été cédée »
_OPENS = re.compile(
    r"(?:^|\n|[.!?…:]\s)[\s*•–-]*(?:(?:À|A|En|Au)\s[A-ZÀ-Ý][\w’'-]+(?:\s[A-ZÀ-Ý][\w’'-]+)?,\s)?(?:(?:[Ll]a|[Ll]es?|[Qq]ui\s(?:connaît|se\ssouvient\sde))\s|[Ll]['’])?"
    r"(?:association\s|société\s|entreprise\s)?[«“\"]?\s?$"
)
_GOES_ON = re.compile(
    r"\s?[»”\"]?(?:\s\([^()\n]{1,40}\))?(?:,\s(?:à|au|en|dans|près)\s[^.,;:\n]{2,40},)?\s(?:\?|(?:s['’]|se\s|n['’]|y\s)?[a-zà-ÿ]{1,12})"
)
_HANDED_ON = re.compile(
    r"\b(?:reprise|rachat|transmission|cession|sauvetage|relance)\s(?:de\s|d['’])(?:(?:[Ll]a|[Ll]es?)\s|[Ll]['’])?[«“\"]?\s?$"
)
_KIND_BEFORE = re.compile(rf"\b(?P<kind>{KIND})\s[«“\"]?\s?$", re.IGNORECASE)


def claims(texts: Sequence[str], names: Sequence[Sequence[Proper]]) -> Iterator[tuple[int, Claim]]:
    """Yield claims, each with the number of its text; ``names`` hold no places."""
    for number, text in enumerate(texts):
        for said in _STATED.said(text):
            form = form_of(said["form"])
            if subject := _subject(text, names[number], said):
                yield number, Claim(subject.start, subject.end, form, "spoken_of_again")
            elif said["kind"] and (met := _of_kind(texts, names, said["kind"], number, said.start())):
                place, name = met
                end = whole_end(texts[place], name.start, name.end)
                yield place, Claim(name.start, end, form, "spoken_of_again")


def _subject(text: str, names: Sequence[Proper], said: re.Match[str]) -> Proper | None:
    """Return the name that opens the clause before or is handed on there; ``None``: none, or two."""
    start = said.start() + (said.group()[:1] in ".!?…")
    line = text.rfind("\n", 0, start) + 1
    low = max(line, start - _REACH)
    ends = [match.end() for match in _CLAUSE.finditer(text, low, max(low, start - 1))]
    low = ends[-1] if ends else low
    here = names[bisect_left(names, low, key=_start) : bisect_left(names, start, key=_start)]
    found = [
        name
        for name in here
        if _HANDED_ON.search(text[max(0, name.start - 40) : name.start])
        or (
            _OPENS.search(text[max(0, low - 2, name.start - 60) : name.start])
            and _GOES_ON.match(text, name.end)
        )
    ]
    found = [name for name in found if is_company(text, name)]
    return found[0] if len(found) == 1 else None


def _start(name: Proper) -> int:
    return name.start


def _of_kind(
    texts: Sequence[str], names: Sequence[Sequence[Proper]], kind: str, last: int, limit: int
) -> tuple[int, Proper] | None:
    """Return the name that the same word introduced: « la compagnie X … La compagnie, une Scop »."""
    for number in range(last, -1, -1):
        for name in reversed(names[number]):
            if number == last and name.start >= limit:
                continue
            text = texts[number]
            before = _KIND_BEFORE.search(text, max(0, name.start - 24), name.start)
            if before and before["kind"].lower() == kind.lower() and plausible(text[name.start : name.end]):
                return number, name
    return None
