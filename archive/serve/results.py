"""What does a search find? The articles by relevance or date, counted by year, department and source."""

import sqlite3
from collections.abc import AsyncIterator, Mapping
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from archive.serve import answering, french, passages, ranking, rights
from archive.serve.counting import MANY, Counts, counts
from archive.serve.names import Names, names
from archive.serve.ranking import ON_A_PAGE
from archive.serve.remembered import RESULTS
from archive.serve.search import finder, is_asked, match, spelling
from archive.serve.search import question as questions
from archive.serve.search.question import Question
from archive.serve.selection import LAST_PAGE, Asked, read

__all__ = ["Asked", "answers", "counts", "identifiers", "in_pieces", "listed", "read"]

if TYPE_CHECKING:
    from datasette.database import Database

Row = dict[str, Any]

_FIRST_PIECE, _PIECE = 50, 400  # articles of an export
_FEW = 20  # answers below which another spelling is looked for
_TYPED = {"year": "annee", "department": "departement", "source": "source", "kind": "type"}
_LISTED = """
select a.id, a.title, a.kicker, a.kind, a.published, a.departments, a.text, a.url, a.original, s.publish,
       a.source, a.outlet, coalesce(o.name, s.title) as outlet_name
from articles a join sources s on s.slug = a.source left join outlets o on o.id = a.outlet
where a.id in ({ids})
"""


async def answers(db: "Database", wanted: Asked) -> Row:
    """Return the articles of one page with excerpts, how many there are, facets and a better spelling."""

    async def compute() -> Row:
        return await _answers(db, wanted)

    key = ("answers", wanted.question.text, wanted.order, wanted.page, wanted.public, wanted.exact)
    found: Row = await RESULTS.get(db.path, key, compute, lambda value: value["total"] > MANY)
    return found


async def _answers(db: "Database", wanted: Asked) -> Row:
    query, known = wanted.question.text, await names(db)
    counted = await counts(db, wanted, whole=wanted.exact)
    rows = await db.execute_fn(lambda connection: _page(connection, wanted, known, counted))
    few = counted.total < _FEW and is_asked(query)
    return {
        "total": counted.total,
        "looked_at": counted.looked_at if counted.is_estimate else None,
        "rows": rows,
        "facets": _facets(known, wanted, counted),
        "meant": await spelling.meant(db, query) if few else None,
        "conditions": _conditions(wanted.question),
        "unread": wanted.question.unread,
        "ranked": match.has_words(wanted.question.tree),
        "pages": min(-(-counted.total // ON_A_PAGE), LAST_PAGE),
        "reached": LAST_PAGE * ON_A_PAGE if counted.total > LAST_PAGE * ON_A_PAGE else None,
    }


def _page(connection: sqlite3.Connection, wanted: Asked, known: Names, counted: Counts) -> list[Row]:
    """Return the articles of one page with their excerpts."""
    find = finder(wanted.question.text)
    with answering.limited(connection):
        rows = _listed(connection, ranking.page(connection, wanted, known, counted), wanted.public)
    for row in rows:
        text, title = row.pop("text"), row["title"]
        row["excerpt"] = passages.excerpt(text, find(text))
        row["heading"] = passages.marked(title or "Sans titre", find(title or ""))
    return rows


async def identifiers(db: "Database", wanted: Asked, limit: int = -1) -> list[int]:
    """Return the ids of every article that answers, the latest first; at most ``limit`` unless negative."""
    found = answering.answers(wanted, await names(db))
    # No limit of time: an export may already be under way.
    ids: list[int] = await db.execute_fn(lambda connection: answering.identifiers(connection, found, limit))
    return ids


async def in_pieces(db: "Database", wanted: Asked) -> AsyncIterator[list[int]]:
    """Yield the ids of every article that answers once, the latest first; a few come at once."""
    first = await identifiers(db, wanted, _FIRST_PIECE)
    yield first
    if len(first) < _FIRST_PIECE:
        return
    known = frozenset(first)
    rest = [one for one in await identifiers(db, wanted) if one not in known]
    for at in range(0, len(rest), _PIECE):
        yield rest[at : at + _PIECE]


async def listed(db: "Database", ids: list[int], public: bool) -> list[Row]:
    """Return the rows of some articles in the order of their ids, texts cut to what may be shown."""
    rows: list[Row] = await db.execute_fn(lambda connection: _listed(connection, ids, public))
    return rows


def _listed(connection: sqlite3.Connection, ids: list[int], public: bool) -> list[Row]:
    marks = ", ".join("?" * len(ids))
    rows = map(dict, connection.execute(_LISTED.format(ids=marks), ids).fetchall())
    found = {row["id"]: rights.applied(row, public) for row in rows}
    return [found[identifier] for identifier in ids if identifier in found]


def _facets(known: Names, wanted: Asked, counted: Counts) -> list[Row]:
    """Return the counts as lists of links that add one condition to the question."""
    numbered = {code: f"{name} ({code})" for code, name in known.departments.items()}
    called: dict[str, Mapping[str, str]] = {"source": known.sources, "department": numbered}
    applied = {one.name for one in questions.filters(wanted.question.tree)}
    found: list[Row] = []
    for name, values in counted.by_facet().items():
        rows = [
            {
                "name": called.get(name, {}).get(value) or french.word(name, value),
                "articles": articles,
                "address": urlencode({"q": f"{wanted.question.text} {_TYPED[name]}:{value}".strip()}),
            }
            for value, articles in values
        ]
        if len(rows) > 1 or (rows and name not in applied):
            found.append({"facet": name, "rows": rows})
    return found


def _conditions(question: Question) -> list[Row]:
    """Return the filters as they were typed, each with the question that is left without it."""
    text = question.text
    typed = sorted(questions.filters(question.tree), key=lambda one: one.start)
    return [
        {
            "text": text[one.start : one.end],
            "without": urlencode({"q": " ".join(f"{text[: one.start]} {text[one.end :]}".split())}),
        }
        for one in typed
    ]
