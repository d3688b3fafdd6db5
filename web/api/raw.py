"""What crosses HTTP as headers and bytes rather than as JSON: uploads by tus 1.0.0, files on their way out."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, field
from urllib.parse import parse_qsl

from aiohttp import web

from core.errors import FyrError

FORM_TYPE = "application/x-www-form-urlencoded"
MOST_WORDS = 50
TUS_VERSION = "1.0.0"
TUS_TYPE = "application/offset+octet-stream"
CHUNK_WITHIN_S = 30.0
"""A sender silent for so long is gone; what it sent is kept, and it may go on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class UploadBytes:
    """The body of a PATCH: where it begins, and the bytes as they come."""

    contact_id: str
    attachment_id: str
    start: int
    chunks: AsyncIterator[bytes]


@dataclass(frozen=True, slots=True)
class Cookie:
    """One that is set. It belongs to this host and no script reads it; without an age it ends with the browser."""

    name: str
    value: str
    max_age_s: int | None = None
    same_site: str = "Strict"
    """Lax only for what must come along when another site sends the browser back to us."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Navigation:
    """A browser that comes by, or a form somebody sends: what stands in the path, the words, the cookies."""

    path: dict[str, str]
    words: dict[str, str]
    """Of the query, or of the form."""
    cookies: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Raw:
    """An answer that is no JSON."""

    status: int
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""
    cookies: tuple[Cookie, ...] = ()


async def navigation(request: web.Request) -> Navigation:
    """What came. A word that is given twice counts as not given (RFC 6749, 3.1)."""
    given = list(request.query.items()) if request.method == "GET" else await _form(request)
    names = [name for name, _ in given]
    words = {name: value for name, value in given if names.count(name) == 1}
    return Navigation(path=dict(request.match_info), words=words, cookies=request.cookies)


async def _form(request: web.Request) -> list[tuple[str, str]]:
    """The words of a form in UTF-8; none in anything else."""
    if request.content_type != FORM_TYPE:
        return []
    try:
        return parse_qsl((await request.read()).decode(), max_num_fields=MOST_WORDS)
    except ValueError:  # too many, or no text
        return []


def require_tus(request: web.Request) -> None:
    """Refuse another version of the protocol with `wrong_version` (tus 1.0.0, "Tus-Resumable")."""
    if request.headers.get("Tus-Resumable") != TUS_VERSION:
        raise FyrError("wrong_version", wanted=TUS_VERSION)


def upload_bytes(request: web.Request) -> UploadBytes:
    """The body of a PATCH. Raises `bad_request`, `wrong_version`."""
    require_tus(request)
    start = request.headers.get("Upload-Offset", "")
    if not (start.isascii() and start.isdecimal()):
        raise FyrError("bad_request", where="Upload-Offset", what="a number of bytes")
    if request.content_type != TUS_TYPE:
        raise FyrError("bad_request", where="Content-Type", what=TUS_TYPE)
    return UploadBytes(
        contact_id=request.match_info["contact_id"],
        attachment_id=request.match_info["attachment_id"],
        start=int(start),
        chunks=_chunks(request),
    )


async def _chunks(request: web.Request) -> AsyncIterator[bytes]:
    """The body until it ends, or until the line does: what has come by then counts."""
    while True:
        try:
            async with asyncio.timeout(CHUNK_WITHIN_S):
                chunk = await request.content.readany()
        except (ConnectionError, TimeoutError, web.PayloadAccessError):
            return
        if not chunk:
            return
        yield chunk


def respond(raw: Raw, *, secure: bool) -> web.Response:
    """The answer as aiohttp sends it."""
    response = web.Response(status=raw.status, headers=dict(raw.headers), body=raw.body or None)
    for one in raw.cookies:
        response.set_cookie(
            one.name,
            one.value,
            path="/",
            secure=secure,
            httponly=True,
            samesite=one.same_site,
            max_age=one.max_age_s,
        )
    return response
