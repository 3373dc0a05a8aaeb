"""At what hours may a site be asked? A part of the day, by the clock of Paris."""

import re
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Self
from zoneinfo import ZoneInfo

PARIS = ZoneInfo("Europe/Paris")
_HOURS = re.compile(r"([01]\d|2[0-3]):([0-5]\d)-([01]\d|2[0-3]):([0-5]\d)")


@dataclass(frozen=True, slots=True)
class Hours:
    """From ``start`` up to ``end``, which lies on the next day where it is the earlier of the two."""

    start: time
    end: time

    @classmethod
    def read(cls, text: str) -> Self | None:
        """Return what ``22:00-06:00`` means, or ``None`` for anything else and for an empty stretch.

        >>> print(Hours.read("22:00-06:00"))
        22:00-06:00
        >>> Hours.read("22h-6h") is None, Hours.read("06:00-06:00") is None
        (True, True)
        """
        if (found := _HOURS.fullmatch(text)) is None:
            return None
        start, end = time(int(found[1]), int(found[2])), time(int(found[3]), int(found[4]))
        return None if start == end else cls(start, end)

    def __str__(self) -> str:
        """Return the hours as they are written in a source file."""
        return f"{self.start:%H:%M}-{self.end:%H:%M}"

    def include(self, now: datetime) -> bool:
        """Say whether ``now`` (aware) lies within.

        >>> night = Hours.read("22:00-06:00")
        >>> [night.include(datetime(2024, 6, 1, hour, tzinfo=PARIS)) for hour in (21, 22, 5, 6)]
        [False, True, True, False]
        """
        clock = now.astimezone(PARIS).time()
        if self.start < self.end:
            return self.start <= clock < self.end
        return clock >= self.start or clock < self.end

    def end_after(self, now: datetime) -> datetime:
        """Return when they end next after ``now`` (aware), by the wall clock of Paris.

        >>> Hours.read("22:00-06:00").end_after(datetime(2024, 3, 30, 23, tzinfo=PARIS)).isoformat()
        '2024-03-31T06:00:00+02:00'
        """
        here = now.astimezone(PARIS)
        end = datetime.combine(here.date(), self.end, PARIS)
        return end if end > here else datetime.combine(here.date() + timedelta(days=1), self.end, PARIS)
