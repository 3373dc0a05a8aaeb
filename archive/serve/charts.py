"""How are counts drawn? Bars over time and a map of departments, as numbers for the templates."""

import re
from collections.abc import Mapping
from typing import Final, NamedTuple

from archive.serve import french

_MOST_BARS: Final = 150  # months; beyond, a bar stands for a year
_LEVELS: Final = 5
_PERIOD: Final = re.compile(r"\d{4}(?:-(?:0[1-9]|1[0-2]))?")
_MOST_TICKS: Final = 6  # years written under the bars; more would not fit a telephone
_NEAR_PARIS: Final = frozenset({"75", "92", "93", "94"})

# Territories that the map has no outline of.
_FAR: Final = ("975", "977", "978", "984", "986", "987", "988", "989")


class Bar(NamedTuple):
    """One month or year: its ISO name, its French one, its count, place and height (both of 100)."""

    period: str
    name: str
    articles: int
    x: float
    width: float
    height: float


class Tick(NamedTuple):
    """What is written under the bars, at ``x`` of 100; ``anchor`` is its ``text-anchor``."""

    x: float
    text: str
    anchor: str


class Chart(NamedTuple):
    """Bars without a gap from the first to the last, the largest count, and what a bar stands for."""

    bars: list[Bar]
    most: int
    unit: str
    ticks: list[Tick]


class Area(NamedTuple):
    """One department on the map: ``level`` from 0 to 5; x and y of its ``square``, if it has no outline.

    ``enlarged``: it is shown a second time, in the inset of Paris and the departments around it.
    """

    code: str
    name: str
    articles: int
    level: int
    square: tuple[int, int] | None
    enlarged: bool


def over_time(months: Mapping[str, int]) -> Chart:
    """Return the bars for counts by month; what has only its year makes the chart one of years.

    >>> [(bar.period, bar.articles) for bar in over_time({"2020-01": 2, "2020-03": 4, "": 1}).bars]
    [('2020-01', 2), ('2020-02', 0), ('2020-03', 4)]
    >>> over_time({"2020-01": 2, "2021": 4}).unit
    'année'
    >>> over_time({}).bars
    []
    """
    dated = {month: articles for month, articles in months.items() if _is_period(month)}
    if not dated:
        return Chart([], 0, "mois", [])
    by_year = any(len(month) == 4 for month in dated) or _months(min(dated), max(dated)) > _MOST_BARS
    counts: dict[str, int] = {}
    for month, articles in dated.items():
        counts[month[:4] if by_year else month] = counts.get(month[:4] if by_year else month, 0) + articles
    names = _between(min(counts), max(counts))
    if len(names) > _MOST_BARS:  # a date is wrong, and the years between would fill the page
        names = sorted(counts)
    most, width = max(counts.values()), 100 / len(names)
    bars = [
        Bar(
            name,
            french.date(name),
            counts.get(name, 0),
            round(number * width, 3),
            round(width * 0.86, 3),
            _height(counts.get(name, 0), most),
        )
        for number, name in enumerate(names)
    ]
    return Chart(bars, most, "année" if by_year else "mois", _ticks(bars))


def by_department(counts: Mapping[str, int], names: Mapping[str, str]) -> list[Area]:
    """Return every department of ``names`` with its count and level, in order of codes.

    The far territories are there only when an article speaks of them, as squares under the map.
    """
    far = [code for code in _FAR if counts.get(code)]
    squares = {code: (4 + 42 * at, 700) for at, code in enumerate(far)}
    levels = _levels(counts)
    return [
        Area(
            code,
            names[code],
            counts.get(code, 0),
            levels[counts.get(code, 0)],
            squares.get(code),
            code in _NEAR_PARIS,
        )
        for code in sorted(names)
        if code not in _FAR or code in far
    ]


def _ticks(bars: list[Bar]) -> list[Tick]:
    """Return the years under the bars, each where it begins, or the two ends where none does."""
    years = [at for at, bar in enumerate(bars) if bar.period[4:] in {"", "-01"}]
    step = -(-len(years) // _MOST_TICKS) or 1
    if len(years) > 1:
        half = bars[0].width / 0.86 / 2 if len(bars[0].period) == 4 else 0
        return [
            Tick(round(x, 2), bars[at].period[:4], "start" if x < 3 else "end" if x > 97 else "middle")
            for at in years[::step]
            for x in [bars[at].x + half]
        ]
    ends = [Tick(0, bars[0].name, "start")]
    return [*ends, Tick(100, bars[-1].name, "end")] if len(bars) > 1 else ends


def _levels(counts: Mapping[str, int]) -> dict[int, int]:
    """Return the level of each count: each level holds as many different counts as the next."""
    found = sorted({count for count in counts.values() if count})
    return {0: 0} | {count: -(-_LEVELS * at // len(found)) for at, count in enumerate(found, 1)}


def _height(count: int, most: int) -> float:
    return max(1.5, round(100 * count / most, 2)) if count else 0


def _is_period(text: str) -> bool:
    return _PERIOD.fullmatch(text) is not None


def _months(first: str, last: str) -> int:
    return (int(last[:4]) - int(first[:4])) * 12 + int(last[5:7] or 1) - int(first[5:7] or 1) + 1


def _between(first: str, last: str) -> list[str]:
    if len(first) == 4:
        return [str(year) for year in range(int(first), int(last) + 1)]
    start = int(first[:4]) * 12 + int(first[5:7]) - 1
    months = range(start, start + _months(first, last))
    return [f"{month // 12}-{month % 12 + 1:02d}" for month in months]
