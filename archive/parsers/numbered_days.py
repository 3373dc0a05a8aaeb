"""On which days, written with their number, does something happen?"""

import re
from calendar import monthrange
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

from archive.parsers.calendar_words import MONTH, WEEKDAY
from archive.parsers.sentences import is_ahead, is_future, sentence_at
from archive.parsers.written_dates import WrittenDate, nearest, written

# A date with its year further off than this is bibliography, unless a sentence tells it: « Le 7 novembre
# 2011, le patron annonce … ». Still further off it is history.
_FARTHEST: Final = timedelta(days=2 * 366)
_FARTHEST_TOLD: Final = timedelta(days=10 * 366)
_TELLS: Final = re.compile(r"(?<![^\W\d_])(?:le|ce|du|depuis le|des le)\s(?:\w{5,8}\s)?$")


@dataclass(frozen=True, slots=True)
class DayMention:
    """A day of the text, resolved: where it is written, its time and, of a span, its last moment."""

    day: date
    start: int
    end: int
    time: str | None = None
    until: str | None = None


# What makes a date another thing than a happening, in the words right before it.
_NO_HAPPENING: Final = re.compile(
    r"(?<![^\W\d_])(?:"
    r"(?:loi|decret|ordonnance|arrete|directive|reglement|circulaire|celles?|celui|code"
    r"|convention collective)"
    r"(?![^\W\d_])[^.;:!?\n]{0,60}\s(?:du|des|en date du)\s"  # « la loi n° 47-1775 du », « celle du »
    r"|(?:place|rue|avenue|boulevard|quai|square|pont|cours|allee|salle|stade|cite|lycee)\sdu\s"
    r"|(?:numero|edition|journal|couverture|magazine|hebdo|lettre|bulletin|presse|communique"
    r"|monde|figaro|parisien|humanite|liberation)\s(?:date\s)?du\s"
    r"|(?:consultee?s?|acces|photos?|prise)\s(?:le|du|:)\s"
    r"|(?:un|chaque|tous les|comme au|version du|mouture du)\s"
    r")(?:\w{5,8}\s)?$"
)
_BORN: Final = re.compile(r"(?<![^\W\d_])nee?s?\s(?:a\s[\w-]{1,30},?\s)?le\s(?:\w{5,8}\s)?$")
_FOUNDED: Final = re.compile(
    r"(?<![^\W\d_])(?:fondee?s?|creee?s?|immatriculee?s?|constituee?s?|adoptee?s?|votee?s?)\s(?:a\s[\w-]{1,30},?\s)?le\s(?:\w{5,8}\s)?$"
)
# The page's own dates when they stand in its text.
_OWN_DATE: Final = re.compile(
    r"(?<![^\W\d_])(?:publiee?s?|parution|mise? en ligne|(?<!de )postee?|mise? a jour|maj|modifiee?"
    r"|actualisee?|redigee?|ecrite?|(?<!en )date|created?"
    r"|updated|posted|published)\s*(?:(?:on|the|le|du|:|=|\")\s*)*(?:\w{5,8}\s)?$"
)
_REACH: Final = 90
_NEAR: Final = 45
# The first and the last day of one row of appointments.
_ROW: Final = timedelta(days=60)
# « 103 Scic au 30 juin 2007 »: a state of affairs, and on an undated page no happening.
_STATE: Final = re.compile(
    r"(?<![^\W\d_])(?<!jusqu')(?<!\d\s)(?<!\der\s)(?:au|fin|depuis le)\s(?:\w{5,8}\s)?$"
)

# « du 5 avril au 2 novembre 2025 » is a span.
_ENDS_IN_MONTH: Final = re.compile(rf"{MONTH}\s$")

# « les 20 et 21 juin », « du 9 au 20 décembre », « jeudi 6 et vendredi 7 juillet », « 25-26 mai »
_EARLIER_DAY: Final = re.compile(
    rf"(?:(?P<weekday>{WEEKDAY})\s)?(?<![\d.,:/-])(?P<day>\d{{1,2}})(?:er)?\s?(?P<link>,|et|au|a|-|–|&|/)\s?(?:le\s|les\s)?$"
)
# « le 9 avril à Angers, le 11 au Mans et le 18 à Laval »; « dans le 22 » is a department.
_LATER_DAY: Final = re.compile(
    r"(?:,|(?<![^\W\d_])et)\s(?:puis\s)?le\s(?P<day>\d{1,2})(?=\s(?:a|au|aux|en|dans|chez)(?![^\W\d_])|\s?[.,;)])"
    r"(?![.,]\d)"
)
_LISTED_DAY: Final = re.compile(
    r"^[ \t]{0,3}(?P<day>[0-3]\d)/(?P<month>0[1-9]|1[0-2])\s[–:-]\s(?=[^\W\d_])", re.MULTILINE
)
_SPAN_LINKS: Final = ("au", "a", "-", "–")
_SPAN: Final = re.compile(r"\s?(?:au|-|–)\s(?:le\s)?")
_SPAN_GOES_ON: Final = re.compile(r"\s?(?:au|-|–|et)\s(?:le\s)?$")
# « , de 9h à 12h » after a day; the first hour is already read.
_UNTIL: Final = re.compile(
    r"\s?(?:a|-|–|jusqu'a)\s?(?P<hour>\d{1,2})\s?(?:h(?![^\W\d_])|:(?=\d)|heures?)\s?(?P<minute>[0-5]\d)?(?!\d)"
)


def numbered_days(text: str, folded: str, base: date | None) -> Iterator[DayMention]:
    """Yield the days of a text on which something happens, resolved near ``base``.

    Days of laws, births, street names and of the page's own publication are none. Without ``base`` only days
    with their year are resolved.
    """
    found = [one for one in written(text) if one.day and _is_prose(folded, one)]
    if base is None:
        found = list(_dated_by_line(text, found))
    for number, one in enumerate(found):
        before = folded[max(0, one.start - _REACH) : one.start]
        follower = found[number + 1] if number + 1 < len(found) else None
        known = _with_year_of(one, follower, folded)
        if _is_excluded(before, known, base):
            continue
        resolved = _resolved(known, text, folded, base)
        day = resolved.as_day() if resolved else None
        if resolved is None or day is None or (base is not None and _is_far(day, base, before, folded, one)):
            continue
        yield from _earlier_days(folded, resolved, day)
        until = _last_moment(folded, one, day) or _last_day(folded, resolved, follower)
        yield DayMention(day, one.start, one.end, one.time, until)
        yield from _later_days(text, folded, one, day)


def _is_far(day: date, base: date, before: str, folded: str, one: WrittenDate) -> bool:
    """Tell whether a day is too far from the publication to be a happening that the page tells of."""
    told = _TELLS.search(before) is not None and _IN_WORDS.match(folded, one.start, one.end) is not None
    return abs(day - base) > (_FARTHEST_TOLD if told else _FARTHEST)


def _dated_by_line(text: str, found: Sequence[WrittenDate]) -> Iterator[WrittenDate]:
    """Yield the days of an undated page, those without a year in that of the day before on their line.

    So are those of a row of days that ends with its year: « le 23 janvier à Apt et le 5 février 2022 à Gap ».
    """
    told: WrittenDate | None = None
    for number, one in enumerate(found):
        if one.year is not None:
            told = one
        elif told is not None and "\n" not in text[told.end : one.start] and (day := told.as_day()):
            one = nearest(one, day) or one
        else:
            one = _in_row(text, one, found[number + 1 :])
        yield one


def _in_row(text: str, one: WrittenDate, rest: Sequence[WrittenDate]) -> WrittenDate:
    """Return a day with the year of the first later one on its line, if it comes shortly before that."""
    ends = next((later for later in rest if later.year is not None), None)
    last = ends.as_day() if ends is not None else None
    if ends is None or last is None or "\n" in text[one.end : ends.start]:
        return one
    resolved = nearest(one, last)
    day = resolved.as_day() if resolved else None
    return resolved if resolved and day and timedelta() < last - day < _ROW else one


# « mercredi 21 novembre », « 1er mai »: the day, then the month in letters. « February 17, 2020 » signs a
# quoted message.
_IN_WORDS: Final = re.compile(r"(?:[^\W\d_]{3,9}[.,]?\s{1,3})?\d{1,2}\s?(?:er)?\s{1,10}[^\W\d_]{3}")
# Bare numbers are references and file names, unless an article or a weekday opens them, an hour follows, a
# second such day is added, or the words before ask for a day.
_IN_NUMBERS: Final = re.compile(r"(?P<weekday>[^\W\d_]{5,8}\s{1,3})?\d{1,2}[/.]\d{1,2}(?:[/.]\d{4})?(?!\d)")
_ASKED: Final = re.compile(
    r"(?<![^\W\d_])(?:(?:le|du|au|ce)\s(?:\w{5,8}\s)?"
    r"|(?:quand|dates?|jour|sessions?|rendez-vous|limite[^.:\n]{0,30}|cloture[^.:\n]{0,30})\s?:\s)$"
)
_PAIR_AFTER: Final = re.compile(r"\s?(?:et|&|-|–|au|ou)\s?(?:le\s)?\d{1,2}[/.]\d{1,2}[/.]\d{4}(?!\d)")
_PAIR_BEFORE: Final = re.compile(r"\d{1,2}[/.]\d{1,2}[/.]\d{4}\s?(?:et|&|-|–|au|ou)\s?(?:le\s)?$")


def _is_prose(folded: str, one: WrittenDate) -> bool:
    if _IN_WORDS.match(folded, one.start, one.end):
        return True
    numbers = _IN_NUMBERS.match(folded, one.start, one.end)
    if numbers is None:
        return False
    before = folded[max(0, one.start - _NEAR) : one.start]
    paired = _PAIR_AFTER.match(folded, one.end) or _PAIR_BEFORE.search(before)
    return bool(numbers["weekday"] or one.time or paired or _ASKED.search(before))


def _is_excluded(before: str, one: WrittenDate, base: date | None) -> bool:
    if _NO_HAPPENING.search(before) or _OWN_DATE.search(before):
        return True
    elsewhen = base is None or (one.year is not None and one.year != base.year)
    if elsewhen and (_BORN.search(before) or _FOUNDED.search(before)):
        return True
    state = _STATE.search(before) if base is None else None
    return state is not None and _ENDS_IN_MONTH.search(before[: state.start()]) is None


def _with_year_of(one: WrittenDate, follower: WrittenDate | None, folded: str) -> WrittenDate:
    """Give « du 28 mars » the year of « au 3 avril 2019 »."""
    if one.year is not None or follower is None or follower.year is None or one.month is None:
        return one
    if not _SPAN_GOES_ON.fullmatch(folded[one.end : follower.start]) or follower.month is None:
        return one
    return replace(one, year=follower.year - (one.month > follower.month))


_HALF_A_YEAR: Final = timedelta(days=182)
# So far ahead, a day without its year is last year's unless the sentence speaks of the future.
_FAR_AHEAD: Final = timedelta(days=120)
# « jusqu’au 28 septembre », « avant le 15 mai »: what is still to come.
_UNTIL_THEN: Final = re.compile(
    r"(?<![^\W\d_])(?:jusqu'au|avant le|d'ici (?:le|au)|a partir du|des le"
    r"|(?:prise de poste|rentree)\s[^.\n]{0,20}le)\s(?:\w{5,8}\s)?$"
)
# « mardi 19 mars prochain à 18h »: the word stands in the date or right after it.
_FOLLOWING: Final = 10
_LAST: Final = re.compile(r"\s{1,3}(?:dernier|passe)(?![^\W\d_])")
_NEXT: Final = re.compile(r"\s{1,3}prochain(?![^\W\d_])")


def _resolved(one: WrittenDate, text: str, folded: str, base: date | None) -> WrittenDate | None:
    if one.year is not None:
        return one
    if base is None:
        return None
    if _LAST.search(folded, one.start, one.end + _FOLLOWING):
        return nearest(one, base, latest=base)
    if _NEXT.search(folded, one.start, one.end + _FOLLOWING):
        return nearest(one, base + _HALF_A_YEAR)
    resolved = nearest(one, base)
    day = resolved.as_day() if resolved else None
    if day is None or one.weekday is not None or timedelta() <= day - base < _FAR_AHEAD:
        return resolved
    until = _UNTIL_THEN.search(folded, max(0, one.start - _NEAR), one.start)
    if day > base and (until or is_future(text, folded, one.start)):
        return resolved
    if day < base and (until or is_ahead(text, folded, one.start)):
        return nearest(one, base + _HALF_A_YEAR)
    return resolved if day < base else nearest(one, base, latest=base)


def _earlier_days(folded: str, last: WrittenDate, day: date) -> Iterator[DayMention]:
    """Yield the days written before a date that share its month: « les 12, 13 et 14 mai »."""
    start = last.start
    while (match := _EARLIER_DAY.search(folded[max(0, start - 30) : start])) is not None:
        number = int(match["day"])
        if not 0 < number < day.day:
            return
        at = max(0, start - 30) + match.start()
        until = day.isoformat() if match["link"] in _SPAN_LINKS else None
        yield DayMention(day.replace(day=number), at, last.end, None, until)
        start = at


def _later_days(text: str, folded: str, first: WrittenDate, day: date) -> Iterator[DayMention]:
    """Yield the days written after a date, in its sentence, that share its month: « …, le 11 au Mans »."""
    end = sentence_at(text, first.start)[1]
    for match in _LATER_DAY.finditer(folded, first.end, end):
        number = int(match["day"])
        if day.day < number <= monthrange(day.year, day.month)[1]:
            day = day.replace(day=number)
            yield DayMention(day, match.start("day"), match.end("day"))


def listed_days(text: str, base: date | None) -> Iterator[DayMention]:
    """Yield the days in figures that open a line, « 18/01 – Vœux de l’union »: such lists look ahead."""
    if base is None or "/" not in text:
        return
    near = base + _FAR_AHEAD
    for match in _LISTED_DAY.finditer(text):
        start, end = match.start("day"), match.end("month")
        one = WrittenDate(start, end, None, int(match["month"]), int(match["day"]))
        found = nearest(one, near)
        if found is not None and (day := found.as_day()) is not None:
            yield DayMention(day, start, end)


def _last_day(folded: str, first: WrittenDate, last: WrittenDate | None) -> str | None:
    """Return the last day of « du 31 mars au 7 avril », where both months are written."""
    if last is None or last.month is None or not _SPAN.fullmatch(folded[first.end : last.start]):
        return None
    day = replace(last, year=(first.year or 0) + (last.month < (first.month or 0))).as_day()
    return day.isoformat() if day else None


def _last_moment(folded: str, one: WrittenDate, day: date) -> str | None:
    match = _UNTIL.match(folded, one.end) if one.time else None
    if match is None or int(match["hour"]) > 23:
        return None
    return f"{day.isoformat()}T{int(match['hour']):02d}:{int(match['minute'] or 0):02d}"
