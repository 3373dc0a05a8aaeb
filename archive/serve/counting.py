"""How many articles answer, and how are they spread? Counted whole, or estimated on some of very many."""

import re
import sqlite3
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from archive.serve import answering
from archive.serve.answering import Answers
from archive.serve.names import Names, names
from archive.serve.remembered import RESULTS
from archive.serve.selection import Asked
from archive.store import places

if TYPE_CHECKING:
    from datasette.database import Database

MANY = 1500
"""Above so many answers a page estimates how they are spread, and a count may be half a minute old."""

# Answers on which an estimate is made: no more, and hardly ever less than half as many.
_LOOKED_AT: Final = 2000
_VERY_MANY: Final = 100_000  # answers, where more than ``MANY`` have no date
_LONGEST_LIST = 12
_IN_A_LIST = re.compile(r'"([^"]*)"')
_COLUMNS = (
    f"iif(place < {places.FIRST}, null, place >> {places.MONTH_BITS}) as month,"
    " source_slug as source, article_kind as kind, department_codes as departments"
)
# One row with four long lists: a hundred thousand rows would take three times as long to hand over.
_LISTS = """
select count(*), group_concat(month, char(10)), group_concat(source, char(10)), group_concat(kind, char(10)),
       group_concat(departments, char(10))
from ({rows})"""
_OF_PLACES = f"""
select {_COLUMNS} from json_each(:places) cross join article_places on place = value"""


@dataclass(slots=True)
class Counts:
    """How many articles answer, in all and by value; months are ``2020-05``, ``2020`` or ``""``.

    ``total`` is exact; the values were counted on ``looked_at`` articles, all of them unless it is smaller.
    ``places`` are those of all the articles, the latest last, where they are few, and ``None`` otherwise.
    """

    total: int = 0
    looked_at: int = 0
    months: Counter[str] = field(default_factory=Counter)
    sources: Counter[str] = field(default_factory=Counter)
    kinds: Counter[str] = field(default_factory=Counter)
    departments: Counter[str] = field(default_factory=Counter)
    places: str | None = None

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

    Unless ``whole``, the values of more than ``MANY`` answers are counted on some of them, evenly spread over
    the dates.
    """
    key = ("counts", wanted.question.text, wanted.public, whole)
    found: Counts = await RESULTS.get(
        db.path, key, lambda: counted(db, wanted, whole), lambda value: value.total > MANY, lasting=True
    )
    return found


async def counted(db: "Database", wanted: Asked, whole: bool = True) -> Counts:
    """Return what ``counts`` does, counted now."""
    known = await names(db)

    def fetched(connection: sqlite3.Connection) -> Counts:
        with answering.limited(connection):
            return _whole(connection, wanted, known) if whole else _estimated(connection, wanted, known)

    found: Counts = await db.execute_fn(fetched)
    return found


async def total(db: "Database", wanted: Asked) -> int:
    """Return how many articles answer."""
    found = answering.answers(wanted, await names(db))

    def counted(connection: sqlite3.Connection) -> int:
        with answering.limited(connection):
            return answering.total(connection, found)

    answers: int = await db.execute_fn(counted)
    return answers


def _whole(connection: sqlite3.Connection, wanted: Asked, known: Names) -> Counts:
    found = answering.answers(wanted, known)
    return _counted(connection, found.select(_COLUMNS, found.articles), found.parameters)


def _estimated(connection: sqlite3.Connection, wanted: Asked, known: Names) -> Counts:
    found = answering.answers(wanted, known)
    few, listed = _first(connection, found, MANY + 1)
    if few <= MANY:
        spread = _counted_at(connection, listed)
        spread.places = listed
        return spread
    answers, listed = _drawn(connection, found, _one_in(_expected(connection, listed)))
    if listed.count(",") < _LOOKED_AT // 4:
        _, listed = _drawn(connection, found, _one_in(answers))
    drawn = listed.split(",")
    spread = _counted_at(connection, ",".join(drawn[:: -(-len(drawn) // _LOOKED_AT)]))
    spread.total = answers
    return spread


def _first(connection: sqlite3.Connection, found: Answers, most: int) -> tuple[int, str]:
    """Return how many articles answer, at most ``most``, and their places in order, with commas between."""
    first = f"{found.select(f'{found.place} as place', found.rows)} order by {found.place} limit :most"
    sql = f"select count(*), group_concat(place) from ({first})"
    answers, listed = answering.fetched(connection, sql, {**found.parameters, "most": most})[0]
    return answers, listed or ""


def _expected(connection: sqlite3.Connection, earliest: str) -> int:
    """Return about how many articles answer, when these are the places of the earliest; most have a date."""
    sql = "select max(place), (select min(place) from article_places where place >= 0) from article_places"
    last, first = answering.fetched(connection, sql, {})[0]
    reached = int(earliest[earliest.rindex(",") + 1 :])
    return int(MANY * (last - first + 1) / (reached - first + 1)) if reached >= 0 else _VERY_MANY


def _drawn(connection: sqlite3.Connection, found: Answers, one_in: int) -> tuple[int, str]:
    """Return how many articles answer, and the places of one in so many (a power of two), by date.

    They are drawn by the lowest bits of their ids, which are made of addresses and say nothing of a source.
    """
    drawn = f"group_concat({found.place}) filter (where {found.place} & :others = 0)"
    sql = found.select(f"count(*), {drawn}", found.rows)
    answers, listed = answering.fetched(connection, sql, {**found.parameters, "others": one_in - 1})[0]
    return answers, listed or ""


def _one_in(answers: int) -> int:
    """Return the power of two by which about ``_LOOKED_AT`` of the answers are drawn, or more.

    >>> _one_in(5000), _one_in(40_000)
    (2, 16)
    """
    return int(1 << max(0, (answers // _LOOKED_AT).bit_length() - 1))


def _counted_at(connection: sqlite3.Connection, listed: str) -> Counts:
    return _counted(connection, _OF_PLACES, {"places": f"[{listed}]"})


def _counted(connection: sqlite3.Connection, rows: str, parameters: Mapping[str, Any]) -> Counts:
    found = answering.fetched(connection, _LISTS.format(rows=rows), parameters)[0]
    articles_found, *lists = found
    months, sources, kinds = map(_split, lists[:3])
    months = Counter({places.month(int(number)): n for number, n in months.items()})
    months[""] = articles_found - months.total()
    return Counts(articles_found, articles_found, months, sources, kinds, _departments(lists[3] or ""))


def _split(written: str | None) -> Counter[str]:
    return Counter(written.split("\n")) if written else Counter()


def _departments(written: str) -> Counter[str]:
    """Count codes in lists, one a line; each article names a department once."""
    return Counter(_IN_A_LIST.findall(written))
