"""What came of earlier visits: of a page, whatever address it was asked for under, and of one address?"""

from dataclasses import replace

from sqlite_utils import Database

from archive.addresses import identity
from archive.models import GONE, Capture, Exchange, Visits
from archive.store import captures


def by_page(database: Database, source: str) -> dict[str, Visits]:
    """Return what is known of each article page that a source has led to, by the page's identity."""
    pages: dict[str, Visits] = {}
    names: dict[str, str] = {}  # a page that is looked at every year is named once
    for visit in captures.visits(database, source):
        page = names.get(visit.url) or names.setdefault(visit.url, identity(visit.url))
        pages[page] = _joined(pages[page], visit) if page in pages else visit
    return pages


def repeated(database: Database, exchange: Exchange) -> Capture | None:
    """Return the earlier response that another one of its address may repeat, or ``None``.

    A newly announced date, or a person who adds the page, means reading again.
    """
    if exchange.noarchive or exchange.status not in (200, 304) or exchange.added_by is not None:
        return None
    before = captures.last_whole(database, exchange.source, exchange.url)
    if before is None or exchange.status == 304:
        return before
    if before.fetched_at > exchange.fetched_at:
        return None  # an older response, brought in late, tells when the page was first as it is
    return before if exchange.announced in (None, before.announced) else None


def _joined(before: Visits, visit: Visits) -> Visits:
    """Add a page's next answer to what is known of it; a redirect tells of the address, not of the page."""
    if 300 <= visit.status < 400:
        return replace(before, last=visit.last)
    still_gone = visit.status in GONE and before.status in GONE
    return replace(visit, since=before.since if still_gone else visit.since)
