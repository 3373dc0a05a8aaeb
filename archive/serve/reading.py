"""What does the page of one article show? All that the archive knows about it, with evidence."""

from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from archive.serve import cells, french, passages

if TYPE_CHECKING:
    from datasette.database import Database

Row = dict[str, Any]

_ARTICLE = """
select a.*, s.title as source_title, s.home as source_home, s.publish, o.name as outlet_name,
       c.fetched_at, c.status, c.digest, c.file, c.offset
from articles a

left join sources s on s.slug = a.source
left join outlets o on o.id = a.outlet
left join captures c on c.id = a.capture
where a.id = :id
"""

# One statement for each part of the page; each is given the article's id.
_PARTS = {
    "mentions": """
        select m.*, c.name, coalesce(m.form, c.form) as shown_form,
               coalesce(m.department, c.department) as shown_department
        from mentions m join coops c on c.id = m.coop
        where m.article = :id order by m.field = 'text', m.field = 'kicker', m.start, m.id""",
    "departments_named": """
        select ad.*, d.name from article_departments ad left join departments d on d.code = ad.department
        where ad.article = :id order by ad.department, ad.field = 'text', ad.start""",
    "events": "select * from events where article = :id order by start, id",
    "sections": "select * from sections where article = :id order by start",
    "figures": "select * from figures where article = :id order by start",
    "images": "select * from images where article = :id order by id",
    "links": "select * from links where article = :id order by id",
    "versions": """
        select v.id, v.capture, v.seen_at, v.title, length(v.text) as length
        from versions v where v.article = :id order by v.seen_at desc, v.id desc""",
    "origins": """
        select distinct o.imported_from, o.added_by, o.added_why, o.fetched_at
        from articles a join captures c on c.id = a.capture join captures o on o.url = c.url
        where a.id = :id and (o.added_by is not null or o.imported_from is not null)
        order by o.fetched_at limit 10""",
    "twins": """
        select b.id, b.title, b.published, coalesce(o.name, s.title) as outlet_name,
               (select part from similarities
                where (article, other) = (min(a.id, b.id), max(a.id, b.id))) as part
        from articles a join articles b on b.cluster = a.cluster and b.id != a.id
        join sources s on s.slug = b.source left join outlets o on o.id = b.outlet
        where a.id = :id order by b.published limit 50""",
    "whole": """
        select b.id, b.title from articles a join articles b on b.id = a.original_article where a.id = :id""",
    "clippings": """
        select b.id, b.title, b.board, s.title as source_title
        from articles b join sources s on s.slug = b.source
        where b.original_article = :id order by b.id limit 50""",
}


async def article(db: "Database", key: str) -> Row | None:
    """Return the article of that id with its parts and marked paragraphs, or ``None`` if there is none."""
    found = await _rows(db, _ARTICLE, key)
    if not found:
        return None
    parts = {name: await _rows(db, sql, key) for name, sql in _PARTS.items()}
    return {**found[0], **shown(found[0], parts)}


def shown(row: Row, parts: dict[str, list[Row]]) -> Row:
    """Return the parts with each fact's surroundings, and the text's paragraphs with the facts marked."""
    fields = {"title": row["title"] or "", "kicker": row["kicker"] or "", "text": row["text"]}
    for fact in [*parts["mentions"], *parts["departments_named"]]:
        fact["context"] = passages.context(fields.get(fact["field"], ""), fact["start"], fact["end"])
    for event in parts["events"]:
        event["context"] = passages.context(row["text"], event["evidence_start"], event["evidence_end"])
    others = cells.other_dates(row["published_others"])
    return {**parts, "other_dates": others, "paragraphs": _paragraphs(row["text"], parts)}


def _paragraphs(text: str, parts: dict[str, list[Row]]) -> list[Markup]:
    marks = [
        passages.Mark(m["start"], m["end"], "coop", f"coop-{m['id']}", f"Coopérative : {m['name']}")
        for m in parts["mentions"]
        if m["field"] == "text"
    ]
    marks += [
        passages.Mark(
            d["start"], d["end"], "department", f"departement-{d['id']}", f"{d['name']} ({d['department']})"
        )
        for d in parts["departments_named"]
        if d["field"] == "text"
    ]
    marks += [
        passages.Mark(
            e["evidence_start"], e["evidence_end"], "event", f"evenement-{e['id']}", french.date(e["start"])
        )
        for e in parts["events"]
        if e["evidence_start"] is not None and e["evidence_end"] is not None
    ]
    return passages.paragraphs(text, marks)


async def _rows(db: "Database", sql: str, key: str) -> list[Row]:
    return [dict(row) for row in (await db.execute(sql, {"id": key})).rows]
