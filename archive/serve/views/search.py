"""The page of search results."""

from typing import TYPE_CHECKING

from datasette import Response
from datasette.utils.asgi import Request

from archive.serve import results
from archive.serve.views import common

if TYPE_CHECKING:
    from datasette.app import Datasette


async def page(datasette: "Datasette", request: Request) -> Response:
    """Answer a search with one page of results; without a question, with every article, the latest first."""
    wanted = asked(datasette, request)
    found = await results.answers(common.archive(datasette), wanted)
    return await common.html(datasette, request, "search.html", {"asked": wanted, "found": found})


def asked(datasette: "Datasette", request: Request) -> results.Asked:
    """Return what the address of a page or an export asks for."""
    arguments = request.args
    return results.read(
        arguments.get("q") or "",
        arguments.get("tri") or "",
        arguments.get("page") or "1",
        common.is_public(datasette),
        arguments.get("decomptes") == "exacts",
    )
