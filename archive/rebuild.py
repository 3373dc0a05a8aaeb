"""Do today's rules read the whole archive better? Every capture is read again, no site is asked."""

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from archive import forking
from archive.directory import Directory
from archive.harvest import Harvest, Harvester
from archive.models import CoopEntry, Site
from archive.pipeline import Archive
from archive.raw import Raw
from archive.settling import settle
from archive.sources import Source
from archive.store import articles, captures, reference
from archive.store.captures import CaptureRow
from archive.storing import together

# Captures given to a worker at a time: large enough to keep it busy, small enough to keep the bar moving.
_BATCH = 8


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """What a rebuild did. ``changes`` lists addresses whose facts differ, each with a sign (+, -, ~)."""

    captures: int
    articles: int
    changes: list[tuple[str, str]] = field(default_factory=list)


def rebuild(archive: Archive, workers: int = 1, step: Callable[[int], None] = lambda count: None) -> Rebuilt:
    """Read every capture again into a fresh set of facts, in one transaction: readers see old or new.

    ``step`` is told how many captures are done since it was last told. Articles keep their ids.
    """
    rows = list(captures.to_read(archive.database))
    before = articles.facts(archive.database)
    sites = {source: archive.site(source) for source in {row.capture.source for row in rows}}
    with archive.database.atomic():
        articles.clear(archive.database)
        read = _read_all(archive, rows, sites, workers)
        for some in together([one] for one in read):
            archive.store(some)
            step(len(some))
        settle(archive, sites)
    after = articles.facts(archive.database)
    return Rebuilt(len(rows), len(after), _changes(before, after))


def _read_all(
    archive: Archive, rows: list[CaptureRow], sites: Mapping[str, Site], workers: int
) -> Iterator[tuple[CaptureRow, Harvest | str]]:
    given = (archive.raw.folder, archive.sources, sites, reference.directory(archive.database))
    if workers <= 1:
        _prepare(*given)
        yield from zip(rows, map(_read, rows), strict=True)
        return
    count = min(workers, os.cpu_count() or 1)
    with ProcessPoolExecutor(count, forking.context(), initializer=_begin, initargs=given) as pool:
        yield from zip(rows, pool.map(_read, rows, chunksize=_BATCH), strict=True)


_harvester: Harvester | None = None
_sites: Mapping[str, Site] = {}


def _begin(*given: Any) -> None:
    """Begin as a worker, which is gone when the rebuild is."""
    forking.live_with_parent()
    _prepare(*given)


def _prepare(
    folder: Path, sources: Mapping[str, Source], sites: Mapping[str, Site], entries: Iterable[CoopEntry]
) -> None:
    global _harvester, _sites
    _harvester = Harvester(Raw(folder), sources, Directory(list(entries)))
    _sites = sites


def _read(row: CaptureRow) -> Harvest | str:
    """Return what a capture brings, or why it cannot be read."""
    assert _harvester is not None, "prepared by the pool"
    return _harvester.harvest(row, _sites[row.capture.source])


def _changes(before: Mapping[str, str], after: Mapping[str, str]) -> list[tuple[str, str]]:
    found = [("-", url) for url in before.keys() - after.keys()]
    found += [("+", url) for url in after.keys() - before.keys()]
    found += [("~", url) for url in before.keys() & after.keys() if before[url] != after[url]]
    return sorted(found, key=lambda change: (change[1], change[0]))
