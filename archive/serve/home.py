"""What does the first page show? What the archive holds, what is new, and where to begin."""

from typing import TYPE_CHECKING, Any

from archive.serve import charts, counting, results, rights
from archive.serve.remembered import RESULTS

if TYPE_CHECKING:
    from datasette.database import Database

Row = dict[str, Any]

_COUNTS = """
select (select count(*) from article_summaries) as articles,
       (select count(*) from coops) as coops,
       (select count(*) from (select distinct coop from mentions)) as coops_named,
       (select count(*) from sources) as sources,
       (select count(*) from (select distinct outlet from articles where outlet is not null)) as outlets,
       (select count(*) from (select distinct department from article_departments)) as departments,
       (select min(published) from article_summaries) as first,
       (select max(published) from article_summaries) as last,
       (select max(coalesce(finished_at, started_at)) from crawls) as crawled_at
"""

_LATEST = """
select a.id, a.title, a.kicker, a.kind, a.published, a.departments, substr(a.text, 1, 400) as text,
       s.publish, coalesce(o.name, s.title) as outlet_name
from (select id from article_summaries where published is not null and {where}
      order by published desc, id limit 8) x
join articles a on a.id = x.id
join sources s on s.slug = a.source
left join outlets o on o.id = a.outlet
order by a.published desc, a.id
"""

# The three months before the latest article, not before today: an archive may be read years later.
_IN_THE_NEWS = """
select c.id, c.name, c.form, count(distinct m.article) as articles
from article_summaries a join mentions m on m.article = a.id join coops c on c.id = m.coop
where a.published >= (select date(max(published), '-90 days') from article_summaries
                      where length(published) = 10) and {where}
group by c.id order by articles desc, c.name limit 12
"""
_HEAVY = 20_000  # articles from which the numbers of the first page may be half a minute old


async def first_page(db: "Database", public: bool) -> Row:
    """Return the counts of the archive, its chart and map, its latest articles, the co-ops in the news."""

    async def numbers() -> Row:
        return await _numbers(db, public)

    async def latest() -> list[Row]:
        rows = (await db.execute(_LATEST.format(where=rights.shown(public)))).rows
        return [rights.applied(dict(row), public) for row in rows]

    def is_heavy(page: Row) -> bool:
        return bool(page["counts"]["articles"] > _HEAVY)

    found: Row = await RESULTS.get(db.path, ("home", public), numbers, is_heavy, lasting=True)
    return found | {"latest": await RESULTS.get(db.path, ("latest", public), latest, lambda rows: False)}


async def _numbers(db: "Database", public: bool) -> Row:
    counts = (await db.execute(_COUNTS)).rows[0]
    news = (await db.execute(_IN_THE_NEWS.format(where=rights.shown(public, "a.id")))).rows
    counted = await counting.counted(db, results.read("", public=public))
    names = dict((await db.execute("select code, name from departments")).rows)
    return {
        "counts": dict(counts),
        "in_the_news": [dict(row) for row in news],
        "chart": charts.over_time(counted.months),
        "areas": charts.by_department(counted.departments, names),
    }
