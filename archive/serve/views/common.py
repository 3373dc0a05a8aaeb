"""What do our pages share? The archive's database, the mode it is served in, one way to answer."""

from typing import TYPE_CHECKING, Any

from datasette import Response
from datasette.utils.asgi import NotFound, Request

from archive.serve.page_words import DATABASE

if TYPE_CHECKING:
    from datasette.app import Datasette
    from datasette.database import Database


def archive(datasette: "Datasette") -> "Database":
    """Return the archive's database; raise NotFound where another one is served."""
    if DATABASE not in datasette.databases:
        raise NotFound("Database not found")
    return datasette.get_database(DATABASE)


def is_public(datasette: "Datasette") -> bool:
    """Tell whether the archive is served to the public, who sees what rights and take-downs allow."""
    return bool((datasette.plugin_config("coopress") or {}).get("public"))


async def html(datasette: "Datasette", request: Request, template: str, context: dict[str, Any]) -> Response:
    """Return a page made of one of our templates."""
    view = template.removesuffix(".html")
    page = await datasette.render_template(template, context, request=request, view_name=view)
    return Response.html(page)
