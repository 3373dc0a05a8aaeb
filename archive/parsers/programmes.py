"""Of which year is a programme that gives none with its days? For pages without a date of publication."""

import re
from dataclasses import replace
from typing import Final

from archive.parsers.calendar_words import fold
from archive.parsers.written_dates import WrittenDate, written

# « - 12 février : Apéro partagé »: a line that opens with its day.
_OPENS_LINE: Final = re.compile(r"(?:\n|\A)[\s•*·–—-]{0,6}(?:le\s)?$")
# « En 2026, on vous propose », « Programme 2026 ». The last before the days counts.
_STATED: Final = re.compile(
    r"(?<![^\W\d_])(?:en|pour|annee|programme|agenda|saison|edition)\s(20[0-4]\d)(?!\d)"
)
_FEWEST: Final = 3


def programme(text: str, title: str | None) -> list[WrittenDate]:
    """Return the days that open the lines of a programme, in the year that the page states for it.

    Days before the turn of the year in such a list are left out, and so is a list of fewer than three days or
    without a stated year.

    >>> text = "En 2026 :\\n- 27 novembre, film\\n- 20 janvier, film\\n- 4 mars, débat\\n- 9 mars, bal"
    >>> [day.value for day in programme(text, None)]
    ['2026-01-20', '2026-03-04', '2026-03-09']
    """
    days = [day for day in written(text) if day.day and day.year is None and _opens_line(text, day)]
    for place in range(len(days) - 1, 0, -1):
        if (days[place - 1].month, days[place - 1].day) > (days[place].month, days[place].day):
            days = days[place:]
            break
    if len(days) < _FEWEST:
        return []
    stated = _STATED.findall(fold(f"{title or ''}\n{text[: days[0].start]}"))
    return [replace(day, year=int(stated[-1])) for day in days] if stated else []


def _opens_line(text: str, day: WrittenDate) -> bool:
    return _OPENS_LINE.search(text[max(0, day.start - 12) : day.start]) is not None
