"""Where are our pages? Their paths, for the templates."""

from collections.abc import Callable
from functools import lru_cache
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from archive.serve import copies

if TYPE_CHECKING:
    from datasette.app import Datasette


def of(datasette: "Datasette") -> dict[str, Callable[..., str]]:
    """Return the functions that give the path of an article, of a copy, of a search and of an export."""

    # Hundreds of links of a page are made here: the part that does not change is made once.
    article, site, search, export = (
        str(datasette.urls.path(path)) for path in ("a/", "", "recherche?", "recherche.")
    )

    def article_path(identifier: object) -> str:
        return f"{article}{identifier}"

    def copy_path(file: str, offset: int, part: str = "") -> str:
        return f"{site}{copies.path(file, offset)}{'/' if part else ''}{part}"

    def search_path(query: str, name: str = "", value: object = "") -> str:
        return f"{search}{_with(query, name, value)}"

    def export_path(format: str, query: str) -> str:
        return f"{export}{format}?{_with(query)}"

    return {
        "article_path": article_path,
        "copy_path": copy_path,
        "search_path": search_path,
        "export_path": export_path,
    }


@lru_cache(4096)  # a map has two hundred links, the same for every reader
def _with(query: str, name: str = "", value: object = "") -> str:
    added = f" {name}:{value}" if name else ""
    return urlencode({"q": f"{query}{added}".strip()})
