"""The permanent page of an article, its versions and its citations."""

import json
from typing import TYPE_CHECKING, Any

from datasette import Response
from datasette.utils.asgi import NotFound, Request

from archive.serve import reading, rights, versions
from archive.serve.takeaway import citations
from archive.serve.views import common, exports

if TYPE_CHECKING:
    from datasette.app import Datasette

_FORMATS = {
    "bib": (citations.bibtex, "application/x-bibtex; charset=utf-8"),
    "ris": (citations.ris, "application/x-research-info-systems; charset=utf-8"),
    "csl.json": (
        lambda row: json.dumps([citations.csl(row)], ensure_ascii=False, indent=1),
        "application/vnd.citationstyles.csl+json; charset=utf-8",
    ),
}


async def page(datasette: "Datasette", request: Request) -> Response:
    """Answer ``/a/ID``: the article with its facts and proofs; raise NotFound where there is none to show."""
    return await common.html(datasette, request, "article.html", await words(datasette, request))


async def words(datasette: "Datasette", request: Request, key: str | None = None) -> dict[str, Any]:
    """Return what the article's template shows; raise NotFound where there is none to show."""
    identifier = key or request.url_vars["id"]
    public = common.is_public(datasette)
    found = await reading.article(common.archive(datasette), identifier, public)
    if found is None:
        raise NotFound("Record not found")
    row = exports.addressed(datasette, request, found)
    citing = {
        "meta": citations.meta(row),
        "sentence": citations.sentence(row),
        "permanent": row["permanent"],
    }
    return {"article": found, "citing": citing, "notice": rights.notice(found["publish"], public)}


async def cited(datasette: "Datasette", request: Request) -> Response:
    """Answer ``/a/ID.bib`` and the like with one citation."""
    if request.url_vars["format"] not in _FORMATS:
        raise NotFound("404")
    make, kind = _FORMATS[request.url_vars["format"]]
    identifier = int(request.url_vars["id"])
    await words(datasette, request)
    rows = await exports.details(datasette, request, [identifier], common.is_public(datasette))
    return Response(make(rows[0]), content_type=kind)


async def history(datasette: "Datasette", request: Request) -> Response:
    """Answer ``/a/ID/versions`` with what changed; refused where the text may not be shown."""
    context = await words(datasette, request)
    if context["article"]["withheld"]:
        raise NotFound("Record not found")
    found = await versions.changes(common.archive(datasette), request.url_vars["id"])
    return await common.html(datasette, request, "versions.html", {**context, "changes": found})
