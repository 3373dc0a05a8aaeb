"""What does a search find? The articles by relevance or date, counted by year, department and source."""

import re
import sqlite3
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from datasette.utils import sqlite_timelimit

from archive.serve import french, passages, rights
from archive.serve.remembered import RESULTS
from archive.serve.search import is_asked, match, places, spelling
from archive.serve.search import question as questions
from archive.serve.search.question import Question, asked

if TYPE_CHECKING:
    from datasette.database import Database

Row = dict[str, Any]

ON_A_PAGE = 20
_LAST_PAGE = 500
_LONGEST_LIST = 12
# Above so many articles a count may be half a minute old, and the order of relevance looks at titles alone.
_HEAVY = 20_000
_COUNT_LIMIT = 3000  # milliseconds
_IN_A_LIST = re.compile(r'"([^"]*)"')
# A word of a title says more of what an article is about than one of its text.
_WEIGHTS = {match.STEMS: "10.0, 4.0, 1.0, 1.0", match.WORDS: "10.0, 4.0, 1.0"}
# An article loses a third of its rank in five years and never more than 60 %; without a date, 40 %.
_FRESHNESS = """
    (0.4 + 0.6 / (1 + coalesce(max(0, (julianday('now') - julianday(substr(published || '-07-01', 1, 10)))
                                      / 3650.0), 0.5)))"""
_FEW = 20  # answers below which another spelling is looked for
_TYPED = {"year": "annee", "department": "departement", "source": "source", "kind": "type"}
_LISTED = """
select a.id, a.title, a.kicker, a.kind, a.published, a.departments, a.text, a.url, a.original, s.publish,
       a.source, a.outlet, coalesce(o.name, s.title) as outlet_name
from articles a join sources s on s.slug = a.source left join outlets o on o.id = a.outlet
where a.id in ({ids})
"""


@dataclass(slots=True)
class Counts:
    """How many articles answer, in all and by value; months are ``2020-05``, ``2020`` or ``""``."""

    total: int = 0
    months: Counter[str] = field(default_factory=Counter)
    sources: Counter[str] = field(default_factory=Counter)
    kinds: Counter[str] = field(default_factory=Counter)
    departments: Counter[str] = field(default_factory=Counter)

    def years(self) -> Counter[str]:
        """Return the counts by year, articles without a date left out."""
        found = Counter[str]()
        for month, articles in self.months.items():
            if month:
                found[month[:4]] += articles
        return found

    def by_facet(self) -> dict[str, list[tuple[str, int]]]:
        """Return the values worth listing with their counts: years the latest first, others by frequency."""
        return {
            "year": sorted(self.years().items(), reverse=True),
            "department": self.departments.most_common(_LONGEST_LIST),
            "source": self.sources.most_common(_LONGEST_LIST),
            "kind": self.kinds.most_common(),
        }


@dataclass(frozen=True, slots=True)
class Asked:
    """One page of answers: the question, the order (``relevance`` or ``date``) and the page from 1 on."""

    question: Question
    order: str
    page: int = 1
    public: bool = False

    @property
    def where(self) -> match.Condition:
        """The condition on ``articles``, take-downs included where the public looks on."""
        found = match.condition(self.question)
        return match.Condition(f"{rights.shown(self.public)} and {found.sql}", found.parameters)


def read(query: str, order: str = "", page: str = "1", public: bool = False) -> Asked:
    """Return what an address asks for; what cannot be read is the usual."""
    question = asked(query)
    ranked = match.has_words(question.tree)
    number = int(page) if page.isdecimal() and len(page) < 6 else 1
    chosen = "date" if order == "date" or not ranked else "relevance"
    return Asked(question, chosen, min(max(number, 1), _LAST_PAGE), public)


async def answers(db: "Database", wanted: Asked) -> Row:
    """Return the articles of one page with excerpts, how many there are, facets and a better spelling."""
    query = wanted.question.text
    counted = await counts(db, wanted)
    rows = await listed(db, await _page(db, wanted, counted.total), wanted.public)
    for row in rows:
        row["excerpt"] = passages.excerpt(row["text"], places(row["text"], query))
        row["heading"] = passages.marked(row["title"] or "Sans titre", places(row["title"] or "", query))
    few = counted.total < _FEW and is_asked(query)
    return {
        "total": counted.total,
        "rows": rows,
        "facets": await _facets(db, wanted, counted),
        "meant": await spelling.meant(db, query) if few else None,
        "conditions": _conditions(wanted.question),
        "unread": wanted.question.unread,
        "ranked": match.has_words(wanted.question.tree),
        "pages": -(-counted.total // ON_A_PAGE),
    }


async def counts(db: "Database", wanted: Asked) -> Counts:
    """Return how many articles answer, in all and by year, month, source, kind and department."""

    async def compute() -> Counts:
        sql, parameters = _counting(wanted)
        found: Counts = await db.execute_fn(lambda connection: _counted(connection, sql, parameters))
        return found

    key = (wanted.question.text, wanted.public)
    found: Counts = await RESULTS.get(db.path, key, compute, lambda value: value.total > _HEAVY)
    return found


async def identifiers(db: "Database", wanted: Asked, limit: int = -1) -> list[int]:
    """Return the ids of every article that answers, the latest first; at most ``limit`` unless negative."""
    where = wanted.where
    sql = f"select id from article_summaries where {where.sql} order by published desc, id limit :most"
    return [row[0] for row in (await db.execute(sql, {**where.parameters, "most": limit})).rows]


async def listed(db: "Database", ids: list[int], public: bool) -> list[Row]:
    """Return the rows of some articles in the order of their ids, texts cut to what may be shown."""
    marks = ", ".join("?" * len(ids))
    rows = [dict(row) for row in (await db.execute(_LISTED.format(ids=marks), ids)).rows]
    found = {row["id"]: rights.applied(row, public) for row in rows}
    return [found[identifier] for identifier in ids if identifier in found]


def _counting(wanted: Asked) -> tuple[str, dict[str, str]]:
    """Return the statement that gives what is counted of each article that answers."""
    # One row with four long lists: a hundred thousand rows would take three times as long to hand over.
    lists = ("substr(published, 1, 7)", "source", "kind", "departments")
    columns = ", ".join(f"group_concat({one}, char(10))" for one in lists)
    columns = f"count(*), {columns}"
    expression, rest = match.divided(wanted.question)
    shown = f"{rights.shown(wanted.public)} and {rest.sql}"
    if not expression:
        return f"select {columns} from article_summaries where {shown}", rest.parameters
    # Read along the index, a word that most articles have takes half the time.
    joined = f"{match.STEMS} cross join article_summaries on id = {match.STEMS}.rowid"
    sql = f"select {columns} from {joined} where {match.STEMS} match :matched and {shown}"
    return sql, {**rest.parameters, "matched": expression}


def _counted(connection: sqlite3.Connection, sql: str, parameters: dict[str, str]) -> Counts:
    cursor = connection.cursor()
    cursor.row_factory = None
    with sqlite_timelimit(connection, _COUNT_LIMIT):
        total, *lists = cursor.execute(sql, parameters).fetchone()
    published, named, kinds, departments = (written or "" for written in lists)
    months = Counter(published.split("\n")) if published else Counter[str]()
    months[""] = total - months.total()
    return Counts(
        total,
        months,
        Counter(named.split("\n")) if total else Counter(),
        Counter(kinds.split("\n")) if total else Counter(),
        # Each article names a department once; parsing every list as JSON would take most of the time.
        Counter(_IN_A_LIST.findall(departments)),
    )


async def _page(db: "Database", wanted: Asked, total: int) -> list[int]:
    where = wanted.where
    window = {"most": ON_A_PAGE, "skipped": (wanted.page - 1) * ON_A_PAGE}
    index, expression = match.ranking_index(wanted.question.tree)
    titles = f"{{title kicker}} : ({expression})"
    if wanted.order == "date" or (total > _HEAVY and not await _enough(db, index, titles, wanted.page)):
        sql = _walk(wanted, total) or f"select id from article_summaries where {where.sql}"
        sql += " order by published desc, id limit :most offset :skipped"
        return [row[0] for row in (await db.execute(sql, where.parameters | window)).rows]
    divided, rest = match.divided(wanted.question)
    also = rest if index == match.STEMS and divided == expression else where
    sql = f"""
        select id from {index} join article_summaries on id = {index}.rowid
        where {index} match :ranked and {rights.shown(wanted.public)} and {also.sql}
        order by bm25({index}, {_WEIGHTS[index]}) * {_FRESHNESS}, id limit :most offset :skipped"""
    ranked = titles if total > _HEAVY else expression
    rows = (await db.execute(sql, {**also.parameters, **window, "ranked": ranked})).rows
    return [row[0] for row in rows]


def _walk(wanted: Asked, total: int) -> str:
    """Return the statement that looks at the latest articles one by one, where most of them answer."""
    if total <= _HEAVY or not match.is_one_match(wanted.question.tree):
        return ""
    asked = next(iter(wanted.where.parameters))
    return f"""
        select id from article_summaries where {rights.shown(wanted.public)} and exists
        (select 1 from {match.STEMS} where {match.STEMS} match :{asked} and rowid = article_summaries.id)"""


async def _enough(db: "Database", index: str, titles: str, page: int) -> bool:
    """Tell whether the titles alone fill the pages up to this one."""
    sql = f"select count(*) from (select 1 from {index} where {index} match :titles limit :most)"
    found: Any = (await db.execute(sql, {"titles": titles, "most": page * ON_A_PAGE})).first()
    return bool(found[0] == page * ON_A_PAGE)


async def _facets(db: "Database", wanted: Asked, counted: Counts) -> list[Row]:
    """Return the counts as lists of links that add one condition to the question."""
    names = {
        "source": dict((await db.execute("select slug, title from sources")).rows),
        "department": dict(
            (await db.execute("select code, name || ' (' || code || ')' from departments")).rows
        ),
    }
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
