"""Processes that read pages beside the crawl, so that a page that takes long delays no other.

What they find comes back in the order in which pages were given, and the crawl's own process stores it. A
reader that dies costs nothing: its pages are read again, one at a time, until it is known which one kills it.
"""

import logging
import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from multiprocessing import connection
from pathlib import Path

from archive import forking
from archive.directory import Directory
from archive.models import CoopEntry, Record, Site
from archive.pages import page_of
from archive.parsers.records import records
from archive.raw import Raw
from archive.reading import attempt
from archive.sources import Source
from archive.store import stem_index
from archive.store.captures import CaptureRow

_log = logging.getLogger(__name__)

# More pages than this do not wait to be read: the crawl waits instead.
_MOST_WAITING = 500

# A record, and what the search index will hold of it: that takes a third as long as reading.
Indexed = tuple[Record, stem_index.Entry]
Answer = list[Indexed] | str


@dataclass(frozen=True, slots=True)
class Shelf:
    """What a reader needs besides a page: where the pages lie, and what is known of sources and co-ops."""

    folder: Path
    sources: Mapping[str, Source]
    entries: Sequence[CoopEntry]


class Readers:
    """A pool of processes, started as pages come, at most ``count`` of them."""

    def __init__(self, shelf: Shelf, count: int) -> None:
        """Read what lies on ``shelf``; nothing is started yet."""
        self._shelf = shelf
        self._count = count
        self._pool: ProcessPoolExecutor | None = None
        self._alone: ProcessPoolExecutor | None = None
        self._given: deque[tuple[CaptureRow, Site, Future[Answer]]] = deque()

    def give(self, row: CaptureRow, site: Site) -> None:
        """Have a capture read with what is known of its ``site``."""
        self._given.append((row, site, self._submit(row, site)))

    def found(self, wait: bool = False) -> Iterator[tuple[CaptureRow, Site, Answer]]:
        """Yield what was found in the captures read by now (``wait``: in all), in the order given."""
        while self._given:
            row, site, future = self._given[0]
            if not (wait or future.done() or len(self._given) > _MOST_WAITING):
                return
            answer = self._answer(row, site, future)
            self._given.popleft()
            yield row, site, answer

    def close(self) -> None:
        """End the processes; what was given and not found is read another time."""
        for pool in (self._pool, self._alone):
            if pool is not None:
                pool.shutdown(cancel_futures=True)
        self._pool = self._alone = None
        self._given.clear()

    def _submit(self, row: CaptureRow, site: Site) -> "Future[Answer]":
        if self._pool is None:
            self._pool = self._begun(self._count)
        try:
            return self._pool.submit(_read, row, site)
        except BrokenProcessPool:
            self._pool = self._begun(self._count)
            return self._pool.submit(_read, row, site)

    def _answer(self, row: CaptureRow, site: Site, future: "Future[Answer]") -> Answer:
        try:
            return future.result()
        except BrokenProcessPool:
            _log.warning("a reading process was killed; its pages are read one at a time")
        self._alone = self._alone or self._begun(1)
        try:
            return self._alone.submit(_read, row, site).result()
        except BrokenProcessPool:
            self._alone = None
            return "the process that read it was killed"

    def _begun(self, count: int) -> ProcessPoolExecutor:
        given = (self._shelf,)
        return ProcessPoolExecutor(count, forking.context(), initializer=_prepare, initargs=given)


_shelf: Shelf | None = None
_directory: Directory | None = None


def _prepare(shelf: Shelf) -> None:
    global _shelf, _directory
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the crawl, which ends its readers
    threading.Thread(target=_end_with_parent, daemon=True).start()
    _shelf, _directory = shelf, Directory(list(shelf.entries))


def _end_with_parent() -> None:
    """End when the crawl is gone, even if it was killed."""
    parent = multiprocessing.parent_process()
    assert parent is not None, "runs in a child"
    connection.wait([parent.sentinel])
    os._exit(1)


def _read(row: CaptureRow, site: Site) -> Answer:
    """Return what a capture says, or why it cannot be read."""
    assert _shelf is not None, "prepared by the pool"
    shelf, capture = _shelf, row.capture
    raw = Raw(shelf.folder)
    return attempt(
        lambda: [
            (record, stem_index.entry(record.title, record.kicker, record.text))
            for record in records(
                page_of(raw.read(capture.file, capture.offset), shelf.sources, site), _directory
            )
        ]
    )
