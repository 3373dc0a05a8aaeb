"""What do our pages share? The archive's database, the mode it is served in, one way to answer."""

from typing import TYPE_CHECKING, Any

from datasette import Response
from datasette.utils.asgi import NotFound, Request

from archive.serve.page_words import DATABASE
from archive.serve.rights import is_public

__all__ = ["absolute", "archive", "html", "is_public"]

if TYPE_CHECKING:
    from datasette.app import Datasette
    from datasette.database import Database


def archive(datasette: "Datasette") -> "Database":
    """Return the archive's database; raise NotFound where another one is served."""
    if DATABASE not in datasette.databases:
        raise NotFound("Database not found")
    return datasette.get_database(DATABASE)


async def html(datasette: "Datasette", request: Request, template: str, context: dict[str, Any]) -> Response:
    """Return a page made of one of our templates."""
    view = template.removesuffix(".html")
    page = await datasette.render_template(template, context, request=request, view_name=view)
    return Response.html(page)


def absolute(datasette: "Datasette", request: Request, path: str) -> str:
    """Return the whole address of one of our pages, as the reader's browser knows it."""
    return str(datasette.absolute_url(request, datasette.urls.path(path)))
