"""Every selection of articles in every format: feeds, calendar, citations, tables, JSON for programs."""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from datasette import Response
from datasette.utils.asgi import AsgiStream, NotFound, Request

from archive.serve import counting, results, rights
from archive.serve.takeaway import calendars, citations, feeds, tables
from archive.serve.views import common
from archive.serve.views.search import asked

if TYPE_CHECKING:
    from datasette.app import Datasette
    from datasette.database import Database

Row = dict[str, Any]
Answer = Any  # a Response or an AsgiStream: datasette ships no types

_IN_A_FEED = 50
_CITED = 2000  # articles in one file of citations; it says so when there are more
_DETAILS = """
select a.id, a.title, a.authors, a.published, a.kind, a.language, a.outlet, a.text, a.url, a.original,
       a.first_seen, s.publish, s.kind as source_kind, coalesce(o.name, s.title) as outlet_name
from articles a join sources s on s.slug = a.source left join outlets o on o.id = a.outlet
where a.id in ({marks})
"""
_EVENTS = """
select e.article, e.start, e.end, e.what, e.place, e.evidence, a.title, a.first_seen
from events e join articles a on a.id = e.article
where e.article in (select id from article_summaries where {where}) order by e.start, e.id
"""


async def export(datasette: "Datasette", request: Request) -> Answer:
    """Answer ``/recherche.FORMAT?q=…``; raise NotFound for a format there is none of."""
    make = _FORMATS.get(request.url_vars["format"])
    if make is None:
        raise NotFound("404")
    return await make(datasette, request, asked(datasette, request))


async def details(datasette: "Datasette", request: Request, ids: list[int], public: bool) -> list[Row]:
    """Return what feeds and citations need of some articles, in order, addresses absolute."""
    sql = _DETAILS.format(marks=", ".join("?" * len(ids)))
    rows = (await common.archive(datasette).execute(sql, ids)).rows
    found = {row["id"]: addressed(datasette, request, rights.applied(dict(row), public)) for row in rows}
    return [found[identifier] for identifier in ids if identifier in found]


def addressed(datasette: "Datasette", request: Request, row: Row) -> Row:
    """Return an article's row with its addresses, the day it was first seen and a summary."""
    return row | {
        "permanent": common.absolute(datasette, request, f"a/{row['id']}"),
        "address": row["original"] or row["url"],
        "seen": (row["first_seen"] or "")[:10],
        "summary": rights.cut(row["text"]),
    }


async def _latest(datasette: "Datasette", request: Request, wanted: results.Asked) -> tuple[list[Row], Row]:
    ids = await results.identifiers(common.archive(datasette), wanted, _IN_A_FEED)
    query = urlencode({"q": wanted.question.text})
    told = {
        "title": f"{wanted.question.text or 'Derniers articles'} — Archive de la presse coopérative",
        "page": common.absolute(datasette, request, f"recherche?{query}"),
        "address": common.absolute(datasette, request, f"recherche.{request.url_vars['format']}?{query}"),
    }
    return await details(datasette, request, ids, wanted.public), told


async def _atom(datasette: "Datasette", request: Request, wanted: results.Asked) -> Answer:
    rows, told = await _latest(datasette, request, wanted)
    return Response(feeds.atom(rows, **told), content_type="application/atom+xml; charset=utf-8")


async def _json_feed(datasette: "Datasette", request: Request, wanted: results.Asked) -> Answer:
    rows, told = await _latest(datasette, request, wanted)
    return _json(feeds.json_feed(rows, **told), "application/feed+json; charset=utf-8")


async def _calendar(datasette: "Datasette", request: Request, wanted: results.Asked) -> Answer:
    where = wanted.where
    found = await common.archive(datasette).execute(_EVENTS.format(where=where.sql), where.parameters)
    base = common.absolute(datasette, request, "a/")
    rows = [dict(row) | {"permanent": f"{base}{row['article']}"} for row in found.rows]
    name = f"Événements : {wanted.question.text or 'presse coopérative'}"
    return Response(calendars.calendar(rows, name), content_type="text/calendar; charset=utf-8")


async def _page(datasette: "Datasette", request: Request, wanted: results.Asked) -> Answer:
    """One page of results for programs: what the HTML page shows, as JSON."""
    wanted = replace(wanted, exact=True)
    found = await results.answers(common.archive(datasette), wanted)
    rows = await details(datasette, request, [row["id"] for row in found["rows"]], wanted.public)
    names = ("id", "title", "published", "kind", "outlet_name", "language", "address", "permanent", "summary")
    return _json(
        {
            "query": wanted.question.text,
            "not_understood": list(wanted.question.unread),
            "suggestion": found["meant"],
            "order": wanted.order,
            "page": wanted.page,
            "pages": found["pages"],
            "total": found["total"],
            "articles": [{name: row[name] for name in names} for row in rows],
            "counts": await _by_value(datasette, wanted),
        }
    )


async def _by_value(datasette: "Datasette", wanted: results.Asked) -> Row:
    counted = await results.counts(common.archive(datasette), wanted)
    named = ("months", "sources", "kinds", "departments")
    return {name: dict(getattr(counted, name)) for name in named}


def _cited(make: Callable[[list[Row]], str], kind: str) -> Callable[..., Awaitable[Answer]]:
    async def answer(datasette: "Datasette", request: Request, wanted: results.Asked) -> Answer:
        """Answer with the citations of a selection, unless it is too large to be cited."""
        ids = await results.identifiers(common.archive(datasette), wanted, _CITED + 1)
        if len(ids) > _CITED:
            text = f"Plus de {_CITED} articles : ajoutez une condition, par exemple une année.\n"
            return Response.text(text, status=400)
        return Response(make(await _all(datasette, request, ids, wanted.public)), content_type=kind)

    return answer


async def _all(datasette: "Datasette", request: Request, ids: list[int], public: bool) -> list[Row]:
    pieces = [ids[first : first + 500] for first in range(0, len(ids), 500)]
    return [row for piece in pieces for row in await details(datasette, request, piece, public)]


def _streamed(
    lines: Callable[["Database", tables.Pieces, str, bool], AsyncIterator[str]],
    kind: str,
    name: str,
) -> Callable[..., Awaitable[Answer]]:
    async def answer(datasette: "Datasette", request: Request, wanted: results.Asked) -> Answer:
        """Answer with a selection of any size, as it is read."""
        archive = common.archive(datasette)
        total = await counting.total(archive, wanted)
        base = common.absolute(datasette, request, "")

        async def write(writer: Any) -> None:
            """Write line by line, for as long as somebody reads."""
            async with _watched(request) as is_gone:
                async for piece in lines(archive, results.in_pieces(archive, wanted), base, wanted.public):
                    if is_gone():
                        return
                    await writer.write(piece)

        headers = {"content-disposition": f'attachment; filename="{name}"', "x-total-count": str(total)}
        return AsgiStream(write, headers=headers, content_type=kind)

    return answer


@asynccontextmanager
async def _watched(request: Request) -> AsyncIterator[Callable[[], bool]]:
    """Give a function that tells whether the reader has closed the connection: then the rest is not read."""

    async def closed() -> None:
        while (await request.receive())["type"] != "http.disconnect":
            pass

    watching = asyncio.ensure_future(closed())
    try:
        yield watching.done
    finally:
        watching.cancel()


def _json(value: object, kind: str = "application/json; charset=utf-8") -> Response:
    return Response(json.dumps(value, ensure_ascii=False, indent=1), content_type=kind)


_FORMATS: dict[str, Callable[..., Awaitable[Answer]]] = {
    "atom": _atom,
    "feed.json": _json_feed,
    "json": _page,
    "ics": _calendar,
    "csv": _streamed(tables.csv_lines, "text/csv; charset=utf-8", "articles.csv"),
    "jsonl": _streamed(tables.json_lines, "application/x-ndjson; charset=utf-8", "articles.jsonl"),
    "bib": _cited(lambda rows: "\n".join(map(citations.bibtex, rows)), "application/x-bibtex; charset=utf-8"),
    "ris": _cited(
        lambda rows: "".join(map(citations.ris, rows)), "application/x-research-info-systems; charset=utf-8"
    ),
    "csl.json": _cited(
        lambda rows: json.dumps([*map(citations.csl, rows)], ensure_ascii=False, indent=1),
        "application/vnd.citationstyles.csl+json; charset=utf-8",
    ),
}
