"""Engine.IO's server with our lines: one pulse for all, one flush a turn of the loop."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import engineio
from engineio import exceptions
from engineio.packet import OPEN, Packet

from web.line.line import Line
from web.line.mailbox import Mailbox
from web.line.pulse import Pulse

LOOK_EVERY_S = 5.0
"""How often clients on long-polling are looked after."""
Quick = Callable[[Line, bytes], Awaitable[bool] | bool]


class Engine(engineio.AsyncServer):
    """`quick` is asked first what to do with a text message; False leaves it to python-socketio."""

    quick: Quick

    def __init__(self, **options: Any) -> None:
        super().__init__(**options, monitor_clients=False)
        self.pulse = Pulse(self.ping_interval, self.ping_timeout)
        self._unflushed: list[Line] = []
        self._looking: asyncio.TimerHandle | None = None
        self._closing: set[asyncio.Task[Any]] = set()

    def create_queue(self, *_: Any, **__: Any) -> Mailbox:
        """What engineio makes for each client."""
        return Mailbox()

    def flush_soon(self, line: Line) -> None:
        """The line has something to write. Two turns from now, so that an answer joins the events of its own commit."""
        if not self._unflushed:
            loop = asyncio.get_running_loop()
            loop.call_soon(loop.call_soon, self._flush)
        self._unflushed.append(line)

    def _flush(self) -> None:
        lines, self._unflushed = self._unflushed, []
        for line in lines:
            line.flush()

    async def shutdown(self) -> None:
        """End every line, so that clients go to another node at once, and what runs beside the calls."""
        for line in list(self.sockets.values()):
            await line.close(wait=False)
        self.pulse.stop()
        if self._looking is not None:
            self._looking.cancel()
        await asyncio.gather(*self._closing)

    async def _handle_connect(self, environ: dict[str, Any], transport: str, jsonp_index: int | None = None) -> Any:
        """As engineio's own, with our kind of socket, and nothing of the request kept once it is known who it is."""
        sid = self.generate_id()
        line = self.sockets[sid] = Line(self, sid)
        await line.send(Packet(OPEN, self._opening(sid, transport)))
        refused = await self._trigger_event("connect", sid, environ, run_async=False)
        if refused is not None and refused is not True:
            del self.sockets[sid]
            return self._unauthorized(refused or None)
        if transport == "websocket":
            answer = await line.handle_get_request(environ)
            if line.closed:
                self.sockets.pop(sid, None)
            return answer
        return await self._first_poll(line, jsonp_index)

    def _opening(self, sid: str, transport: str) -> dict[str, Any]:
        return {
            "sid": sid,
            "upgrades": self._upgrades(sid, transport),
            "pingTimeout": int(self.ping_timeout * 1000),
            "pingInterval": int(self.ping_interval * 1000),
            "maxPayload": self.max_http_buffer_size,
        }

    async def _first_poll(self, line: Line, jsonp_index: int | None) -> Any:
        line.schedule_ping()
        line.connected = True
        self._look_later()
        try:
            return self._ok(await line.poll(), jsonp_index=jsonp_index)
        except exceptions.QueueEmpty:
            return self._bad_request()

    def _look_later(self) -> None:
        if self._looking is None:
            self._looking = asyncio.get_running_loop().call_later(LOOK_EVERY_S, self._look)

    def _look(self) -> None:
        """End the lines of long-polling clients that are gone; websocket lines have the pulse."""
        self._looking = None
        polling = [line for line in self.sockets.values() if not line.upgraded]
        for line in polling:
            if line.closed:
                del self.sockets[line.sid]
                continue
            checking = asyncio.ensure_future(line.check_ping_timeout())
            self._closing.add(checking)
            checking.add_done_callback(self._closing.discard)
        if polling:
            self._look_later()
