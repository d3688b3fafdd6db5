"""A bare python-socketio relay that stores nothing, as its documentation builds one.  python pysio_relay.py PORT."""

import sys
from typing import Any
from urllib.parse import parse_qs

import socketio
from aiohttp import web

io = socketio.AsyncServer(async_mode="aiohttp", transports=["websocket"])
rooms: dict[str, str] = {}


async def connect(sid: str, environ: dict[str, Any]) -> None:
    """Join the room of the query."""
    rooms[sid] = "r" + parse_qs(environ["QUERY_STRING"])["room"][0]
    await io.enter_room(sid, rooms[sid])


async def disconnect(sid: str, _: str) -> None:
    """Forget it."""
    rooms.pop(sid, None)


async def post(sid: str, data: Any) -> dict[str, int]:
    """Relay to the others of the room, and acknowledge."""
    await io.emit("msg:post", data, room=rooms[sid], skip_sid=sid)
    return {"ok": 1}


if __name__ == "__main__":
    for name, handler in (("connect", connect), ("disconnect", disconnect), ("msg:post", post)):
        io.on(name, handler)
    app = web.Application()
    io.attach(app)
    web.run_app(app, host="127.0.0.1", port=int(sys.argv[1]), access_log=None, print=None)
