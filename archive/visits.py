"""What came of the article pages that a source has led to, whatever address they were asked for under?"""

from dataclasses import replace

from sqlite_utils import Database

from archive.addresses import identity
from archive.models import GONE, Visits
from archive.store import captures


def by_page(database: Database, source: str) -> dict[str, Visits]:
    """Return what is known of each article page that a source has led to, by the page's identity."""
    pages: dict[str, Visits] = {}
    names: dict[str, str] = {}  # a page that is looked at every year is named once
    for visit in captures.visits(database, source):
        page = names.get(visit.url) or names.setdefault(visit.url, identity(visit.url))
        pages[page] = _joined(pages[page], visit) if page in pages else visit
    return pages


def _joined(before: Visits, visit: Visits) -> Visits:
    """Add a page's next answer to what is known of it; a redirect tells of the address, not of the page."""
    if 300 <= visit.status < 400:
        return replace(before, last=visit.last)
    still_gone = visit.status in GONE and before.status in GONE
    return replace(visit, since=before.since if still_gone else visit.since)
