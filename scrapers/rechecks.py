"""Which old pages are worth another look? A few in each crawl, the recent ones sooner.

A page is looked at again once it has stood unchanged for as long as it had when it was last looked at: after
a day, two, four, and so on. Pages change most in their first days, and no site is asked for all of its past
at once.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from math import ceil

from archive.models import GONE, Visits

# Of all pages known, so many are looked at again in one crawl, and a handful on a small site.
_SHARE = 0.03
_FEW = 5
_SOONEST = timedelta(days=1)
# Even a page of ten years ago may be withdrawn.
_LATEST = timedelta(days=365)


def due(pages: Mapping[str, Visits], now: datetime) -> list[str]:
    """Return the addresses to look at again at ``now`` (aware), the most urgent first.

    They depend on the arguments alone, not on their order.

    >>> from datetime import UTC
    >>> monday = datetime(2024, 6, 3, tzinfo=UTC)
    >>> known = {"a.example/x": Visits("https://a.example/x", 200, monday, monday)}
    >>> due(known, monday + timedelta(hours=23)), due(known, monday + timedelta(hours=24))
    ([], ['https://a.example/x'])
    """
    ripe = [
        (interval, -visits.since.timestamp(), visits.url)
        for visits in pages.values()
        if visits.status in (200, *GONE) and now - visits.last >= (interval := _interval(visits))
    ]
    most = max(_FEW, ceil(len(pages) * _SHARE))
    return [url for _, _, url in sorted(ripe)[:most]]


def _interval(visits: Visits) -> timedelta:
    return min(max(visits.last - visits.since, _SOONEST), _LATEST)
