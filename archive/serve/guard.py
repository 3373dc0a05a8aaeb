"""What may a page do in a browser, and a visitor to the server? Headers on every answer, a limit."""

import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

Scope = MutableMapping[str, Any]
Application = Callable[[Scope, Any, Any], Awaitable[None]]

POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; script-src 'self'; connect-src 'self';"
    " font-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
"""No inline script or style, nothing from elsewhere, in no frame."""

SANDBOX = "default-src 'none'; frame-ancestors 'none'; sandbox"
"""For what a site sent: it may do nothing at all, wherever it is opened."""

HEADERS = (
    (b"content-security-policy", POLICY.encode()),
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"DENY"),
    (b"referrer-policy", b"no-referrer"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"permissions-policy", b"camera=(), geolocation=(), microphone=()"),
)
"""What every answer carries, exports and errors included."""

_POLICY_NAME = b"content-security-policy"
_BURST = 60.0  # requests at once
_A_SECOND = 2.0  # requests a second after that
_MOST_VISITORS = 10_000


def with_headers(application: Application) -> Application:
    """Wrap an ASGI application so that every answer carries ``HEADERS``, or ``SANDBOX`` as its policy."""

    async def wrapped(scope: Scope, receive: Any, send: Any) -> None:
        """Answer a request as the application does."""

        async def sending(message: MutableMapping[str, Any]) -> None:
            """Add the headers to the head of the answer."""
            if message["type"] == "http.response.start":
                given = message.get("headers", [])
                ours = dict(HEADERS)
                if any(pair == (_POLICY_NAME, SANDBOX.encode()) for pair in map(tuple, given)):
                    ours[_POLICY_NAME] = SANDBOX.encode()
                kept = [pair for pair in given if pair[0].lower() not in ours]
                message = {**message, "headers": [*kept, *ours.items()]}
            await send(message)

        await application(scope, receive, sending)

    return wrapped


class Limit:
    """Lets each visitor make a burst of requests and then so many a second; the rest is told to wait."""

    def __init__(self, clock: Callable[[], float] = time.monotonic, processes: int = 1) -> None:
        """Start with no visitor; ``clock`` gives seconds. Each of some ``processes`` allows its share."""
        self._clock = clock
        self._processes = processes
        self._left: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def wait(self, visitor: str) -> int:
        """Return 0 when the visitor may go on, else the seconds to wait."""
        now, burst, a_second = self._clock(), _BURST / self._processes, _A_SECOND / self._processes
        left, at = self._left.pop(visitor, (burst, now))
        left = min(burst, left + (now - at) * a_second)
        allowed = left >= 1
        self._left[visitor] = (left - 1 if allowed else left, now)
        while len(self._left) > _MOST_VISITORS:
            self._left.popitem(last=False)
        return 0 if allowed else max(1, round((1 - left) / a_second))

    def around(self, application: Application) -> Application:
        """Wrap an ASGI application; style sheets are not counted."""

        async def wrapped(scope: Scope, receive: Any, send: Any) -> None:
            """Pass a request on, or refuse it."""
            path = scope.get("path", "")
            counted = scope["type"] == "http" and not path.startswith("/-/static")
            visitor = (scope.get("client") or ("",))[0]
            if counted and (seconds := self.wait(visitor)):
                await _refuse(send, seconds)
                return
            await application(scope, receive, send)

        return wrapped


async def _refuse(send: Any, seconds: int) -> None:
    headers = [(b"content-type", b"text/plain; charset=utf-8"), (b"retry-after", str(seconds).encode())]
    await send({"type": "http.response.start", "status": 429, "headers": headers})
    text = f"Trop de demandes : réessayez dans {seconds} s. Les exports donnent tout en une fois.\n"
    await send({"type": "http.response.body", "body": text.encode()})
