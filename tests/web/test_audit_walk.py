"""Every row of the wire leaves a trace: walked from the registry, so that a new row is tried by existing.

Whoever is let in leaves a look or an entry; whoever is not, a refused look. Nothing is handed out without one.
"""

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import msgspec
import pytest

from core.audit.entries import Accessed
from tests.web.client import Somebody, signed_in
from tests.web.guesting import guest, meeting
from tests.web.test_gates import FILLED, PUBLIC, RIGHTS, audited, body_of, written_by
from tests.web.test_story import opened
from web.node import Node
from web.wire.events import DOCUMENTS, ROUTES
from web.wire.row import DocumentRoute, Route

WALKED: list[Route | DocumentRoute] = [
    route for route in (*ROUTES, *DOCUMENTS) if route.name not in PUBLIC and route.who != "anyone"
]
PERSONS = {"patient": "patient:astrid", "signed_in": "patient:astrid", "staff": "staff:sara"}
TUS = {"Tus-Resumable": "1.0.0", "Upload-Offset": "0", "Content-Type": "application/offset+octet-stream"}

OF_MANY = {"GET /api/export.zip"}
"""Recorded for itself, and for each contact it holds: here is one."""


def method_of(route: Route | DocumentRoute) -> str:
    return route.method if isinstance(route, Route) else "GET"


def path_of(route: Route | DocumentRoute, contact_id: str) -> str:
    path = re.sub(r"{\w+}", "0" * 32, route.path.replace("{contact_id}", contact_id))
    return f"{path}?encounter={contact_id}&patient=astrid" if isinstance(route, DocumentRoute) else path


async def asked(somebody: Somebody, route: Route | DocumentRoute, contact_id: str) -> int:
    """The status that the route answers with."""
    request = route.request if isinstance(route, Route) else None
    known = {**FILLED, "lang": "sv", "size": 3, "caption": "", "name": "a.png", "media": "image/png"}
    body = {**known, **body_of(request, contact_id)} if request is not None else None
    data: bytes | None = msgspec.json.encode(body) if body is not None else None
    if isinstance(route, Route) and route.takes == "bytes":
        data = b"abc"
    url = somebody.url + path_of(route, contact_id)
    async with somebody.http.request(method_of(route), url, data=data, headers=TUS) as response:
        await response.read()
        return response.status


@asynccontextmanager
async def who_may(url: str, route: Route | DocumentRoute, contact_id: str) -> AsyncIterator[Somebody]:
    """Somebody whom the route is for."""
    if route.who != "guest":
        async with signed_in(url, RIGHTS.get(route.needs or "", PERSONS[route.who])) as somebody:
            yield somebody
        return
    async with signed_in(url, "staff:sara") as sara:
        secrets = await (await meeting(sara, contact_id)).invite()
        async with guest(url, secrets) as somebody:
            yield somebody


def of(rows: list[Accessed], name: str) -> list[Accessed]:
    return [row for row in rows if row.action == name]


@pytest.mark.parametrize("route", WALKED, ids=lambda route: route.name)
async def test_a_route_that_answers_leaves_a_trace(url: str, node: Node, astrid: Somebody, route: Any) -> None:
    contact_id = await opened(astrid)
    async with who_may(url, route, contact_id) as somebody:
        before = await written_by(node, contact_id, somebody.person)
        status = await asked(somebody, route, contact_id)
        wrote = len(await written_by(node, contact_id, somebody.person)) - len(before)
    rows = of(await audited(node), route.name)
    looks = 2 if route.name in OF_MANY else 1
    assert status < 500
    assert status >= 400 or [row.outcome for row in rows] == ["allowed"] * looks or (not rows and wrote == 1), rows
    assert all(row.session and row.address for row in rows)


async def test_a_board_says_how_many_contacts_it_showed(astrid: Somebody, sara: Somebody, node: Node) -> None:
    await opened(astrid)
    board = await sara.call("board:follow", unit_id="hamnen")
    (look,) = of(await audited(node), "board:follow")
    assert (look.about, look.found, look.unit_id) == ("unit:hamnen", len(board["rows"]), "hamnen")
    assert look.found == 1


async def test_one_look_is_one_row(contact: str, sara: Somebody, node: Node) -> None:
    before = len(await audited(node))
    await sara.call("contact:follow", contact_id=contact)
    assert len(await audited(node)) == before + 1


async def test_signing_in_and_out_and_failing_to_leave_rows(url: str, node: Node) -> None:
    async with signed_in(url, "staff:sara") as sara:
        async with sara.http.post(f"{url}/api/session", data=b'{"person":"staff:nobody"}') as answer:
            assert answer.status == 404
        async with sara.http.delete(f"{url}/api/session") as answer:
            assert answer.status == 200
    told = [(row.action, row.outcome) for row in await audited(node) if row.action.endswith("/api/session")]
    assert told == [
        ("POST /api/session", "allowed"),
        ("POST /api/session", "refused"),
        ("DELETE /api/session", "allowed"),
    ]
