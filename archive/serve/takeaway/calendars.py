"""When do the announced events take place? As an iCalendar file that any calendar can subscribe to."""

import hashlib
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event

Row = dict[str, Any]

_PARIS = ZoneInfo("Europe/Paris")


def calendar(rows: Iterable[Row], name: str) -> bytes:
    """Return a calendar of events; those whose start is no date are left out.

    Each row has ``article``, ``start`` and ``end`` (ISO, with or without a time of Paris), ``what``,
    ``place``, ``evidence``, ``title``, ``permanent`` and ``first_seen``.
    """
    made = Calendar()
    made.add("prodid", "-//coopress//archive de la presse cooperative//FR")
    made.add("version", "2.0")
    made.add("x-wr-calname", name)
    for row in rows:
        if (start := _when(row["start"])) is not None:
            made.add_component(_event(row, start))
    made.add_missing_timezones()
    return bytes(made.to_ical())


def _event(row: Row, start: date) -> Event:
    event = Event()
    # Rows are numbered anew by each rebuild; the article, the start and the words stay.
    known = f"{row['article']} {row['start']} {row['what']}"
    event.add("uid", f"{hashlib.sha256(known.encode()).hexdigest()[:32]}@coopress")
    event.add("dtstamp", _seen(row["first_seen"]))
    event.add("dtstart", start)
    end = _when(row["end"])
    if end is not None and type(end) is type(start) and end > start:
        event.add("dtend", end if isinstance(end, datetime) else end + timedelta(days=1))
    event.add("summary", row["what"])
    if row["place"]:
        event.add("location", row["place"])
    event.add("description", f"« {row['evidence']} » — {row['title'] or 'Sans titre'}\n{row['permanent']}")
    event.add("url", row["permanent"])
    return event


def _when(text: str | None) -> date | None:
    try:
        if text and len(text) == 10:
            return date.fromisoformat(text)
        return datetime.fromisoformat(text).replace(tzinfo=_PARIS) if text and "T" in text else None
    except ValueError:
        return None


def _seen(text: str | None) -> datetime:
    try:
        return datetime.fromisoformat(text or "").astimezone(UTC)
    except ValueError:
        return datetime(1970, 1, 1, tzinfo=UTC)
