"""Mounts the wire's routes on aiohttp: reads the body, finds the actor, carries out, answers JSON."""

from typing import TYPE_CHECKING, Any

import msgspec
from aiohttp import web

from core.actor import Actor
from core.errors import FyrError
from web.parse import parse_json, parse_words
from web.registry import ROUTE_HANDLERS, Call, carry_out
from web.wire.base import Wire
from web.wire.contact import FollowContact
from web.wire.events import DOCUMENTS, ROUTES, Document, DocumentRoute, Route

if TYPE_CHECKING:
    from web.node import Node

LARGEST_BODY = 100_000
ANYONE = Actor(id="anyone", kind="guest")


def add_routes(app: web.Application, node: "Node") -> None:
    """Every route of the wire."""
    for route in ROUTES:
        app.router.add_route(route.method, route.path, _endpoint(node, route))
    for document in DOCUMENTS:
        app.router.add_get(document.path, _document_endpoint(node, document), allow_head=False)


def _document_endpoint(node: "Node", route: DocumentRoute) -> Any:
    async def endpoint(request: web.Request) -> web.Response:
        actor = await node.actor_of_token(request.cookies.get(node.cookie_name, ""))
        if actor is None and route.who != "anyone":
            raise FyrError("not_signed_in")
        asked = parse_words({**request.query, **request.match_info}, route.asked)
        call = Call(node, actor or ANYONE, route.name)
        return document_response(await carry_out(call, ROUTE_HANDLERS[route.name], who=route.who, body=asked))

    return endpoint


def document_response(document: Document) -> web.Response:
    """Handed out to be saved, never shown inside a page of ours: it may hold anything people wrote."""
    headers = {
        "Content-Disposition": f'attachment; filename="{document.name}"',
        "Content-Security-Policy": "default-src 'none'; sandbox",
        "Cache-Control": "no-store",
    }
    return web.Response(body=document.data, content_type=document.media, headers=headers)


def _endpoint(node: "Node", route: Route) -> Any:
    name = f"{route.method} {route.path}"

    async def endpoint(request: web.Request) -> web.Response:
        actor = await node.actor_of_token(request.cookies.get(node.cookie_name, ""))
        if actor is None and route.who != "anyone":
            raise FyrError("not_signed_in")
        call = Call(node, actor or ANYONE, name)
        body = await _body(request, route)
        answer = await carry_out(call, ROUTE_HANDLERS[name], who=route.who, body=body)
        return _response(node, route, answer)

    return endpoint


async def _body(request: web.Request, route: Route) -> Wire | None:
    if route.request is not None:
        return parse_json(await request.read(), route.request)
    if "contact_id" in request.match_info:
        return FollowContact(contact_id=request.match_info["contact_id"])
    return None


def _response(node: "Node", route: Route, answer: Any) -> web.Response:
    token = None
    if isinstance(answer, tuple):
        answer, token = answer
    response = web.Response(body=msgspec.json.encode(answer), content_type="application/json")
    if token is not None:
        response.set_cookie(
            node.cookie_name, token, path="/", secure=node.secure, httponly=True, samesite="Strict", max_age=None
        )
    elif (route.method, route.path) == ("DELETE", "/api/session"):
        response.del_cookie(node.cookie_name, path="/", secure=node.secure, httponly=True, samesite="Strict")
    return response
