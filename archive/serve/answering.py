"""From which rows come the answers to a question? The index of stems is asked first where it can be."""

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from time import monotonic
from typing import Any, Final

from archive.serve.names import Names
from archive.serve.search import indexed, match
from archive.serve.search.indexed import Divided, Span
from archive.serve.selection import Asked

_LIMIT: Final = 3.0  # seconds
# Datasette looks at the clock every 1,000 instructions: thousands of times a search, and each time SQLite
# waits until Python is free.
_BETWEEN_LOOKS: Final = 50_000
_INDEX: Final = match.STEMS
_PLACE: Final = f"{_INDEX}.rowid"
_JOINED: Final = f"{_INDEX} cross join article_places on place = {_PLACE}"
_SUMMARIES: Final = "cross join article_summaries on id = article"
_BY_ARTICLE: Final = "article_summaries join article_places on article = id"
_HIDDEN: Final = "(select place from article_places where article in (select article from takedowns))"


@dataclass(frozen=True, slots=True)
class Answers:
    """What stands after ``from`` for the articles that answer, with its parameters.

    ``rows`` gives their places (``place`` is the column), ``articles`` the columns of ``article_places``.
    """

    where: str
    place: str
    parameters: Mapping[str, Any]
    rows: str
    articles: str

    def select(self, columns: str, source: str) -> str:
        """Return a statement on ``rows`` or ``articles``."""
        return f"select {columns} from {source} where {self.where}"


def answers(wanted: Asked, names: Names) -> Answers:
    """Return where the answers to a question come from."""
    found = indexed.divided(wanted.question, names)
    return of_index(found, wanted.public) if found.asks_the_index else by_article(wanted)


def of_index(found: Divided, public: bool) -> Answers:
    """Return the answers that the index of stems gives; what it does not know is asked row by row."""
    conditions, parameters = _within(_PLACE, found.span, public)
    if found.is_whole and found.expression == match.EVERYTHING:
        conditions, _ = _within("place", found.span, public)
        where = " and ".join(conditions) or "1"
        return Answers(where, "place", parameters, "article_places", "article_places")
    conditions.insert(0, f"{_INDEX} match :matched")
    parameters["matched"] = found.expression
    parameters |= found.rest.parameters
    if found.is_list:
        # The plus keeps SQLite from asking the index once for each article of the list.
        conditions.append(f"+{_PLACE} in (select place from {_BY_ARTICLE} where {found.rest.sql})")
    elif not found.is_whole:
        conditions.append(found.rest.sql)
    summaries = f"{_JOINED} {_SUMMARIES}"
    rows, articles = (_INDEX, _JOINED) if found.is_whole or found.is_list else (summaries, summaries)
    return Answers(" and ".join(conditions), _PLACE, parameters, rows, articles)


def _within(place: str, span: Span, public: bool) -> tuple[list[str], dict[str, Any]]:
    """Return the conditions on a place, with their parameters."""
    conditions: list[str] = []
    parameters: dict[str, Any] = {}
    if span != Span():
        conditions.append(f"{place} between :first and :last")
        parameters |= {"first": span.first, "last": span.last}
    if public:
        # Asked once first: where nothing was taken down, a look at an empty list for each article costs more.
        conditions.append(f"(not exists (select 1 from takedowns) or {place} not in {_HIDDEN})")
    return conditions, parameters


def by_article(wanted: Asked) -> Answers:
    """Return the answers that no index is asked for first."""
    where = wanted.where
    return Answers(where.sql, "place", where.parameters, _BY_ARTICLE, _BY_ARTICLE)


def total(connection: sqlite3.Connection, found: Answers) -> int:
    """Return how many articles answer."""
    return int(fetched(connection, found.select("count(*)", found.rows), found.parameters)[0][0])


def identifiers(
    connection: sqlite3.Connection, found: Answers, most: int = -1, skipped: int = 0
) -> list[int]:
    """Return the ids of the articles that answer, the latest first; all unless ``most`` is positive."""
    sql = found.select("article", found.articles)
    sql = f"{sql} order by {found.place} desc limit :most offset :skipped"
    rows = fetched(connection, sql, {**found.parameters, "most": most, "skipped": skipped})
    return [article for (article,) in rows]


def fetched(
    connection: sqlite3.Connection, sql: str, parameters: Mapping[str, Any]
) -> Sequence[tuple[Any, ...]]:
    """Return the rows of a statement as plain tuples."""
    cursor = connection.cursor()
    cursor.row_factory = None
    found: list[tuple[Any, ...]] = cursor.execute(sql, dict(parameters)).fetchall()
    return found


@contextmanager
def limited(connection: sqlite3.Connection, seconds: float = _LIMIT) -> Iterator[sqlite3.Connection]:
    """Give a connection whose statements are interrupted after some seconds: datasette's QueryInterrupted."""
    from datasette.database import QueryInterrupted

    end = monotonic() + seconds
    connection.set_progress_handler(lambda: monotonic() > end, _BETWEEN_LOOKS)
    try:
        yield connection
    except sqlite3.OperationalError as error:
        if error.args != ("interrupted",):
            raise
        raise QueryInterrupted(error, "", {}) from error
    finally:
        connection.set_progress_handler(None, 0)
