"""How is a registered company called outside the register? « SCOP LES PONTS SARL » is « Les Ponts »."""

import re
from collections.abc import Iterable

# Legal dress at either end of a registered name, never a word inside it.
_DRESS = (
    r"(?:s\.?c\.?o\.?p\.?|s\.?c\.?i\.?c\.?|s\.?a\.?r\.?l\.?|s\.?a\.?s\.?|s\.?a\.?|arl|eurl|cae"
    r"|soci[ée]t[ée] coop[ée]rative(?: ouvri[èe]re)?(?: de production| d'int[ée]r[êe]t collectif"
    r"| et participative)?(?: [àa] responsabilit[ée] limit[ée]e| anonyme)?|[àa] capital variable)"
)
_BEFORE = re.compile(rf"^{_DRESS}[\s,-]+(?=\S)", re.IGNORECASE)
_AFTER = re.compile(rf"(?<=\S)[\s,(-]+{_DRESS}\)?$", re.IGNORECASE)
_WORD = re.compile(r"[^\W_]+")
_SMALL = frozenset(
    (
        *("à", "a", "au", "aux", "avec", "chez", "d", "dans", "de", "des", "du", "en", "et"),
        *("l", "la", "le", "les", "ou", "par", "pour", "sous", "sur"),
    )
)
_VOWELS = re.compile(r"[AEIOUYÀÂÉÈÊËÎÏÔÖÙÛÜ]")
# A word without a vowel (« BTP ») is an acronym, and so is a name that is one word this short (« ABC »).
_SHORT = 4


def everyday(name: str) -> str:
    """Return a registered name without its legal dress and without its capitals.

    >>> everyday("SCOP L'ATELIER DES TROIS PONTS"), everyday("BTP DU BOCAGE - SCIC SAS"), everyday("Coop SA")
    ("L'Atelier des Trois Ponts", 'BTP du Bocage', 'Coop')
    """
    bare = " ".join(name.split())
    while (shorter := _AFTER.sub("", _BEFORE.sub("", bare, count=1), count=1)) != bare:
        bare = shorter
    return _in_small_letters(bare) if bare.isupper() else bare


def names_of(registered: Iterable[str]) -> tuple[str, ...]:
    """Return the everyday names of a company, each once, the first told first; « [ND] » is no name.

    >>> names_of(["LAVOIR NEUF SCOP", "", "[ND]", "Lavoir neuf", "LE LAVOIR"])
    ('Lavoir Neuf', 'Le Lavoir')
    """
    found: dict[str, str] = {}
    for name in registered:
        if name.strip() and name != "[ND]" and (everyday_name := everyday(name)):
            found.setdefault(everyday_name.casefold(), everyday_name)
    return tuple(found.values())


def _in_small_letters(name: str) -> str:
    def spelled(match: re.Match[str]) -> str:
        """Return one word as it is written within a name."""
        word = match.group()
        first = match.start() == 0
        if word.lower() in _SMALL:
            return word.capitalize() if first else word.lower()
        return word.capitalize() if _VOWELS.search(word) else word

    return name if len(name) <= _SHORT else _WORD.sub(spelled, name)
