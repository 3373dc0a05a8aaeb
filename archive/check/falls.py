"""Since when do the pages of a source carry less of something? One test for every share."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, groupby

# Fewer pages than this prove nothing: neither what was usual nor that it has changed.
_LEAST_PAST = 20
_LEAST_NOW = 5
# How seldom chance alone may deal the good pages as unevenly. Strict: every field of every source is
# tested each night, at every place where the fall may have begun.
_CHANCE = 1e-5
_EXAMPLES = 3


@dataclass(frozen=True, slots=True)
class Mark:
    """Whether one page is as it should be. ``batch`` names what was fetched in one go: a crawl or a month."""

    good: bool
    url: str
    at: str
    batch: str
    crawl: int | None = None


@dataclass(frozen=True, slots=True)
class Fall:
    """A share that fell from ``before`` to ``after`` (0 to 1), over the last ``pages`` pages."""

    before: float
    after: float
    pages: int
    first: Mark
    examples: tuple[str, ...]


def fall(marks: Sequence[Mark], drop: float) -> Fall | None:
    """Return the fall of the share of good pages that lasts until now, or ``None``.

    ``marks`` are in order of time. A share that falls by less than ``drop``, that has recovered, that chance
    explains or that too few pages show is no fall.

    >>> dated = [Mark(True, f"u{n}", "2024-05-02", "2024-05") for n in range(40)]
    >>> undated = [Mark(False, f"v{n}", "2024-06-03", "2024-06") for n in range(8)]
    >>> found = fall(dated + undated, 0.15)
    >>> found.before, found.after, found.pages, found.first.at
    (1.0, 0.0, 8, '2024-06-03')
    >>> fall(dated + undated[:4], 0.15) is None
    True
    """
    sums = [0, *accumulate(mark.good for mark in marks)]
    count = len(marks)
    splits = [place for place in _splits(marks) if _drop(sums, place) >= drop]
    if not splits:
        return None
    split = max(splits, key=lambda place: _evidence(sums, place))
    before, after = sums[split] / split, _share_from(sums, split)
    if _chance(count, sums[-1], count - split, sums[-1] - sums[split]) >= _CHANCE:
        return None
    if _share_from(sums, _last_pages(marks)) > (before + after) / 2:
        return None
    bad = [mark for mark in marks[split:] if not mark.good]
    return Fall(before, after, count - split, bad[0], newest(bad))


def newest(marks: Sequence[Mark]) -> tuple[str, ...]:
    """Return the addresses of the last few marks, the newest first."""
    return tuple(dict.fromkeys(mark.url for mark in reversed(marks)))[:_EXAMPLES]


def _splits(marks: Sequence[Mark]) -> Iterator[int]:
    """Yield each place between two batches with enough pages on both sides."""
    place = 0
    for _, batch in groupby(marks, key=lambda mark: mark.batch):
        if place >= _LEAST_PAST and len(marks) - place >= _LEAST_NOW:
            yield place
        place += sum(1 for _ in batch)


def _last_pages(marks: Sequence[Mark]) -> int:
    """Return where the last batches begin that hold enough pages to speak for today."""
    place = max(len(marks) - _LEAST_NOW, 0)
    while place > 0 and marks[place - 1].batch == marks[place].batch:
        place -= 1
    return place


def _share_from(sums: Sequence[int], place: int) -> float:
    return (sums[-1] - sums[place]) / (len(sums) - 1 - place)


def _drop(sums: Sequence[int], place: int) -> float:
    return sums[place] / place - _share_from(sums, place)


def _evidence(sums: Sequence[int], place: int) -> float:
    """Return how much better two shares explain the pages than one (log-likelihood)."""
    count = len(sums) - 1
    return _likelihood(sums[place], place) + _likelihood(sums[-1] - sums[place], count - place)


def _likelihood(good: int, count: int) -> float:
    return sum(part * math.log(part / count) for part in (good, count - good) if part)


def _chance(count: int, good: int, drawn: int, drawn_good: int) -> float:
    """Return the probability of at most ``drawn_good`` good pages among ``drawn`` (Fisher's exact test)."""
    least = max(0, drawn - (count - good))
    total = _log_ways(count, drawn)
    return math.fsum(
        math.exp(_log_ways(good, found) + _log_ways(count - good, drawn - found) - total)
        for found in range(least, drawn_good + 1)
    )


def _log_ways(count: int, chosen: int) -> float:
    """Return the logarithm of the number of ways to choose ``chosen`` of ``count``."""
    return math.lgamma(count + 1) - math.lgamma(chosen + 1) - math.lgamma(count - chosen + 1)
