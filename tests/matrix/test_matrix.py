"""The service does exactly what docs/access.md says: every route and call, every role, every circumstance."""

import re
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from typing import Any

import msgspec
import pytest

from core.access.rights import RIGHTS, Right, RoleName
from core.audit.entries import Accessed
from tests.matrix.circumstances import BESIDE, CIRCUMSTANCES, UNIT, Circumstance, Scene, everyone, staff_id
from tests.matrix.written import OF_CONTACTS, of_circumstances, of_roles
from tests.web.client import RefusedError, Somebody, signed_in
from tests.web.test_gates import body_of
from tests.web.test_story import opened
from web.node import Node
from web.registry import Row
from web.wire.directory import SheetChange
from web.wire.events import DOCUMENTS, ROUTES, SOCKET_CALLS
from web.wire.row import DocumentRoute, Route, SocketCall

ROWS: tuple[Row, ...] = (*SOCKET_CALLS, *(route for route in ROUTES if route.who != "anyone"), *DOCUMENTS)
LAST = {"contact:close", "DELETE /api/session", "DELETE /api/guest"}
"""Asked after all others: they take away what others ask about."""
SHUT_OUT = {
    "someone whose session has ended",
    "guest of this visit, then withdrawn",
    "guest of this visit, then it is over",
    "guest of this visit, then the patient is protected",
}
"""Whose session is over with it."""
CLOSED_TO = "not_found"
OWN_CARE_GIVER = {UNIT, BESIDE}
"""Where an administrator decides of the care giver's unit that the directory is asked about."""
FOR = {"signed_in": ("patient", "staff"), "in_visit": ("patient", "staff", "guest")}
"""Whom a row is for, where that is more than one kind."""


@pytest.fixture
async def scene(url: str, node: Node) -> AsyncIterator[Scene]:
    """A contact of Astrid at Hamnen; one member of staff for each role at each unit."""
    await everyone(node)
    async with AsyncExitStack() as stack:
        astrid = await stack.enter_async_context(signed_in(url, "patient:astrid"))
        yield Scene(url, node, await opened(astrid), astrid, stack)


def reaches_contact(row: Row) -> bool:
    """Whether it names a contact; else, where it needs a right, it names a unit."""
    if isinstance(row, SocketCall):
        return "contact_id" in row.request.__struct_fields__
    if isinstance(row, DocumentRoute):
        return "contact_id" in row.asked.__struct_fields__
    return "{contact_id}" in row.path or (row.request is not None and "contact_id" in row.request.__struct_fields__)


def names_unit(row: Row) -> bool:
    """Whether it names a unit; else its right may be held anywhere."""
    request = row.request if isinstance(row, SocketCall | Route) else row.asked
    return request is not None and not {"unit_id", "unit_ids", "contact_id"}.isdisjoint(request.__struct_fields__)


def names_subject(row: Row) -> bool:
    """Whether it names whom or what it is about in the directory: their care giver's administrators alone decide."""
    if not isinstance(row, SocketCall):
        return False
    return any(one.name == "of_id" or one.type is SheetChange for one in msgspec.structs.fields(row.request))


def is_for(row: Row, kind: str) -> bool:
    """Whether the row is for people of this kind at all."""
    return kind in FOR.get(row.who, (row.who,))


def written(row: Row, circumstance: str, role: RoleName | None) -> bool:
    """What the page says."""
    kind = "guest" if circumstance.startswith("guest") else "patient" if role is None else "staff"
    if not is_for(row, kind) or circumstance in SHUT_OUT:
        return False
    if row.needs is None:
        return True
    if reaches_contact(row) and row.needs in OF_CONTACTS:
        cell = of_circumstances()[circumstance][row.needs]
        return cell == "yes" or (cell == "role" and role is not None and row.needs in of_roles()[role])
    at_own = circumstance.startswith("staff of the unit") or not names_unit(row)
    if names_subject(row):
        at_own = CIRCUMSTANCES[circumstance].unit_id in OWN_CARE_GIVER
    if "kept out" in circumstance and reaches_contact(row):  # an emergency lets them in, not the unit
        at_own = row.needs == "open" and of_circumstances()[circumstance]["read"] != ""
    return at_own and role is not None and row.needs in of_roles()[role]


def rows_in(circumstance: str) -> list[Row]:
    """What is asked there: all, unless only what names somebody or somewhere can differ by what has happened."""
    if circumstance in SHUT_OUT or not CIRCUMSTANCES[circumstance].happened:
        return list(ROWS)
    return [row for row in ROWS if reaches_contact(row) or names_unit(row) or names_subject(row)]


async def asked(scene: Scene, asks: Somebody, row: Row) -> bool:
    """Whether it got past the gate: what is refused there answers as if nothing were there, and is recorded."""
    stream = scene.node.trail.stream()
    before = (await scene.node.log.numbers([stream])).get(stream)
    code = await _answer(scene, asks, row)
    if code in ("not_signed_in", "no_line"):
        return False
    told = await scene.node.log.entries(stream, before.last_no if before else 0)
    refused = any(_refuses(entry.body, row, asks) for entry in told)
    assert not refused or code == CLOSED_TO, (row.name, code)
    return not refused


def _refuses(body: object, row: Row, asks: Somebody) -> bool:
    """A refusal by a gate to a contact or a unit, or of the actor as they are; not of a file or a look not there."""
    if not isinstance(body, Accessed) or body.action != row.name or body.outcome != "refused":
        return False
    of_a_gate = row.needs is not None and is_for(row, asks.kind)
    if of_a_gate and names_subject(row) and body.about == "directory":
        return True
    somewhere = reaches_contact(row) or names_unit(row)
    return body.about.startswith(("contact:", "unit:") if of_a_gate and somewhere else ("staff:", "patient:", "guest:"))


async def _answer(scene: Scene, asks: Somebody, row: Row) -> str:
    try:
        if isinstance(row, SocketCall):
            if not asks.io.connected:
                return "no_line"
            await asks.send(row.name, body_of(row.request, scene.contact_id))
        else:
            return await _by_http(scene, asks, row)
    except RefusedError as refused:
        return refused.code
    return "ok"


async def _by_http(scene: Scene, asks: Somebody, row: Route | DocumentRoute) -> str:
    path = re.sub(r"{\w+}", "f" * 32, row.path.replace("{contact_id}", scene.contact_id).replace("{unit_id}", UNIT))
    method, data = "GET", None
    if isinstance(row, DocumentRoute):
        path += f"?encounter={scene.contact_id}&patient=astrid"
    else:
        method = row.method
        data = msgspec.json.encode(body_of(row.request, scene.contact_id)) if row.request else None
    headers = {"Tus-Resumable": "1.0.0", "Upload-Offset": "0", "Content-Type": "application/offset+octet-stream"}
    async with asks.http.request(method, scene.url + path, data=data, headers=headers) as response:
        if response.status in (200, 204):
            return "ok"
        answer = await response.read()
        return (
            str(msgspec.json.decode(answer)["code"])
            if answer
            else {401: "not_signed_in"}.get(response.status, CLOSED_TO)
        )


def test_the_page_says_of_every_role_what_the_code_does() -> None:
    assert of_roles() == RIGHTS
    assert of_circumstances().keys() == CIRCUMSTANCES.keys()


def test_every_right_is_asked_for_somewhere() -> None:
    """A right that no route and no call needs would be a promise of nothing."""
    asked_for: set[Right] = {row.needs for row in ROWS if row.needs is not None}
    assert asked_for >= {"read", "write", "claim", "visit", "board", "open", "share", "audit", "administer"}


def test_what_names_a_subject_is_the_directorys() -> None:
    named = {row.name for row in ROWS if names_subject(row)}
    asked_for = ("show", "history", "foresee", "propose", "approve", "withdraw")
    assert named == {f"directory:{what}" for what in asked_for}


CASES = [
    pytest.param(name, role, id=f"{name}, {role or 'patient'}")
    for name, circumstance in CIRCUMSTANCES.items()
    for role in circumstance.roles or (None,)
]


@pytest.mark.parametrize(("name", "role"), CASES)
async def test_what_is_allowed_is_what_is_written(scene: Scene, name: str, role: RoleName | None) -> None:
    circumstance: Circumstance = CIRCUMSTANCES[name]
    actor = f"staff:{staff_id(role, circumstance.unit_id)}" if role else f"patient:{circumstance.patient}"
    asks = await (scene.guest(circumstance.guest_of) if circumstance.guest_of else scene.somebody(actor))
    for happens in circumstance.happened:
        await happens(scene, asks)
    done = {row.name: await asked(scene, asks, row) for row in sorted(rows_in(name), key=lambda row: row.name in LAST)}
    said = {row.name: written(row, name, role) for row in ROWS}
    assert {name: verdict for name, verdict in done.items() if verdict != said[name]} == {}


def test_what_is_asked_is_everything() -> None:
    names: list[Any] = [row.name for row in ROWS]
    assert len(names) == len(set(names))
    assert len(names) == len(SOCKET_CALLS) + len(DOCUMENTS) + sum(route.who != "anyone" for route in ROUTES)
