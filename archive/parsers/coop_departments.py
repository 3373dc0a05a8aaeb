"""In which department is each co-op of a page? Beside its name, by the directory, or where the page is."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import TypeVar

from archive.models import DepartmentMention
from archive.parsers import coop_places
from archive.parsers.coop_reading import Coop, Occurrence, Reading

_Placed = TypeVar("_Placed", DepartmentMention, Occurrence)
# How far from a name its department is looked for, in characters.
_AROUND = 400
# The first place of a text is its subject's.
_OPENING = 250


def departments(
    readings: Sequence[Reading], spans: Sequence[Sequence[Occurrence]], named: Mapping[str, Coop]
) -> dict[str, str]:
    """Return the department of each co-op by key; co-ops of which the page says nothing are missing.

    ``spans`` are the occurrences in each reading.
    """
    beside: dict[str, Counter[str]] = {key: Counter() for key in named}
    around: dict[str, Counter[str]] = {key: Counter() for key in named}
    used: set[int] = set()
    for reading, here in zip(readings, spans, strict=True):
        for one in here:
            near = _near(reading.places, one)
            others = [(other.start, other.end) for other in _near(here, one)]
            if place := coop_places.beside(reading.passage.text, one.start, one.end, near, others):
                beside[one.key][place.code] += 1
                used.add(id(place))
    for reading, here in zip(readings, spans, strict=True):
        free = [mention for mention in reading.places if id(mention) not in used]
        for one in here:
            text = reading.passage.text
            code = coop_places.in_sentence(text, one.start, one.end, _near(free, one))
            if code is None and one.rule == "subject_of_clipping":
                code = coop_places.in_line(text, one.start, reading.places)
            if code:
                around[one.key][code] += 1
    first = next((one.key for here in spans for one in here), None)
    setting = _setting(readings, bool(spans[0]), len(named) == 1)
    found: dict[str, str] = {}
    for key, coop in named.items():
        listed = coop.entry.department if coop.entry else None
        page = setting if key == first else None
        if code := coop.code or _usual(beside[key]) or listed or page or _usual(around[key]):
            found[key] = code
    return found


def _near(items: Sequence[_Placed], one: Occurrence) -> Sequence[_Placed]:
    """Return the items, which are in order, that begin near an occurrence."""
    low = bisect_left(items, one.start - _AROUND, key=lambda item: item.start)
    high = bisect_left(items, one.end + _AROUND, key=lambda item: item.start)
    return items[low:high]


def _setting(readings: Sequence[Reading], in_title: bool, alone: bool) -> str | None:
    """Return where the page of a co-op is set: by its dateline, else by its only or its first place.

    ``in_title`` and ``alone`` say that the title names a co-op and that the page names one only.
    """
    for reading in readings:
        for mention in reading.places[:2]:
            if coop_places.is_dateline(reading.passage.text, mention):
                return mention.code
    codes = {mention.code for reading in readings for mention in reading.places}
    if len(codes) == 1 and (in_title or alone):
        return codes.pop()
    if not in_title or readings[0].passage.field != "title":
        return None
    return next((mention.code for mention in readings[-1].places if mention.start < _OPENING), None)


def _usual(codes: Counter[str]) -> str | None:
    return codes.most_common(1)[0][0] if codes else None
