"""What happens on which day, according to the text? Days are resolved against the day of publication."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Final

from archive.models import Event, FoundDate
from archive.parsers.calendar_words import fold
from archive.parsers.date_labels import heads_programme, is_dateline
from archive.parsers.named_days import named_days
from archive.parsers.numbered_days import DayMention, listed_days, numbered_days
from archive.parsers.programmes import programme
from archive.parsers.sentences import clause, place, sentence_at
from archive.parsers.written_dates import written

_DATELINE: Final = 80
_SIGNS: Final = frozenset(".|–—•·-»")
_HEAD: Final = 200
# « Par Prune Allier, le », « Fait à Apt, le », « Écrit par : Bastien Lude. Le mardi », « Maine Sport, »
_SIGNATURE: Final = re.compile(
    r"\s*(?:(?:Par|[ÉE]crit\spar|Fait\sà|Propos\s[^\n]{3,30}\spar|Textes?|Photos?|Sign[ée]|Publi[ée]\spar)\s?:?\s)?"
    r"(?:(?:de|du|des|la|le|les|et|à|l['’]|d['’])\s?|[A-ZÀ-Ý][\w’'.&-]*[\s,.]*){1,7}(?:,\s|[–—|-]\s)?(?:[Ll]e\s)?(?:\w{5,8}\s)?"
)
# « 9 novembre 2015 | Nos partenaires », « 3 mai 2019 • 52 min »: what stands beside the day of publication.
_OWN_LINE: Final = re.compile(r"\s[|•·]\s")


# « Fait à Redon, le », « Jeanne Le Goff, »
_SIGNED_OFF: Final = re.compile(
    r"\W*(?:(?:Fait|Signé) à )?[A-ZÀ-Ý][\w.’'-]*(?:\s[\w.’'-]+){0,3},\s(?:le\s)?(?:\w{3,6}di\s|dimanche\s)?"
)


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
    base = _base(published, title, text)
    mentions = [
        *numbered_days(text, folded, base),
        *named_days(text, folded, published, base),
        *listed_days(text, base),
    ]
    if base is None:
        mentions += _announced(text, title)
    mentions = [mention for mention in mentions if not _is_publication(text, mention, published)]
    best: dict[date, DayMention] = {}
    for mention in sorted(mentions, key=lambda mention: mention.start):
        known = best.setdefault(mention.day, mention)
        if known.time is None and mention.time is not None:
            best[mention.day] = mention
    told = [_event(text, mention) for mention in best.values()]
    headline = title or ""
    named = [mention for mention in numbered_days(headline, fold(headline), base) if mention.day not in best]
    return (*told, *(_named(headline, mention) for mention in named))


def _is_publication(text: str, mention: DayMention, published: FoundDate | None) -> bool:
    """Tell whether a day is that of the publication, set into the text: a dateline or a last line."""
    if published is None or mention.day.isoformat() != published.value:
        return False
    if published.start is not None and published.end is not None:
        return mention.start < published.end and published.start < mention.end
    if _signs(text, mention):
        return True
    start = text.rfind("\n", 0, mention.start) + 1
    line = text[start:].split("\n", 1)[0]
    first = next(iter(written(line[:_DATELINE])), None)
    alone = line.strip(" .") == text[mention.start : mention.end] or _closes_label(text, start, line, mention)
    if _signs_off(line, mention.start - start, mention.end - start):
        return True
    own_line = _OWN_LINE.match(line, first.end) if first is not None else None
    return (
        alone
        or own_line is not None
        or (first is not None and first.start == mention.start - start and is_dateline(line, first))
    )


def _signs(text: str, mention: DayMention) -> bool:
    """Tell whether a day closes a line that says who wrote, where: « Par Prune Allier, le 28 septembre »."""
    start = text.rfind("\n", 0, mention.start) + 1
    end = text.find("\n", mention.end)
    rest = text[mention.end : len(text) if end < 0 else end].strip(" .")
    return (
        not rest
        and mention.start - start < _DATELINE
        and bool(_SIGNATURE.fullmatch(text, start, mention.start))
    )


def _signs_off(line: str, start: int, end: int) -> bool:
    """Tell whether a line gives but a place or a name before its day: « Fait à Redon, le 3 mai 2019 »."""
    return _SIGNED_OFF.fullmatch(line[:start]) is not None and not line[end:].strip(" .,")


def _closes_label(text: str, start: int, line: str, mention: DayMention) -> bool:
    """Tell whether a day closes a short line after a mere label: « Économie. Jeudi 19 janvier 2017. »"""
    label = text[start : mention.start].rstrip()
    return (
        len(line) <= _DATELINE
        and not text[mention.end : start + len(line)].strip(" .")
        and label[-1:] in _SIGNS
    )


def _announced(text: str, title: str | None) -> Iterator[DayMention]:
    for one in programme(text, title):
        if (day := one.as_day()) is not None:
            yield DayMention(day, one.start, one.end, one.time)


def _named(title: str, mention: DayMention) -> Event:
    """Return a happening that only the title names; its evidence has no place in the text."""
    event = _event(title, mention)
    return replace(event, evidence_start=None, evidence_end=None)


def _event(text: str, mention: DayMention) -> Event:
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


def _base(published: FoundDate | None, title: str | None, text: str) -> date | None:
    """Return the day that yearless days are near to: the publication, else the month that the title names.

    A programme names it in a line below its title: « Agenda », « Mai 2019 ».
    """
    if published is not None:
        parts = [int(part) for part in published.value.split("-")]
        return date(parts[0], parts[1] if len(parts) > 1 else 7, parts[2] if len(parts) > 2 else 1)
    lines = [title or "", *(line for line in text[:_HEAD].splitlines() if heads_programme(line, title or ""))]
    months = [found for line in lines for found in written(line) if found.year and found.month]
    return date(months[0].year or 1, months[0].month or 1, months[0].day or 15) if len(months) == 1 else None
