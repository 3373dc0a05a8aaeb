"""Which day does a time stamp meant for machines give a reader in France?"""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from archive.models import FoundDate
from archive.parsers.html import Document
from archive.parsers.written_dates import written

PARIS: Final = ZoneInfo("Europe/Paris")

_ISO: Final = re.compile(
    r"\s*(?P<day>\d{4}-\d\d-\d\d)[T\s]{1,3}(?P<time>\d\d:\d\d)(?::\d\d(?:[.,]\d{1,9})?)?"
    r"\s?(?P<zone>Z|UTC|GMT|[+-]\d\d:?\d\d)"
)
_COMPACT: Final = re.compile(r"\s*((?:19|20)\d\d)(\d\d)(\d\d)(?!\d)")
_EPOCH: Final = re.compile(r"\s*(1\d{9})(?:\d{3})?\s*$")
_LONGEST: Final = 120

_MONTH_FIRST: Final = frozenset(("en", "en-us", "en_us", "en-ca", "en-ph"))
_DAY_FIRST_HOSTS: Final = (".uk", ".au", ".nz", ".ie", ".in", ".za", ".fr", ".eu")


@dataclass(frozen=True, slots=True)
class Reading:
    """How a page writes dates: months first in numbers, and whether its UTC times mean Paris."""

    month_first: bool = False
    in_paris: bool = True


def reading_of(document: Document) -> Reading:
    """Tell how the page writes dates, from its language and host."""
    language = (document.tree.get("lang") or document.tree.get("xml:lang") or "").lower()
    host = urlsplit(document.url).hostname or ""
    month_first = language in _MONTH_FIRST and not host.endswith(_DAY_FIRST_HOSTS)
    return Reading(month_first, language[:2] in ("", "fr") or host.endswith(".fr"))


def stamp(text: str, rule: str, reading: Reading) -> FoundDate | None:
    """Read a date meant for machines: ISO 8601, compact, seconds since 1970 or, failing these, written out.

    Times in UTC become Paris time before the day is taken; other zones are the publisher's own and keep it.

    >>> stamp("2021-03-11T23:10:00Z", "json_ld", Reading()).value
    '2021-03-12'
    >>> stamp("2021-03-11T23:10:00-05:00", "json_ld", Reading()).value
    '2021-03-11'
    """
    text = text.strip()[:_LONGEST]
    if match := _EPOCH.match(text):
        moment = datetime.fromtimestamp(int(match[1]), UTC).astimezone(PARIS)
        return FoundDate(f"{moment:%Y-%m-%d}", "day", rule, text, f"{moment:%H:%M}")
    if match := _ISO.match(text):
        return _zoned(match, text, rule, reading)
    compact = _COMPACT.match(text)
    spelled = f"{'-'.join(compact.groups())} {text[compact.end() :].lstrip('-_')}" if compact else text
    dates = [one for one in written(spelled, reading.month_first) if one.year]
    return FoundDate(dates[0].value, dates[0].precision, rule, text, dates[0].time) if dates else None


def _zoned(match: re.Match[str], text: str, rule: str, reading: Reading) -> FoundDate | None:
    zone = match["zone"].replace("UTC", "+00:00").replace("GMT", "+00:00")
    try:
        moment = datetime.fromisoformat(f"{match['day']}T{match['time']}{zone}")
        local = moment.astimezone(PARIS)
    except (ValueError, OverflowError):  # « 2019-02-30 », year 1 or 9999
        return None
    utc = moment.utcoffset() == timedelta(0)
    # Midnight is a day without its time; abroad, what is stamped UTC is as often the publisher's own time.
    if utc and (match["time"] == "00:00" or not reading.in_paris):
        return FoundDate(match["day"], "day", rule, text)
    day = f"{local:%Y-%m-%d}" if utc else match["day"]
    return FoundDate(day, "day", rule, text, f"{local:%H:%M}" if day == f"{local:%Y-%m-%d}" else None)
