"""Mounts the wire's routes on aiohttp: reads the body, finds the actor, carries out, answers JSON."""

from typing import TYPE_CHECKING, Any

import msgspec
import structlog
from aiohttp import web

from core.actor import Actor
from core.errors import FyrError
from web.api.raw import Navigation, Raw, UploadBytes, navigation, respond, upload_bytes
from web.device import device_of
from web.limits import hold_back
from web.parse import parse_json, parse_words
from web.registry import ROUTE_HANDLERS, Call, carry_out
from web.wire.attachment import FindAttachment
from web.wire.base import Wire
from web.wire.contact import FollowContact
from web.wire.events import DOCUMENTS, GUEST, ROUTES
from web.wire.row import Document, DocumentRoute, Route, StreamedDocument
from web.wire.session import FindSession

if TYPE_CHECKING:
    from web.node import Node

log = structlog.get_logger(__name__)
LARGEST_BODY = 100_000
OF_PROBES = {"GET /healthz", "GET /readyz"}
"""Asked every few seconds by machines of the deployment's own: neither counted nor looked at for a session."""
SIGNS_OUT = {("DELETE", "/api/session"), ("DELETE", GUEST)}
ANYONE = Actor(id="anyone", kind="guest")


def add_routes(app: web.Application, node: "Node") -> None:
    """Every route of the wire."""
    add_probes(app, node)
    for route in (route for route in ROUTES if route.name not in OF_PROBES):
        app.router.add_route(route.method, route.path, _endpoint(node, route))
    for document in DOCUMENTS:
        app.router.add_get(document.path, _document_endpoint(node, document), allow_head=False)


def add_probes(app: web.Application, node: "Node") -> None:
    """The routes that say how the process is, and no other."""
    for route in ROUTES:
        if route.name in OF_PROBES:
            app.router.add_route(route.method, route.path, _endpoint(node, route))


def _document_endpoint(node: "Node", route: DocumentRoute) -> Any:
    async def endpoint(request: web.Request) -> web.StreamResponse:
        call = await _call(node, request, route)
        asked = parse_words({**_words(request), **request.match_info}, route.asked)
        document = await carry_out(call, ROUTE_HANDLERS[route.name], body=asked)
        if isinstance(document, StreamedDocument):
            return await _streamed(request, document)
        return document_response(document)

    return endpoint


def _words(request: web.Request) -> dict[str, str]:
    """What stands in the query; what is said several times, with commas between."""
    return {name: ",".join(request.query.getall(name)) for name in request.query}


def document_response(document: Document) -> web.Response:
    """Handed out to be saved, never shown inside a page of ours: it may hold anything people wrote."""
    return web.Response(body=document.data, content_type=document.media, headers=_saved_only(document.name))


def _saved_only(name: str) -> dict[str, str]:
    return {
        "Content-Disposition": f'attachment; filename="{name}"',
        "Content-Security-Policy": "default-src 'none'; sandbox",
        "Cache-Control": "no-store",
    }


async def _streamed(request: web.Request, document: StreamedDocument) -> web.StreamResponse:
    """Piece by piece, as fast as it is taken. One that fails on the way is cut off, and is no whole archive."""
    response = web.StreamResponse(headers={**_saved_only(document.name), "Content-Type": document.media})
    await response.prepare(request)
    try:
        async for chunk in document.chunks:
            await response.write(chunk)
    except Exception as failure:
        log.warning("document_cut_off", name=document.name, exc_info=failure)
        if request.transport is not None:  # whoever waits for the rest is told at once that it does not come
            request.transport.abort()
        return response
    await response.write_eof()
    return response


def _endpoint(node: "Node", route: Route) -> Any:
    async def endpoint(request: web.Request) -> web.Response:
        call = await _call(node, request, route)
        body = await _body(request, route)
        answer = await carry_out(call, ROUTE_HANDLERS[route.name], body=body)
        return _response(node, route, answer)

    return endpoint


async def _call(node: "Node", request: web.Request, row: Route | DocumentRoute) -> Call:
    """By whom, and counted. Raises `too_fast`, `locked_out`, `not_signed_in`."""
    if row.name in OF_PROBES:
        return Call(node, ANYONE, row)
    address, token = node.limits.came_from(request), request.cookies.get(node.cookie_of(row.path), "")
    actor = await node.actor_of_token(token, address=address)
    try:
        if actor is None:
            await node.strangers.meet(token, address)
        else:
            node.limits.spend(actor, row.name)
    except FyrError as refusal:
        await hold_back(refusal)
        raise
    if actor is None and row.who != "anyone":
        raise FyrError("not_signed_in")
    device = device_of(request.headers.get("User-Agent", ""))
    return Call(node, actor or msgspec.structs.replace(ANYONE, address=address), row, device=device)


async def _body(request: web.Request, route: Route) -> Wire | UploadBytes | Navigation | None:
    if route.takes == "navigation":
        return await navigation(request)
    if route.request is not None:
        return parse_json(await request.read(), route.request)
    if route.takes == "bytes":
        return upload_bytes(request)
    if "attachment_id" in request.match_info:
        return FindAttachment(**request.match_info)
    if "session_id" in request.match_info:
        return FindSession(**request.match_info)
    if "contact_id" in request.match_info:
        return FollowContact(contact_id=request.match_info["contact_id"])
    return None


def _response(node: "Node", route: Route, answer: Any) -> web.Response:
    if isinstance(answer, Raw):
        return respond(answer, secure=node.secure)
    token = None
    if isinstance(answer, tuple):
        answer, token = answer
    response = web.Response(body=msgspec.json.encode(answer), content_type="application/json")
    if token is not None:
        response.set_cookie(
            node.cookie_of(route.path),
            token,
            path="/",
            secure=node.secure,
            httponly=True,
            samesite="Strict",
            max_age=None,
        )
    elif (route.method, route.path) in SIGNS_OUT:
        response.del_cookie(node.cookie_of(route.path), path="/", secure=node.secure, httponly=True, samesite="Strict")
    return response
