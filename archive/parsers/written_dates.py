"""Which dates are written in this text, and how exactly? Nothing is completed from today."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Final

from archive.memory import lifted
from archive.models import Precision
from archive.parsers.calendar_words import MONTH, MONTHS, SEASONS, WEEKDAY, WEEKDAYS, fold, months_in

# The web's first pages; older days are written about.
EARLIEST_YEAR: Final = 1990
_OLDEST_YEAR: Final = 1900
LATEST_YEAR: Final = 2099


@dataclass(frozen=True, slots=True)
class WrittenDate:
    """A date as it is written. ``None`` means that the words leave it out; Monday is 0.

    ``start`` and ``end`` are offsets in the text read, the time of day included.
    """

    start: int
    end: int
    year: int | None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None
    time: str | None = None

    @property
    def precision(self) -> Precision:
        """Tell how much of the date is written."""
        return "day" if self.day else "month" if self.month else "year"

    @property
    def value(self) -> str:
        """Return ISO text: ``2018-09-20``, ``2018-09`` or ``2018``; the year must be known."""
        parts = [f"{self.year:04d}", *(f"{part:02d}" for part in (self.month, self.day) if part)]
        return "-".join(parts)

    def as_day(self) -> date | None:
        """Return the day, ``None`` if the date is partial or does not exist."""
        if not (self.year and self.month and self.day):
            return None
        try:
            return date(self.year, self.month, self.day)
        except ValueError:
            return None


_ORDINAL: Final = r"(?:\s?(?:er|re|st|nd|rd|th|\.|o)(?![^\W\d_]))?"
_YEAR: Final = r"(?P<year>(?:19|20)\d\d)(?!\d)"
_DAY: Final = rf"(?P<weekday>{WEEKDAY})?[.,]?\s{{0,3}}(?<![\d])(?P<day>\d{{1,2}}){_ORDINAL}"
# « , », « de » and « of » may stand between month and year; ten blanks are more than any template leaves.
_GAP: Final = r"[\s.,]{0,10}(?:(?:de|del|of)\s)?"

# « 7 février 2012 », « 1er décembre 2023 », « 3rd of May, 2016 », « 7. Mai 2016 », « 13-May-2014 ».
_DAY_FIRST: Final = re.compile(rf"{_DAY}[\s-]{{0,10}}(?:(?:de|of)\s)?(?P<month>{MONTH}){_GAP}-?{_YEAR}")
# « May 7th, 2016 »
_MONTH_FIRST: Final = re.compile(
    rf"(?:(?P<weekday>{WEEKDAY})[.,]?\s{{1,3}})?(?<![^\W\d_])(?P<month>{MONTH})[\s.]{{1,10}}(?P<day>\d{{1,2}}){_ORDINAL}"
    rf"[\s,]{{1,10}}{_YEAR}"
)
# « 2019-01-31 », « 2019/1/31 », « 2019年1月31日 »; not in a longer number or path of numbers.
_YEAR_FIRST: Final = re.compile(
    r"(?<![\d.-])(?P<year>(?:19|20)\d\d)(?:[-/]|\.\s?|\s?年\s?)(?P<month>\d{1,2})(?:[-/]|\.\s?|\s?月\s?)(?P<day>\d{1,2})(?!\d|[./-]\d)"
)
# « 31/01/2019 », « 14.09.2020 », « 02/11/23 »; not telephone or version numbers, which go on.
_NUMBERS: Final = re.compile(
    rf"(?:(?P<weekday>{WEEKDAY})[.,]?\s{{1,3}})?(?<![\d.,/-])(?P<day>\d{{1,2}})\s?(?P<mark>[./|-])\s?(?P<month>\d{{1,2}})\s?(?P=mark)\s?"
    r"(?P<year>(?:19|20)\d\d|\d\d)(?!\d|[./-]\d|,\d)"
)
# « 20 09 2018 »: only with two digits each, and not inside a telephone number.
_SPACED: Final = re.compile(
    r"(?<!\d)(?<!\d[\s.])(?P<day>\d\d)\s{1,3}(?P<month>\d\d)\s{1,3}(?P<year>(?:19|20)\d\d)(?!\s?\d)"
)
_MONTH_YEAR: Final = re.compile(rf"(?<![^\W\d_])(?P<month>{MONTH}){_GAP}{_YEAR}")
# « Toussaint 2020, le 1er novembre »
_YEAR_BEFORE: Final = re.compile(
    rf"(?<![\d/.-]){_YEAR},\sle\s(?:(?P<weekday>{WEEKDAY})\s)?(?P<day>\d{{1,2}})(?:er)?\s(?P<month>{MONTH})(?![^\W\d_])(?!\.?\s\d)"
)
_SEASON: Final = re.compile(rf"(?<![^\W\d_]){SEASONS}\s{{1,3}}{_YEAR}")
_YEARLESS: Final = re.compile(rf"{_DAY}\s{{1,10}}(?P<month>{MONTH})(?!\.?\s?\d\d\d\d(?!\d))")
# « vendredi 12/04 », « le 12/04 à 20h »: two numbers are a day only after a weekday or with an hour.
_YEARLESS_NUMBERS: Final = re.compile(
    rf"(?:(?P<weekday>{WEEKDAY})\s{{1,3}}|"
    r"(?<=\ble )(?=\d{1,2}/\d{1,2},?\s(?:(?:a|des|vers)\s)?\d{1,2}\s?h)|(?<=jusqu'au )|(?<=\bavant le ))"
    r"(?P<day>\d{1,2})/(?P<month>\d{1,2})(?![\d/.-])"
)

# What each form holds for certain. Searching for that first, and for the form around it alone, is quicker.
_DIGITS: Final = re.compile(r"\d+")
_NUMBERS_ALONE: Final = re.compile(r"\d(?:\s?[./|-]\s?\d{1,2}\s?[./|-]|/\d|\s{1,3}\d\d\s|\s?年)")
_YEAR_ALONE: Final = re.compile(r"\s(?:19|20)\d\d(?!\d)")
_Sign = Callable[[str, int, int], list[int]]


def _starts(pattern: re.Pattern[str]) -> _Sign:
    """Return what gives the places where a pattern is found in a part of a text."""
    return lambda text, start, end: [match.start() for match in pattern.finditer(text, start, end)]


_numbers, _years = _starts(_NUMBERS_ALONE), _starts(_YEAR_ALONE)
_FORMS: Final[tuple[tuple[_Sign, re.Pattern[str]], ...]] = (
    (months_in, _DAY_FIRST),
    (months_in, _MONTH_FIRST),
    (_numbers, _YEAR_FIRST),
    (_numbers, _NUMBERS),
    (_numbers, _SPACED),
    (months_in, _YEAR_BEFORE),
    (months_in, _MONTH_YEAR),
    (_years, _SEASON),
    (months_in, _YEARLESS),
    (_numbers, _YEARLESS_NUMBERS),
)
_NUMBERING: Final = ("n°", "n° ", "no ", "numero ")
_LAST_DAY: Final = 31
# Characters on both sides of where it begins: more than any form has.
_AROUND: Final = 80

# « prochain à 9h », « à 11h46 », « - 17:32 », « , 18 h », « à 15 heures », « at 5:32 PM »; « , 3 heures »
# alone is a duration.
_TIME: Final = re.compile(
    r"(?:\s(?:prochain|dernier))?[\s,|·–-]{0,4}"
    r"(?:(?:(?P<at>a partir de|a|at|um|de|des|vers)\s{1,3}|t|\()\s?)?(?P<hour>\d{1,2})"
    r"\s?(?:h(?![^\W\d_])|:(?=\d)|(?(at)heures?(?![^\W\d_])|(?!)))(?:\s?(?P<minute>[0-5]\d)(?!\d))?"
    r"(?::\d\d)?(?:\s?(?P<half>[ap])\.?m(?![^\W\d_]))?"
)


def written(text: str, month_first: bool = False) -> list[WrittenDate]:
    """Return the dates written in the text, in order, none overlapping another.

    ``month_first`` reads « 05/03/2019 » the American way. Days that do not exist are left out.

    >>> [found.value for found in written("Publié le 1er févr. 2024 à 9h30, modifié le 14.08.2024")]
    ['2024-02-01', '2024-08-14']
    >>> written("au numéro 02.40.12.05.19")
    []
    """
    return list(_written(text, month_first))


# The lines of a page are looked at by one rule after the other, its text for days and for a programme.
@lru_cache(maxsize=256)
def _written(text: str, month_first: bool) -> tuple[WrittenDate, ...]:
    folded = fold(text)
    found: list[WrittenDate] = []
    taken = bytearray(len(folded))
    for match in _matches(folded, taken):
        start, end = match.span()
        if any(taken[start:end]):
            continue
        if _is_of_issue(match, folded):
            continue
        # « 30 février 2019 » is refused as a whole: no « février 2019 » is left of it.
        taken[start:end] = b"\1" * (end - start)
        if (one := _read(match, month_first)) is not None:
            found.append(_with_time(one, folded))
    return tuple(sorted(found, key=lambda one: one.start))


def _is_of_issue(match: re.Match[str], folded: str) -> bool:
    """Tell whether what looks like a day is the number of an issue: « n° 12 - mars 2004 »."""
    if match.re is not _DAY_FIRST:
        return False
    start = match.start("day")
    return int(match["day"]) > _LAST_DAY or folded[max(0, start - 7) : start].endswith(_NUMBERING)


def _matches(folded: str, taken: bytearray) -> Iterator[re.Match[str]]:
    """Yield what looks like a date, the fullest forms first; only the surroundings of digits are searched.

    ``taken`` marks the characters of the dates found so far, by which no other form needs to be tried.
    """
    near_digits = _around([match.start() for match in _DIGITS.finditer(folded)], taken)
    places = {
        sign: [place for start, end in near_digits for place in sign(folded, start, end)]
        for sign in (months_in, _numbers, _years)
    }
    for sign, form in _FORMS:
        for start, end in _around(places[sign], taken) if places[sign] else ():
            yield from form.finditer(folded, start, end)


def _around(places: list[int], taken: bytearray) -> list[tuple[int, int]]:
    """Return the ranges around the places that are in no date yet, those that meet as one."""
    ranges: list[tuple[int, int]] = []
    first = last = -1
    for place in places:
        if taken[place]:
            continue
        if place - _AROUND > last:
            if last >= 0:
                ranges.append((first, last))
            first = max(0, place - _AROUND)
        last = place + _AROUND
    return [*ranges, (first, last)] if last >= 0 else ranges


def _read(match: re.Match[str], month_first: bool) -> WrittenDate | None:
    parts = match.groupdict()
    year, month, day = _year(parts.get("year")), _month(parts.get("month")), _number(parts.get("day"))
    if parts.get("mark") and day and month and day != month and (month > 12 or (month_first and day <= 12)):
        day, month = month, day
    if month is not None and month > 12:
        return None
    if parts.get("mark") == "." and len(parts["year"]) == 2 and len(parts["day"] + parts["month"]) < 4:
        return None  # « 1.2.10 » is a version
    if year is not None and not _OLDEST_YEAR <= year <= LATEST_YEAR:
        return None
    if day is not None and not _exists(year, month, day):
        return None
    weekday = parts.get("weekday")
    start = match.start() + len(match.group()) - len(match.group().lstrip(" .,-"))
    return WrittenDate(start, match.end(), year, month, day, WEEKDAYS[weekday] if weekday else None)


def _exists(year: int | None, month: int | None, day: int) -> bool:
    try:
        date(year or 2000, month or 1, day)  # 2000 had a 29 February
    except ValueError:
        return False
    return True


def _number(digits: str | None) -> int | None:
    return int(digits) if digits else None


def _month(word: str | None) -> int | None:
    if word is None:
        return None
    return int(word) if word.isdigit() else MONTHS[word]


def _year(digits: str | None) -> int | None:
    """Read a year; two digits are of this century, except the nineties."""
    if digits is None:
        return None
    if len(digits) == 4:
        return int(digits)
    return int(digits) + (1900 if int(digits) >= 90 else 2000)


def _with_time(found: WrittenDate, folded: str) -> WrittenDate:
    match = _TIME.match(folded, found.end)
    if match is None or found.day is None:
        return found
    hour, minute = int(match["hour"]), int(match["minute"] or 0)
    if match["half"]:
        hour = hour % 12 + (12 if match["half"] == "p" else 0)
    if hour > 23:
        return found
    return replace(found, end=match.end(), time=f"{hour:02d}:{minute:02d}")


# --- resolved against a day ------------------------------------------------------------------

# What can be counted back to a day; months and years ago are too vague.
_COUNTED: Final = re.compile(
    r"(?<![^\W\d_])(?:"
    r"il y a\s{1,3}(?:environ\s)?(?:\d{1,3}|une?|deux|trois|quatre|cinq|six)\s{1,3}"
    r"(?:(?:minute|heure|jour|semaine)s?|mi?n|h|j|sem\.?)"
    r"|(?:\d{1,3}|an?)\s(?:minute|hour|day|week)s?\sago"
    r"|avant-hier|hier|aujourd'hui|yesterday|today)(?![^\W\d_])"
)


# « il y a 7 j »
_UNITS: Final = {"min": " minutes", "mn": " minutes", "h": " heures", "j": " jours", "sem": " semaines"}
_SHORT_UNIT: Final = re.compile(r"(?<=\d)\s{0,3}(min|mn|h|j|sem)\.?$")


def relative(text: str, seen: datetime) -> WrittenDate | None:
    """Return the first « il y a 3 jours » or « hier » of the text, counted back from ``seen``, in Paris time.

    Months and years ago are too vague to give a day and are not read.

    >>> relative("Posté il y a 2 semaines", datetime(2023, 2, 22, 8, 0)).value
    '2023-02-08'
    """
    match = _COUNTED.search(fold(text))
    since = _since(match.group()) if match else None
    if match is None or since is None:
        return None
    moment = seen.replace(tzinfo=None) - since
    return WrittenDate(match.start(), match.end(), moment.year, moment.month, moment.day)


# Some of these words stand on every page of a list, and the library takes a millisecond to read them.
@lru_cache(maxsize=1024)
def _since(words: str) -> timedelta | None:
    """Return how much time « il y a 3 jours » or « hier » counts back."""
    with lifted():
        import dateparser  # here: few pages need it, and it takes long to import

    base = datetime.fromisoformat("2000-01-01T12:00")
    moment = dateparser.parse(
        _SHORT_UNIT.sub(lambda unit: _UNITS[unit[1]], words),
        languages=["fr", "en"],
        settings={"RELATIVE_BASE": base, "RETURN_AS_TIMEZONE_AWARE": False},
    )
    return None if moment is None else base - moment


def nearest(found: WrittenDate, base: date, latest: date | None = None, back: int = 1) -> WrittenDate | None:
    """Give a yearless day the year that brings it nearest to ``base``, not after ``latest``.

    A weekday decides first: « mercredi 21 novembre » near 2018-09-20 is in 2018 because that was a Wednesday.
    Years from ``back`` before the base to the next one are tried; ``None`` when none of them fits.

    >>> nearest(written("mercredi 21 novembre")[0], date(2019, 1, 31)).value
    '2018-11-21'
    """
    years = [replace(found, year=year) for year in range(base.year - back, base.year + 2)]
    candidates = [(one, day) for one in years if (day := one.as_day()) and (latest is None or day <= latest)]
    if found.weekday is not None:
        right = [(one, day) for one, day in candidates if day.weekday() == found.weekday]
        candidates = right or candidates
    if not candidates:
        return None
    return min(candidates, key=lambda candidate: abs((candidate[1] - base).days))[0]
