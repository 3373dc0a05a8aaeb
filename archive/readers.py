"""Processes that read pages beside the crawl, so that a page that takes long delays no other.

What they find comes back in the order in which pages were given, and the crawl's own process stores it. A
reader that dies costs nothing: its pages are read again, one at a time, until it is known which one kills it.
"""

import logging
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from archive import forking
from archive.models import CoopEntry, Site
from archive.raw import Raw
from archive.sources import Source
from archive.store.captures import CaptureRow

if TYPE_CHECKING:
    from archive.harvest import Harvest, Harvester

_log = logging.getLogger(__name__)

# More pages than this do not wait to be read: the crawl waits instead.
_MOST_WAITING = 500
# So many pages at most are given to a reader at once, and as many found come back together.
_BATCH = 8
# A page that was alone with its reader when that was killed is read again so often before it is blamed: the
# system may have had a reason of its own, and a reader may have been killed while it had nothing to do.
_TRIES = 3
# What is found is handed over when it holds so many characters of text, whatever else the batch has.
HEAVY = 1_000_000
# So many batches a reader has: one under way, one that it need not wait for.
_AHEAD = 2

Answers = Sequence["Harvest | str"]
Task = Sequence[tuple[CaptureRow, Site]]


@dataclass(frozen=True, slots=True)
class Shelf:
    """What a reader needs besides a page: where the pages lie, and what is known of sources and co-ops."""

    folder: Path
    sources: Mapping[str, Source]
    entries: Sequence[CoopEntry]


class Readers:
    """A pool of processes, started as pages come, at most ``count`` of them."""

    def __init__(self, shelf: Shelf, count: int, lessons: Callable[[str], Site]) -> None:
        """Read what lies on ``shelf`` with what ``lessons`` tells of a source; nothing is started yet."""
        self._shelf = shelf
        self._count = count
        self._lessons = lessons
        self._pool: ProcessPoolExecutor | None = None
        self._alone: ProcessPoolExecutor | None = None
        self._waiting: deque[CaptureRow] = deque()
        self._given: deque[tuple[Task, Future[Answers]]] = deque()

    def give(self, row: CaptureRow) -> None:
        """Have a capture read, as soon as a reader is free, with what is known of its site by then."""
        self._waiting.append(row)
        self._hand_out()

    def found(self, wait: bool = False) -> "Iterator[list[tuple[CaptureRow, Harvest | str]]]":
        """Yield what was found in the captures read by now (``wait``: in all), in the order given, in lists.

        What was yielded is no longer kept here; whatever is left is yielded the next time.
        """
        self._hand_out()
        while self._given:
            task, future = self._given[0]
            if not (wait or future.done() or len(self._waiting) > _MOST_WAITING):
                return
            answers = self._answers(task, future)
            self._given.popleft()
            if rest := task[len(answers) :]:
                self._given.appendleft((rest, self._submit(rest)))
            self._hand_out()
            yield [(row, answer) for (row, _), answer in zip(task, answers, strict=False)]

    def close(self) -> None:
        """End the processes; what was given and not found is read another time."""
        for pool in (self._pool, self._alone):
            if pool is not None:
                pool.shutdown(cancel_futures=True)
        self._pool = self._alone = None
        self._waiting.clear()
        self._given.clear()

    def _hand_out(self) -> None:
        """Give the readers what waits, as long as one of them would soon be idle."""
        under_way = sum(not future.done() for _, future in self._given)
        while self._waiting and under_way < self._count * _AHEAD:
            rows = [self._waiting.popleft() for _ in range(min(_BATCH, len(self._waiting)))]
            task = [(row, self._lessons(row.capture.source)) for row in rows]
            self._given.append((task, self._submit(task)))
            under_way += 1

    def _submit(self, task: Task) -> "Future[Answers]":
        if self._pool is None:
            self._pool = self._begun(self._count)
        try:
            return self._pool.submit(read, task)
        except BrokenProcessPool:
            self._pool = self._begun(self._count)
            return self._pool.submit(read, task)

    def _answers(self, task: Task, future: "Future[Answers]") -> Answers:
        try:
            return future.result()
        except BrokenProcessPool:
            _log.warning("a reading process was killed; its pages are read one at a time")
        return [self._answer(one) for one in task]

    def _answer(self, one: tuple[CaptureRow, Site]) -> "Harvest | str":
        for _ in range(_TRIES):
            self._alone = self._alone or self._begun(1)
            try:
                return self._alone.submit(read, [one]).result()[0]
            except BrokenProcessPool:
                self._alone = None
        return "the process that read it was killed"

    def _begun(self, count: int) -> ProcessPoolExecutor:
        given = (self._shelf,)
        return ProcessPoolExecutor(count, forking.context(), initializer=_begin, initargs=given)


_harvester: "Harvester | None" = None


def _begin(shelf: Shelf) -> None:
    forking.live_with_parent()  # Ctrl-C is for the crawl, which ends its readers
    prepare(shelf)


def prepare(shelf: Shelf) -> None:
    """Let this process read what lies on ``shelf``."""
    global _harvester
    # Loaded here: the crawl itself, which has its pages read, does without.
    from archive.directory import Directory
    from archive.harvest import Harvester

    _harvester = Harvester(Raw(shelf.folder), shelf.sources, Directory(list(shelf.entries)))


def read(task: Task) -> Answers:
    """Return what captures bring, or why one cannot be read; of the first ones only where that is much."""
    assert _harvester is not None, "prepared by the pool"
    answers: list[Harvest | str] = []
    weight = 0
    for row, site in task:
        answers.append(found := _harvester.harvest(row, site))
        weight += 0 if isinstance(found, str) else found.weight
        if weight >= HEAVY:
            break
    return answers
