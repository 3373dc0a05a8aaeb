"""What happens on which day, according to the text? Days are resolved against the day of publication."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

from archive.models import Event, FoundDate
from archive.parsers.calendar_words import WEEKDAY, WEEKDAYS, fold
from archive.parsers.sentences import clause, place, sentence_at
from archive.parsers.written_dates import WrittenDate, nearest, written

# A date with its year further off than this is history or bibliography, no happening that a page tells of.
_FARTHEST: Final = timedelta(days=2 * 366)


@dataclass(frozen=True, slots=True)
class _Mention:
    """A day of the text, resolved: where it is written, its time and, of a span, its last moment."""

    day: date
    start: int
    end: int
    time: str | None = None
    until: str | None = None


def events(text: str, published: FoundDate | None, title: str | None = None) -> tuple[Event, ...]:
    """Return the dated happenings of a text, one a day, in the order of their first mention.

    A day without a year takes that which brings it nearest to the publication, its weekday permitting. On
    an undated page such a day is left out, unless the title names month and year. Days of laws, of births, of
    street names and of the publication itself are no happenings.

    >>> told = FoundDate("2018-09-20", "day", "line", "20 09 2018")
    >>> [event.start for event in events("La réunion aura lieu le mercredi 21 novembre à 8h30.", told)]
    ['2018-11-21T08:30']
    >>> events("La réunion aura lieu le 21 novembre.", None)
    ()
    """
    folded = fold(text)
    base = _base(published, title)
    mentions = [*_dated(text, folded, base), *_by_weekday(text, folded, published)]
    best: dict[date, _Mention] = {}
    for mention in sorted(mentions, key=lambda mention: mention.start):
        known = best.setdefault(mention.day, mention)
        if known.time is None and mention.time is not None:
            best[mention.day] = mention
    return tuple(_event(text, mention) for mention in best.values())


def _event(text: str, mention: _Mention) -> Event:
    day = mention.day.isoformat()
    start, end = sentence_at(text, mention.start)
    return Event(
        start=f"{day}T{mention.time}" if mention.time else day,
        what=clause(text, start, end, mention.start, mention.end),
        evidence=text[mention.start : mention.end],
        end=mention.until,
        place=place(text[mention.end : end]) or place(text[start : mention.start]),
        evidence_start=mention.start,
        evidence_end=mention.end,
    )


def _base(published: FoundDate | None, title: str | None) -> date | None:
    """Return the day that yearless days are near to: the publication, else the month that the title names."""
    if published is not None:
        parts = [int(part) for part in published.value.split("-")]
        return date(parts[0], parts[1] if len(parts) > 1 else 7, parts[2] if len(parts) > 2 else 1)
    months = [found for found in written(title or "") if found.year and found.month]
    return date(months[0].year or 1, months[0].month or 1, months[0].day or 15) if len(months) == 1 else None


# --- days with their number --------------------------------------------------------------------

# What makes a date another thing than a happening, in the words right before it.
_NO_HAPPENING: Final = re.compile(
    r"(?<![^\W\d_])(?:"
    r"(?:loi|decret|ordonnance|arrete|directive|reglement|circulaire|celles?|celui|code"
    r"|convention collective)"
    r"(?![^\W\d_])[^.;:!?\n]{0,60}\s(?:du|des|en date du)\s"  # « la loi n° 47-1775 du », « celle du »
    r"|nee?s?\s(?:a\s[\w-]{1,30},?\s)?le\s"
    r"|(?:place|rue|avenue|boulevard|quai|square|pont|cours|allee|salle|stade|cite|lycee)\sdu\s"
    r"|(?:numero|edition|journal|couverture|magazine|hebdo|monde|figaro|parisien|humanite|liberation)\s(?:date\s)?du\s"
    r"|(?:consultee?s?|acces|photos?|prise)\s(?:le|du)\s"
    r"|(?:un|chaque|tous les|comme au|version du|mouture du)\s"
    r")(?:\w{5,8}\s)?$"
)
_FOUNDED: Final = re.compile(
    r"(?<![^\W\d_])(?:fondee?s?|creee?s?|immatriculee?s?|constituee?s?|adoptee?s?|votee?s?)\s(?:a\s[\w-]{1,30},?\s)?le\s(?:\w{5,8}\s)?$"
)
# The page's own dates when they stand in its text.
_OWN_DATE: Final = re.compile(
    r"(?<![^\W\d_])(?:publiee?s?|mise? en ligne|postee?|mise? a jour|maj|modifiee?|actualisee?|redigee?"
    r"|ecrite?"
    r"|date|created?"
    r"|updated|posted|published)\s*(?:(?:on|the|le|:|=|\")\s*)*(?:\w{5,8}\s)?$"
)
_REACH: Final = 90
# « 103 Scic au 30 juin 2007 »: a state of affairs, and on an undated page no happening.
_STATE: Final = re.compile(r"(?<![^\W\d_])(?:au|fin|depuis le)\s(?:\w{5,8}\s)?$")

# « les 20 et 21 juin », « du 9 au 20 décembre », « jeudi 6 et vendredi 7 juillet », « 25-26 mai »
_EARLIER_DAY: Final = re.compile(
    rf"(?:(?P<weekday>{WEEKDAY})\s)?(?<![\d.,:/-])(?P<day>\d{{1,2}})(?:er)?\s?(?P<link>,|et|au|a|-|–|&|/)\s?(?:le\s|les\s)?$"
)
_SPAN_LINKS: Final = ("au", "a", "-", "–")
_SPAN_GOES_ON: Final = re.compile(r"\s?(?:au|-|–|et)\s(?:le\s)?$")
# « , de 9h à 12h » after a day; the first hour is already read.
_UNTIL: Final = re.compile(
    r"\s?(?:a|-|–|jusqu'a)\s?(?P<hour>\d{1,2})\s?(?:h(?![^\W\d_])|:(?=\d)|heures?)\s?(?P<minute>[0-5]\d)?(?!\d)"
)


def _dated(text: str, folded: str, base: date | None) -> Iterator[_Mention]:
    found = [one for one in written(text) if one.day and _in_words(text[one.start : one.end])]
    for place_, one in enumerate(found):
        before = folded[max(0, one.start - _REACH) : one.start]
        follower = found[place_ + 1] if place_ + 1 < len(found) else None
        known = _with_year_of(one, follower, folded)
        if _is_excluded(before, known, base):
            continue
        resolved = _resolved(known, text, folded, base)
        day = resolved.as_day() if resolved else None
        if resolved is None or day is None or (base is not None and abs(day - base) > _FARTHEST):
            continue
        yield from _earlier_days(folded, resolved, day)
        yield _Mention(day, one.start, one.end, one.time, _last_moment(folded, one, day))


def _in_words(wording: str) -> bool:
    """Tell whether the month is written out; numeric dates in a text are references and file names."""
    return any(char.isalpha() for char in wording.partition("T")[0][2:])


def _is_excluded(before: str, one: WrittenDate, base: date | None) -> bool:
    if _NO_HAPPENING.search(before) or _OWN_DATE.search(before):
        return True
    if one.year is not None and _FOUNDED.search(before) and (base is None or one.year != base.year):
        return True
    return base is None and _STATE.search(before) is not None


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
_LAST: Final = re.compile(r"\s{1,3}(?:dernier|passe)(?![^\W\d_])")
_NEXT: Final = re.compile(r"\s{1,3}prochain(?![^\W\d_])")


def _resolved(one: WrittenDate, text: str, folded: str, base: date | None) -> WrittenDate | None:
    if one.year is not None:
        return one
    if base is None:
        return None
    if _LAST.match(folded, one.end):
        return nearest(one, base, latest=base)
    if _NEXT.match(folded, one.end):
        return nearest(one, base + _HALF_A_YEAR)
    resolved = nearest(one, base)
    day = resolved.as_day() if resolved else None
    if (
        day is None
        or one.weekday is not None
        or day - base < _FAR_AHEAD
        or _is_future(text, folded, one.start)
    ):
        return resolved
    return nearest(one, base, latest=base)


def _is_future(text: str, folded: str, offset: int) -> bool:
    """Tell whether the sentence at an offset speaks of what is to come."""
    start, end = sentence_at(text, offset)
    return _FUTURE.search(folded, start, end) is not None


def _earlier_days(folded: str, last: WrittenDate, day: date) -> Iterator[_Mention]:
    """Yield the days written before a date that share its month: « les 12, 13 et 14 mai »."""
    start = last.start
    while (match := _EARLIER_DAY.search(folded[max(0, start - 30) : start])) is not None:
        number = int(match["day"])
        if not 0 < number < day.day:
            return
        at = max(0, start - 30) + match.start()
        until = day.isoformat() if match["link"] in _SPAN_LINKS else None
        yield _Mention(day.replace(day=number), at, last.end, None, until)
        start = at


def _last_moment(folded: str, one: WrittenDate, day: date) -> str | None:
    match = _UNTIL.match(folded, one.end) if one.time else None
    if match is None or int(match["hour"]) > 23:
        return None
    return f"{day.isoformat()}T{int(match['hour']):02d}:{int(match['minute'] or 0):02d}"


# --- days by their name ------------------------------------------------------------------------

# « La nouvelle est tombée vendredi »: no article before it (« le vendredi » is every Friday), no number after
# it, and not the head of opening hours (« Mardi : 9h-12h », « lundi et jeudi »).
_BARE_WEEKDAY: Final = re.compile(
    r"(?<![^\W\d_])(?P<before>(?:[^\W\d_]{1,12}['\s-])?)(?P<name>lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche)(?![^\W\d_])"
    r"(?P<part>\s(?:matin|midi|apres-midi|soir))?(?:\s(?P<which>dernier|prochain))?"
    r"(?:,?\s(?:a|vers|des)\s(?P<hour>\d{1,2})\s?(?:h|heures)(?:\s?(?P<minute>[0-5]\d))?(?!\d))?"
    r"(?!\s?(?::\s?\d|/|-|\d|(?:et|ou|au)\s|,\s(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|de\s\d)|de\s\d))"
)
_EVERY: Final = frozenset(
    (
        "le",
        "la",
        "les",
        "l",
        "du",
        "des",
        "au",
        "aux",
        "un",
        "une",
        "d",
        "chaque",
        "tous",
        "toutes",
        "premier",
    )
)
_YESTERDAY: Final = re.compile(r"(?<=[eusit]\s)hier(?:\s(?:matin|midi|apres-midi|soir))?(?![^\W\d_])")
_WRITTEN: Final = re.compile(r"(?:ecrit|publie|redige|annonce)e?s?\s$")
# A verb in the future: « rouvrira », « se tiendront »; « doit se réunir », « est prévue ».
_FUTURE: Final = re.compile(
    r"(?<![^\W\d_])(?:[^\W\d_]{2,}(?:era|ira|dra|vra|tra|ura|rra|eront|iront|dront|vront|tront|uront|rront)|sera|seront|fera|feront"
    r"|doit|doivent|va|vont|prevue?s?|attendue?s?|prochaine?s?)(?![^\W\d_])"
)
_FEWEST_WORDS: Final = 5


def _by_weekday(text: str, folded: str, published: FoundDate | None) -> Iterable[_Mention]:
    """Yield the days that a newspaper calls by weekday or « hier » alone."""
    if published is None or published.precision != "day":
        return
    base = date.fromisoformat(published.value)
    for match in _BARE_WEEKDAY.finditer(folded):
        before = match["before"].strip(" '-")
        start, end = sentence_at(text, match.start("name"))
        sentence = folded[start:end]
        if before in _EVERY or len(sentence.split()) < _FEWEST_WORDS:
            continue
        ahead = match["which"] == "prochain" or (match["which"] is None and _is_future(text, folded, start))
        day = _weekday_near(base, WEEKDAYS[match["name"]], ahead)
        time = f"{int(match['hour']):02d}:{int(match['minute'] or 0):02d}" if match["hour"] else None
        yield _Mention(day, match.start("name"), match.end(), time)
    for match in _YESTERDAY.finditer(folded):
        if not _WRITTEN.search(folded[max(0, match.start() - 12) : match.start()]):
            yield _Mention(base - timedelta(days=1), match.start(), match.end())


def _weekday_near(base: date, weekday: int, ahead: bool) -> date:
    """Return the next such day from ``base`` on, or the last one up to it."""
    if ahead:
        return base + timedelta(days=(weekday - base.weekday()) % 7)
    return base - timedelta(days=(base.weekday() - weekday) % 7)
