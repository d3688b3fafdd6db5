"""Whoever is refused learns nothing and leaves a refused look. Walked from the tables, on one node: nothing changes.

Every row of the wire is tried by existing.
"""

import re
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from dataclasses import dataclass
from typing import Any

import aiohttp
import pytest
import pytest_asyncio

from tests.web.client import RefusedError, Somebody, signed_in
from tests.web.test_audit_walk import WALKED, asked, of
from tests.web.test_gates import attempt, audit_end, audited, body_of, written_by
from tests.web.test_story import opened
from tests.web.unlimited import served_unlimited
from web.node import Node
from web.wire.events import DOCUMENTS, ROUTES, SOCKET_CALLS
from web.wire.row import DocumentRoute, Route, SocketCall

OF_A_CONTACT = [
    call
    for call in SOCKET_CALLS
    if "contact_id" in call.request.__struct_fields__ and call.name != "contact:leave"  # asks nothing of it
]
WRONG_KIND = {"patient": "staff:sara", "staff": "patient:astrid"}
STRANGERS = ("patient:nils", "staff:petra")
"""Another patient; a nurse of another legal care giver."""
on_one_node = pytest.mark.asyncio(loop_scope="module")


@dataclass(frozen=True, slots=True)
class Scene:
    """A contact of Astrid's, and people who are signed in."""

    url: str
    node: Node
    contact_id: str
    people: dict[str, Somebody]

    async def refused_of(self, name: str, after: int) -> list[str]:
        """How each look by this name ended since then."""
        return [row.outcome for row in of(await audited(self.node, after), name)]


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def scene(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Scene]:
    async with AsyncExitStack() as stack:
        node, url = await stack.enter_async_context(served_unlimited(tmp_path_factory.mktemp("refused")))
        names = ("patient:astrid", "staff:sara", *STRANGERS)
        people = {name: await stack.enter_async_context(signed_in(url, name)) for name in names}
        yield Scene(url, node, await opened(people["patient:astrid"]), people)


@on_one_node
@pytest.mark.parametrize("call", OF_A_CONTACT, ids=lambda call: call.name)
@pytest.mark.parametrize("stranger", STRANGERS)
async def test_a_stranger_finds_no_contact_and_is_recorded(scene: Scene, call: SocketCall, stranger: str) -> None:
    after, somebody = await audit_end(scene.node), scene.people[stranger]
    assert await attempt(somebody, call, scene.contact_id) == "not_found"
    assert await attempt(somebody, call, "f" * 32) == "not_found"
    assert await scene.refused_of(call.name, after) == ["refused", "refused"]
    assert await written_by(scene.node, scene.contact_id, stranger) == []


@on_one_node
@pytest.mark.parametrize("route", [route for route in ROUTES if route.who != "anyone"], ids=lambda route: route.path)
async def test_every_route_asks_who_is_there(scene: Scene, route: Route) -> None:
    async with aiohttp.ClientSession() as nobody:
        path = re.sub(r"{\w+}", "0" * 32, route.path)
        async with nobody.request(route.method, scene.url + path) as response:
            assert response.status == 401
            assert route.method == "HEAD" or (await response.json())["code"] == "not_signed_in"


@on_one_node
@pytest.mark.parametrize("route", DOCUMENTS, ids=lambda route: route.path)
async def test_no_document_is_handed_to_a_stranger(scene: Scene, route: DocumentRoute) -> None:
    path = (
        route.path.replace("{contact_id}", scene.contact_id).replace("{unit_id}", "hamnen")
        + f"?encounter={scene.contact_id}&patient=astrid"
    )
    async with aiohttp.ClientSession() as nobody, nobody.get(scene.url + path) as response:
        assert response.status == 401
    after = await audit_end(scene.node)
    with pytest.raises(RefusedError) as refused:
        await scene.people["staff:petra"].get(path)
    assert refused.value.code == "not_found"
    assert await scene.refused_of(route.name, after) == ["refused"]


@on_one_node
@pytest.mark.parametrize("route", [one for one in WALKED if one.who in WRONG_KIND], ids=lambda route: route.name)
async def test_a_route_of_others_leaves_a_refused_look(scene: Scene, route: Any) -> None:
    after = await audit_end(scene.node)
    assert await asked(scene.people[WRONG_KIND[route.who]], route, scene.contact_id) == 404
    assert await scene.refused_of(route.name, after) == ["refused"]


@on_one_node
@pytest.mark.parametrize(
    "route",
    [one for one in WALKED if "{contact_id}" in one.path or one.path == "/fhir/Communication"],
    ids=lambda route: route.name,
)
@pytest.mark.parametrize("stranger", STRANGERS)
async def test_another_s_contact_leaves_a_refused_look(scene: Scene, route: Any, stranger: str) -> None:
    after = await audit_end(scene.node)
    assert await asked(scene.people[stranger], route, scene.contact_id) == 404
    assert await scene.refused_of(route.name, after) == ["refused"]


@on_one_node
@pytest.mark.parametrize("call", [one for one in SOCKET_CALLS if one.who in WRONG_KIND], ids=lambda call: call.name)
async def test_a_call_of_others_leaves_a_refused_look(scene: Scene, call: SocketCall) -> None:
    after = await audit_end(scene.node)
    with pytest.raises(RefusedError) as refused:
        await scene.people[WRONG_KIND[call.who]].send(call.name, body_of(call.request, scene.contact_id))
    assert refused.value.code == "not_found"
    assert await scene.refused_of(call.name, after) == ["refused"]
