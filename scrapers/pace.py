"""When may a host be asked again? One answer for all sources that live on it."""

import time
from collections.abc import Callable

# A host that is busy and does not say for how long is left alone for so long, then twice as long, and so on.
_FIRST_PAUSE = 30.0
# A site that asks for more patience than this is left alone until the next crawl anyway.
MOST_PATIENCE = 600.0


class Pace:
    """The turns of one crawl, by host. Times are seconds of a clock that never goes back."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        """Begin with every host free."""
        self._clock = clock
        self._free_at: dict[str, float] = {}
        self._held_until: dict[str, float] = {}
        self._busy: dict[str, int] = {}

    def turn(self, host: str, delay: float) -> float:
        """Take the next turn on ``host``, ``delay`` before the one after; return how many seconds to wait."""
        host, now = _site(host), self._clock()
        turn = max(now, self._free_at.get(host, now), self._held_until.get(host, now))
        self._free_at[host] = turn + delay
        return turn - now

    def is_held(self, host: str) -> bool:
        """Say whether ``host`` is to be left alone now, whatever turns were taken before it said so."""
        return self._held_until.get(_site(host), 0.0) > self._clock()

    def busy(self, host: str, asked: float) -> None:
        """Leave a busy host alone for the seconds it ``asked``, or, if it asked for none (0), ever longer."""
        host = _site(host)
        times = self._busy[host] = self._busy.get(host, 0) + 1
        pause = min(asked or _FIRST_PAUSE * 2 ** min(times - 1, 10), MOST_PATIENCE)
        self._held_until[host] = max(self._held_until.get(host, 0.0), self._clock() + pause)

    def answered(self, host: str) -> None:
        """Forget how often a host was busy: it answers again."""
        self._busy.pop(_site(host), None)


def _site(host: str) -> str:
    return host.lower().removeprefix("www.")
