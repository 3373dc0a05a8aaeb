"""What did the press say in a day, a week, a month? The span, its neighbours, and its articles day by day."""

import re
from datetime import date, timedelta
from itertools import groupby
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from archive.serve import french, results, rights

if TYPE_CHECKING:
    from datasette.database import Database

Row = dict[str, Any]

SPANS: Final = {"jour": "Jour", "semaine": "Semaine", "mois": "Mois"}
_DAY: Final = re.compile(r"\d{4}-\d\d-\d\d")
_MOST: Final = 500
_LATEST = """
select published from article_summaries where length(published) = 10 and {where}
order by published desc limit 1
"""


class Span(NamedTuple):
    """Days from ``first`` to ``last``, both included; ``kind`` is a key of ``SPANS``."""

    kind: str
    first: date
    last: date

    @property
    def name(self) -> str:
        """The span in French, no preposition before it."""
        if self.kind == "jour":
            return french.date(self.first.isoformat())
        if self.kind == "mois":
            return french.date(self.first.isoformat()[:7])
        return f"du {french.date(self.first.isoformat())} au {french.date(self.last.isoformat())}"

    @property
    def before(self) -> date:
        """A day of the span before."""
        return self.first - timedelta(1)

    @property
    def after(self) -> date:
        """A day of the span after."""
        return self.last + timedelta(1)

    @property
    def query(self) -> str:
        """The span as filters of the search."""
        return f"depuis:{self.first.isoformat()} jusqua:{self.last.isoformat()}"


def span(kind: str, day: date) -> Span:
    """Return the day, the week (from Monday) or the month that ``day`` lies in; a week for any other kind.

    >>> span("semaine", date(2024, 5, 1)).name
    'du 29 avril 2024 au 5 mai 2024'
    """
    if kind == "jour":
        return Span(kind, day, day)
    if kind == "mois":
        following = (day.replace(day=28) + timedelta(4)).replace(day=1)
        return Span(kind, day.replace(day=1), following - timedelta(1))
    monday = day - timedelta(day.weekday())
    return Span("semaine", monday, monday + timedelta(6))


def day(text: str) -> date | None:
    """Return the day of an address, ``None`` if it is none that a calendar has neighbours for.

    >>> day("2024-02-30") is None, day("9999-12-31") is None
    (True, True)
    """
    try:
        found = date.fromisoformat(text) if _DAY.fullmatch(text) else None
    except ValueError:
        return None
    return found if found and 2 < found.year < 9990 else None


async def latest(db: "Database", public: bool) -> date | None:
    """Return the day of the latest article."""
    row: Any = (await db.execute(_LATEST.format(where=rights.shown(public)))).first()
    return day(row[0]) if row else None


async def review(db: "Database", shown: Span, query: str, public: bool) -> Row:
    """Return the articles of a span that answer a query: in all, and by day, the latest first.

    An article of which only the month is known stands in the month's review, under the month.
    """
    wanted = results.read(f"{query} {shown.query}", "date", public=public)
    if shown.kind == "mois":
        wanted = results.read(f"{query} date:{shown.first.isoformat()[:7]}", "date", public=public)
    counted = await results.counts(db, wanted)
    ids = await results.identifiers(db, wanted, _MOST)
    rows = [
        row for at in range(0, len(ids), 200) for row in await results.listed(db, ids[at : at + 200], public)
    ]
    days = [
        {"day": published, "rows": list(group)}
        for published, group in groupby(rows, key=lambda row: row["published"])
    ]
    return {"total": counted.total, "days": days, "shown": len(rows), "query": wanted.question.text}
