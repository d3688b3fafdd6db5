"""The same bare relay on our own line (`web.line`): what the transport costs without the product.

python line_relay.py PORT
"""

import gc
import sys
from collections import defaultdict
from typing import Any
from urllib.parse import parse_qs

import uvloop
from aiohttp import web

from web.line.face import Asked, Face
from web.line.frames import text_frame
from web.sockets.server import WireJson

rooms: defaultdict[str, set[str]] = defaultdict(set)
room_of: dict[str, str] = {}


def answer(asked: Asked) -> bool:
    """Relay to the others of the room, and acknowledge."""
    frame = text_frame(b'42["msg:post",%b]' % asked.raw)
    for other in rooms[room_of[asked.member]]:
        line = io.line(other) if other != asked.member else None
        if line is not None:
            line.tell(frame)
    asked.tell(b'{"ok":1}')
    return True


io = Face(answer, async_mode="aiohttp", json=WireJson, async_handlers=False)


async def connect(sid: str, environ: dict[str, Any], _: Any = None) -> None:
    """Join the room of the query."""
    room_of[sid] = parse_qs(environ["QUERY_STRING"])["room"][0]
    rooms[room_of[sid]].add(sid)


async def disconnect(sid: str, _: str) -> None:
    """Forget it."""
    rooms[room_of.pop(sid)].discard(sid)


if __name__ == "__main__":
    io.on("connect", connect)
    io.on("disconnect", disconnect)
    app = web.Application()
    io.attach(app)
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)
    web.run_app(app, host="127.0.0.1", port=int(sys.argv[1]), access_log=None, print=None, loop=uvloop.new_event_loop())
