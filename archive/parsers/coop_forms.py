"""What does a text call a co-op? The words for the legal forms, and what is called so without being one."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from archive.gazetteer import fold
from archive.parsers.words import word_set

# A space within a line.
SPACE = r"[ \u00a0\u202f]"
_ADJECTIVES = (
    r"(?:agricole|viticole|ouvrière|maritime|laitière|boulangère|céréalière|artisanale|ostréicole|citoyenne"
    r"|énergétique|culturelle|familiale|locale|régionale|nationale|funéraire|éolienne|intégrale"
    r"|oléicole|fruitière"
    r"|maraîchère|forestière|industrielle|bretonne|normande|basque|corse|alsacienne|ardéchoise"
    r"|vendéenne|sarthoise"
    r"|historique|numérique|[a-zà-ÿ]{4,14}(?:aise|oise|ienne|éenne|ine|iste|aine|ère|ane))"
)
_ACTIVITY = (
    r"(?:\sd['’]intérêt\scollectif|\s(?:d['’]activités?\s(?:et\sd['’]emplois?|et\sd['’]entrepreneurs?)"
    r"|d['’]entrepreneure?s?(?:-salariée?s?)?))"
)
_SOCIETY = (
    r"[Ss]oci[ée]t[ée]s?\scoop[ée]ratives?(?:\set\sparticipatives?|\sd['’]intérêt\scollectif"
    r"|\souvrières?(?:\sde\sproduction)?"
    r"|\sde\sproduction|\sagricoles?|\sartisanales?|\sanonymes?|\sà\s(?:responsabilité\slimitée|capital\svariable))?(?:\s\([^()\n]{2,12}\))?"
)
# A word that says « co-op », one or several, with its legal dress: « SCOP-SARL », « Scic SAS ».
FORM = (
    rf"(?:(?:[Ss]cop|SCOP|[Ss]cic|SCIC)s?(?:[\s/-](?:ARL|Arl|SARL|Sarl|SAS|SA|CAE|Cae)\b|\sS\.A\.(?:S\.|R\.L\.)?)?|C(?:AE|ae)|[Cc]oop\.(?=\s[a-zà-ÿ])|S\.C\.(?:O\.P|I\.C)\.?"
    rf"|(?:e-)?[Cc]oop[ée]ratives?{_ACTIVITY}?|{_SOCIETY}|COOPÉRATIVES?|COOPERATIVES?)"
)
QUALIFIER = rf"(?:\s(?:et\s)?(?:[\w-]+ment\s)?{_ADJECTIVES}s?|\s(?:d['’])?HLM\b)"
# Businesses that are co-operative: « supermarché coopératif La Halle », « brasserie coopérative X ».
BUSINESS = (
    r"(?:"
    r"(?:(?i:super(?:ette|marché)|magasin|épicerie|librairie|cave|brasserie|café|cantine|restaurant"
    r"|garage|laiterie|crèche"
    r"|banque|traiteur|fournil|boulangerie|ferme|cinéma|théâtre|atelier|bar|auberge|hôtel|imprimerie"
    r"|maison\sd['’]édition"
    r"|opérateur|opératrice|fournisseur|plateforme|studio|agence|cabinet|bureau|entreprise|usine|scierie|fromagerie"
    r"|distillerie"
    r"|menuiserie|conserverie|groupe|supérette|société|habitat|jardin|gîte|camping|école|centrale"
    r"|taxi|média|journal|éditeur|tiers[- ]lieu)s?)"
    r"\s(?:(?:de\s|d['’])?\w+\s){0,2}coopérati(?:f|ve)s?(?:\set\s[a-zà-ÿ]+)?"
    r"|(?:SA|SAS|SARL|[Ss]ociété|[Ee]ntreprise)\sà\s(?:statut|forme|capital)\scoopérati(?:f|ve))"
)
ANY_FORM = re.compile(rf"\b(?:{FORM}|{BUSINESS})(?![\w-])")
# No form can stand in a text without « CAE » (or « Cae ») or one of these, in any case.
_HINTS = ("coop", "scop", "scic", "s.c.")
_BEFORE_HINT = re.compile(r"(?:\be-|\b[Ss]oci[ée]t[ée]s?\s)$")
_LONGEST_BEFORE = 10
# « maison d'édition résolument coopérative »
_LONGEST_BUSINESS = 60
FAR = 1 << 30
# A form is of a sentence's name within so many characters; what ends the sentence. Not « X. C'est une Scop »,
# « X ? Une coopérative ».
_FARTHEST = 180
_ENDED = re.compile(r"[.!?…]\s")
_ENDS = re.compile(r"[.!?…;]\s(?!C['’ʼ]|Une\s)")
# « S.C.O.P. », « Scop S.A.R.L. » end no sentence.
_LONGEST_DRESS = 16
# What stands so many characters before a form has to do with it.
_SHORTLY = 80
_WORD = re.compile(r"[^\W\d]\w*|\d")
# « e-coopérative », « société coopérative » and « supermarché coopératif » begin before.
_FORM_AT = re.compile(rf"\b{FORM}(?![\w-])")
# One mention of co-ops, however dressed; counting needs no more.
_MENTION = re.compile(r"\b(?:[Ss]cop|SCOP|[Ss]cic|SCIC)s?\b(?!-)|\bCAE\b|\b(?:[Cc]oopérative|COOP[ÉE]RATIVE)")
# Several co-ops are meant: « les Scop X et Y », « deux CAE », « coopératives ».
_PLURAL = re.compile(
    r"(?:\b(?:les|des|aux|deux|trois|quatre|cinq|six|sept|huit|dix|nos|vos|ces|plusieurs|autres"
    r"|quelques|entre|comme)\s(?:\w+\s)?(?:scops?|scics?|cae)|oopératives|scops|scics)(?![\w-])[^,;:.\n]{0,60}$"
)

# A page on heat pumps, in small letters: SCOP is a coefficient there.
_HEATING = re.compile(
    r"pompes?\sà\schaleur|coefficient\sde\sperformance|\betas\b|\bseer\b|heat\spumps?|climatiseurs?"
    r"|saisonnier"
)
# The words that make « Scop » a company on such a page all the same.
_COMPANY = re.compile(r"coopérati(?:f|ve)|\bscic|sociétaires?|associés")
_HEATING_HINTS = ("pompe", "coefficient", "etas", "seer", "heat", "climatiseur", "saisonnier")


@lru_cache(maxsize=8)
def _small(text: str) -> str:
    return text.replace("İ", "I").lower()  # the one letter that becomes two


@lru_cache(maxsize=8)
def hints(text: str) -> tuple[int, ...]:
    """Return where a form may stand in a text, in order: a quick look before the slow ones.

    >>> hints("Une scop, des COOPÉRATEURS")
    (4, 14)
    """
    found = [place for hint in _HINTS for place in _places(_small(text), hint)]
    return tuple(sorted((*found, *_places(text, "CAE"), *_places(text, "Cae"))))


def _places(text: str, hint: str) -> Iterator[int]:
    place = text.find(hint)
    while place >= 0:
        yield place
        place = text.find(hint, place + 1)


def hinted(text: str, start: int, end: int) -> bool:
    """Tell whether a form may stand in ``text[start:end]``."""
    places = hints(text)
    following = bisect_left(places, start)
    return following < len(places) and places[following] < end


class Near(NamedTuple):
    """How many characters before a name the last form may begin, and how many after it the next one.

    ``introduced`` and ``followed`` tell whether these are of the same sentence as the name.
    """

    before: int
    after: int
    introduced: bool
    followed: bool


def near(text: str, start: int, end: int) -> Near:
    """Return how far from ``text[start:end]`` forms may stand; ``FAR`` where there is none."""
    places = hints(text)
    low, high = bisect_left(places, start) - 1, bisect_left(places, end)
    before = start - places[low] if low >= 0 else FAR
    after = places[high] - end if high < len(places) else FAR
    return Near(
        before,
        after,
        before <= _FARTHEST and not _is_apart(_ENDED, text, start - before + _LONGEST_DRESS, start),
        after <= _FARTHEST and not _is_apart(_ENDS, text, end, end + after),
    )


def _is_apart(sentence_end: re.Pattern[str], text: str, start: int, end: int) -> bool:
    """Tell whether a sentence ends there, unless that may be in brackets."""
    return sentence_end.search(text, start, end) is not None and text.find("(", start, end) < 0


def form_start(text: str, place: int) -> int:
    """Return where the form begins that a hint stands for: « e-coopérative », « société coopérative »."""
    match = _BEFORE_HINT.search(text, max(0, place - _LONGEST_BEFORE), place)
    return match.start() if match else place


@lru_cache(maxsize=8)
def form_starts(text: str) -> Sequence[int]:
    """Return where forms may begin, in order; « société coopérative » may with either word."""
    return list(dict.fromkeys(start for place in hints(text) for start in (form_start(text, place), place)))


def form_starts_in(text: str, start: int, end: int) -> Sequence[int]:
    """Return those in ``text[start:end]``."""
    starts = form_starts(text)
    return starts[bisect_left(starts, start) : bisect_left(starts, end)]


@lru_cache(maxsize=8)
def _words_before(text: str) -> list[tuple[int, frozenset[str]]]:
    """Return where a form may stand in a text, each place with the words and digits shortly before."""
    return [
        (place, frozenset(_WORD.findall(text[max(0, place - _SHORTLY) : place].lower())))
        for place in hints(text)
    ]


class Phrase:
    """Words around a form, the group ``form``: only the surroundings of forms are looked at.

    ``opening`` and ``rest`` are expressions; the opening, all of it before the form, is searched for and the
    rest tried after it. ``before`` says how many characters before the form a phrase may begin, ``after`` how
    many after that are looked at. Of the ``words`` (small letters, single digits) one stands shortly before.
    """

    def __init__(self, opening: str, rest: str, *, words: str, before: int, after: int) -> None:
        """Compile the expressions."""
        self._opening, self._whole = re.compile(opening), re.compile(opening + rest)
        self._words, self._before, self._after = word_set(words), before, after

    def said(self, text: str) -> Iterator[re.Match[str]]:
        r"""Yield where a text says so, in order.

        >>> phrase = Phrase(r"\b[Ll]a\s", f"(?P<form>{FORM})", words="la", before=3, after=20)
        >>> [match["form"] for match in phrase.said("Une Scop, la Scic et la vie")]
        ['Scic']
        """
        end = 0
        for place, words in _words_before(text):
            if words.isdisjoint(self._words):
                continue
            match = self._at(text, max(0, place - self._before, end), place)
            if match and match.start("form") <= place < match.end("form"):
                end = match.end()
                yield match

    def first(self, text: str) -> re.Match[str] | None:
        """Return the first place where a text says so, ``None`` when it never does."""
        return next(self.said(text), None)

    def _at(self, text: str, low: int, place: int) -> re.Match[str] | None:
        for opening in self._opening.finditer(text, low, place):
            if match := self._whole.match(text, opening.start(), place + self._after):
                return match
        return None


@lru_cache(maxsize=8)
def has_form(text: str) -> bool:
    """Tell whether a text calls anything a co-op."""
    return any(_FORM_AT.match(text, place) for place in hints(text)) or any(
        ANY_FORM.search(text, max(0, place - _LONGEST_BUSINESS), place + _LONGEST_BUSINESS)
        for place in hints(text)
        if text.startswith("coopératif", place)
    )


def mentions(text: str) -> int:
    """Return how often a text speaks of co-ops.

    >>> mentions("Une Scop, deux SCIC et la CAE ; mobiscope, Scoop, coopérer")
    3
    """
    return sum(1 for place in hints(text) if _MENTION.match(text, place))


def speaks_of_heating(texts: Sequence[str]) -> bool:
    """Tell whether SCOP stands for a seasonal coefficient of performance in the texts of a page."""
    small = [_small(text) for text in texts]
    spoken = [text for text in small if any(hint in text for hint in _HEATING_HINTS)]
    if not spoken or any(map(_COMPANY.search, small)):
        return False
    return sum(len(_HEATING.findall(text)) for text in spoken) > 1


def are_several(before: str, low: int = 0) -> bool:
    """Tell whether the words before a name call several so, from ``low`` on: « les Scop », « deux CAE »."""
    return _PLURAL.search(before.lower(), low) is not None  # lower() is faster than IGNORECASE


@lru_cache(maxsize=1 << 10)
def form_of(words: str) -> str:
    """Return the usual spelling of a form: ``Scop``, ``Scic``, ``CAE`` or ``coopérative``.

    >>> [form_of(w) for w in ("SCOP-SARL", "société coopérative d'intérêt collectif", "caves coopératives")]
    ['Scop', 'Scic', 'coopérative']
    """
    plain = fold(words.replace(".", ""))
    if plain.startswith("scop") or "et participative" in plain or "ouvriere" in plain:
        return "Scop"
    if plain.startswith("scic") or "interet collectif" in plain:
        return "Scic"
    if plain.startswith("cae") or "activite" in plain or "entrepreneur" in plain:
        return "CAE"
    return "coopérative"
