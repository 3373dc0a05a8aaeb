"""What did the press say in a day, a week, a month? The span, its neighbours, and its articles day by day."""

import re
from collections import Counter
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
_MOST_FACETS: Final = 10
_DEPARTMENTS: Final = f"""
select d.code, d.name, count(distinct x.article) as articles
from article_departments x join departments d on d.code = x.department where x.article in ({{marks}})
group by d.code order by articles desc, d.code limit {_MOST_FACETS}
"""
_COOPS: Final = f"""
select c.id, c.name, count(distinct m.article) as articles
from mentions m join coops c on c.id = m.coop where m.article in ({{marks}})
group by c.id order by articles desc, c.name limit {_MOST_FACETS}
"""
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
            return french.weekday(self.first.isoformat())
        if self.kind == "mois":
            return french.date(self.first.isoformat()[:7])
        first, last = french.date(self.first.isoformat()), french.date(self.last.isoformat())
        if self.first.year == self.last.year:
            first = first.removesuffix(f" {self.first.year}")
        if self.first.month == self.last.month:
            first = first.partition(" ")[0]
        return f"du {first} au {last}"

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


def query(shown: Span, filters: str) -> str:
    """Return a span and the filters typed beside it as a line of search.

    An article of which only the month is known stands in the month's review.
    """
    within = f"date:{shown.first.isoformat()[:7]}" if shown.kind == "mois" else shown.query
    return f"{filters} {within}".strip()


def span(kind: str, day: date) -> Span:
    """Return the day, the week (from Monday) or the month that ``day`` lies in; a week for any other kind.

    >>> [span("semaine", date(*day)).name for day in ((2024, 5, 1), (2024, 5, 8), (2025, 1, 1))]
    ['du 29 avril au 5 mai 2024', 'du 6 au 12 mai 2024', 'du 30 décembre 2024 au 5 janvier 2025']
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


async def review(db: "Database", shown: Span, filters: str, public: bool) -> Row:
    """Return the articles of a span that pass the filters: in all, and by day, the latest first.

    ``facets`` are the outlets, departments and co-ops of these articles, each a filter to add.
    """
    wanted = results.read(query(shown, filters), "date", public=public)
    counted = await results.counts(db, wanted)
    ids = await results.identifiers(db, wanted, _MOST)
    rows = [
        row for at in range(0, len(ids), 200) for row in await results.listed(db, ids[at : at + 200], public)
    ]
    days = [
        {"day": published, "rows": list(group)}
        for published, group in groupby(rows, key=lambda row: row["published"])
    ]
    facets = await _facets(db, rows, filters)
    told = {"total": counted.total, "shown": len(rows), "query": wanted.question.text}
    return {**told, "days": days, "facets": [facet for facet in facets if facet["rows"]]}


async def _facets(db: "Database", rows: list[Row], filters: str) -> list[Row]:
    """Return what the articles may be narrowed to, the frequent first."""
    marks, ids = ", ".join("?" * len(rows)), [row["id"] for row in rows]
    outlets = Counter(row["outlet_name"] for row in rows).most_common(_MOST_FACETS)
    departments = (await db.execute(_DEPARTMENTS.format(marks=marks), ids)).rows
    coops = (await db.execute(_COOPS.format(marks=marks), ids)).rows
    named = (
        ("Titre de presse", [(name, f'media:"{name}"', count) for name, count in outlets if '"' not in name]),
        (
            "Département",
            [(f"{name} ({code})", f"departement:{code}", count) for code, name, count in departments],
        ),
        ("Coopérative", [(name, f"coop:{key}", count) for key, name, count in coops]),
    )
    return [
        {
            "heading": heading,
            "rows": [
                {"name": name, "filters": f"{filters} {typed}".strip(), "articles": count}
                for name, typed, count in found
                if typed not in filters
            ],
        }
        for heading, found in named
    ]
