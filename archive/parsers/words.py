"""Which words does a text have, and where? Shared ground of the rules that look for names and places."""

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import accumulate, repeat
from typing import NamedTuple

from archive.gazetteer import fold

_WORD = re.compile(r"([^\W_]+)")
_SENTENCE_END = re.compile(r"[.!?…\n](?:(?<=\n)|\s)")  # one set of signs: they are found at once
# What may stand between the words of one name: a space, a hyphen or an apostrophe, alone.
_GLUE = frozenset(" -'’‘\u00a0\u2010\u2011\u202f")

folded = lru_cache(maxsize=1 << 16)(fold)


class Word(NamedTuple):
    """A run of letters and digits at ``text[start:end]``; ``glued`` when only a space, hyphen or apostrophe
    parts it from the word before; ``capital`` when it begins with a capital letter."""

    start: int
    end: int
    folded: str
    capital: bool
    glued: bool


# Departments and co-ops are looked for in the same passages, one after the other.
@lru_cache(maxsize=8)
def words(text: str) -> tuple[Word, ...]:
    """Return the words of ``text`` in order.

    >>> [(w.folded, w.capital, w.glued) for w in words("À St-Ouen, l’été")][2:]
    [('ouen', True, True), ('l', False, False), ('ete', False, True)]
    """
    parts = _WORD.split(text)  # what parts the words, and the words, in turns
    ends = list(accumulate(map(len, parts)))
    surfaces = parts[1::2]
    glued = map(_GLUE.__contains__, ("", *parts[2::2]))
    capitals = [surface[0].isupper() for surface in surfaces]
    rows = zip(ends[0::2], ends[1::2], map(folded, surfaces), capitals, glued, strict=False)
    # What ``Word._make`` does, without its check of the length.
    return tuple(map(tuple.__new__, repeat(Word), rows))


@lru_cache(maxsize=8)
def sentence_ends(text: str) -> tuple[list[int], list[int]]:
    """Return where the ends of the sentences and lines of ``text`` begin, and where the next may begin.

    >>> sentence_ends("Oui. Non !")
    ([3], [5])
    """
    spans = [match.span() for match in _SENTENCE_END.finditer(text)]
    return [begin for begin, _ in spans], [end for _, end in spans]


def span(found: Sequence[Word], first: int, longest: int) -> int:
    """Return how many words from ``first`` on, at most ``longest``, are glued into what may be one name."""
    last = first + 1
    while last < len(found) and last - first < longest and found[last].glued:
        last += 1
    return last - first


def word_set(listed: str, separator: str | None = None) -> frozenset[str]:
    """Return the words of a list kept as text; with a ``separator``, names of several words.

    >>> sorted(word_set("le la")), sorted(word_set("le port, la roche", ","))
    (['la', 'le'], ['la roche', 'le port'])
    """
    return frozenset(" ".join(name.split()) for name in listed.split(separator))
