"""Which runs of words look like the name of a company? « Fil & Toile », « Les Neuf Pierres »."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from archive import gazetteer
from archive.parsers.capitals import by_capital, capitals
from archive.parsers.coop_vocabulary import (
    ARTICLES,
    BODIES,
    FORMS,
    FUNCTION,
    NEVER_FIRST,
    NEVER_INSIDE,
    OTHERS,
    PROVINCES,
    SHOUTED_VERBS,
    TRADES,
)
from archive.parsers.words import Word, folded, word_set

# Small words that may stand inside a name, before a capital: « Jardins de la Baie ».
_INSIDE = word_set(
    "de d du des la le les l sur et a en au aux n pour di u del della ar an los las of the van der ta ton"
)
# These carry a name on (« Jardin sur Cour », « Pas à Pas ») unless a place follows (« Duralume à Orléans »).
_TOWARDS = frozenset(("a", "en", "au", "aux"))
# « et » joins two names more often than the halves of one.
_CARRYING = _INSIDE - {"et", "pour"}
_JOINTS = frozenset((" & ", "&", " + ", "+", "’", "'", "-", " ", "\u00a0", "\u202f", "‑", "."))

# « Trame et Cie », « Vasseur et Fils »
_PARTNERS = frozenset(("cie", "compagnie", "fils", "co", "filles", "associes"))
# « Jura-Vosges », « Drôme et Ardèche »
_AND_OR_HYPHEN = re.compile(r"[-‑/]|\s(?:et|&)\s")
_LONGEST = 7
# « Le 107 », not « Le 12 »
_NUMBER_NAME = re.compile(r"L[ea]s?\s\d{3,}")
# « DG de Pollen », « Salariée d'Alizé »: what somebody is there, not the name.
_OFFICES = word_set(
    "dg pdg dga drh daf salarie salariee gerant gerante cogerant cogerante president presidente directeur"
    " directrice fondateur fondatrice cofondateur cofondatrice employe employee associe associee"
)
# « Cave des vignerons de Saint-Chinian », « Imprimerie typographique du Nord »: what a house makes, in small
# letters, before where it is.
_HOUSE = re.compile(
    r"[^\W\d_a-zà-ÿ][a-zà-ÿ]+(?:\s(?!des\b|pour\b|dans\b|avec\b|chez\b)[a-zà-ÿ]{5,14}(?:e|es|s))?"
    r"(?:\s(?:des\s|du\s|de\sla\s|de\s|d['’])[a-zà-ÿ]{4,14})?"
    r"\s(?:des\s|du\s|de\sla\s|de\sl['’]|de\s|d['’])(?=[^\W\d_a-zà-ÿ])"
)
# A smaller commune may well lend a co-op its name: « L'Escarène », « Le Conquet ».
_TOWN = 4_000


class Proper(NamedTuple):
    """A run of words that may be a name: ``text[start:end]``, the words ``first`` to ``last`` (exclusive)."""

    start: int
    end: int
    first: int
    last: int


class Claim(NamedTuple):
    """The text calls ``text[start:end]`` a co-op of this form, says this rule."""

    start: int
    end: int
    form: str | None
    rule: str


# Between the names of a list: « X, Y et la Z ».
LINK = re.compile(
    r"\s?[»”\"]?(?:\s\([^()\n]{2,40}\))?(?:,|\set|\sou|\s&|,\set)\s(?:de\s|d['’])?(?:(?:la|le|les)\s|l['’])?[«“\"]?\s?"
)


# « de X », « du X », « de la « X » »
_OF = re.compile(r"(?:\bde\s|\bd['’]|\bdu\s|\bdes\s)(?:(?:[Ll]a|[Ll]es?)\s|[Ll]['’])?[«“\"*_]{0,3}\s?$")
_LONGEST_OF = 14


def follows_of(text: str, name: Proper) -> bool:
    """Tell whether « de » or « du » stands right before a name, an article and quotation marks aside."""
    return _OF.search(text, max(0, name.start - _LONGEST_OF), name.start) is not None


def enumerated(text: str, names: Sequence[Proper], index: int) -> Iterator[Proper]:
    """Yield the names that go on a list after the one at ``index``: « les Scop Alma, Brio et Sépia »."""
    last = names[index]
    for name in names[index + 1 :]:
        if text.rfind("(", last.end, name.start) > text.rfind(")", last.end, name.start):
            continue  # « Alpina (Annecy) et Brio (Gap) »: where the one before lies
        if not LINK.fullmatch(text, last.end, name.start):
            return
        yield name
        last = name


def proper_names(text: str, found: Sequence[Word]) -> list[Proper]:
    """Return the runs of capital words in ``text``, in order; ``found`` are its words.

    >>> from archive.parsers.words import words
    >>> text = "La Scop Les Neuf Pierres et les Jardins de la Baie, à Brest"
    >>> [text[p.start:p.end] for p in proper_names(text, words(text))]
    ['Les Neuf Pierres', 'Jardins de la Baie', 'Brest']
    """
    names: list[Proper] = []
    last = 0
    for index in capitals(text):
        if index >= last and _begins(text, found, index):
            last = _end(text, found, index)
            names.append(Proper(found[index].start, found[last - 1].end, index, last))
    return names


def _begins(text: str, found: Sequence[Word], index: int) -> bool:
    word = found[index]
    if word.folded in FORMS or word.folded in _OFFICES:
        return False
    called = index > 0 and word.glued and found[index - 1].folded in FORMS
    if not (called or word.folded in FUNCTION or word.folded.isdigit()):
        return True
    following = found[index + 1] if index + 1 < len(found) else None
    joined = following is not None and following.capital and _joined(text, word, following)
    if word.folded.isdigit():
        # « 3 P'tits Pois »: a small number, glued to a capital word and to nothing before it.
        return (
            joined
            and len(word.folded) < (5 if called else 3)
            and following is not None
            and not following.folded.isdigit()
            and _not_after_number(text, word)
        )
    if called:
        return joined or word.folded not in FUNCTION or _over_article(text, found, index)
    if word.folded in ARTICLES:
        return bool(
            joined and following and following.folded not in FORMS and following.folded not in NEVER_FIRST
        )
    return word.folded not in FUNCTION or (
        joined
        and len(word.folded) > 1
        and _capital_run(text, found, index)
        and word.folded not in NEVER_FIRST
    )


def _over_article(text: str, found: Sequence[Word], index: int) -> bool:
    """Tell whether a capital word and a small article open a name: « coopérative Par les Champs »."""
    if index + 2 >= len(found) or len(found[index].folded) < 3:
        return False
    article, noun = found[index + 1], found[index + 2]
    return (
        article.folded in ("la", "le", "les")
        and noun.capital
        and _joined(text, found[index], article)
        and _joined(text, article, noun)
    )


def _capital_run(text: str, found: Sequence[Word], index: int) -> bool:
    """Tell whether a function word stands inside a line, not at its start: « la Scop Sur Mesure »."""
    before = text[max(0, found[index].start - 2) : found[index].start]
    return before[-1:] == " " and (before[:1].isalnum() or before[:1] in ",;")


def _not_after_number(text: str, word: Word) -> bool:
    before = text[max(0, word.start - 2) : word.start]
    return not before or (not before[:1].isdigit() and before[-1:] not in ".,/-")


def _joined(text: str, left: Word, right: Word) -> bool:
    gap = text[left.end : right.start]
    return gap in _JOINTS and gap != "."


def _end(text: str, found: Sequence[Word], first: int) -> int:
    """Return the index after the last word of the name that begins at ``first``."""
    last = _over_trade(text, found, first)
    while last < len(found) and last - first < _LONGEST:
        step = _step(text, found, last)
        if not step:
            break
        last += step
    return last


def _over_trade(text: str, found: Sequence[Word], first: int) -> int:
    """Return the index of the word that goes on with a name: the next, or the place after a house's trade."""
    noun = found[first]
    trade = noun.folded in TRADES or noun.folded.endswith("erie")
    house = _HOUSE.match(text, noun.start) if trade else None
    if house is None:
        return first + 1
    return next((at for at in range(first + 1, len(found)) if found[at].start >= house.end()), len(found))


def _step(text: str, found: Sequence[Word], index: int) -> int:
    """Return how many words from ``index`` on carry the name on: 0, 1, or more with small words between."""
    before, word = found[index - 1], found[index]
    if word.folded == before.folded:
        return 0  # a caption runs into the text: « Logo de Zénit Zénit est »
    gap = text[before.end : word.start]
    if gap not in _JOINTS or word.folded in FORMS:
        return 0
    if word.folded in SHOUTED_VERBS and text[word.start : word.end].isupper():
        return 0
    if gap == "." and word.folded != "coop" and not (len(before.folded) == 1 and len(word.folded) == 1):
        return 0
    if word.capital and (gap in (" & ", "&") or _apostrophe(gap, before)):
        return 1  # « Coud'Ici », « Ardoise & Elles »
    if word.capital or word.folded.isdigit() or word.folded == "coop":
        corner = word.folded == "est" and before.folded in ("sud", "nord")  # « Coopaname du Sud-Est »
        never = len(word.folded) > 1 and word.folded in NEVER_INSIDE and not corner
        return 0 if word.capital and never else 1
    if gap in ("-", "‑") or _apostrophe(gap, before):
        return 1
    return _over_small_words(text, found, index)


def _apostrophe(gap: str, before: Word) -> bool:
    """Tell whether an apostrophe is part of a name, not of an elided word: « Coud'Ici », not « d'Ici »."""
    return gap in ("'", "’") and before.folded not in ("l", "d", "n", "qu", "j", "s", "c", "m", "t")


def _over_small_words(text: str, found: Sequence[Word], index: int) -> int:
    following = found[index + 1] if index + 1 < len(found) else None
    if found[index].folded == "et" and following and following.capital and following.folded in _PARTNERS:
        return 2 if _joined(text, found[index], following) else 0
    for count in range(1, 4):
        if index + count > len(found) - 1 or found[index + count - 1].folded not in _CARRYING:
            return 0
        word, before = found[index + count], found[index + count - 1]
        if not _joined(text, before, word):
            return 0
        if word.capital:
            other = word.folded != found[index - 1].folded  # « Pas à Pas »
            to_place = before.folded in _TOWARDS and other and _begins_place(word.folded)
            return 0 if word.folded in FORMS or to_place else count + 1
    return 0


@lru_cache(maxsize=1 << 14)
def plausible(surface: str) -> bool:
    """Tell whether a run of words may be a company's name: no place, no public body, no word of the movement.

    >>> [plausible(s) for s in ("Les Neuf Pierres", "Ille-et-Vilaine", "Union régionale", "SCOP", "X")]
    [True, False, False, False, False]
    """
    name = bare(surface)
    if len(name) < 2 or (name.isdigit() and not _NUMBER_NAME.fullmatch(surface)):
        return False
    words = name.split(" ")
    if not name.isdigit() and all(
        word in OTHERS or word in FUNCTION or word in FORMS or word.isdigit() for word in words
    ):
        return False
    return not (_is_body(name) or is_place(surface))


def _is_body(name: str) -> bool:
    """Tell whether a bare name begins as that of a body: « union regionale », « centre hospitalier »."""
    first, _, rest = name.partition(" ")
    return first in BODIES or f"{first} {rest.partition(' ')[0]}" in BODIES


@lru_cache(maxsize=1 << 14)
def is_place(surface: str) -> bool:
    """Tell whether the words are the name of a department, a region or a commune, or « Bretagne Sud »."""
    whole = folded(surface)
    if (
        _is_territory(whole)
        or _is_territory(bare(surface))
        or all(_is_territory(bare(part)) for part in _AND_OR_HYPHEN.split(surface))
    ):
        return True
    # « Penmarc'h » is « Penmarch » in the list.
    communes = gazetteer.communes_named(whole) or gazetteer.communes_named(whole.replace(" ", ""))
    return any(commune.population >= _TOWN for commune in communes)


def _is_territory(name: str) -> bool:
    return name in _territories()


def _begins_place(word: str) -> bool:
    """Tell whether a folded word may open the name of a place: « ivry », « bretagne »."""
    return gazetteer.longest_from(word) > 0 or word in _territories()


@cache
def _territories() -> frozenset[str]:
    """Return the folded names of departments, regions and provinces."""
    official = (name for d in gazetteer.departments() for name in (d.name, d.region))
    return frozenset(map(folded, official)) | PROVINCES


@lru_cache(maxsize=1 << 14)
def bare(surface: str) -> str:
    """Return the folded name without leading articles: what makes two spellings one co-op.

    >>> bare("Le Théâtre Zinzolin"), bare("L’Atelier"), bare("La")
    ('theatre zinzolin', 'atelier', 'la')
    """
    words = folded(surface).split(" ")
    while len(words) > 1 and words[0] in ("la", "le", "les", "l", "un", "une", "d", "de", "du", "des"):
        words = words[1:]
    return " ".join(words)


def names_of(text: str, found: Sequence[Word], title: str) -> list[Proper]:
    """Return where ``text`` holds the words of ``title``, the first with its capital."""
    spelling = tuple(bare(title).split(" "))
    spans = {(start, end) for start, end, _ in occurrences(text, found, [spelling])}
    return [
        Proper(start, end, bisect_left(found, (start,)), bisect_left(found, (end,)))
        for start, end in sorted(spans)
    ]


def occurrences(
    text: str, found: Sequence[Word], spellings: Iterable[tuple[str, ...]]
) -> Iterator[tuple[int, int, tuple[str, ...]]]:
    """Yield every place where one of ``spellings`` (folded words) stands as a name, with its capital."""
    by_first: dict[str, list[tuple[str, ...]]] = {}
    for spelling in spellings:
        by_first.setdefault(spelling[0], []).append(spelling)
    capital = by_capital(text)
    for index in sorted(place for first in by_first for place in capital.get(first, ())):
        for spelling in by_first[found[index].folded]:
            last = index + len(spelling)
            if tuple(w.folded for w in found[index:last]) != spelling or not _stands_alone(
                text, found, index, last
            ):
                continue
            yield _with_article(found, index), found[last - 1].end, spelling


def _stands_alone(text: str, found: Sequence[Word], index: int, last: int) -> bool:
    """Tell whether the words are on one line and no part of a longer name or an address."""
    end = found[last - 1].end
    if "\n" in text[found[index].start : end] or text[end : end + 1] in ("@", "_"):
        return False
    after = found[last] if last < len(found) else None
    if after and after.glued and after.capital and after.folded not in FORMS and after.folded not in FUNCTION:
        return False
    before = found[index - 1] if index else None
    if last - index > 1 or before is None or not found[index].glued or not before.capital:
        return True
    return before.folded in FORMS or before.folded in FUNCTION


def _with_article(found: Sequence[Word], index: int) -> int:
    """Return where the name begins when a capital article before it belongs to it: « La Patelle »."""
    before = found[index - 1] if index else None
    if before and found[index].glued and before.capital and before.folded in ("la", "le", "les", "l"):
        return before.start
    return found[index].start
