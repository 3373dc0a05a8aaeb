"""Which articles stand on one page of answers? The most relevant, or the latest."""

from typing import TYPE_CHECKING, Any, Final

from archive.serve import rights
from archive.serve.counting import MANY
from archive.serve.search import match
from archive.serve.selection import Asked

if TYPE_CHECKING:
    from datasette.database import Database

ON_A_PAGE: Final = 20
# A word of a title says more of what an article is about than one of its text.
_WEIGHTS: Final = {match.STEMS: "10.0, 4.0, 1.0, 1.0", match.WORDS: "10.0, 4.0, 1.0"}
# An article loses a third of its rank in five years and never more than 60 %; without a date, 40 %.
_FRESHNESS: Final = """
    (0.4 + 0.6 / (1 + coalesce(max(0, (julianday('now') - julianday(substr(published || '-07-01', 1, 10)))
                                      / 3650.0), 0.5)))"""
# The plus keeps SQLite from asking the index once for each article of the list.
_BY_RANK: Final = """
select id from {index} cross join article_summaries on id = {index}.rowid
where {index} match :ranked and {shown} and {among}
order by bm25({index}, {weights}) * {freshness}, id limit :most offset :skipped"""
_AMONG: Final = "+{index}.rowid in (select id from article_summaries where {where})"
# Of more than ``MANY`` titles those of the latest fifth of the archive are ranked.
_AMONG_LATEST: Final = """
+{index}.rowid in (select id from article_summaries where {where} order by published desc
                   limit (select count(*) / 5 from article_summaries))"""
# Where many articles answer, the latest are looked at one by one until the page is full.
_WALK: Final = """
select id from article_summaries indexed by article_summaries_published
where {where} and exists (select 1 from {index} where {index} match :matched and rowid = article_summaries.id)
order by published desc, id limit :most offset :skipped"""
_BY_DATE: Final = """
select id from article_summaries where {where} order by published desc, id limit :most offset :skipped"""


async def page(db: "Database", wanted: Asked, total: int) -> list[int]:
    """Return the ids of the articles on the page, in order; ``total`` is how many answer.

    Above ``MANY`` answers the order of relevance looks at titles alone, and goes on by date where they end.
    """
    if wanted.order == "relevance":
        found = await _by_rank(db, wanted, total)
        if len(found) == min(ON_A_PAGE, max(0, total - _skipped(wanted))):
            return found
    return await _by_date(db, wanted, total)


async def _by_rank(db: "Database", wanted: Asked, total: int) -> list[int]:
    index, expression = match.ranking_index(wanted.question.tree)
    divided, rest = match.divided(wanted.question)
    shown = rights.shown(wanted.public)
    where = wanted.where
    also = rest if index == match.STEMS and divided == expression else where
    parameters = {**also.parameters, **_window(wanted), "ranked": expression}
    among = also.sql
    if total > MANY:
        parameters["ranked"] = f"{{title kicker}} : ({expression})"
    if total > MANY and await _has_many(db, index, parameters["ranked"]):
        among = _AMONG_LATEST.format(index=index, where=f"{shown} and {also.sql}")
    elif also is rest and among != "1":
        among = _AMONG.format(index=index, where=also.sql)
    sql = _BY_RANK.format(
        index=index, shown=shown, among=among, weights=_WEIGHTS[index], freshness=_FRESHNESS
    )
    return [row[0] for row in (await db.execute(sql, parameters)).rows]


async def _has_many(db: "Database", index: str, titles: str) -> bool:
    """Tell whether more titles answer than are ranked one by one."""
    sql = f"select count(*) from (select 1 from {index} where {index} match :titles limit :most)"
    found: Any = (await db.execute(sql, {"titles": titles, "most": MANY})).first()
    return bool(found[0] == MANY)


async def _by_date(db: "Database", wanted: Asked, total: int) -> list[int]:
    expression, rest = match.divided(wanted.question)
    shown = rights.shown(wanted.public)
    if expression and total > MANY:
        sql = _WALK.format(index=match.STEMS, where=f"{shown} and {rest.sql}")
        parameters: dict[str, Any] = {**rest.parameters, "matched": expression}
    else:
        sql, parameters = _BY_DATE.format(where=wanted.where.sql), dict(wanted.where.parameters)
    rows = (await db.execute(sql, {**parameters, **_window(wanted)})).rows
    return [row[0] for row in rows]


def _window(wanted: Asked) -> dict[str, Any]:
    return {"most": ON_A_PAGE, "skipped": _skipped(wanted)}


def _skipped(wanted: Asked) -> int:
    return (wanted.page - 1) * ON_A_PAGE
