"""What does a template need besides Datasette's own context? French words, columns, what a page shows."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from datasette.utils import tilde_decode, tilde_encode
from datasette.utils.asgi import Request
from markupsafe import Markup

from archive.serve import cells, comparison, conditions, french, labels, portraits, rights

if TYPE_CHECKING:
    from datasette.app import Datasette

DATABASE = "archive"
"""The name under which the archive is served; other databases keep Datasette's plain pages."""

_WHOLE_ROWS = {"_col", "_nocol", "_all"}  # arguments by which the reader chooses the columns

Words = dict[str, Any]


async def of(
    datasette: "Datasette",
    request: Request | None,
    view_name: str | None,
    database: str | None,
    table: str | None,
) -> Words:
    """Return the template variables of one page."""
    metadata = datasette.metadata() or {}
    columns = labels.of_table(metadata, database or DATABASE, table) if table else {}
    every = labels.of_database(metadata, database or DATABASE)
    words: Words = {
        "site": metadata,
        "operators": conditions.OPERATORS,
        "label": lambda column: labels.label(columns or every, column),
        "explanation": lambda column: labels.explanation(columns or every, column),
        "label_of": lambda other, column: labels.label(
            labels.of_table(metadata, database or DATABASE, other), column
        ),
        "table_title": lambda other: labels.table_title(metadata, database or DATABASE, other),
        "value_word": french.word,
        "public": rights.is_public(datasette),
    }
    if DATABASE in datasette.databases and database in {DATABASE, None}:
        words |= await _parts(datasette, request, view_name, table)
    if request is not None and view_name == "table" and table:
        words |= _table_words(datasette, request, database or DATABASE, table, words)
    return words


async def _parts(
    datasette: "Datasette", request: Request | None, view_name: str | None, table: str | None
) -> Words:
    """Return what the first page, a list of articles or the page of one row shows."""
    archive = datasette.get_database(DATABASE)
    public = rights.is_public(datasette)
    if view_name == "row" and table == "articles" and request is not None:
        from archive.serve.views import articles

        return await articles.words(datasette, request, request.url_vars["pks"])
    if view_name == "row" and table == "clusters" and request is not None:
        return {"cluster": await comparison.cluster(archive, request.url_vars["pks"])}
    if view_name == "row" and table and request is not None:
        words: Words = {"reference": partial(_reference, datasette, table)}
        if table in portraits.ARTICLES:
            words["portrait"] = await portraits.of(
                archive, table, tilde_decode(request.url_vars["pks"]), public
            )
        return words
    if view_name == "table":
        rows = (await archive.execute("select code, name from departments")).rows
        words = {"department_names": {row["code"]: row["name"] for row in rows}}
        if request is not None and (coop := request.args.get("_coop")):
            named = (await archive.execute("select name from coops where id = ?", [coop])).first()
            words["named_coop"] = named["name"] if named else coop
        return words
    return {}


async def _reference(datasette: "Datasette", table: str, column: str, value: object) -> Markup | None:
    """Return a link to the row that a cell refers to, under its name, or ``None``."""
    if value is None or column not in cells.REFERENCES:
        return None
    named = await datasette.expand_foreign_keys(DATABASE, table, column, [value])
    label = named.get((column, value), value)

    def address(other: str, key: object) -> str:
        return str(datasette.urls.row(DATABASE, other, tilde_encode(str(key))))

    return cells.shown(column, {"value": value, "label": label}, address, "")


def _table_words(datasette: "Datasette", request: Request, database: str, table: str, words: Words) -> Words:
    label: Callable[[str], str] = words["label"]

    def value(column: str, text: str) -> str:
        return str(words.get("named_coop", text)) if column == "_coop" else french.word(column, text)

    arguments = [(key, text) for key in request.args for text in request.args.getlist(key)]
    configured = datasette.plugin_config("coopress", database=database, table=table) or {}
    chosen = _WHOLE_ROWS.intersection(request.args)
    return {
        "described": conditions.described(arguments, label, value),
        "ordered": lambda sort, sort_desc: conditions.ordered(sort, sort_desc, label),
        "shown_columns": [] if chosen else configured.get("columns", []),
        "searched": request.args.get("_search") or "",
    }
