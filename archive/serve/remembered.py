"""Has this been counted just now? Results kept while the archive stays as it is, heavy ones a little longer.

A crawl commits every second or so. What is quickly counted is never older than the archive; what takes long
may be half a minute old. Numbers (``lasting``) are then counted again in the background, and nobody waits for
them unless they are ten minutes old. Titles are not shown that long: one may have been taken down.
"""

import asyncio
import logging
import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Hashable
from pathlib import Path
from typing import Any, NamedTuple

_log = logging.getLogger(__name__)

_MOST = 300
_STALE = 30.0  # seconds after which a heavy result is counted again
_TOO_OLD = 600.0  # seconds after which it is shown no more

Compute = Callable[[], Awaitable[Any]]
Heavy = Callable[[Any], bool | None]


class _Kept(NamedTuple):
    stamp: tuple[int, ...]
    at: float
    value: Any
    heavy: bool


class Remembered:
    """A small store of results by key, for one process."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        """Start empty; ``clock`` gives seconds."""
        self._clock = clock
        self._kept: OrderedDict[Hashable, _Kept] = OrderedDict()
        self._locks: dict[Hashable, asyncio.Lock] = {}
        self._renewals: dict[Hashable, asyncio.Task[Any]] = {}

    async def get(
        self, database: str | None, key: Hashable, compute: Compute, heavy: Heavy, lasting: bool = False
    ) -> Any:
        """Return what ``compute`` gives for ``key``, computed once for all who ask at the same time.

        ``heavy`` says whether a value may be half a minute old; ``None``: it is not kept at all. A heavy one
        that is ``lasting`` is shown for longer, while it is computed again.
        """
        whole = (database, key)
        if (found := self._fresh(database, whole)) is not None:
            return found.value
        found = self._kept.get(whole) if lasting else None
        if found is not None and found.heavy and self._clock() - found.at < _TOO_OLD:
            self._renew(database, whole, compute, heavy)
            return found.value
        lock = self._locks.setdefault(whole, asyncio.Lock())
        try:
            async with lock:
                if (found := self._fresh(database, whole)) is not None:
                    return found.value
                return await self._computed(database, whole, compute, heavy)
        finally:
            self._locks.pop(whole, None)

    async def _computed(self, database: str | None, whole: Hashable, compute: Compute, heavy: Heavy) -> Any:
        stamp = _stamp(database)
        value = await compute()
        if (stays := heavy(value)) is None:
            return value
        self._kept[whole] = _Kept(stamp, self._clock(), value, stays)
        self._kept.move_to_end(whole)
        while len(self._kept) > _MOST:
            self._kept.popitem(last=False)
        return value

    def _renew(self, database: str | None, whole: Hashable, compute: Compute, heavy: Heavy) -> None:
        """Have a value computed again behind the back of those who ask, by one task at a time."""
        if whole in self._renewals:
            return
        task = asyncio.ensure_future(self._computed(database, whole, compute, heavy))
        self._renewals[whole] = task
        task.add_done_callback(lambda done: self._renewed(whole, done))

    def _renewed(self, whole: Hashable, done: "asyncio.Task[Any]") -> None:
        self._renewals.pop(whole, None)
        if not done.cancelled() and (error := done.exception()) is not None:
            # The old value stays until it is too old; then whoever asks is told.
            _log.warning("not counted again: %s", error)

    def _fresh(self, database: str | None, whole: Hashable) -> _Kept | None:
        found = self._kept.get(whole)
        if found is None:
            return None
        if found.heavy and self._clock() - found.at < _STALE:
            return found
        return found if found.stamp == _stamp(database) else None


def _stamp(database: str | None) -> tuple[int, ...]:
    """Return what changes with every commit: the times and sizes of the file and of its write-ahead log."""
    found: list[int] = []
    for path in (Path(database or ""), Path(f"{database}-wal")):
        try:
            status = path.stat()
        except OSError:
            continue
        found += [status.st_mtime_ns, status.st_size]
    return tuple(found)


RESULTS = Remembered()
"""The results of this process."""
