"""In which department is each co-op of a page? Beside its name, by the directory, or where the page is."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from archive.models import DepartmentMention
from archive.parsers import coop_places
from archive.parsers.coop_reading import Coop, Occurrence, Reading

_Placed = TypeVar("_Placed", DepartmentMention, Occurrence)
# How far from a name its department is looked for, in characters.
_AROUND = 400
# The first place of a text is its subject's.
_OPENING = 250
# A page of no more characters is about the co-ops that it names.
_SHORT = 2_000


def departments(
    readings: Sequence[Reading], spans: Sequence[Sequence[Occurrence]], named: Mapping[str, Coop]
) -> dict[str, str]:
    """Return the department of each co-op by key; co-ops of which the page says nothing are missing.

    ``spans`` are the occurrences in each reading.
    """
    told = _told(readings, spans, named)
    first = next((one.key for here in spans for one in here), None)
    setting = _setting(readings, bool(spans[0]), len(named) == 1)
    found: dict[str, str] = {}
    for key, coop in named.items():
        here = told[key]
        listed = coop.entry.department if coop.entry else None
        page = setting if key == first else None
        beside, around, earlier = map(_usual, (here.beside, here.around, here.earlier))
        if code := coop.code or beside or listed or page or around or earlier:
            found[key] = code
    if len(found) < len(named) and (code := _whole_page(readings, spans, alone=len(named) == 1)):
        return dict.fromkeys(named, code) | found
    return found


@dataclass(slots=True)
class _Told:
    """The departments given beside a co-op's name, in its sentences and in those before, again and again."""

    beside: list[str] = field(default_factory=list)
    around: list[str] = field(default_factory=list)
    earlier: list[str] = field(default_factory=list)


def _told(
    readings: Sequence[Reading], spans: Sequence[Sequence[Occurrence]], named: Mapping[str, Coop]
) -> dict[str, _Told]:
    told = {key: _Told() for key in named}
    used: set[int] = set()
    for reading, here in zip(readings, spans, strict=True):
        places_near, named_near = _nearest(reading.places), _nearest(here)
        for one in here:
            if not (near := places_near(one)):
                continue
            others = [(other.start, other.end) for other in named_near(one)]
            if place := coop_places.beside(reading.passage.text, one.start, one.end, near, others):
                told[one.key].beside.append(place.code)
                used.add(id(place))
    for reading, here in zip(readings, spans, strict=True):
        free = _nearest([mention for mention in _places(reading, here) if id(mention) not in used])
        for one in here:
            _look_around(reading, one, free(one), told[one.key])
    return told


def _look_around(reading: Reading, one: Occurrence, near: Sequence[DepartmentMention], told: _Told) -> None:
    """Note the department of the sentence that names a co-op, else of the sentence before."""
    text = reading.passage.text
    code = coop_places.in_sentence(text, one.start, one.end, near) if near else None
    if code is None and one.rule == "subject_of_clipping":
        code = coop_places.in_line(text, one.start, reading.places)
    if code:
        told.around.append(code)
    elif (
        near and one.rule != "named_again" and (code := coop_places.in_sentence_before(text, one.start, near))
    ):
        told.earlier.append(code)


def _places(reading: Reading, here: Sequence[Occurrence]) -> list[DepartmentMention]:
    """Return the places of a passage that are not part of a co-op's name: « Les Ateliers de Thiers »."""
    return [
        mention
        for mention in reading.places
        if not any(one.start <= mention.start and mention.end <= one.end for one in here)
    ]


def _whole_page(
    readings: Sequence[Reading], spans: Sequence[Sequence[Occurrence]], alone: bool
) -> str | None:
    """Return the department of most places of a short page on one co-op, or, where it has several, the
    department of its dateline and of most of its places: a long page may well speak of a co-op in passing."""
    codes: Counter[str] = Counter()
    for reading, here in zip(readings, spans, strict=True):
        codes.update(mention.code for mention in _places(reading, here))
    most = _usual(codes)
    if most is None or sum(len(reading.passage.text) for reading in readings) > _SHORT:
        return None
    if alone:
        tied = sum(count == codes[most] for count in codes.values()) > 1
        return most if 2 * codes[most] >= codes.total() and not tied else None
    return most if 4 * codes[most] >= 3 * codes.total() and most == _dateline(readings) else None


def _nearest(items: Sequence[_Placed]) -> Callable[[Occurrence], Sequence[_Placed]]:
    """Return what gives those of the items, which are in order, that begin near an occurrence."""
    starts = [item.start for item in items]
    return lambda one: items[
        bisect_left(starts, one.start - _AROUND) : bisect_left(starts, one.end + _AROUND)
    ]


def _setting(readings: Sequence[Reading], in_title: bool, alone: bool) -> str | None:
    """Return where the page of a co-op is set: by its dateline, else by its only or its first place.

    ``in_title`` and ``alone`` say that the title names a co-op and that the page names one only.
    """
    if dateline := _dateline(readings):
        return dateline
    codes = {mention.code for reading in readings for mention in reading.places}
    if len(codes) == 1 and (in_title or alone):
        return codes.pop()
    if not in_title or readings[0].passage.field != "title":
        return None
    return next((mention.code for mention in readings[-1].places if mention.start < _OPENING), None)


def _dateline(readings: Sequence[Reading]) -> str | None:
    """Return the department of the first dateline: « Vesoul : … », « CHOLET. – … »."""
    for reading in readings:
        for mention in reading.places[:2]:
            if coop_places.is_dateline(reading.passage.text, mention):
                return mention.code
    return None


def _usual(codes: Collection[str]) -> str | None:
    """Return the code met most often, the first of those; ``None`` for none."""
    counted = Counter(codes) if codes else None
    return counted.most_common(1)[0][0] if counted else None
