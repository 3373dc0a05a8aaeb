"""What does an address ask for once its empty fields are left out?"""

from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

Scope = MutableMapping[str, Any]
Application = Callable[[Scope, Any, Any], Awaitable[None]]

_EMPTY_SEARCH = b"_search="


def without_empty_search(application: Application) -> Application:
    """Wrap an ASGI application so that a form sent with an empty search box does not search for nothing."""

    async def wrapped(scope: Scope, receive: Any, send: Any) -> None:
        """Pass a request on without its empty search."""
        query = scope.get("query_string", b"")
        if _EMPTY_SEARCH in query.split(b"&"):
            kept = b"&".join(part for part in query.split(b"&") if part != _EMPTY_SEARCH)
            scope = {**scope, "query_string": kept}
        await application(scope, receive, send)

    return wrapped
