"""How is the archive shown? The hooks by which Datasette takes our pages; the work is done next door.

Datasette loads this package while it is itself being imported: nothing here, nor in what is imported here,
may import ``datasette.app``, ``.views`` or ``.plugins`` at load time, or no hook is registered.
"""

import sqlite3
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any

from datasette import Response, hookimpl
from datasette.utils import tilde_encode
from datasette.utils.asgi import Base400, Request
from jinja2 import Environment
from markupsafe import Markup

from archive.serve import (
    cells,
    error_pages,
    french,
    guard,
    page_words,
    passages,
    paths,
    rights,
    rules,
    search,
    typography,
    views,
)
from archive.serve.empty_search import without_empty_search

if TYPE_CHECKING:
    from datasette.app import Datasette
    from datasette.filters import FilterArguments


# Last, so that ours takes the place of Datasette's own ``escape_fts``.
@hookimpl(trylast=True)
def prepare_connection(conn: sqlite3.Connection) -> None:
    """Give SQL the reader's search (``escape_fts``) and ``unaccented()``."""
    conn.create_function("escape_fts", 1, search.expression, deterministic=True)
    conn.create_function("unaccented", 1, search.unaccented, deterministic=True)


@hookimpl
def prepare_jinja2_environment(env: Environment, datasette: "Datasette") -> None:
    """Give the templates French dates, numbers and excerpts, and the addresses of our pages."""
    env.add_extension(typography.Typeset)
    env.filters["explained"] = lambda message: error_pages.explained(400, message)
    env.filters["typeset"] = typography.typeset
    env.globals |= paths.of(datasette)
    env.filters["french_date"] = french.date
    env.filters["weekday"] = french.weekday
    env.filters["french_moment"] = french.moment
    env.filters["grouped"] = french.number
    env.filters["counted"] = french.count
    env.filters["byte_size"] = french.size
    env.filters["share"] = french.share
    env.filters["host"] = cells.host
    env.filters["web_link"] = cells.web_link
    env.globals["database_name"] = page_words.DATABASE
    env.globals["rule_sentence"] = rules.sentence
    env.globals["excerpt"] = lambda text, query="": passages.excerpt(text, search.places(text or "", query))


@hookimpl
def extra_template_vars(
    database: str | None,
    table: str | None,
    view_name: str | None,
    request: Request | None,
    datasette: "Datasette",
) -> Callable[[], Awaitable[dict[str, Any]]]:
    """Give a page its French words and, for the first page and an article's, what it shows."""

    async def inner() -> dict[str, Any]:
        return await page_words.of(datasette, request, view_name, database, table)

    return inner


@hookimpl
def render_cell(
    row: sqlite3.Row,
    value: object,
    column: str,
    table: str | None,
    database: str | None,
    datasette: "Datasette",
) -> Markup | None:
    """Show links, dates, chips and French words in tables."""
    if database != page_words.DATABASE:
        return None

    def row_address(table: str, key: object) -> str:
        return str(datasette.urls.row(database, table, tilde_encode(str(key))))

    if table is None and column in cells.NAMED:
        return cells.named(column, value, dict(row), row_address)
    return cells.shown(column, value, row_address, str(datasette.urls.table(database, "articles")))


@hookimpl
def register_routes() -> list[tuple[str, Callable[..., Any]]]:
    """Add the pages that are not Datasette's: search, and the one that explains the rules."""
    return [(r"^/-/regles$", _rules_page), *views.ROUTES]


@hookimpl
def filters_from_request(
    request: Request, database: str, table: str, datasette: "Datasette"
) -> "FilterArguments | None":
    """Let the articles be filtered by ``_coop=12``, and ``_search`` hold filters and exact words.

    Datasette's own ``_through`` goes wrong beside another condition: both take the parameter ``p0``.
    """
    if (database, table) != (page_words.DATABASE, "articles"):
        return None
    from datasette.filters import FilterArguments

    where, parameters = [], {}
    if coop := request.args.get("_coop"):
        where.append("id in (select article from mentions where coop = :named_coop)")
        parameters["named_coop"] = coop
    if also := search.beyond_expression(request.args.get("_search")):
        where.append(also.sql)
        parameters |= also.parameters
    return FilterArguments(where, parameters)


@hookimpl
def permission_allowed(datasette: "Datasette", action: str, resource: object) -> bool | None:
    """Keep the public to the pages that heed rights and take-downs."""
    return rights.is_allowed(action, resource) if rights.is_public(datasette) else None


@hookimpl
def register_facet_classes() -> list[type]:
    """Count the departments of many articles in time, and remember what was counted."""
    from archive.serve.facets import CountedFacet, ListFacet

    return [CountedFacet, ListFacet]


@hookimpl
def asgi_wrapper(datasette: "Datasette") -> Callable[..., Any]:
    """Let an empty search box ask for everything; guard every answer, and the public's server."""
    processes = (datasette.plugin_config("coopress") or {}).get("processes", 1)
    limit = guard.Limit(processes=processes) if rights.is_public(datasette) else None

    def wrapped(application: guard.Application) -> guard.Application:
        inner = without_empty_search(application)
        return guard.with_headers(limit.around(inner) if limit else inner)

    return wrapped


@hookimpl
def handle_exception(
    datasette: "Datasette", request: Request, exception: Exception
) -> Callable[[], Awaitable[Response | None]]:
    """Answer a reader's errors in French; programs that ask for JSON keep Datasette's answer.

    Datasette's own handler runs as well, for its log, and renders ``error.html`` without our words.
    """

    async def inner() -> Response | None:
        if request.path.endswith(".json"):
            return None
        status, message = _status_and_message(exception)
        return await _error_page(datasette, request, status, message)

    return inner


@hookimpl
def forbidden(datasette: "Datasette", request: Request, message: str) -> Callable[[], Awaitable[Response]]:
    """Say in French that a page is not open."""

    async def inner() -> Response:
        return await _error_page(datasette, request, 403, message)

    return inner


async def _rules_page(datasette: "Datasette", request: Request) -> Response:
    context = {
        "dates": rules.DATES,
        "mentions": rules.MENTIONS,
        "quotes": rules.QUOTES,
        "departments": rules.DEPARTMENTS,
    }
    context |= {"stages": rules.STAGES, "outlets": rules.OUTLETS}
    return Response.html(
        await datasette.render_template("rules.html", context, request=request, view_name="rules")
    )


def _status_and_message(exception: Exception) -> tuple[int, str]:
    from datasette.database import QueryInterrupted
    from datasette.views.base import DatasetteError

    if isinstance(exception, Base400):
        return exception.status, str(exception.args[0] if exception.args else "")
    if isinstance(exception, DatasetteError):
        # Datasette answers 500 to some mistakes in an address, such as an unknown column to sort by.
        return (400 if exception.status == 500 else exception.status), str(exception.message)
    if isinstance(exception, QueryInterrupted):
        return 400, "interrupted"
    return 500, ""


async def _error_page(datasette: "Datasette", request: Request, status: int, message: str) -> Response:
    context = {
        "status": status,
        "heading": error_pages.title(status),
        "reason": error_pages.explained(status, message),
        # What was typed is given back, to be mended.
        "sql": "" if rights.is_public(datasette) else request.args.get("sql") or "",
    }
    return Response.html(
        await datasette.render_template("error.html", context, request=request, view_name="error"),
        status=status,
    )
