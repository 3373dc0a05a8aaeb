"""How many articles answer, and how are they spread? Counted whole, or estimated on some of very many."""

import re
import sqlite3
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from datasette.utils import sqlite_timelimit

from archive.serve import rights
from archive.serve.remembered import RESULTS
from archive.serve.search import match
from archive.serve.selection import Asked

if TYPE_CHECKING:
    from datasette.database import Database

MANY = 5000
"""Above so many answers a page estimates how they are spread, and a count may be half a minute old."""

_LONGEST_LIST = 12
_IN_A_LIST = re.compile(r'"([^"]*)"')
_LIMIT = 3000  # milliseconds
_COLUMNS = "substr(published, 1, 7) as month, source, kind, departments"
# One row with four long lists: a hundred thousand rows would take three times as long to hand over.
_LISTS = """
select count(*), group_concat(month, char(10)), group_concat(source, char(10)), group_concat(kind, char(10)),
       group_concat(departments, char(10))
from (select {columns} from {articles} limit :most)"""


@dataclass(slots=True)
class Counts:
    """How many articles answer, in all and by value; months are ``2020-05``, ``2020`` or ``""``.

    ``total`` is exact; the values were counted on ``looked_at`` articles, all of them unless it is smaller.
    """

    total: int = 0
    looked_at: int = 0
    months: Counter[str] = field(default_factory=Counter)
    sources: Counter[str] = field(default_factory=Counter)
    kinds: Counter[str] = field(default_factory=Counter)
    departments: Counter[str] = field(default_factory=Counter)

    @property
    def is_estimate(self) -> bool:
        """Whether the values were counted on some of the articles only."""
        return self.looked_at < self.total

    def years(self) -> Counter[str]:
        """Return the counts by year, articles without a date left out."""
        found = Counter[str]()
        for month, articles in self.months.items():
            if month:
                found[month[:4]] += articles
        return found

    def by_facet(self) -> dict[str, list[tuple[str, int]]]:
        """Return the values worth listing with their counts: years the latest first, others by frequency.

        Estimates stand for all the answers, and have two digits that count.
        """
        found = {
            "year": sorted(self.years().items(), reverse=True),
            "department": self.departments.most_common(_LONGEST_LIST),
            "source": self.sources.most_common(_LONGEST_LIST),
            "kind": self.kinds.most_common(),
        }
        if not self.is_estimate:
            return found
        return {name: [(value, self._scaled(n)) for value, n in values] for name, values in found.items()}

    def _scaled(self, articles: int) -> int:
        estimate = articles * self.total / self.looked_at
        return int(round(estimate, min(0, 2 - len(str(int(estimate))))))


async def counts(db: "Database", wanted: Asked, whole: bool = True) -> Counts:
    """Return how many articles answer, in all and by year, month, source, kind and department.

    Unless ``whole``, the values of more than ``MANY`` answers are counted on as many of them, drawn by their
    ids: those are made of addresses and say nothing of a date, a source or a place.
    """

    async def compute() -> Counts:
        def fetched(connection: sqlite3.Connection) -> Counts:
            with sqlite_timelimit(connection, _LIMIT):
                return _whole(connection, wanted) if whole else _estimated(connection, wanted)

        found: Counts = await db.execute_fn(fetched)
        return found

    key = ("counts", wanted.question.text, wanted.public, whole)
    found: Counts = await RESULTS.get(db.path, key, compute, lambda value: value.total > MANY)
    return found


async def total(db: "Database", wanted: Asked) -> int:
    """Return how many articles answer."""
    articles, parameters = _answering(wanted)
    found: Any = (await db.execute(f"select count(*) from {articles}", parameters)).first()
    return int(found[0])


def _whole(connection: sqlite3.Connection, wanted: Asked) -> Counts:
    articles, parameters = _answering(wanted)
    return _counted(connection, articles, parameters, -1)


def _estimated(connection: sqlite3.Connection, wanted: Asked) -> Counts:
    articles, parameters = _answering(wanted)
    found = _counted(connection, articles, parameters, MANY)
    if found.total < MANY:
        return found
    answers = _fetched(connection, f"select count(*) from {articles}", parameters)[0]
    if not articles.startswith(match.STEMS):
        # Along an index of dates the first would all be old.
        articles, _ = _answering(wanted, "article_summaries not indexed")
        found = _counted(connection, articles, parameters, MANY)
    found.total = answers
    return found


def _answering(wanted: Asked, table: str = "article_summaries") -> tuple[str, dict[str, Any]]:
    """Return what stands after ``from`` for the articles that answer, with its parameters."""
    expression, rest = match.divided(wanted.question)
    shown = f"{rights.shown(wanted.public)} and {rest.sql}"
    if not expression:
        return f"{table} where {shown}", dict(rest.parameters)
    # Read along the index, a word that most articles have takes half the time.
    joined = f"{match.STEMS} cross join {table} on id = {match.STEMS}.rowid"
    return f"{joined} where {match.STEMS} match :matched and {shown}", {
        **rest.parameters,
        "matched": expression,
    }


def _counted(connection: sqlite3.Connection, articles: str, parameters: dict[str, Any], most: int) -> Counts:
    sql = _LISTS.format(columns=_COLUMNS, articles=articles)
    articles_found, *lists = _fetched(connection, sql, {**parameters, "most": most})
    months, sources, kinds = map(_split, lists[:3])
    months[""] = articles_found - months.total()
    return Counts(articles_found, articles_found, months, sources, kinds, _departments(lists[3] or ""))


def _split(written: str | None) -> Counter[str]:
    return Counter(written.split("\n")) if written else Counter()


def _departments(written: str) -> Counter[str]:
    """Count codes in lists, one a line; each article names a department once.

    Most lists are the same few, and parsing every one as JSON would take most of the time.
    """
    found = Counter[str]()
    for listed, articles in Counter(written.split("\n")).items():
        for code in _IN_A_LIST.findall(listed):
            found[code] += articles
    return found


def _fetched(connection: sqlite3.Connection, sql: str, parameters: dict[str, Any]) -> tuple[Any, ...]:
    cursor = connection.cursor()
    cursor.row_factory = None
    found: tuple[Any, ...] = cursor.execute(sql, parameters).fetchone()
    return found
