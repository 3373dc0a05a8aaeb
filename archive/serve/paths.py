"""Where are our pages? Their paths, for the templates."""

from collections.abc import Callable
from typing import TYPE_CHECKING
from urllib.parse import urlencode

if TYPE_CHECKING:
    from datasette.app import Datasette


def of(datasette: "Datasette") -> dict[str, Callable[..., str]]:
    """Return the functions that give the path of an article, of a search and of an export."""

    def article_path(identifier: object) -> str:
        return str(datasette.urls.path(f"a/{identifier}"))

    def search_path(query: str, name: str = "", value: object = "") -> str:
        return str(datasette.urls.path(f"recherche?{_with(query, name, value)}"))

    def export_path(format: str, query: str) -> str:
        return str(datasette.urls.path(f"recherche.{format}?{_with(query)}"))

    return {"article_path": article_path, "search_path": search_path, "export_path": export_path}


def _with(query: str, name: str = "", value: object = "") -> str:
    added = f" {name}:{value}" if name else ""
    return urlencode({"q": f"{query}{added}".strip()})
