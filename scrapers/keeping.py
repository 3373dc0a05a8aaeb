"""How do responses that come together get into the archive? With one wait for the disk for all of them.

While the disk is waited for, more responses arrive; they go together the next time. Each is safe before its
spider sees it, so nothing that it leads to is ever noted for a response that could still be lost.
"""

import asyncio
import sqlite3
import time
from collections.abc import Sequence
from typing import Protocol

from archive.errors import ArchiveError
from archive.models import Exchange
from scrapers.download import excuse

# More are not kept at once: the crawl stands still meanwhile.
_MOST = 32


class Shelf(Protocol):
    """What keeps responses."""

    def keep_all(self, exchanges: Sequence[Exchange]) -> list[float]:
        """Archive responses, all or none; return how many seconds it took to look at each."""


class Together:
    """Archives what arrives within one turn of the event loop at once."""

    def __init__(self, shelf: Shelf) -> None:
        """Archive on ``shelf``."""
        self._shelf = shelf
        self._waiting: list[tuple[Exchange, asyncio.Future[float]]] = []

    async def keep(self, exchange: Exchange) -> float:
        """Return when ``exchange`` is archived, with the seconds it took to look at it.

        Raises ArchiveError or sqlite3.Error when nothing more can be archived.
        """
        loop = asyncio.get_running_loop()
        kept: asyncio.Future[float] = loop.create_future()
        self._waiting.append((exchange, kept))
        if len(self._waiting) == 1:
            loop.call_soon(self._keep_waiting)
        return await kept

    def _keep_waiting(self) -> None:
        waiting, self._waiting = self._waiting, []
        for start in range(0, len(waiting), _MOST):
            self._keep(waiting[start : start + _MOST])

    def _keep(self, some: Sequence[tuple[Exchange, "asyncio.Future[float]"]]) -> None:
        start = time.monotonic()
        try:
            spent = self._shelf.keep_all([exchange for exchange, _ in some])
        except (ArchiveError, sqlite3.Error) as error:
            _fail(some, error)
        except Exception as error:
            if len(some) == 1:
                _fail(some, error)
            else:  # one that cannot be archived, by a fault of ours, costs the others nothing
                for one in some:
                    self._keep([one])
        else:
            excuse(time.monotonic() - start)
            for (_, kept), seconds in zip(some, spent, strict=True):
                if not kept.done():
                    kept.set_result(seconds)


def _fail(some: Sequence[tuple[Exchange, "asyncio.Future[float]"]], error: Exception) -> None:
    for _, kept in some:
        if not kept.done():
            kept.set_exception(error)
