"""Which lines of a text fit an expression? Tried where a line begins, not at every character."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache


@lru_cache(maxsize=8)
def line_starts(text: str) -> Sequence[int]:
    """Return where the lines of ``text`` begin.

    >>> line_starts("Alma\\nBrio")
    [0, 5]
    """
    starts = [0]
    while (end := text.find("\n", starts[-1])) >= 0:
        starts.append(end + 1)
    return starts


def line_matches(pattern: re.Pattern[str], text: str) -> Iterator[re.Match[str]]:
    """Yield the matches that begin a line, none over another; a match may run on over several lines."""
    end = 0
    for start in line_starts(text):
        if start >= end and (match := pattern.match(text, start)):
            end = match.end()
            yield match
