"""Does a text hold any of these words? All are looked for at once, in a tenth of the time of an expression.

Rules ask it before they try an expression that can match only where one of its words stands.
"""

from collections.abc import Iterable, Iterator

import ahocorasick


class Signs:
    """Words, none of them an expression, that are looked for in texts as they are written."""

    def __init__(self, words: Iterable[str]) -> None:
        """Make the search automaton."""
        self._automaton = ahocorasick.Automaton()
        for word in words:
            self._automaton.add_word(word, len(word))
        self._automaton.make_automaton()

    def are_in(self, text: str) -> bool:
        """Say whether the text holds any of the words, be it inside another one.

        >>> Signs(("hier", "demain")).are_in("le cahier"), Signs(("hier", "demain")).are_in("le carnet")
        (True, False)
        """
        return next(self._automaton.iter(text), None) is not None

    def places(self, text: str, start: int = 0, end: int | None = None) -> Iterator[tuple[int, int]]:
        """Yield where each of the words begins and ends in a part of the text, in the order of their ends.

        >>> list(Signs(("mai", "mais")).places("du mais en mai"))
        [(3, 6), (3, 7), (11, 14)]
        """
        until = len(text) if end is None else min(end, len(text))  # it would read on beyond the text
        for last, length in self._automaton.iter(text, start, until):
            yield last - length + 1, last + 1
