"""Which requests may come from a page, and which page: against cross-site forgery, by HTTP and on sockets alike.

A browser adds the session's cookie by itself, so a foreign page could ask in a person's name; it also says truthfully
where a request comes from (`Origin`, RFC 6454; `Sec-Fetch-Site`, Fetch Metadata), and no page can make it lie. A client
that is no browser has no cookie but the one it was given on purpose, so that nobody can ask in its name.
"""

from collections.abc import Callable, Mapping

from aiohttp import web
from aiohttp.typedefs import Handler, Middleware

from core.errors import FyrError

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
SOCKETS = "/socket.io/"
OPAQUE = "null"
"""The origin of a form under `Referrer-Policy: no-referrer`, and of a sandboxed frame: tells nothing."""
BROWSERS = "Mozilla/"
"""How every browser's User-Agent begins, and which a page of another origin cannot change without being asked first."""


def check_origin(allowed: Callable[[web.Request], set[str]]) -> Middleware:
    """A middleware that refuses with `forbidden_origin` what a page of another origin asks for.

    It looks at every change, and at everything on the path of the sockets.
    """

    @web.middleware
    async def middleware(request: web.Request, handler: Handler) -> web.StreamResponse:
        changes = request.method not in SAFE_METHODS or "websocket" in request.headers.get("Upgrade", "").lower()
        if changes or request.path.startswith(SOCKETS):
            require_ours(request.headers, allowed(request), changes=changes)
        return await handler(request)

    return middleware


def require_ours(headers: Mapping[str, str], allowed: set[str], *, changes: bool) -> None:
    """Raises `forbidden_origin`.

    A browser that names no origin is let through only where it changes nothing (browsers before Fetch Metadata, long
    polling): no other page could read the answer. On a handshake and on a change every browser names one.
    """
    origin, site = headers.get("Origin", OPAQUE), headers.get("Sec-Fetch-Site")
    if origin != OPAQUE:
        ours = origin in allowed
    elif site is not None:
        ours = site == "same-origin"
    elif "Origin" in headers:
        ours = False
    else:
        ours = not (changes and headers.get("User-Agent", "").startswith(BROWSERS))
    if not ours:
        raise FyrError("forbidden_origin")
