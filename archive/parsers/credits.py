"""From whom does a paper say it has the text? The credit to an agency or to another paper."""

import re
from collections.abc import Iterable
from typing import Final

# « AFP », « Agence Littoral Presse », « Ouest-France »: capitals, joined by small words.
_NAME: Final = r"(?:[A-ZÀ-Ý][\w’'.-]*(?:\s+(?:de\s+|du\s+|des\s+|d[’'])?[A-ZÀ-Ý][\w’'.-]*){0,4})"
_ACRONYM: Final = r"[A-Z]{2,5}"
_RULES: Final = tuple(
    re.compile(pattern)
    for pattern in (
        # A dateline: « PARIS (AFP) - », « Quimper, 3 mai (AFP) – ».
        rf"\A[^\n.]{{2,60}}\(({_ACRONYM}|Agence\s+{_NAME})\)\s*[.\s]{{0,3}}[–—-]",
        # What stands in brackets at the end: « (Avec AFP) », « (AFP) », « (avec l’Agence Littoral Presse) ».
        rf"\((?:[Aa]vec\s+)?(?:l[’']\s?|[Ss]ources?\s*:\s*)?({_ACRONYM}|Agence\s+{_NAME})\)[\s.»]*\Z",
        rf"(?:\A|\n)\s*(?:[Aa]vec|©|[Ss]ources?\s*:)\s+(?:l[’']\s?)?({_ACRONYM}|{_NAME})\s*\.?\s*\Z",
        # A reprint that names its paper: « Cet article a d’abord paru dans L’Écho », « repris de … ».
        rf"(?:[Aa]rticle|[Tt]exte|[Tt]ribune|[Dd]épêche)\s+(?:\w+\s+)?(?:a\s+)?(?:d[’']abord\s+|initialement\s+)?"
        rf"(?:été\s+)?(?:paru|publiée?|reprise?)\s+(?:initialement\s+|d[’']abord\s+)?"
        rf"(?:dans|par|sur|de)\s+({_NAME})",
    )
)
_AGENCY: Final = re.compile(rf"(?:{_ACRONYM}|Agence\s+{_NAME})")
_REACH: Final = 400  # a credit stands at the head or the foot of a text


def credit(text: str, authors: Iterable[str] = ()) -> str | None:
    """Return the agency or paper that an article says its text comes from, ``None`` if it names none.

    ``authors`` are its signatures: a newsroom signs a dispatch with the agency's name.

    >>> credit("PARIS (AFP) - La Scop a fêté ses dix ans."), credit("La Scop fête ses dix ans. (Avec AFP)")
    ('AFP', 'AFP')
    >>> credit("La Scop fête ses dix ans.", ["Agence Littoral Presse"])
    'Agence Littoral Presse'
    >>> credit("Cet article a d’abord paru dans L’Écho des Rives."), credit("La Scop (SARL) vend du pain.")
    ('L’Écho des Rives', None)
    """
    signed = next((name for name in authors if _AGENCY.fullmatch(name.strip())), None)
    if signed is not None:
        return signed.strip()
    for part in (text[:_REACH], text[-_REACH:]):
        for rule in _RULES:
            if match := rule.search(part):
                return match[1].rstrip(".’'- ")
    return None


def same_name(one: str, other: str) -> bool:
    """Say whether two credits name one agency: by its name, or by the initials of the other's.

    >>> same_name("ALP", "Agence Littoral Presse"), same_name("AFP", "Agence Littoral Presse")
    (True, False)
    """
    short, long = sorted((one, other), key=len)
    initials = "".join(word[0] for word in re.findall(r"[A-ZÀ-Ý]\w*", long))
    return short.casefold() == long.casefold() or short == initials
