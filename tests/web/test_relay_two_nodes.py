"""The relay behind two nodes: whoever comes by either is on the one that has the visit; a dead node's visit moves."""

import asyncio
import os
import signal
import time
from typing import Any

import pytest
from aiortc import RTCBundlePolicy, RTCConfiguration, RTCPeerConnection, RTCSessionDescription

from core.ids import new_id
from core.storage.valkey import Valkey
from rtc.relay.relay import Place
from tests.rtc.relay.peer import Picture, Tone
from tests.web.client import RefusedError, Somebody, signed_in
from tests.web.guesting import Meeting, guest, meeting
from tests.web.test_story import opened
from tests.web.test_two_nodes import astrid, nodes, shared

__all__ = ["astrid", "nodes", "shared"]
BACK_WITHIN_S = 10.0
OUT_WITHIN_S = 5.0
"""Who is to see and hear nothing more is off the relay after a look at SQL, and some time for a busy machine."""


async def admitted(visit: Meeting, somebody: Somebody) -> None:
    entered = await somebody.call("visit:enter", **visit.named)
    await visit.nurse.call("visit:admit", **visit.named, participant=entered["participant"])


async def offered(somebody: Somebody, visit: Meeting, session: str) -> dict[str, Any]:
    """Come to the relay, and its offer."""
    await somebody.call("relay:join", **visit.named, session=session)
    return await somebody.until("relay_offer", lambda data: data["session"] == session)


async def test_a_visit_lives_on_one_node_and_moves_when_that_dies(nodes: Any, astrid: Somebody) -> None:
    (here, _), (there, _) = nodes
    async with signed_in(there, "staff:sara") as sara:
        contact_id = await opened(astrid)
        await sara.call("contact:follow", contact_id=contact_id)
        visit = await meeting(sara, contact_id)
        await admitted(visit, astrid)
        with pytest.raises(RefusedError, match="wrong_state"):
            await astrid.call("relay:join", **visit.named, session="early")
        async with guest(here, await visit.invite()) as leyla:
            await admitted(visit, leyla)
            for somebody in (sara, astrid, leyla):
                assert "a=ice-lite" in (await offered(somebody, visit, new_id()))["description"]["sdp"]
            place = Place(contact_id, visit.visit_id)
            homes = [node.relays for _, node in nodes if place in node.relays.relay.rooms]
            assert len(homes) == 1
            assert len(homes[0].relay.rooms[place].legs) == 3
            await connects(astrid, visit)
            await two_pages_of_one_person(leyla, visit)
            await what_a_clinician_may(visit, astrid, leyla)
            broken = {"type": "answer", "sdp": "v=0"}
            with pytest.raises(RefusedError, match="bad_request"):
                await leyla.call("relay:answer", **visit.named, session="s", offer_no=1, description=broken)
            await dies(homes[0])
            began = time.monotonic()
            other = next(node.relays for _, node in nodes if node.relays is not homes[0])
            while place not in other.relay.rooms:
                await astrid.call("relay:join", **visit.named, session=new_id())
                await asyncio.sleep(0.1)
                assert time.monotonic() - began < BACK_WITHIN_S
            await without_a_line(nodes, astrid, visit)
            await sara.call("visit:end", **visit.named)
            async with asyncio.timeout(5):
                while other.relay.rooms:
                    await asyncio.sleep(0.02)


async def test_who_is_withdrawn_while_redis_is_away_is_off_the_relay(
    nodes: Any, valkey: Valkey, astrid: Somebody
) -> None:
    (here, first), (there, second) = nodes
    async with signed_in(there, "staff:sara") as sara:
        contact_id = await opened(astrid)
        await sara.call("contact:follow", contact_id=contact_id)
        visit = await meeting(sara, contact_id)
        await admitted(visit, astrid)
        secrets = await visit.invite()
        async with guest(here, secrets) as leyla:
            await admitted(visit, leyla)
            for somebody in (astrid, leyla):
                await offered(somebody, visit, new_id())
            legs = first.relays.relay.rooms[Place(contact_id, visit.visit_id)].legs
            assert len(legs) == 2
            await second.relays._renew()
            os.kill(valkey.pid, signal.SIGKILL)
            second.fanout.peers._peers.clear()  # a node that is silent with Redis may live, and have the visit
            with pytest.raises(RefusedError, match="unreachable"):
                await sara.call("relay:join", **visit.named, session=new_id())
            assert not second.relays.relay.rooms
            await visit.withdraw(secrets["guest_id"])
            async with asyncio.timeout(OUT_WITHIN_S):
                while len(legs) == 2:
                    await asyncio.sleep(0.02)


async def two_pages_of_one_person(somebody: Somebody, visit: Meeting) -> None:
    """The page that comes later has the place, and the earlier is told so."""
    earlier, later = new_id(), new_id()
    await offered(somebody, visit, earlier)
    await offered(somebody, visit, later)
    gone = await somebody.until("relay_gone", lambda data: data["session"] == earlier)
    assert gone["replaced"]
    await somebody.call("visit:here", **visit.named, page_id="second")
    assert (await somebody.until("page_here", lambda data: data["page_id"] == "second"))["resumes"] is False


async def what_a_clinician_may(visit: Meeting, astrid: Somebody, leyla: Somebody) -> None:
    """Turn a microphone off, which nobody else may; and note, once, that a picture is not enough to judge by."""
    whom = (await astrid.call("visit:enter", **visit.named))["participant"]
    with pytest.raises(RefusedError, match="not_connected"):
        await leyla.call("visit:mute", **visit.named, participant=whom)
    await visit.nurse.call("visit:mute", **visit.named, participant=whom)
    assert (await astrid.until("muted", lambda data: True))["visit_id"] == visit.visit_id
    measured = {"round_trip_ms": 500, "loss_pct": 8, "jitter_ms": 40, "kbit_s": 90, "frames_s": 6}
    for _ in range(2):
        await visit.nurse.call("visit:quality", **visit.named, of=whom, enough=False, measured=measured)
    seen = await visit.nurse.call("contact:follow", contact_id=visit.contact_id)
    noted = [one["no"] for one in seen["entries"] if one["body"]["kind"] == "visit_quality"]
    assert len(noted) == 1
    assert [one["participant"] for one in seen["summary"]["visit"]["members"] if one["poor"]] == [whom]
    draft = await visit.nurse.call("note:draft", contact_id=visit.contact_id, lang="en")
    said = {tuple(one["nos"]): one["text"] for one in draft["sentences"]}
    assert "insufficient for visual assessment" in said[noted[0],]
    assert any("Interpreter (tr): Leyla" in text for text in said.values())


async def without_a_line(nodes: Any, somebody: Somebody, visit: Meeting) -> None:
    """Their node has died with their line and what it waited for: another notes that they have left."""
    (_, first), (_, second) = nodes
    name = "Astrid Holm"
    first.lines._visits.clear()  # it was not told of the visit: nobody is gone who has a line there
    await forget_lines(second)
    await second.lines.look()
    async with asyncio.timeout(OUT_WITHIN_S):
        while visit.contact_id not in first.lines._visits:
            await asyncio.sleep(0.02)
    for node in (first, second):
        await node.lines.look()
    await first.departures.stop()
    await somebody.io.disconnect()
    assert (await visit.members())[name] == "in"
    second.lines._gone_after_s = 0.0
    async with asyncio.timeout(BACK_WITHIN_S):
        while (await visit.members())[name] == "in":
            await forget_lines(second)
            await second.lines.look()
    left = await visit.nurse.entry("visit_left")
    assert left["body"]["name"] == name


async def forget_lines(node: Any) -> None:
    """What was said of lines has run out."""
    redis = node.lines.marks._client
    await redis.delete(*await redis.keys("line:*"))


async def connects(somebody: Somebody, visit: Meeting) -> None:
    """A real peer behind the calls comes as far as sending."""
    session = new_id()
    peer = RTCPeerConnection(RTCConfiguration(iceServers=[], bundlePolicy=RTCBundlePolicy.MAX_BUNDLE))
    peer.addTrack(Tone(440))
    peer.addTrack(Picture(90))
    offer = await offered(somebody, visit, session)
    assert len(offer["tiles"]) == 2
    await peer.setRemoteDescription(
        RTCSessionDescription(**{key: offer["description"][key] for key in ("sdp", "type")})
    )
    await peer.setLocalDescription(await peer.createAnswer())
    description = {"type": "answer", "sdp": peer.localDescription.sdp}
    answered = {"session": session, "offer_no": offer["offer_no"], "description": description}
    await somebody.call("relay:answer", **visit.named, **answered)
    async with asyncio.timeout(10):
        while peer.connectionState != "connected":
            await asyncio.sleep(0.02)
    await peer.close()


async def dies(relays: Any) -> None:
    """Without a word: nothing is renewed and nothing freed."""
    await relays._renewing.stop()
    relays.relay.draining = True
    for place in list(relays.relay.rooms):
        relays.relay.end(place)
    relays._node.fanout._on_order["relay_asked"] = lambda *_: None
