"""What does the first page show? What the archive holds, what is new, and where to begin."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from datasette.database import Database

Row = dict[str, Any]

_COUNTS = """
select (select count(*) from articles) as articles,
       (select count(*) from coops) as coops,
       (select count(distinct coop) from mentions) as coops_named,
       (select count(*) from sources) as sources,
       (select count(distinct outlet) from articles) as outlets,
       (select count(distinct department) from article_departments) as departments,
       (select min(published) from articles) as first,
       (select max(published) from articles) as last,
       (select max(coalesce(finished_at, started_at)) from crawls) as crawled_at
"""

_LATEST = """
select a.id, a.title, a.kicker, a.kind, a.published, a.departments, substr(a.text, 1, 400) as text,
       coalesce(o.name, s.title) as outlet_name
from articles a

join sources s on s.slug = a.source
left join outlets o on o.id = a.outlet
where a.published is not null
order by a.published desc, a.first_seen desc
limit 8
"""


async def first_page(db: "Database") -> Row:
    """Return the counts of the archive and its latest articles."""
    counts = (await db.execute(_COUNTS)).rows[0]
    latest = (await db.execute(_LATEST)).rows
    return {"counts": dict(counts), "latest": [dict(row) for row in latest]}
