"""How many a year? Counts as bars that need neither script nor picture."""

from collections.abc import Mapping
from typing import NamedTuple

_LONGEST_GAP = 60  # years; beyond it a date is wrong, and the years between would fill the page


class Year(NamedTuple):
    """One year, its number of articles, and the length of its bar in hundredths of the longest."""

    year: int
    articles: int
    width: int


def bars(counts: Mapping[int, int]) -> list[Year]:
    """Return every year from the first to the last, those without any too; a bar is never invisible.

    >>> bars({2018: 1, 2020: 200})
    [Year(year=2018, articles=1, width=1), Year(year=2019, articles=0, width=0), Year(year=2020, articles=200, width=100)]
    >>> bars({})
    []
    """  # noqa: E501
    if not counts:
        return []
    first, last, most = min(counts), max(counts), max(counts.values())
    shown = range(first, last + 1) if last - first <= _LONGEST_GAP else sorted(counts)
    return [Year(year, counts.get(year, 0), _width(counts.get(year, 0), most)) for year in shown]


def _width(count: int, most: int) -> int:
    return max(1, round(100 * count / most)) if count else 0
