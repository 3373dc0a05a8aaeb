"""What have the pages of each source taught so far? Looked up now and then while they are read."""

from collections import Counter

from sqlite_utils import Database

from archive.models import Site
from archive.store import shapes

# What a site teaches is looked up again after so many of its pages, or after one more in so many of those it
# has: looking takes longer with each. Settling puts right what was early.
_AFTER = 10
_SHARE = 10


class Lessons:
    """What the pages of sources teach, as it was last looked up in a database."""

    def __init__(self, database: Database) -> None:
        """Look into ``database``, once a source is asked for."""
        self._database = database
        self._sites: dict[str, Site] = {}
        self._read: Counter[str] = Counter()
        self._enough: Counter[str] = Counter()

    def site(self, source: str) -> Site:
        """Return what the pages of a source have taught so far."""
        if source not in self._sites or self._read[source] >= self._enough[source]:
            self.teach(source, shapes.learned(self._database, source))
        return self._sites[source]

    def teach(self, source: str, site: Site) -> None:
        """Read the pages of ``source`` with this knowledge from now on."""
        self._sites[source] = site
        self._read[source] = 0
        self._enough[source] = max(_AFTER, shapes.count(self._database, source) // _SHARE)

    def count(self, source: str) -> None:
        """Note that one more page of a source was read and stored."""
        self._read[source] += 1
