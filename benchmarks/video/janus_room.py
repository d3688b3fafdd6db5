"""Janus' video room over its HTTP interface, as far as senders and receivers need it."""

import secrets
from typing import Any

import aiohttp
from aiortc import RTCPeerConnection, RTCSessionDescription


class Room:
    """One room; each participant has a session of their own."""

    def __init__(self, http: aiohttp.ClientSession, url: str, number: int) -> None:
        self._http, self._url, self._number = http, url, number

    async def publish(self, peer: RTCPeerConnection) -> int:
        """Make the room and send to it; gives the feed."""
        handle = await self._handle()
        created = {"request": "create", "room": self._number, "publishers": 20, "bitrate": 4_000_000}
        await self._message(handle, created | {"videocodec": "vp8"})
        joined = await self._message(handle, {"request": "join", "ptype": "publisher", "room": self._number})
        await peer.setLocalDescription(await peer.createOffer())
        told = {"request": "configure", "audio": False, "video": True}
        answer = await self._message(handle, told, {"sdp": peer.localDescription.sdp, "type": "offer"})
        await peer.setRemoteDescription(RTCSessionDescription(answer["jsep"]["sdp"], "answer"))
        return int(joined["plugindata"]["data"]["id"])

    async def subscribe(self, peer: RTCPeerConnection, feed: int) -> None:
        """Receive a feed."""
        handle = await self._handle()
        wanted = {"request": "join", "ptype": "subscriber", "room": self._number, "streams": [{"feed": feed}]}
        offered = await self._message(handle, wanted)
        await peer.setRemoteDescription(RTCSessionDescription(offered["jsep"]["sdp"], "offer"))
        await peer.setLocalDescription(await peer.createAnswer())
        await self._message(handle, {"request": "start"}, {"sdp": peer.localDescription.sdp, "type": "answer"})

    async def _handle(self) -> str:
        session = (await self._post(self._url, {"janus": "create"}))["data"]["id"]
        plugin = {"janus": "attach", "plugin": "janus.plugin.videoroom"}
        handle = (await self._post(f"{self._url}/{session}", plugin))["data"]["id"]
        return f"{self._url}/{session}/{handle}"

    async def _message(self, handle: str, body: dict[str, Any], jsep: dict[str, str] | None = None) -> dict[str, Any]:
        answer = await self._post(handle, {"janus": "message", "body": body} | ({"jsep": jsep} if jsep else {}))
        while answer.get("janus") in ("ack", "keepalive", "webrtcup", "media"):
            async with self._http.get(handle.rpartition("/")[0]) as response:
                answer = await response.json(content_type=None)
        return answer

    async def _post(self, url: str, said: dict[str, Any]) -> dict[str, Any]:
        async with self._http.post(url, json=said | {"transaction": secrets.token_hex(8)}) as response:
            answer: dict[str, Any] = await response.json(content_type=None)
        return answer
