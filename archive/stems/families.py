"""Which words belong together, which only look alike? What ``families.toml`` says, ready to be looked up."""

import unicodedata
from collections.abc import Callable, Iterable
from functools import cache
from typing import NamedTuple

from archive.stems import endings
from archive.stems.lists import FAMILIES, WORDS

# What a regular verb becomes; « livrer* » in a family stands for these as well.
_CONJUGATION = WORDS["conjugation"]
# No stem of Snowball's ends so: a family's own key is never taken for one.
_MARK = "0"


class _Families(NamedTuple):
    """The keys of folded words (``exact``) and of words told by their accents alone (``senses``).

    ``named`` are the words that the file names, whose stems carry the key as well; ``accents`` has the
    accented word that a plain spelling may stand for.
    """

    exact: dict[str, str]
    named: frozenset[str]
    senses: dict[str, str]
    accents: dict[str, str]


def of(plain: str, ruled: Callable[[str], str]) -> str:
    """Return the key of the family of a folded word, or what the rules make of it."""
    lists = _lists()
    for form in (plain, _singular(plain), endings.before(plain), *_masculines(_singular(plain))):
        if form in lists.exact:
            return lists.exact[form]
    found = ruled(plain)
    return _roots(ruled).get(found, found)


def sense(word: str, shouted: bool) -> str | None:
    """Return the key of a word that only its accents tell from another; unaccented capitals mean it too."""
    lists = _lists()
    known = lists.accents if shouted else lists.senses
    return known.get(word) or known.get(_singular(word))


def accented(plain: str) -> tuple[str, ...]:
    """Return the key of the accented word that a spelling without accents may stand for, if there is one."""
    lists = _lists()
    found = lists.accents.get(plain) or lists.accents.get(_singular(plain))
    return (found,) if found else ()


def initials(stems: Iterable[str]) -> frozenset[str]:
    """Return the first letters, folded, that a word of one of these stems can have.

    The rules change endings alone; only a family may hold words that begin otherwise than its key.

    >>> sorted(initials(["cooperer0", "scop"]))
    ['c', 's']
    """
    known = _initials()
    return frozenset().union(*({stem[:1]} | known.get(stem, set()) for stem in stems))


@cache
def _initials() -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for word, key in _lists().exact.items():
        found.setdefault(key, set()).add(word[:1])
    return found


@cache
def _lists() -> _Families:
    exact: dict[str, str] = {}
    for line in (*FAMILIES["apart"], *FAMILIES["together"]):
        words = line.split()
        for word in words:  # what a family names outright goes before what a verb becomes
            exact.setdefault(_plain(word), _key(words[0]))
    named = frozenset(exact)
    for line in (*FAMILIES["apart"], *FAMILIES["together"]):
        words = line.split()
        for form in (form for word in words for form in _forms(word)):
            exact.setdefault(_plain(form), _key(words[0]))
    senses = {form: f"{_plain(word)}1" for word in FAMILIES["senses"] for form in (word, f"{word}s")}
    return _Families(exact, named, senses, {_plain(word): key for word, key in senses.items()})


@cache
def _roots(ruled: Callable[[str], str]) -> dict[str, str]:
    """Return the families by the stems of their words; a stem that two of them share belongs to neither."""
    lists = _lists()
    found: dict[str, set[str]] = {}
    for word in lists.named:
        found.setdefault(ruled(word), set()).add(lists.exact[word])
    return {stem: min(keys) for stem, keys in found.items() if len(keys) == 1}


def _masculines(plain: str) -> list[str]:
    """Return what a word may be the feminine of, as far as one letter tells."""
    return [plain[:-1]] if len(plain) > 4 and plain.endswith("e") else []


def _forms(word: str) -> list[str]:
    if not word.endswith("*"):
        return [word]
    return [word[:-1], *(word[:-3] + ending for ending in _CONJUGATION)]


def _key(word: str) -> str:
    return _plain(word.rstrip("*")) + _MARK


def _singular(word: str) -> str:
    return word[:-1] if len(word) > 3 and word[-1] in "sx" else word


def _plain(word: str) -> str:
    plain = word.rstrip("*").casefold().replace("œ", "oe").replace("æ", "ae")
    return "".join(c for c in unicodedata.normalize("NFKD", plain) if not unicodedata.combining(c))
