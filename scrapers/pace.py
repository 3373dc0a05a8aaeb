"""When may a host be asked again? One answer for all sources that live on it, and for all workers."""

import time
from collections.abc import Callable
from typing import Protocol

# A host that is busy and does not say for how long is left alone for so long, then twice as long, and so on.
FIRST_PAUSE = 30.0
# No delay is longer, and no pause that a host did not ask for.
MOST_PATIENCE = 600.0
# A host that asks to be left alone is heard for so long, also by later crawls.
MOST_HELD = 86_400.0
MOST_DOUBLINGS = 10
# How long the next turn on a host waits for the answer to the last one, whose worker may be dead.
ANSWER_SECONDS = 10.0


class Pace(Protocol):
    """The turns of hosts; ``www.`` makes no other host."""

    def turn(self, host: str, delay: float) -> float:
        """Take the turn on ``host`` and return 0; or return after how many seconds to ask for it again.

        The next turn is ``delay`` seconds after the answer to this one, which is waited for: a request that
        is late makes those behind it late too, and they come no closer to it. Without a delay nobody waits.
        """

    def held(self, host: str) -> float:
        """Return for how many seconds more a busy host is to be left alone; 0 when it is not busy."""

    def answered(self, host: str, delay: float) -> None:
        """Leave a host alone for ``delay`` seconds from now, and forget how often it was busy."""

    def busy(self, host: str, asked: float, delay: float) -> None:
        """Leave a busy host alone for the seconds it ``asked``, or, if it asked for none (0), ever longer.

        But no less than ``delay``.
        """


class MemoryPace:
    """The turns of one process, forgotten with it. Times are seconds of ``clock``."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        """Begin with every host free."""
        self._clock = clock
        self._free_at: dict[str, float] = {}
        self._held_until: dict[str, float] = {}
        self._busy: dict[str, int] = {}

    def turn(self, host: str, delay: float) -> float:
        """Take the turn on ``host``, or return how long to wait for it."""
        host, now = site(host), self._clock()
        # A clock that was put back must not silence a host for ever.
        self._free_at[host] = min(self._free_at.get(host, now), now + MOST_PATIENCE)
        wait = max(self._free_at[host] - now, self.held(host))
        if wait > 0:
            return wait
        self._free_at[host] = now + (delay + ANSWER_SECONDS if delay else 0.0)
        self._note(host, now + delay)
        return 0.0

    def held(self, host: str) -> float:
        """Return for how many seconds more a busy host is to be left alone."""
        left = self._held_until.get(site(host), 0.0) - self._clock()
        return min(max(0.0, left), MOST_HELD)

    def answered(self, host: str, delay: float) -> None:
        """Leave a host alone for ``delay`` seconds, and forget how often it was busy."""
        host, free_at = site(host), self._clock() + delay
        self._busy.pop(host, None)
        self._free_at[host] = free_at
        self._note(host, free_at)

    def busy(self, host: str, asked: float, delay: float) -> None:
        """Leave a busy host alone."""
        host, now = site(host), self._clock()
        self._free_at[host] = now + delay
        self._busy[host] = self._busy.get(host, 0) + 1
        until = now + pause(asked, self._busy[host])
        self._held_until[host] = max(self._held_until.get(host, until), until)
        self._note(host, now + delay)

    def _note(self, host: str, free_at: float) -> None:
        """Keep for a later process when ``host`` may be asked, and until when it wants to be left alone."""


def pause(asked: float, times: int) -> float:
    """Return for how many seconds to leave a host alone that was busy so many ``times`` in a row.

    >>> [pause(0, times) for times in (1, 2, 3, 9)], pause(7200, 5), pause(10**9, 1)
    ([30.0, 60.0, 120.0, 600.0], 7200, 86400.0)
    """
    if asked:
        return min(asked, MOST_HELD)
    return min(FIRST_PAUSE * 2.0 ** min(times - 1, MOST_DOUBLINGS), MOST_PATIENCE)


def site(host: str) -> str:
    """Return one name for a host, with or without ``www.``."""
    return host.lower().removeprefix("www.")
