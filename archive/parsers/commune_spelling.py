"""Which run of words spells the name of a commune? « au Havre », « Val de Reuil », not « au Quartier »."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from archive import gazetteer
from archive.gazetteer import Commune
from archive.parsers.capitals import capitals
from archive.parsers.words import Word, span

# A commune's name may begin so without a capital: « à la Rochelle ».
_ARTICLES = frozenset(("la", "le", "les"))
_CONTRACTED = {"au": "le ", "du": "le ", "aux": "les ", "des": "les "}
# « au Havre », « aux Herbiers »; smaller ones are mostly common nouns, « au Mas », « du Port ».
_KNOWN_CONTRACTED = 1_500
# « à la Rochelle » with a small article; a hamlet called « La Table » is not meant by « à la Table ».
_KNOWN_WITH_ARTICLE = 5_000


class Candidate(NamedTuple):
    """A name that the words ``first`` to ``after`` (exclusive) spell, and the communes that bear it."""

    name: str
    first: int
    after: int
    communes: tuple[Commune, ...]


def openings(text: str, found: Sequence[Word]) -> Iterator[int]:
    """Yield at which words a commune's name may begin: those with a capital, or « à la Rochelle »."""
    for index in capitals(text):
        before, word = found[index - 1] if index else None, found[index]
        if before and before.folded in _ARTICLES and not before.capital and _follows(word, before.folded):
            yield index - 1
        if gazetteer.longest_from(word.folded) or _article(found, index):
            yield index


def _article(found: Sequence[Word], index: int) -> str:
    """Return the article that « au » or « des » before a word stands for, with its space."""
    return _CONTRACTED.get(found[index - 1].folded, "") if index and found[index].glued else ""


def longest(found: Sequence[Word], index: int) -> Candidate:
    """Return the longest commune name at ``index``; without communes when there is none."""
    word = found[index]
    article = _article(found, index)
    for count in range(_reach(found, index, article), 0, -1):
        words = found[index : index + count]
        name = article + " ".join(w.folded for w in words)
        communes = gazetteer.communes_named(name)
        if not communes:
            continue
        # « au Quartier », « des Forges »: a commune without article never follows a contracted one.
        if article:
            named = word.capital and communes[0].population >= _KNOWN_CONTRACTED
        else:
            named = _written_as_name(words, communes)
        if named:
            return Candidate(name, index, index + count, communes)
    return Candidate("", index, index + 1, ())


def _reach(found: Sequence[Word], index: int, article: str) -> int:
    """Return how many words from ``index`` on may be one commune's name, by its first two words."""
    word = found[index]
    if article:
        first = article.strip()
        return span(found, index, gazetteer.longest_from(first)) if _follows(word, first) else 0
    if index + 1 < len(found) and _follows(found[index + 1], word.folded):
        return span(found, index, gazetteer.longest_from(word.folded))
    return 1


def _follows(word: Word, first: str) -> bool:
    return word.glued and word.folded in gazetteer.second_words(first)


def _written_as_name(words: Sequence[Word], communes: tuple[Commune, ...]) -> bool:
    """Tell whether the words have their capitals: « Val de Reuil », not « Val de reuil » or « l'Union »."""
    if len(words) == 1:
        return words[0].capital
    if not words[0].capital and (words[0].folded == "l" or communes[0].population < _KNOWN_WITH_ARTICLE):
        return False
    return words[-1].capital or any(w.capital for w in words[1:])
