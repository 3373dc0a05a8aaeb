"""Do today's rules read the whole archive better? Every capture is read again, no site is asked."""

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

from archive.directory import Directory
from archive.models import CoopEntry, Record, Site
from archive.pages import page_of
from archive.parsers.records import records
from archive.pipeline import Archive
from archive.raw import Raw
from archive.reading import attempt
from archive.settling import settle
from archive.sources import Source
from archive.store import articles, captures, reference
from archive.store.captures import CaptureRow

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
        for row, found in _read_all(archive, rows, sites, workers):
            if isinstance(found, str):
                archive.unreadable(row, found)
            else:
                archive.store(row, found, sites[row.capture.source])
            step(1)
        settle(archive, sites)
    after = articles.facts(archive.database)
    return Rebuilt(len(rows), len(after), _changes(before, after))


def _read_all(
    archive: Archive, rows: list[CaptureRow], sites: Mapping[str, Site], workers: int
) -> Iterator[tuple[CaptureRow, list[Record] | str]]:
    given = (archive.raw.folder, archive.sources, sites, reference.directory(archive.database))
    if workers <= 1:
        _prepare(*given)
        yield from zip(rows, map(_read, rows), strict=True)
        return
    with ProcessPoolExecutor(min(workers, os.cpu_count() or 1), initializer=_prepare, initargs=given) as pool:
        yield from zip(rows, pool.map(_read, rows, chunksize=_BATCH), strict=True)


@dataclass(slots=True)
class _Reader:
    """What a worker needs to read a capture; built once a process."""

    raw: Raw
    sources: Mapping[str, Source]
    sites: Mapping[str, Site]
    directory: Directory


_reader: _Reader | None = None


def _prepare(
    folder: Path, sources: Mapping[str, Source], sites: Mapping[str, Site], entries: Iterable[CoopEntry]
) -> None:
    global _reader
    _reader = _Reader(Raw(folder), sources, sites, Directory(list(entries)))


def _read(row: CaptureRow) -> list[Record] | str:
    """Return what a capture says, or why it cannot be read."""
    assert _reader is not None, "prepared by the pool"
    reader, capture = _reader, row.capture
    site = reader.sites[capture.source]
    return attempt(
        lambda: records(
            page_of(reader.raw.read(capture.file, capture.offset), reader.sources, site), reader.directory
        )
    )


def _changes(before: Mapping[str, str], after: Mapping[str, str]) -> list[tuple[str, str]]:
    found = [("-", url) for url in before.keys() - after.keys()]
    found += [("+", url) for url in after.keys() - before.keys()]
    found += [("~", url) for url in before.keys() & after.keys() if before[url] != after[url]]
    return sorted(found, key=lambda change: (change[1], change[0]))
