"""Does a source still bring as many new articles as it used to?"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import median

# Lengths of the windows that are compared (days): the shortest in which the source usually has enough.
_WINDOWS = (14, 30, 90)
_ENOUGH = 10
# How many windows of each length to look back, and how many must be left to say what is usual.
_MOST_PAST = 26
_LEAST_PAST = 3
_LOW = 0.25
_CHANCE = 1e-4
_YEAR = 364
# When France is on holiday, as (month, day) from and to: the quiet weeks of a source's first year.
_HOLIDAYS = (((7, 10), (9, 1)), ((12, 20), (12, 31)), ((1, 1), (1, 6)))


@dataclass(frozen=True, slots=True)
class Slump:
    """``found`` articles in the last ``days`` days where ``usual`` is the median; since when it is so low."""

    found: int
    usual: float
    days: int
    since: date


def slump(appeared: Sequence[date], last_look: date) -> Slump | None:
    """Return how far new articles fell behind the usual number, or ``None``.

    ``appeared`` are the days on which articles came out, ``last_look`` the day on which the source was last
    asked. A source that is as quiet at this time every year has not broken, nor one whose first summer it is.
    """
    days_old = sorted(age for day in appeared if (age := (last_look - day).days) >= 0)
    for length in _WINDOWS:
        counts = _counts(days_old, length)
        usual = median(counts[1:]) if len(counts) > _LEAST_PAST else 0
        if usual >= _ENOUGH:
            return _judged(counts, usual, length, days_old[0], last_look)
    return None


def _judged(counts: list[int], usual: float, length: int, youngest: int, last_look: date) -> Slump | None:
    low = 0
    while low < len(counts) and counts[low] <= usual * _LOW:
        low += 1
    before = counts[low:]
    if low == 0 or len(before) < _LEAST_PAST or _chance(counts[0], usual) >= _CHANCE:
        return None
    a_year_ago = counts[_YEAR // length :][:1]
    if a_year_ago[0] <= usual / 2 if a_year_ago else _touches_holidays(last_look, length):
        return None
    age = youngest if counts[0] == 0 else low * length
    return Slump(counts[0], usual, length, last_look - timedelta(days=age))


def _touches_holidays(last: date, days: int) -> bool:
    """Say whether the ``days`` up to ``last`` hold a day of the long holidays."""
    window = (last - timedelta(days=age) for age in range(days))
    return any(first <= (day.month, day.day) <= end for day in window for first, end in _HOLIDAYS)


def _counts(days_old: list[int], length: int) -> list[int]:
    """Return the number of articles in each whole window, the newest first."""
    if not days_old:
        return []
    counts = [0] * min(days_old[-1] // length, _MOST_PAST + 1)
    for age in days_old:
        if age // length < len(counts):
            counts[age // length] += 1
    return counts


def _chance(found: int, usual: float) -> float:
    """Return how likely at most ``found`` are where ``usual`` are expected (Poisson)."""
    return math.fsum(math.exp(k * math.log(usual) - usual - math.lgamma(k + 1)) for k in range(found + 1))
