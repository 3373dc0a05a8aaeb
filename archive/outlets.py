"""Whose domain is this? Names of outlets learned from the pages that say whose they are.

One tile of a board names the paper beside its link, the next leads to the same site and names nobody; a
newspaper's mobile pages say half of its name. What one page says of a domain holds for the others.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import replace

from archive.addresses import publisher_domain
from archive.models import Record

# Names found so are guesses, and learned ones take their place.
WEAK = (None, "host", "domain")


class Names:
    """The names that pages gave to their domains so far."""

    def __init__(self) -> None:
        """Know none."""
        self._found: defaultdict[str, Counter[str]] = defaultdict(Counter)

    def learn(self, records: Iterable[Record]) -> None:
        """Note which names these records give to their domains."""
        for record in records:
            domain = publisher_domain(record.original or record.url)
            if domain and record.outlet and record.outlet_rule not in WEAK:
                self._found[domain][record.outlet] += 1

    def named(self, record: Record) -> Record:
        """Return the record under the name that other pages gave to its domain, where it has hardly one."""
        if record.outlet_rule not in WEAK or (record.outlet and record.outlet_rule is None):
            return record
        if record.kind == "clipping" and record.original is None:
            return record
        names = self._found.get(publisher_domain(record.original or record.url) or "")
        if not names:
            return record
        best = min(names, key=lambda name: (-names[name], name))
        return replace(record, outlet=best, outlet_rule="domain")
