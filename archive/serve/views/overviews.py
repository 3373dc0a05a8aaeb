"""The pages that show many articles at once: the press review, the charts and map of a selection, the API."""

from typing import TYPE_CHECKING, Any

from datasette import Response
from datasette.utils.asgi import Request

from archive.serve import charts, home, notebooks, press, results
from archive.serve.page_words import DATABASE
from archive.serve.takeaway import tables
from archive.serve.views import common
from archive.serve.views.search import asked

if TYPE_CHECKING:
    from datasette.app import Datasette


async def first_page(datasette: "Datasette", request: Request) -> Response:
    """Answer ``/``; Datasette's own view first asks for the permissions on every table, ten times as long."""
    context: dict[str, Any] = {"metadata": datasette.metadata() or {}}
    if DATABASE in datasette.databases:
        public = common.is_public(datasette)
        shown = {} if public else await datasette.get_canned_queries(DATABASE, None)
        page = await home.first_page(datasette.get_database(DATABASE), public)
        context |= {"home": page, "queries": list(shown.values())}
    else:
        context["databases"] = [{"name": name} for name in datasette.databases]
    return await common.html(datasette, request, "index.html", context)


async def press_review(datasette: "Datasette", request: Request) -> Response:
    """Answer ``/presse?par=semaine&jour=2024-05-01&q=…``; without a day, the span of the latest article."""
    archive, public = common.archive(datasette), common.is_public(datasette)
    chosen = press.day(request.args.get("jour") or "") or await press.latest(archive, public)
    context: dict[str, Any] = {"spans": press.SPANS, "filters": request.args.get("q") or "", "span": None}
    if chosen is not None:
        span = press.span(request.args.get("par") or "semaine", chosen)
        context |= {"span": span, "review": await press.review(archive, span, context["filters"], public)}
    return await common.html(datasette, request, "press.html", context)


async def charted(datasette: "Datasette", request: Request) -> Response:
    """Answer ``/graphiques?q=…``: a selection over time and over the departments."""
    wanted = asked(datasette, request)
    drawn = await drawings(datasette, wanted)
    return await common.html(datasette, request, "charts.html", {"asked": wanted, **drawn})


async def drawings(datasette: "Datasette", wanted: results.Asked) -> dict[str, Any]:
    """Return the chart and the map of a selection, with its counts."""
    archive = common.archive(datasette)
    counted = await results.counts(archive, wanted)
    names = dict((await archive.execute("select code, name from departments")).rows)
    return {
        "counted": counted,
        "chart": charts.over_time(counted.months),
        "areas": charts.by_department(counted.departments, names),
    }


async def api(datasette: "Datasette", request: Request) -> Response:
    """Answer ``/api`` with what programs can ask for."""
    base = common.absolute(datasette, request, "")
    context = {"columns": tables.COLUMNS, "notebooks": notebooks.snippets(base)}
    return await common.html(datasette, request, "api.html", context)
