"""What do the pages of a co-op, a department, a source and an outlet show? Years, names, evidence."""

from typing import TYPE_CHECKING, Any

from archive.serve import charts, passages, results, rights

if TYPE_CHECKING:
    from datasette.database import Database

Row = dict[str, Any]

ARTICLES = {
    "coops": "select distinct article from mentions where coop = :id",
    "departments": "select distinct article from article_departments where department = :id",
    "sources": "select id as article from articles where source = :id",
    "outlets": "select id as article from articles where outlet = :id",
}
"""The tables whose rows have such a page, and how each finds its articles."""

_AROUND = 90  # characters fetched on each side of a place; more than are shown, so that the cut is seen
_MOST_PLACES = 200

# What every such page shows; {articles} is the subject's own statement.
_SHARED = {
    "numbers": """
        select count(*) as articles, count(distinct coalesce(a.subject, a.id)) as subjects,
               sum(a.published is null) as undated,
               min(a.published) as first, max(a.published) as last
        from ({articles}) x join articles a on a.id = x.article""",
    "papers": """
        select a.outlet, a.source, coalesce(o.name, s.title) as name, count(*) as articles
        from ({articles}) x join articles a on a.id = x.article
        join sources s on s.slug = a.source left join outlets o on o.id = a.outlet
        group by a.outlet, case when a.outlet is null then a.source end
        order by articles desc, name limit 12""",
    "departments": """
        select d.code, d.name || ' (' || d.code || ')' as name, count(distinct ad.article) as articles
        from ({articles}) x join article_departments ad on ad.article = x.article
        join departments d on d.code = ad.department
        group by d.code order by articles desc, d.code limit 12""",
    "coops": """
        select c.id, c.name, c.form, count(distinct m.article) as articles
        from ({articles}) x join mentions m on m.article = x.article
        join coops c on c.id = m.coop
        group by c.id order by articles desc, c.name limit 15""",
    "latest": """
        select a.id, a.title, a.kind, a.published, substr(a.text, 1, 400) as text, s.publish,
               coalesce(o.name, s.title) as outlet_name
        from (select a.id from ({articles}) x join articles a on a.id = x.article
              order by a.published is null, a.published desc, a.id limit 20) y
        join articles a on a.id = y.id
        join sources s on s.slug = a.source left join outlets o on o.id = a.outlet
        order by a.published is null, a.published desc, a.id""",
}

# A place of a text, with the words around it; {names} is the table, {own} its columns.
_PLACES = f"""
select a.id as article, a.title, a.published, k.file, k.offset, s.publish,
       coalesce(o.name, s.title) as outlet_name, p.id, p.field, {{own}},
       p.end - p.start as length, min(p.start, {_AROUND}) as before,
       substr(case p.field when 'title' then a.title when 'kicker' then a.kicker else a.text end,
              max(p.start - {_AROUND}, 0) + 1,
              min(p.start, {_AROUND}) + p.end - p.start + {_AROUND}) as words
from {{names}} p join articles a on a.id = p.article
join captures k on k.id = a.capture
join sources s on s.slug = a.source left join outlets o on o.id = a.outlet
where p.{{key}} = :id
order by a.published is null, a.published desc, a.id, p.field = 'text', p.field = 'kicker', p.start
limit {_MOST_PLACES}
"""

# What only one of them shows.
_OWN = {
    "coops": {
        "aliases": "select alias from coop_aliases where coop = :id order by alias",
        "spellings": """
            select surface, count(*) as times from mentions where coop = :id
            group by surface order by times desc, surface limit 12""",
        "mentions": "select count(*) as places from mentions where coop = :id",
        "places": _PLACES.format(
            names="mentions", key="coop", own="p.rule, p.surface as wording, p.confidence, p.status"
        ),
    },
    "departments": {
        "seated": """
            select c.id, c.name, c.form, c.commune, c.status,
                   (select count(distinct article) from mentions where coop = c.id) as articles
            from coops c where c.department = :id order by articles desc, c.name limit 100""",
        "all_seated": "select count(*) as coops from coops where department = :id",
        "mentions": "select count(*) as places from article_departments where department = :id",
        "places": _PLACES.format(
            names="article_departments", key="department", own="p.via as rule, p.evidence as wording"
        ),
    },
    "sources": {
        "collected": """
            select count(*) as captures, max(fetched_at) as last,
                   (select count(*) from problems where source = :id) as problems
            from captures where source = :id""",
    },
    "outlets": {},
}


SELECTIONS = {
    "coops": "coop:{}",
    "departments": "departement:{}",
    "sources": "source:{}",
    "outlets": "media:{}",
}
"""The same articles as a search."""


async def of(db: "Database", table: str, key: str, public: bool = False) -> Row:
    """Return what the page of one row of ``coops``, ``departments``, ``sources`` or ``outlets`` shows.

    ``places`` are grouped by article, the latest first, each with its ``context``; ``chart`` and ``areas``
    draw the articles, which ``selection`` finds as a search.
    """
    named = f"select article from ({ARTICLES[table]}) where {rights.shown(public, 'article')}"
    shared = {name: sql.format(articles=named) for name, sql in _SHARED.items()}
    found: Row = {}
    for name, sql in {**shared, **_OWN[table]}.items():
        found[name] = [dict(row) for row in (await db.execute(sql, {"id": key})).rows]
    if table == "coops":
        found["coops"] = [other for other in found["coops"] if str(other["id"]) != key]
    found["latest"] = [rights.applied(row, public) for row in found["latest"]]
    if "places" in found:
        hidden = await _hidden(db) if public else frozenset()
        found["places"] = [place for place in found["places"] if place["article"] not in hidden]
        for place in found["places"]:
            if public and place["publish"] != "full" and place["field"] == "text":
                place["words"] = None
        found["articles"] = by_article(found["places"])
    return found | await _drawn(db, SELECTIONS[table].format(key), public)


async def _drawn(db: "Database", selection: str, public: bool) -> Row:
    counted = await results.counts(db, results.read(selection, public=public))
    names = dict((await db.execute("select code, name from departments")).rows)
    return {
        "selection": selection,
        "chart": charts.over_time(counted.months),
        "areas": charts.by_department(counted.departments, names),
    }


async def _hidden(db: "Database") -> frozenset[int]:
    return frozenset(row[0] for row in (await db.execute("select article from takedowns")).rows)


def by_article(places: list[Row]) -> list[Row]:
    """Return the articles of some places in their order, each with its own places and their contexts."""
    articles: dict[object, Row] = {}
    for place in places:
        start, words = place["before"], place["words"] or ""
        place["context"] = passages.context(words, start, start + place["length"])
        articles.setdefault(place["article"], {**place, "places": []})["places"].append(place)
    return list(articles.values())
