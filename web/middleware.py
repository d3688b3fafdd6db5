"""What every HTTP answer goes through: errors become statuses here alone, origins are checked, headers are set."""

from collections.abc import Callable
from typing import get_args

import msgspec
import structlog
from aiohttp import web
from aiohttp.typedefs import Handler, Middleware

from core.errors import ErrorCode, FyrError
from core.ids import new_id
from web.wire.base import WireError

log = structlog.get_logger(__name__)
SAFE_METHODS = {"GET", "HEAD", "OPTIONS"}
STATUS: dict[ErrorCode, int] = {
    "bad_request": 400,
    "empty": 400,
    "too_large": 413,
    "too_long": 413,
    "wrong_type": 415,
    "wrong_version": 412,
    "wrong_language": 400,
    "identity_invalid": 400,
    "not_signed_in": 401,
    "forbidden_origin": 403,
    "demo_only": 404,
    "not_found": 404,
    "unknown_event": 404,
    "nothing_waiting": 404,
    "too_fast": 429,
    "internal": 500,
    "log_broken": 500,
    "missing_tool": 503,
    "not_ready": 503,
    "unreachable": 503,
}
CONFLICT = 409
SWITCHED = 101
HUNG_UP = 499
"""What proxies write in their logs for it; it is never sent."""
CSP = (
    "default-src 'self'; img-src 'self' data: blob:; media-src 'self' blob:; connect-src 'self' ws: wss:; "
    "object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": CSP,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(self), microphone=(self), display-capture=(self), geolocation=()",
}


def status_of(code: ErrorCode) -> int:
    """The HTTP status of an error code; what is not listed is a conflict with the state of things."""
    return STATUS.get(code, CONFLICT)


def error_response(refusal: FyrError) -> web.Response:
    """The refusal as JSON."""
    body = msgspec.json.encode(WireError(code=refusal.code, data=dict(refusal.data)))
    wait = {"Retry-After": str(refusal.data["retry_after_s"])} if "retry_after_s" in refusal.data else None
    return web.Response(body=body, status=status_of(refusal.code), content_type="application/json", headers=wait)


@web.middleware
async def answer_errors(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Turn a `FyrError` into its status, and anything else into an incident number without a word of what it was."""
    try:
        return await handler(request)
    except FyrError as refusal:
        return error_response(refusal)
    except web.HTTPException as known:
        if known.status >= 400:
            return error_response(_as_refusal(known.status))
        raise
    except ConnectionResetError:  # who asked has gone: nothing of ours failed, and this reaches nobody
        return web.Response(status=HUNG_UP)
    except Exception:
        incident = new_id()
        log.exception("request_failed", incident=incident)
        return error_response(FyrError("internal", incident=incident))


def _as_refusal(status: int) -> FyrError:
    codes: dict[int, ErrorCode] = {404: "not_found", 405: "not_found", 413: "too_long"}
    return FyrError(codes.get(status, "bad_request"))


def check_origin(allowed: Callable[[web.Request], set[str]]) -> Middleware:
    """A middleware that refuses a change asked for by a page of another origin (cross-site request forgery)."""

    @web.middleware
    async def middleware(request: web.Request, handler: Handler) -> web.StreamResponse:
        origin = request.headers.get("Origin")
        if request.method not in SAFE_METHODS and origin is not None and origin not in allowed(request):
            raise FyrError("forbidden_origin")
        return await handler(request)

    return middleware


async def set_headers(_: web.Request, response: web.StreamResponse) -> None:
    """Security headers on everything; nothing under /api may be kept by a cache."""
    if response.status == SWITCHED:  # no page and no body: a line's headers would be kept as long as it is open
        return
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    response.headers.setdefault("Cache-Control", "no-store")


assert STATUS.keys() <= set(get_args(ErrorCode))
