"""Which pages are ours and not Datasette's? Their addresses, and the functions that answer."""

from collections.abc import Callable
from typing import Any

from archive.serve.views import search

ROUTES: list[tuple[str, Callable[..., Any]]] = [
    (r"^/recherche$", search.page),
]
