"""Where does an article stand when articles are put in order of their dates? A number, the latest highest.

The index of stems knows articles by their places: read from the end it gives the latest first and can stop
early, and a span of dates is a span of places. Articles without a date stand below zero.
"""

import re
from typing import Final

_DATE: Final = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?")
BITS: Final = 24
"""So many bits of an article's id tell apart the articles of one day."""

_WITHIN_A_DAY: Final = (1 << BITS) - 1
_MONTHS, _DAYS = 13, 32  # of a year and of a month, one more than there are: « 2020 » comes before January

MONTH_BITS: Final = BITS + 5
"""So many bits of a place tell apart the articles of one month."""

DAYS_OF_A_YEAR: Final = _MONTHS * _DAYS
"""By how much the numbers of days of two years differ."""

FIRST: Final = 0
"""The lowest place of an article with a date."""
LAST: Final = (1 << 63) - 1
LOWEST: Final = -(1 << 63)


def place(published: str | None, article: int) -> int:
    """Return the place of an article, unless another of the same date has it: see ``next_place``.

    >>> place("2020-05-17", 7) > place("2020-05", 7) > place("2020", 7) > place("2019-12-31", 7)
    True
    >>> place(None, 7) < 0, place("demain", 7) < 0
    (True, True)
    """
    days = day_number(published) if published else None
    return -1 - article if days is None else days << BITS | article & _WITHIN_A_DAY


def next_place(taken: int) -> int:
    """Return the place to try when one is taken by another article of the same date."""
    return taken & ~_WITHIN_A_DAY | (taken + 1) & _WITHIN_A_DAY


def day_number(date: str) -> int | None:
    """Return a number that orders dates as their texts do, ``None`` for a text that is no date.

    >>> day_number("2020-02") - day_number("2020-01"), day_number("2021") - day_number("2020")
    (32, 416)
    """
    found = _DATE.fullmatch(date)
    if found is None:
        return None
    year, month, day = (int(part or 0) for part in found.groups())
    return (year * _MONTHS + month) * _DAYS + day if month < _MONTHS and day < _DAYS else None


def month(number: int) -> str:
    """Return the month (or the year alone) of a number: a place less its lowest ``MONTH_BITS`` bits.

    >>> month(place("2020-05-17", 7) >> MONTH_BITS), month(place("2020", 7) >> MONTH_BITS)
    ('2020-05', '2020')
    """
    year, month = divmod(number, _MONTHS)
    return f"{year:04d}-{month:02d}" if month else f"{year:04d}"


def from_date(date: str) -> int:
    """Return the lowest place of an article of a date (a year, a month, a day) or a later one.

    >>> place("2020-01-01", 5) >= from_date("2020-01") > place("2020", 5)
    True
    """
    return (day_number(date) or 0) << BITS


def past_date(date: str) -> int:
    """Return the lowest place of an article of a later date than any within ``date``.

    >>> place("2020-12-31", 5) < past_date("2020") <= place("2021", 5)
    True
    """
    length = {4: DAYS_OF_A_YEAR, 7: _DAYS}.get(len(date), 1)
    return (day_number(date) or 0) + length << BITS
