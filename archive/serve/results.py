"""What does a search find? The articles by relevance or date, counted by year, department and source."""

import sqlite3
from collections.abc import AsyncIterator
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from archive.serve import french, passages, ranking, rights
from archive.serve.counting import MANY, Counts, counts
from archive.serve.ranking import ON_A_PAGE
from archive.serve.remembered import RESULTS
from archive.serve.search import finder, is_asked, match, spelling
from archive.serve.search import question as questions
from archive.serve.search.question import Question
from archive.serve.selection import Asked, read

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
    query = wanted.question.text
    counted = await counts(db, wanted, whole=wanted.exact)
    rows = await listed(db, await ranking.page(db, wanted, counted.total), wanted.public)
    find = finder(query)
    for row in rows:
        text, title = row.pop("text"), row["title"]
        row["excerpt"] = passages.excerpt(text, find(text))
        row["heading"] = passages.marked(title or "Sans titre", find(title or ""))
    few = counted.total < _FEW and is_asked(query)
    return {
        "total": counted.total,
        "looked_at": counted.looked_at if counted.is_estimate else None,
        "rows": rows,
        "facets": await _facets(db, wanted, counted),
        "meant": await spelling.meant(db, query) if few else None,
        "conditions": _conditions(wanted.question),
        "unread": wanted.question.unread,
        "ranked": match.has_words(wanted.question.tree),
        "pages": -(-counted.total // ON_A_PAGE),
    }


async def identifiers(db: "Database", wanted: Asked, limit: int = -1) -> list[int]:
    """Return the ids of every article that answers, the latest first; at most ``limit`` unless negative."""
    where = wanted.where
    sql = f"select id from article_summaries where {where.sql} order by published desc, id limit :most"
    parameters = {**where.parameters, "most": limit}

    def fetched(connection: sqlite3.Connection) -> list[int]:
        # No limit of time: an export may already be under way.
        return [identifier for (identifier, *_) in connection.execute(sql, parameters)]

    found: list[int] = await db.execute_fn(fetched)
    return found


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
    marks = ", ".join("?" * len(ids))
    rows = [dict(row) for row in (await db.execute(_LISTED.format(ids=marks), ids)).rows]
    found = {row["id"]: rights.applied(row, public) for row in rows}
    return [found[identifier] for identifier in ids if identifier in found]


async def _facets(db: "Database", wanted: Asked, counted: Counts) -> list[Row]:
    """Return the counts as lists of links that add one condition to the question."""
    names = await _names(db)
    applied = {one.name for one in questions.filters(wanted.question.tree)}
    found: list[Row] = []
    for name, values in counted.by_facet().items():
        rows = [
            {
                "name": names.get(name, {}).get(value) or french.word(name, value),
                "articles": articles,
                "address": urlencode({"q": f"{wanted.question.text} {_TYPED[name]}:{value}".strip()}),
            }
            for value, articles in values
        ]
        if len(rows) > 1 or (rows and name not in applied):
            found.append({"facet": name, "rows": rows})
    return found


async def _names(db: "Database") -> dict[str, dict[str, str]]:
    """Return the names of sources and departments by what stands for them in a question."""

    async def compute() -> dict[str, dict[str, str]]:
        codes = "select code, name || ' (' || code || ')' from departments"
        sources = "select slug, title from sources"
        return {
            "source": dict((await db.execute(sources)).rows),
            "department": dict((await db.execute(codes)).rows),
        }

    found: dict[str, dict[str, str]] = await RESULTS.get(db.path, "names", compute, lambda value: False)
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
