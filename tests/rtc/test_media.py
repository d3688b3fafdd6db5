"""Two real aiortc peers meet through our server's signalling and exchange sound and picture."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from aiohttp.test_utils import TestServer
from aiortc import RTCPeerConnection, RTCSessionDescription
from aiortc.mediastreams import AudioStreamTrack, VideoStreamTrack

from core.settings import Settings
from tests.web.client import Somebody, client_id, signed_in
from tests.web.test_story import opened
from web.app import run_node

WITHIN_S = 20


@pytest.fixture
async def url(tmp_path: Path) -> AsyncIterator[str]:
    """The address of a running demo."""
    async with run_node(Settings(demo=True, data_dir=tmp_path)) as application:
        server = TestServer(application)
        await server.start_server()
        yield str(server.make_url("")).rstrip("/")
        await server.close()


def peer() -> RTCPeerConnection:
    """A peer that sends silence and a still picture, as aiortc makes them."""
    connection = RTCPeerConnection()
    connection.addTrack(AudioStreamTrack())
    connection.addTrack(VideoStreamTrack())
    return connection


async def send(somebody: Somebody, connection: RTCPeerConnection, where: dict[str, Any]) -> None:
    """Tell the other side our description."""
    described = connection.localDescription
    description = {"type": described.type, "sdp": described.sdp}
    await somebody.call("visit:signal", **where, description=description)


async def receive(somebody: Somebody, connection: RTCPeerConnection, kind: str) -> None:
    """Take the other side's description."""

    def described(data: dict[str, Any]) -> bool:
        return bool(data["description"] and data["description"]["type"] == kind)

    signal = await somebody.until("signal", described)
    await connection.setRemoteDescription(RTCSessionDescription(**signal["description"]))


async def frames(connection: RTCPeerConnection) -> dict[str, int]:
    """Frames received until each kind has given five."""
    counts = {}
    for receiver in connection.getReceivers():
        for number in range(1, 6):
            await receiver.track.recv()
            counts[receiver.track.kind] = number
    return counts


async def test_two_peers_meet(url: str) -> None:
    async with signed_in(url, "patient:astrid") as patient, signed_in(url, "staff:sara") as nurse:
        contact_id = await opened(patient)
        claim = await nurse.call("queue:claim", client_id=client_id(), contact_id=contact_id)
        await nurse.call("contact:follow", contact_id=contact_id)
        started = await nurse.call(
            "visit:start", contact_id=contact_id, client_id=client_id(), claim_no=claim["claim_no"]
        )
        visit = {"contact_id": contact_id, "visit_id": started["visit_id"]}
        waiting = await patient.call("visit:enter", **visit)
        await nurse.call("visit:admit", **visit, participant=waiting["participant"])
        caller, callee = peer(), peer()
        try:
            await caller.setLocalDescription(await caller.createOffer())
            await send(nurse, caller, {**visit, "to": waiting["participant"]})
            await receive(patient, callee, "offer")
            await callee.setLocalDescription(await callee.createAnswer())
            await send(patient, callee, {**visit, "to": started["participant"]})
            await receive(nurse, caller, "answer")
            async with asyncio.timeout(WITHIN_S):
                heard = tuple(await asyncio.gather(frames(caller), frames(callee)))
            assert heard == ({"audio": 5, "video": 5}, {"audio": 5, "video": 5})
        finally:
            await asyncio.gather(caller.close(), callee.close())
