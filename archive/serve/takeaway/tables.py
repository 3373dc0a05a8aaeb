"""How does a whole selection leave the archive? As CSV and JSON Lines, piece by piece, to the last."""

import csv
import io
import json
from collections.abc import AsyncIterator
from typing import TYPE_CHECKING, Any

from archive.serve import copies, rights

if TYPE_CHECKING:
    from datasette.database import Database

Row = dict[str, Any]
Pieces = AsyncIterator[list[int]]
"""The ids of articles, some at a time, in order."""

COLUMNS = (
    "id", "published", "published_precision", "title", "kicker", "outlet", "source", "kind", "authors",
    "departments", "coops", "language", "words", "url", "original", "first_seen", "permanent", "text",
    "published_rule", "published_evidence", "copy", "tdm_reservation",
)  # fmt: skip
"""The columns of an export, in order; lists are JSON in both formats. ``copy`` is the address of the response
that all the rest was read from."""

_ROWS = """
select a.id, a.published, a.published_precision, a.title, a.kicker, coalesce(o.name, s.title) as outlet,
       a.source, a.kind, a.authors, a.departments, a.language, a.words, a.url, a.original, a.first_seen,
       a.text, a.published_rule, a.published_evidence, k.file, k.offset, s.publish,
       (select x.tdm_reservation from captures x where x.source = k.source and x.url = k.url
        order by x.fetched_at desc, x.id desc limit 1) as tdm_reservation,
       (select json_group_array(name) from (select distinct c.name from mentions m
        join coops c on c.id = m.coop where m.article = a.id order by c.name)) as coops
from articles a join sources s on s.slug = a.source left join outlets o on o.id = a.outlet
left join captures k on k.id = a.capture
where a.id in ({marks})
"""
# A spreadsheet would run what begins so as a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


async def csv_lines(db: "Database", ids: Pieces, base: str, public: bool) -> AsyncIterator[str]:
    """Yield a CSV file as its ids come; a text that a spreadsheet would run gets an apostrophe in front."""
    yield _csv([COLUMNS])
    async for rows in _pieces(db, ids, base, public):
        yield _csv([[_cell(row[name]) for name in COLUMNS] for row in rows])


async def json_lines(db: "Database", ids: Pieces, base: str, public: bool) -> AsyncIterator[str]:
    """Yield one JSON object a line, lists as lists."""
    async for rows in _pieces(db, ids, base, public):
        yield "".join(f"{json.dumps(_object(row), ensure_ascii=False)}\n" for row in rows)


async def _pieces(db: "Database", ids: Pieces, base: str, public: bool) -> AsyncIterator[list[Row]]:
    async for wanted in ids:
        sql = _ROWS.format(marks=", ".join("?" * len(wanted)))
        found = {row["id"]: rights.applied(dict(row), public) for row in (await db.execute(sql, wanted)).rows}
        for row in found.values():
            row["permanent"] = f"{base}a/{row['id']}"
            row["copy"] = f"{base}{copies.path(row['file'], row['offset'])}" if row["file"] else None
        yield [found[identifier] for identifier in wanted if identifier in found]


def _object(row: Row) -> Row:
    lists = {name: json.loads(row[name]) for name in ("authors", "departments", "coops")}
    return {name: lists.get(name, row[name]) for name in COLUMNS}


def _cell(value: object) -> object:
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value


def _csv(rows: Any) -> str:
    written = io.StringIO()
    csv.writer(written, lineterminator="\r\n").writerows(rows)
    return written.getvalue()
