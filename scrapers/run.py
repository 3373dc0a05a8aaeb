"""What do the parts of one crawl share? The archive, the queue, the wishes of the caller, the counts."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol

from archive.errors import ArchiveError
from archive.limits import Limits
from archive.models import Capture, Exchange, Visits
from archive.raw import Stored
from scrapers.frontier import Frontier
from scrapers.keeping import Together
from scrapers.replay import Replay
from scrapers.reservations import Rule


def _now() -> datetime:
    return datetime.now(UTC)


class Keeper(Protocol):
    """What a crawl needs of the archive."""

    def keep_all(self, exchanges: Sequence[Exchange]) -> list[float]:
        """Archive responses, all or none; return the seconds it took to look at each.

        Raises ArchiveError only when nothing more can be archived.
        """

    def passed_over(self, source: str, page: str) -> bool:
        """Say whether a page (its identity) of a watched source was looked at and concerned nobody."""

    def originals(self, source: str, board: str) -> Sequence[str]:
        """Return the addresses of the pages clipped on a board that are not archived yet."""

    def visits(self, source: str) -> Mapping[str, Visits]:
        """Return what is known of each article page asked for before, by its identity."""

    def last_whole(self, source: str, url: str) -> Capture | None:
        """Return the earlier response that ``url`` repeats if it has not changed, or ``None``."""

    def kept(self, source: str, url: str, fetched_at: datetime) -> Stored | None:
        """Return a response archived at that second, or ``None``."""

    def problem(self, source: str, url: str, stage: str, error: str) -> None:
        """Note what went wrong with one address."""


@dataclass(frozen=True)
class Options:
    """How to crawl. ``data`` is the archive's folder; ``replay`` a WARC file that answers instead of the web.

    ``full`` asks for everything again, and not only for what changed. ``allow_private`` lists ``HOST:PORT``
    that may lie on a private network. ``progress`` is called with a source's slug and how many responses it
    gave so far, ``length`` once, before, with how many responses a replay holds. ``now`` (aware) decides
    which old pages are due for another look. ``frontier`` is the address of a Redis that several workers
    share; without one the frontier lies in the archive's folder. ``clock`` (aware too) tells when a source's
    hours are over. ``only`` names, by source, the pages to ask for and no others.
    """

    data: Path
    replay: Path | None = None
    full: bool = False
    allow_private: tuple[str, ...] = ()
    limits: Limits = field(default_factory=Limits)
    progress: Callable[[str, int], None] | None = None
    length: Callable[[int], None] | None = None
    now: datetime = field(default_factory=_now)
    frontier: str | None = None
    only: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    clock: Callable[[], datetime] = _now


@dataclass(frozen=True)
class Result:
    """What a crawl did. ``errors`` counts by cause; ``finished`` is false when it was interrupted.

    ``stopped`` says by source why one was left before its end; it is gone on with in the next crawl.
    """

    requests: int
    by_source: Mapping[str, int]
    errors: Mapping[str, int]
    finished: bool
    stopped: Mapping[str, str] = field(default_factory=dict)


@dataclass
class Run:
    """One crawl under way, shared by its spiders and middlewares."""

    archive: Keeper
    frontier: Frontier
    options: Options
    replay: Replay | None
    by_source: Counter[str] = field(default_factory=Counter)
    errors: Counter[str] = field(default_factory=Counter)
    failure: ArchiveError | None = None
    together: Together = field(init=False)
    stopped: dict[str, str] = field(default_factory=dict)
    full: set[str] = field(default_factory=set)
    # What each host (scheme, name and port) reserves from text and data mining.
    reservations: dict[str, Sequence[Rule]] = field(default_factory=dict)
    reading: dict[str, float] = field(default_factory=lambda: defaultdict(float))

    def __post_init__(self) -> None:
        """Archive together what comes together."""
        self.together = Together(self.archive)

    def count(self, source: str) -> None:
        """Count one archived response and tell the caller."""
        self.by_source[source] += 1
        if self.options.progress is not None:
            self.options.progress(source, self.by_source[source])

    @contextmanager
    def ending(self) -> Iterator[None]:
        """Let an archive or frontier that can no longer be used end the crawl; it is resumed later."""
        try:
            yield
        except ArchiveError as error:
            self.failure = self.failure or error

    def enough(self, source: str, url: str, sentence: str) -> None:
        """Note, once in a crawl, that a source has more than is asked for in one."""
        if source not in self.full:
            self.full.add(source)
            self.problem(source, url, "limit", sentence)

    def problem(self, source: str, url: str, stage: str, error: str) -> None:
        """Count and note what went wrong with one address."""
        self.errors[stage] += 1
        self.archive.problem(source, url, stage, error)
