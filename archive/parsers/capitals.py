"""Which words of a text may begin a name? Those with a capital and the numbers, looked for once a text."""

from collections.abc import Mapping, Sequence
from functools import lru_cache

from archive.parsers.words import words


# Departments and co-ops are looked for in the same passages, one after the other.
@lru_cache(maxsize=8)
def capitals(text: str) -> Sequence[int]:
    """Return which of the words of ``text`` have a capital or are numbers, in order.

    >>> capitals("La Scop a 12 ans à Gap")
    [0, 1, 3, 6]
    """
    return [
        index for index, (_, _, folded, capital, _) in enumerate(words(text)) if capital or folded.isdigit()
    ]


@lru_cache(maxsize=8)
def by_capital(text: str) -> Mapping[str, Sequence[int]]:
    """Return the same by folded word.

    >>> by_capital("Gap, « Gap »")
    {'gap': [0, 1]}
    """
    found = words(text)
    places: dict[str, list[int]] = {}
    for index in capitals(text):
        places.setdefault(found[index].folded, []).append(index)
    return places
