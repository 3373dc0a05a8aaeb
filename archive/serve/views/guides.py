"""The pages that explain the archive: the guide and the dictionary of its data."""

from typing import TYPE_CHECKING

from datasette import Response
from datasette.utils.asgi import Request

from archive.serve import rights
from archive.serve.page_words import DATABASE
from archive.serve.views import common

if TYPE_CHECKING:
    from datasette.app import Datasette

_COLUMNS = """
select t.name, c.name, c.type from sqlite_master t join pragma_table_info(t.name) c where t.type = 'table'
"""


async def guide(datasette: "Datasette", request: Request) -> Response:
    """Answer ``/guide``: how to search, read, check, follow, take away."""
    shown = {} if rights.is_public(datasette) else await datasette.get_canned_queries(DATABASE, None)
    return await common.html(datasette, request, "guide.html", {"queries": list(shown.values())})


async def dictionary(datasette: "Datasette", request: Request) -> Response:
    """Answer ``/dictionnaire``: the tables and columns as the schema has them, described by the metadata."""
    rows = (await common.archive(datasette).execute(_COLUMNS)).rows
    types = {(table, column): kind.lower() for table, column, kind in rows}
    described = datasette.metadata(database=DATABASE) or {}
    tables = {name: table for name, table in described["tables"].items() if not table.get("hidden")}
    return await common.html(datasette, request, "dictionary.html", {"tables": tables, "types": types})
