"""What every HTTP answer goes through: errors become statuses here alone, and headers are set."""

from collections.abc import Awaitable, Callable, Mapping
from typing import get_args

import msgspec
import structlog
from aiohttp import web
from aiohttp.typedefs import Handler
from aiohttp.web_protocol import RequestPayloadError

from core.errors import ErrorCode, FyrError
from core.ids import new_id
from web.wire.base import WireError

log = structlog.get_logger(__name__)
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
    "assurance_too_low": 401,
    "login_failed": 400,
    "forbidden_origin": 403,
    "demo_only": 404,
    "not_found": 404,
    "unknown_event": 404,
    "nothing_waiting": 404,
    "too_fast": 429,
    "locked_out": 429,
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
    except (RequestPayloadError, web.PayloadAccessError):  # a body that is not what its headers say
        return error_response(FyrError("bad_request", where="$", what="a body as its headers say"))
    except ConnectionResetError:  # who asked has gone: nothing of ours failed, and this reaches nobody
        return web.Response(status=HUNG_UP)
    except Exception:
        incident = new_id()
        log.exception("request_failed", incident=incident)
        return error_response(FyrError("internal", incident=incident))


def _as_refusal(status: int) -> FyrError:
    codes: dict[int, ErrorCode] = {404: "not_found", 405: "not_found", 413: "too_long"}
    return FyrError(codes.get(status, "bad_request"))


def set_headers(headers: Mapping[str, str]) -> Callable[[web.Request, web.StreamResponse], Awaitable[None]]:
    """What sets these headers on every answer that does not set its own."""

    async def prepare(_: web.Request, response: web.StreamResponse) -> None:
        if response.status == SWITCHED:  # no page and no body: a line's headers would be kept as long as it is open
            return
        for name, value in headers.items():
            response.headers.setdefault(name, value)
        response.headers["Server"] = headers["Server"]

    return prepare


assert STATUS.keys() <= set(get_args(ErrorCode))
