"""A server to be measured, in a process of its own: `python -m benchmarks.video.server relay|media_relay PORT`.

POST /say brings what a participant says, GET /hear waits for what they are told next, GET /left tells what there is.
"""

import asyncio
import gc
import sys
from typing import Any

import psutil
import uvloop
from aiohttp import web
from aiortc import RTCPeerConnection, RTCSessionDescription
from aiortc.contrib.media import MediaRelay

from rtc.relay.answer import read_answer
from rtc.relay.leg import Offered, Who
from rtc.relay.relay import Place, Relay
from rtc.relay.room import Told

HERE = "127.0.0.1"


class Ours:
    """Our relay: everybody in a room gets everybody."""

    def __init__(self) -> None:
        self._told: dict[str, asyncio.Queue[dict[str, Any]]] = {}
        self._relay = Relay([HERE], tell=self._tell)

    def start(self) -> None:
        """Open the port."""
        self._relay.start()

    def _queue(self, name: str) -> asyncio.Queue[dict[str, Any]]:
        return self._told.setdefault(name, asyncio.Queue())

    def _tell(self, _: Place, name: str, told: Told) -> None:
        if isinstance(told, Offered):
            self._queue(name).put_nowait({"number": told.number, "sdp": told.sdp, "type": "offer", "mids": told.mids})

    async def say(self, said: dict[str, Any]) -> dict[str, Any]:
        """Join, or answer, or end the visit."""
        place, who = Place("bench", said["room"]), Who(said.get("name", ""), "relative", "bench")
        if "ends" in said:
            self._relay.end(place)
        elif "sdp" in said:
            self._relay.answer(place, who, said["number"], answer=read_answer(said["sdp"]))
        else:
            self._relay.join(place, who)
        return {}

    async def hear(self, name: str) -> dict[str, Any]:
        """The next offer."""
        return await self._queue(name).get()

    async def left(self, _: web.Request) -> web.Response:
        """Tasks, open files, addresses, objects, blocks and resident memory, once the collector has been through."""
        gc.collect()
        process = psutil.Process()
        return web.json_response(
            {
                "tasks": len(asyncio.all_tasks()),
                "files": process.num_fds(),
                "addresses": self._relay.port.known,
                "objects": len(gc.get_objects()),
                "blocks": sys.getallocatedblocks(),
                "resident_kib": process.memory_info().rss >> 10,
            }
        )


class Decoding:
    """aiortc as its documents have it: each track is decoded once, and encoded once for each receiver."""

    def __init__(self) -> None:
        self._relay = MediaRelay()
        self._tracks: dict[str, Any] = {}
        self._connections: list[RTCPeerConnection] = []

    def start(self) -> None:
        """Nothing."""

    async def say(self, said: dict[str, Any]) -> dict[str, Any]:
        """An offer that sends or receives; gives the answer."""
        connection = RTCPeerConnection()
        self._connections.append(connection)
        room = said["room"]
        if said["sends"]:
            connection.on("track", lambda track: self._tracks.__setitem__(room, track))
        else:
            connection.addTrack(self._relay.subscribe(self._tracks[room]))
        await connection.setRemoteDescription(RTCSessionDescription(said["sdp"], "offer"))
        await connection.setLocalDescription(await connection.createAnswer())
        return {"sdp": connection.localDescription.sdp}


async def _serve(kind: str, port: int) -> None:
    made: Any = Ours() if kind == "relay" else Decoding()
    made.start()
    application = web.Application()

    async def say(request: web.Request) -> web.Response:
        return web.json_response(await made.say(await request.json()))

    async def hear(request: web.Request) -> web.Response:
        return web.json_response(await made.hear(request.query["name"]))

    application.add_routes([web.post("/say", say), web.get("/hear", hear)])
    if kind == "relay":
        application.router.add_get("/left", made.left)
    runner = web.AppRunner(application, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, HERE, port).start()
    gc.collect()
    gc.freeze()  # as the product does when it has started
    await asyncio.Event().wait()


if __name__ == "__main__":
    uvloop.run(_serve(sys.argv[1], int(sys.argv[2])))
