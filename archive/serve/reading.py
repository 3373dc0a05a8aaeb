"""What does the page of one article show? All that the archive knows about it, with evidence."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from archive.serve import cells, french, passages, rights

if TYPE_CHECKING:
    from datasette.database import Database

Row = dict[str, Any]

_ARTICLE = """
select a.*, s.title as source_title, s.home as source_home, s.publish, o.name as outlet_name,
       s.kind as source_kind, c.fetched_at, c.status, c.digest, c.file, c.offset,
       (select o.tdm_reservation from captures o where o.source = c.source and o.url = c.url
        order by o.fetched_at desc, o.id desc limit 1) as tdm_reservation,
       (select at from takedowns where article = a.id) as taken_down_at,
       (select why from takedowns where article = a.id) as taken_down_why
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
    "quotes": "select * from quotes where article = :id order by field = 'text', start",
    "sections": "select * from sections where article = :id order by start",
    "figures": "select * from figures where article = :id order by start",
    "images": "select * from images where article = :id order by id",
    "links": "select * from links where article = :id order by id",
    "versions": """
        select v.id, v.capture, v.seen_at, v.title, length(v.text) as length, c.file, c.offset
        from versions v left join captures c on c.id = v.capture
        where v.article = :id order by v.seen_at desc, v.id desc""",
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


async def article(db: "Database", key: str, public: bool = False) -> Row | None:
    """Return the article of that id with its parts and marked paragraphs, or ``None`` if there is none.

    For the public, what rights withhold is left out, and an article taken down is ``None``.
    """
    found = await _rows(db, _ARTICLE, key)
    if not found or (public and found[0]["taken_down_at"]):
        return None
    parts = {name: await _rows(db, sql, key) for name, sql in _PARTS.items()}
    row = rights.applied(found[0], public)
    withheld = row["text"] != found[0]["text"]
    if public:
        rows = (await db.execute("select article from takedowns")).rows
        hidden = frozenset(row[0] for row in rows)
        for name in ("twins", "whole", "clippings"):
            parts[name] = [one for one in parts[name] if one["id"] not in hidden]
    down = {"why": row["taken_down_why"], "at": row["taken_down_at"]} if row["taken_down_at"] else None
    return {**row, **shown(row, parts, withheld), "withheld": withheld, "taken_down": down}


def shown(row: Row, parts: dict[str, list[Row]], withheld: bool = False) -> Row:
    """Return the parts with each fact's surroundings, and the text's paragraphs with the facts marked.

    Where the text is withheld, the surroundings are too: together they would give it away.
    """
    fields = {"title": row["title"] or "", "kicker": row["kicker"] or "", "text": row["text"]}
    for fact in [*parts["mentions"], *parts["departments_named"]]:
        held = withheld and fact["field"] == "text"
        field = "" if held else fields.get(fact["field"], "")
        fact["context"] = passages.context(field, fact["start"], fact["end"])
    for event in parts["events"]:
        place = (event["evidence_start"], event["evidence_end"])
        event["context"] = passages.context("" if withheld else row["text"], *place)
    return {
        **parts,
        "other_dates": cells.other_dates(row["published_others"]),
        "signed": ", ".join(cells.listed(row["authors"])),
        "paragraphs": passages.paragraphs(row["text"], [*_marks(parts), *_date(row)]),
    }


def _marks(parts: dict[str, list[Row]]) -> Iterator[passages.Mark]:
    for one in parts["mentions"]:
        if one["field"] == "text":
            told = f"Coopérative : {one['name']} ({french.word('rule', one['rule'])})"
            yield _mark(one, "coop", "coop", told)
    for one in parts["departments_named"]:
        if one["field"] == "text":
            told = f"{one['name']} ({one['department']}), par {french.word('via', one['via'])}"
            yield _mark(one, "department", "departement", told)
    for one in parts["events"]:
        start, end = one["evidence_start"], one["evidence_end"]
        if start is not None and end is not None:
            place = {"id": one["id"], "start": start, "end": end}
            yield _mark(place, "event", "evenement", f"Événement : {french.date(one['start'])}")


def _mark(place: Row, kind: str, name: str, told: str) -> passages.Mark:
    anchor = f"{name}-{place['id']}"
    return passages.Mark(place["start"], place["end"], kind, anchor, told, f"preuve-{anchor}")


def _date(row: Row) -> Iterator[passages.Mark]:
    """Mark the words that date the article, where the text has them."""
    words = row["published_evidence"] or ""
    start = row["text"].find(words) if len(words) > 3 else -1
    if start >= 0:
        told = f"Date de parution : {french.date(row['published'])}"
        yield passages.Mark(start, start + len(words), "date", "date-de-parution", told, "preuves")


async def _rows(db: "Database", sql: str, key: str) -> list[Row]:
    return [dict(row) for row in (await db.execute(sql, {"id": key})).rows]
