"""Senders and receivers that cost little: encoded frames go out, packets that come are counted and dropped.

Each picture packet carries the moment it was sent in its last bytes, on one clock, so that its way is measured.
"""

import asyncio
import struct
import time
from pathlib import Path
from typing import Any

import aiohttp
import pylibsrtp
from aiortc import RTCBundlePolicy, RTCConfiguration, RTCPeerConnection, RTCSessionDescription
from aiortc import rtcdtlstransport as dtls
from aiortc.sdp import SessionDescription

from benchmarks.video.ear import Arrived
from benchmarks.video.picture import Encoded, frames

STAMP = struct.Struct("!d")
VIDEO = frozenset({96, 102})
SHORTEST = 150
"""Of a packet that carries its moment, in bytes."""


class Counted:
    """What has arrived in this process."""

    packets = 0
    ways_ms: list[float] = []
    """From before a picture's packet is sealed until the kernel has what came of it at the receiver's socket."""


def count_only() -> None:
    """From now on received packets are counted and read no further, and sent ones carry their moment."""
    session: Any = pylibsrtp.Session
    opened = session.unprotect

    def unprotect(self: Any, packet: Arrived) -> Arrived:
        arrived = Arrived(opened(self, packet))
        arrived.at = packet.at
        return arrived

    async def arrived(_: Any, data: Arrived, arrival_time_ms: int) -> None:
        Counted.packets += 1
        if len(data) > SHORTEST and data[1] & 0x7F in VIDEO:
            Counted.ways_ms.append((data.at - STAMP.unpack(data[-8:])[0]) * 1000)

    transport: Any = dtls.RTCDtlsTransport
    plain = transport._send_rtp

    async def stamped(self: Any, data: bytes) -> None:
        if len(data) > SHORTEST and data[1] & 0x7F in VIDEO:
            data = data[:-8] + STAMP.pack(time.time())
        await plain(self, data)

    session.unprotect = unprotect
    transport._handle_rtp_data = arrived
    transport._send_rtp = stamped


def connection() -> RTCPeerConnection:
    """A peer without servers to ask."""
    return RTCPeerConnection(RTCConfiguration(iceServers=[], bundlePolicy=RTCBundlePolicy.MAX_BUNDLE))


class Load:
    """Rooms with one sender and some receivers each."""

    def __init__(self, folder: Path, http: aiohttp.ClientSession, url: str) -> None:
        self._encoded = frames(folder)
        self._http, self._url = http, url
        self._made: list[RTCPeerConnection] = []
        self._tasks: list[asyncio.Task[None]] = []

    @property
    def all_connected(self) -> bool:
        """Whether everybody has keys and a path."""
        return all(one.connectionState == "connected" for one in self._made)

    async def on_relay(self, rooms: int, receivers: int) -> None:
        """On our relay: it makes the offers."""
        for room in range(rooms):
            for number in range(receivers + 1):
                peer = connection()
                self._made.append(peer)
                if number == 0:
                    peer.addTransceiver("audio", "recvonly")  # media lines are taken in the order of the offer
                    peer.addTrack(Encoded(self._encoded, begin=room))
                name = f"{room}-{number}"
                await self._post({"room": str(room), "name": name})
                self._tasks.append(asyncio.create_task(self._answer(peer, str(room), name)))
                await asyncio.sleep(0.1)

    async def on_media_relay(self, receivers: int) -> None:
        """On aiortc's: we make the offers."""
        for number in range(receivers + 1):
            peer = connection()
            self._made.append(peer)
            if number == 0:
                peer.addTrack(Encoded(self._encoded, begin=0))
            else:
                peer.addTransceiver("video", "recvonly")
            await peer.setLocalDescription(await peer.createOffer())
            said = {"room": "0", "sends": number == 0, "sdp": peer.localDescription.sdp}
            answer = await self._post(said)
            await peer.setRemoteDescription(RTCSessionDescription(answer["sdp"], "answer"))
            await asyncio.sleep(0.5)

    async def on_janus(self, rooms: int, receivers: int) -> None:
        """On Janus' video room: we offer to send, it offers what we receive."""
        from benchmarks.video.janus_room import Room

        for room in range(rooms):
            here = Room(self._http, self._url, 1_000 + room)
            sender = connection()
            self._made.append(sender)
            sender.addTrack(Encoded(self._encoded, begin=room))
            feed = await here.publish(sender)
            await asyncio.sleep(0.3)
            for _ in range(receivers):
                peer = connection()
                self._made.append(peer)
                await here.subscribe(peer, feed)

    async def close(self) -> None:
        """Hang up."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await asyncio.gather(*(one.close() for one in self._made), return_exceptions=True)

    async def _answer(self, peer: RTCPeerConnection, room: str, name: str) -> None:
        while True:
            async with self._http.get(f"{self._url}/hear", params={"name": name}) as response:
                told = await response.json()
            await peer.setRemoteDescription(RTCSessionDescription(told["sdp"], "offer"))
            transceivers = peer.getTransceivers()
            router: Any = transceivers[0].receiver.transport._rtp_router
            for media, one in zip(SessionDescription.parse(told["sdp"]).media, transceivers, strict=True):
                router.ssrc_table |= {source.ssrc: one.receiver for source in media.ssrc}
            await peer.setLocalDescription(await peer.createAnswer())
            answer = {"room": room, "name": name, "number": told["number"], "sdp": peer.localDescription.sdp}
            await self._post(answer)

    async def _post(self, said: dict[str, Any]) -> dict[str, Any]:
        async with self._http.post(f"{self._url}/say", json=said) as response:
            answer: dict[str, Any] = await response.json()
        return answer
