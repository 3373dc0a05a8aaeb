"""Has this been counted just now? Results kept while the archive stays as it is, heavy ones a little longer.

A crawl commits every second or so. A count over thousands of articles may then be half a minute old; whatever
is quickly counted never is.
"""

import asyncio
import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Hashable
from pathlib import Path
from typing import Any, NamedTuple

_MOST = 300
_STALE = 30.0  # seconds


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

    async def get(
        self,
        database: str | None,
        key: Hashable,
        compute: Callable[[], Awaitable[Any]],
        heavy: Callable[[Any], bool | None],
    ) -> Any:
        """Return what ``compute`` gives for ``key``, computed once for all who ask at the same time.

        ``heavy`` says whether a value may be half a minute old; ``None``: it is not kept at all.
        """
        whole = (database, key)
        if (found := self._fresh(database, whole)) is not None:
            return found.value
        lock = self._locks.setdefault(whole, asyncio.Lock())
        try:
            async with lock:
                if (found := self._fresh(database, whole)) is not None:
                    return found.value
                stamp = _stamp(database)
                value = await compute()
                if (stays := heavy(value)) is None:
                    return value
                self._kept[whole] = _Kept(stamp, self._clock(), value, stays)
                self._kept.move_to_end(whole)
                while len(self._kept) > _MOST:
                    self._kept.popitem(last=False)
                return value
        finally:
            self._locks.pop(whole, None)

    def _fresh(self, database: str | None, whole: Hashable) -> _Kept | None:
        found = self._kept.get(whole)
        if found is None:
            return None
        if found.stamp == _stamp(database) or (found.heavy and self._clock() - found.at < _STALE):
            return found
        return None


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
