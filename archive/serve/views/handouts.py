"""The press review that is handed out: a page to print, a draft for a mail program, a file, a text."""

from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from datasette import Response
from datasette.utils.asgi import NotFound, Request

from archive.serve import handouts, press, results
from archive.serve.views import common, exports

if TYPE_CHECKING:
    from datasette.app import Datasette

Row = dict[str, Any]

_KEPT = ("par", "jour", "q", "groupes", "textes", "titre", "mot")  # what the address says besides articles
_KINDS = {
    "html": "text/html; charset=utf-8",
    "txt": "text/plain; charset=utf-8",
    "eml": "message/rfc822",
}


async def page(datasette: "Datasette", request: Request) -> Response:
    """Answer ``/presse/revue?…``: the review as it will print, and a form to change it."""
    review = await _review(datasette, request)
    return await common.html(datasette, request, "handout.html", review)


async def file(datasette: "Datasette", request: Request) -> Response:
    """Answer ``/presse/revue.FORMAT?…``: the review as ``html``, ``txt`` or a draft, ``eml``."""
    format = request.url_vars["format"]
    if format not in _KINDS:
        raise NotFound("404")
    review = await _review(datasette, request)
    content: str | bytes = handouts.text(review)
    if format != "txt":
        mail = await datasette.render_template("handout_mail.html", review, view_name="handout_mail")
        content = handouts.message(review, mail) if format == "eml" else mail
    name = f"revue-de-presse-{review['first']}.{format}"
    attached = {"content-disposition": f'attachment; filename="{name}"'}
    return Response(content, headers=attached, content_type=_KINDS[format])


async def _review(datasette: "Datasette", request: Request) -> Row:
    """Return what the templates show of the review that an address describes."""
    archive = common.archive(datasette)
    chosen = press.day(request.args.get("jour") or "") or await press.latest(archive, True)
    if chosen is None:
        raise NotFound("Record not found")
    span = press.span(request.args.get("par") or "semaine", chosen)
    ids = await _articles(datasette, request, span)
    asked = {name: request.args.get(name) or "" for name in _KEPT}
    wanted = handouts.wanted(asked["groupes"], asked["textes"], asked["titre"], asked["mot"])
    details = await exports.details(datasette, request, ids, public=True)
    rows = await handouts.completed(archive, details, wanted.texts)
    picked = request.args.getlist("a") if "a" in request.args else []
    query = urlencode(
        [*((name, value) for name, value in asked.items() if value), *(("a", i) for i in picked)]
    )
    return {
        **wanted._asdict(),
        "asked": asked,
        "chosen_groups": wanted.groups,
        "span": span.name,
        "first": span.first.isoformat(),
        "total": len(rows),
        "groups": handouts.grouped(rows, wanted.groups),
        "rights": handouts.notices(rows),
        "picked": picked,
        "query": query,
        "without": _without(asked, ids),
        "group_names": handouts.GROUPS,
        "text_names": handouts.TEXTS,
        "most": handouts.MOST,
    }


async def _articles(datasette: "Datasette", request: Request, span: press.Span) -> list[int]:
    """Return the ids of the articles that were ticked, or else of all that the span and the filters have."""
    archive = common.archive(datasette)
    if "a" in request.args:
        ticked = [int(one) for one in request.args.getlist("a") if one.isdecimal() and len(one) < 19]
        return await handouts.shown_ids(archive, ticked)
    query = press.query(span, request.args.get("q") or "")
    return await results.identifiers(archive, results.read(query, "date", public=True), handouts.MOST)


def _without(asked: dict[str, str], ids: list[int]) -> dict[int, str]:
    """Return for each article the address of the review without it."""
    kept = [(name, value) for name, value in asked.items() if value]
    return {one: urlencode([*kept, *(("a", other) for other in ids if other != one)]) for one in ids}
