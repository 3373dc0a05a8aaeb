"""Which day does a newspaper mean by « mardi » or « hier »?"""

import re
from calendar import Calendar
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Final

from archive.models import FoundDate
from archive.parsers.calendar_words import MONTH, MONTHS, WEEKDAY, WEEKDAYS
from archive.parsers.numbered_days import DayMention
from archive.parsers.sentences import is_ahead, sentence_at

_FRENCH_NAMES: Final = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
# All have « di »: what begins with that is found ten times as fast.
_IN_DI: Final = "|".join(rf"(?<=(?<![^\W\d_]){name})" for name in _FRENCH_NAMES[:-1])
_NAME: Final = re.compile(rf"di(?:{_IN_DI}|(?<=(?<![^\W\d_])di)manche)(?![^\W\d_])")
_SHORT_NAME: Final = re.compile(r"\.(?<=(?<![^\W\d_])(?:lun|mar|mer|jeu|ven|sam|dim)\.)")
_WORD_BEFORE: Final = re.compile(r"(?<![^\W\d_])[^\W\d_]{1,12}['\s-]$")
_BEFORE: Final = 13
# « La nouvelle est tombée vendredi »: no article before it (« le vendredi » is every Friday), no number after
# it, and not the head of opening hours (« Mardi : 9h-12h », « lundi et jeudi »).
_BARE_WEEKDAY: Final = re.compile(
    r"(?<![^\W\d_])(?P<before>(?:[^\W\d_]{1,12}['\s-])?)(?P<name>lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche)(?![^\W\d_])"
    r"(?P<part>\s(?:matin|midi|apres-midi|soir))?(?:\s(?P<which>dernier|prochain))?"
    r"(?:,?\s(?:a|vers|des)\s(?P<hour>\d{1,2})\s?(?:h|heures)(?:\s?(?P<minute>[0-5]\d))?(?!\d))?"
    r"(?!\s?(?::\s?\d|/|-|\d|(?:et|ou|au)\s|,\s(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|de\s\d)|de\s\d))"
)
# What makes a weekday every such day or one to be counted: « le lundi », « chaque lundi », « 1er lundi ».
_EVERY: Final = frozenset(
    (
        *("le", "la", "les", "l", "du", "des", "au", "aux", "un", "une", "d", "chaque", "tous", "toutes"),
        *("premier", "deuxieme", "second", "troisieme", "quatrieme", "dernier", "er", "e"),
    )
)
# « la résidence, inaugurée hier », « Hier, la Scop »; « d’hier » is no day, « hier encore » long ago.
_YESTERDAY: Final = re.compile(
    r"(?:(?<=[eusit]\s)|(?<![^.!?\n]\s)(?<![^\s«]))(?<!d')(?:avant-)?hier(?:\s(?:matin|midi|apres-midi|soir))?"
    r"(?!\sencore|\scomme|\set\saujourd)(?![^\W\d_-])"
)
# « demain soir », « ce soir à 20h », « cet après-midi, ils défileront »; « le monde de demain » is no day.
_AT_HAND_WORDS: Final = ("demain", "ce soir", "cet apres-midi")
_AT_HAND: Final = re.compile(
    r"(?<![^\W\d_])(?<!de )(?<!apres-)"
    r"(?P<day>demain(?:\s(?:matin|midi|apres-midi|soir)(?![^\W\d_-])|(?=\s(?:a|des|vers)\s\d))"
    r"|ce soir(?!-)|cet apres-midi(?!-))"
    r"(?:,?\s(?:a|des|vers)\s(?P<hour>\d{1,2})\s?(?:h|heures)(?:\s?(?P<minute>[0-5]\d))?(?!\d))?"
)
_WRITTEN: Final = re.compile(r"(?:ecrit|publie|redige|annonce)e?s?\s$")
# « l’ont annoncé vendredi »: the verb right before the day has the last word on its tense.
_TOLD: Final = re.compile(
    r"(?<![^\W\d_])(?:a|ai|ont|est|sont|avait|etait|ete)\s(?:[^\W\d_]{2,12}ment\s)?"
    r"(?!prevu|attendu|fixe|programme|annonce)[^\W\d_]{2,15}(?:e|s|i|t|u)"
    r",?\s(?:ce\s)?$"
)
# « le troisième mercredi d’avril », « le premier samedi du mois de mai 2019 »; of every month it is no day.
_NTH: Final = {
    word: number
    for number, words in enumerate(("premier 1er", "deuxieme second 2e", "troisieme 3e", "quatrieme 4e"), 1)
    for word in words.split()
}
_NTH_BEFORE: Final = re.compile(rf"(?<![^\W_])(?P<nth>{'|'.join(_NTH)}|dernier)\s$")
_OF_MONTH: Final = re.compile(rf"\s(?:du mois\s)?(?:de\s|d')(?P<month>{MONTH})(?:\s(?P<year>20\d\d)(?!\d))?")
_FEWEST_WORDS: Final = 5
# « mardi 12 », its month left out; « jeudi 6 et vendredi 7 juillet », « lundi 9h », « mardi 12/04 » are read
# as what they are.
_NUMBER: Final = re.compile(
    r"\s(?P<day>[12]?\d|3[01])(?!\d)"
    rf"(?!\s?(?:{MONTH}|[-–/.:]\s?\d|&|h\b|heures|er\b|et\b|au\b|ou\b|a\b|,\s\d(?!\d?\s?h)|,\s{WEEKDAY}))"
)
_FARTHEST: Final = 31
_NEXT_DAY: Final = timedelta(days=1)


def named_days(
    text: str, folded: str, published: FoundDate | None, base: date | None = None
) -> Iterable[DayMention]:
    """Yield the days that a newspaper calls by weekday or « hier » alone.

    So are « mardi 12 » and « le troisième mercredi d’avril », near ``base``.
    """
    names = _names(folded)
    if published is not None and published.precision == "day":
        base = date.fromisoformat(published.value)
        yield from _bare_weekdays(text, folded, base, names)
        yield from _days_before(folded, base)
        yield from _days_at_hand(text, folded, base)
    if base is not None and any(name in folded for name in _FRENCH_NAMES):
        yield from _numbered_weekdays(folded, base, names)
    yield from _nth_weekdays(folded, base, names)


def _names(folded: str) -> list[tuple[int, str]]:
    """Return where weekdays are named in full, and which."""
    ends = [match.end() for match in _NAME.finditer(folded)]
    names = [next(name for name in _FRENCH_NAMES if folded.endswith(name, 0, end)) for end in ends]
    return [(end - len(name), name) for end, name in zip(ends, names, strict=True)]


def _bare_weekdays(
    text: str, folded: str, base: date, names: Iterable[tuple[int, str]]
) -> Iterable[DayMention]:
    """Yield « vendredi » or « lundi prochain », before or after ``base`` as the verb says."""
    for match in _bare(folded, names):
        before, at = match["before"].strip(" '-"), match.start("name")
        start, end = sentence_at(text, at)
        if before in _EVERY or len(folded[start:end].split()) < _FEWEST_WORDS:
            continue
        told = match["which"] == "dernier" or _TOLD.search(folded[start:at]) is not None
        ahead = match["which"] == "prochain" or (not told and is_ahead(text, folded, at))
        day = base + _NEXT_DAY if before == "demain" else _weekday_near(base, WEEKDAYS[match["name"]], ahead)
        time = f"{int(match['hour']):02d}:{int(match['minute'] or 0):02d}" if match["hour"] else None
        yield DayMention(day, at, match.end(), time)


def _bare(folded: str, names: Iterable[tuple[int, str]]) -> Iterable[re.Match[str]]:
    """Yield the weekdays that may stand alone, each with the word before it."""
    read = 0
    for at, _ in names:
        if at < read:
            continue
        word = _WORD_BEFORE.search(folded, max(read, at - _BEFORE), at)
        match = (word and _BARE_WEEKDAY.match(folded, word.start())) or _BARE_WEEKDAY.match(folded, at)
        if match is not None:
            read = match.end()
            yield match


def _days_before(folded: str, base: date) -> Iterable[DayMention]:
    """Yield « hier » and « avant-hier »."""
    at = folded.find("hier")
    while at >= 0:
        two = folded.startswith("avant-", max(0, at - 6))
        match = _YESTERDAY.match(folded, at - 6 if two else at)
        if match and not _WRITTEN.search(folded[max(0, match.start() - 12) : match.start()]):
            yield DayMention(base - timedelta(days=2 if two else 1), match.start(), match.end())
        at = folded.find("hier", at + 4)


def _days_at_hand(text: str, folded: str, base: date) -> Iterable[DayMention]:
    """Yield « demain à 18h » and « cet après-midi » where the sentence speaks of what is to come."""
    if not any(word in folded for word in _AT_HAND_WORDS):
        return
    for match in _AT_HAND.finditer(folded):
        if match["hour"] or is_ahead(text, folded, match.start()):
            day = base + _NEXT_DAY if match["day"].startswith("demain") else base
            time = f"{int(match['hour']):02d}:{int(match['minute'] or 0):02d}" if match["hour"] else None
            yield DayMention(day, match.start(), match.end(), time)


def _numbered_weekdays(folded: str, base: date, names: Iterable[tuple[int, str]]) -> Iterable[DayMention]:
    """Yield « mardi 12 », the nearest to ``base`` of its weekday; one that agrees with none is no day."""
    short = [
        (match.end() - 4, folded[match.end() - 4 : match.end()]) for match in _SHORT_NAME.finditer(folded)
    ]
    for at, name in (*names, *short):
        if (match := _NUMBER.match(folded, at + len(name))) is None:
            continue
        wanted = (WEEKDAYS[name.rstrip(".")], int(match["day"]))
        days = (base + timedelta(days=days) for days in range(-_FARTHEST, _FARTHEST + 1))
        right = [day for day in days if (day.weekday(), day.day) == wanted]
        if right:
            yield DayMention(min(right, key=lambda day: abs(day - base)), at, match.end())


def _nth_weekdays(folded: str, base: date | None, names: Iterable[tuple[int, str]]) -> Iterable[DayMention]:
    """Yield « le troisième mercredi d’avril », without a year in that nearest to ``base``."""
    for at, name in names:
        match = _OF_MONTH.match(folded, at + len(name))
        which = match and _NTH_BEFORE.search(folded, max(0, at - _BEFORE), at)
        if not match or not which:
            continue
        if match["year"]:
            years = [int(match["year"])]
        elif base is not None:
            years = [base.year - 1, base.year, base.year + 1]
        else:
            continue
        month, number = MONTHS[match["month"]], _NTH.get(which["nth"])
        days = [_nth(year, month, WEEKDAYS[name], number) for year in years]
        yield DayMention(min(days, key=lambda day: abs(day - (base or day))), which.start(), match.end())


def _nth(year: int, month: int, weekday: int, number: int | None) -> date:
    """Return the month's such weekday of this number; ``None`` asks for its last."""
    of_month = [day for day in Calendar().itermonthdates(year, month) if day.month == month]
    days = [day for day in of_month if day.weekday() == weekday]
    return days[-1 if number is None else number - 1]


def _weekday_near(base: date, weekday: int, ahead: bool) -> date:
    """Return the next such day from ``base`` on, or the last one up to it."""
    if ahead:
        return base + timedelta(days=(weekday - base.weekday()) % 7)
    return base - timedelta(days=(base.weekday() - weekday) % 7)
