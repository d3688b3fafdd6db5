"""One client: engineio's socket, with a websocket path of its own. Long-polling goes as engineio has it.

Nothing is kept for a client that does not read: past a limit its line is cut, and it comes back and asks by number.
"""

import asyncio
from collections.abc import Awaitable, Coroutine
from typing import TYPE_CHECKING, Any

import structlog
from aiohttp import WSMessage, WSMsgType
from aiohttp._websocket.models import WSMessageTextBytes
from aiohttp.web import WebSocketResponse
from engineio.async_socket import AsyncSocket
from engineio.exceptions import EngineIOError
from engineio.packet import CLOSE, MESSAGE, NOOP, PING, Packet

from web.line.frames import CLOSE_NORMAL, binary_frame, payload_of, text_frame
from web.line.inbox import LineSocket

if TYPE_CHECKING:
    from web.line.engine import Engine

PING_FRAME = text_frame(b"2")
CLOSE_FRAME = text_frame(b"1")
SLOW_BYTES = 256 * 1024
"""Unsent bytes above which a client counts as slow."""
SLOW_FOR_S = 10.0
MOST_BYTES = 4 * 1024 * 1024
"""Unsent bytes at which a line is cut at once: more than the longest contact."""
PONG_BYTE, CLOSE_BYTE, MESSAGE_BYTE = b"314"
log = structlog.get_logger(__name__)


class Line(AsyncSocket):
    """A client on whichever transport it has now."""

    server: "Engine"
    last_ping: Any

    def __init__(self, server: "Engine", sid: str) -> None:
        super().__init__(server, sid)
        self.member: str | None = None
        """The Socket.IO id, while it is let in to the default namespace."""
        self.slot = 0
        self.unanswered = False
        self.unsent: list[bytes] = []
        """Frames of this turn of the loop."""
        self._transport: asyncio.Transport | None = None
        self._slow_since_s: float | None = None
        self._answering = False
        self._answered: asyncio.Future[None] | None = None
        self._idle = False
        """Whether its reader waits for the next message."""
        self._begun: Awaitable[bool] | bool = True
        """Of a call that was begun before its reader had it: what is left of it; True while there is none."""

    def begin(self) -> None:
        """A call is under way that is answered without anybody waiting for it; no other is begun before its `end`."""
        self._answering = True

    def end(self) -> None:
        """It has been answered."""
        self._answering = False
        if self._answered is not None and not self._answered.done():  # else its reader has been broken off
            self._answered.set_result(None)
        self._answered = None

    async def _free(self) -> None:
        """Until the call before is answered. Only the line's one reader waits here."""
        while self._answering:
            self._answered = asyncio.get_running_loop().create_future()
            await self._answered

    def tell(self, frame: bytes) -> None:
        """Send a Socket.IO packet, as the text frame that it is on a websocket."""
        if self._transport is not None:
            if not self.unsent:
                self.server.flush_soon(self)
            self.unsent.append(frame)
        elif not self.closed:
            self.queue.put_nowait(Packet(MESSAGE, payload_of(frame)[1:].decode()))

    async def send(self, pkt: Packet) -> None:
        """Send an Engine.IO packet."""
        if self._transport is None:
            await super().send(pkt)
        else:
            self._write(_framed(pkt))

    async def close(self, wait: bool = True, abort: bool = False, reason: str | None = None) -> None:
        """End the line; a websocket at once, after what was written."""
        if self._transport is None:
            await super().close(wait=wait, abort=abort, reason=reason)
            self.queue.put_nowait(Packet(NOOP))  # ends a poll that waits
        elif not self.closed and not self.closing:
            self.closing = True
            reason = reason or self.server.reason.SERVER_DISCONNECT
            await self.server._trigger_event("disconnect", self.sid, reason, run_async=False)
            self._end(b"" if abort else CLOSE_FRAME)

    def schedule_ping(self) -> None:
        """Long-polling only: websocket lines are pinged by the pulse."""
        if self._transport is None:
            super().schedule_ping()

    def ping(self) -> None:
        """Ask whether it is there."""
        self._write(PING_FRAME)

    def lose(self) -> None:
        """It does not answer: the reader hears of the end and tells everyone else."""
        self.cut("no_pong")

    def cut(self, why: str) -> None:
        """End the line without what is unsent."""
        if self._transport is not None and not self._transport.is_closing():
            log.info("line_cut", why=why)
            self._transport.abort()

    def flush(self) -> None:
        """Hand the frames of this turn to the transport in one piece."""
        frames, self.unsent = self.unsent, []
        transport = self._transport
        if transport is None or transport.is_closing():
            return
        waiting = transport.get_write_buffer_size()
        if waiting > SLOW_BYTES and self._is_slow(waiting):
            self.cut("slow")
            return
        if waiting <= SLOW_BYTES:
            self._slow_since_s = None
        transport.write(frames[0] if len(frames) == 1 else b"".join(frames))

    def _is_slow(self, waiting: int) -> bool:
        now_s = asyncio.get_running_loop().time()
        if self._slow_since_s is None:
            self._slow_since_s = now_s
        return waiting > MOST_BYTES or now_s - self._slow_since_s > SLOW_FOR_S

    def _write(self, frame: bytes) -> None:
        if not self.unsent:
            self.server.flush_soon(self)
        self.unsent.append(frame)

    def _end(self, last: bytes) -> None:
        self.closed = True
        if self._transport is not None:
            self.unsent.append(last + CLOSE_NORMAL)
            self.flush()
            self._transport.close()

    async def _upgrade_websocket(self, environ: dict[str, Any]) -> Any:
        """The websocket from its handshake to its end."""
        if self.upgraded:
            raise OSError("upgraded already")
        request = environ["aiohttp.request"]
        ws = LineSocket(self._first, max_msg_size=self.server.max_http_buffer_size)
        await ws.prepare(request)
        if self.connected and not await self._upgraded(ws):
            return ws
        self.connected = self.upgraded = True
        self._attach(request.transport)
        self.server.pulse.add(self)
        try:
            await self._read(ws)
        finally:
            self.server.pulse.remove(self)
            if isinstance(self._begun, Coroutine):  # whoever asked has gone
                self._begun.close()
            await self.close(wait=False, abort=True, reason=self.server.reason.TRANSPORT_CLOSE)
            self._transport = None
        return ws

    async def _upgraded(self, ws: WebSocketResponse[Any]) -> bool:
        """Engine.IO's upgrade: the probe and its answer, the end of the poll, the client's word that it has changed."""
        self.upgrading = True
        try:
            if (await ws.receive()).data != b"2probe":
                return False
            await ws.send_str("3probe")
            await self.queue.put(Packet(NOOP))  # ends a poll that waits
            return bool((await ws.receive()).data == b"5")
        finally:
            self.upgrading = False

    def _attach(self, transport: asyncio.Transport | None) -> None:
        """From now on everything is written at once; first what was waiting."""
        self._transport = transport
        while not self.queue.empty():
            waiting = self.queue.get_nowait()
            if waiting is not None and waiting.packet_type != NOOP:
                self._write(_framed(waiting))

    async def _read(self, ws: WebSocketResponse[Any]) -> None:
        """Frame by frame; a call is begun when the one before is answered, and TCP holds back who writes faster."""
        while not self.closed:
            self._idle = True
            message = await ws.receive()
            self._idle = False
            if message.type is WSMsgType.TEXT:
                await self._take(message.data)
            elif message.type is WSMsgType.BINARY:
                await self._free()
                await self._guarded(message.data)
            else:
                return

    def _first(self, message: WSMessage | WSMessageTextBytes) -> bool:
        """A message that has come while none waits: most are dealt with here and now, and never come to the reader."""
        if not self._idle or self._answering or self.closed or message.type is not WSMsgType.TEXT:
            return False
        data = message.data
        kind = data[0] if data else 0
        if kind == MESSAGE_BYTE:
            try:
                self._begun = self.server.quick(self, data)
            except Exception:
                log.exception("call_failed_at_once")
                self.cut("failed")
            return self._begun is True
        if kind == PONG_BYTE:
            self.unanswered, self.last_ping = False, None
            return True
        return False

    async def _take(self, data: bytes) -> None:
        kind = data[0] if data else 0
        if kind == MESSAGE_BYTE:
            taken, self._begun = self._begun, True
            if taken is True:  # nothing of it has been begun
                if self._answering:
                    await self._free()
                taken = self.server.quick(self, data)
            if taken is not True and (taken is False or not await taken):
                await self._take_text(data[1:])
        elif kind == PONG_BYTE:
            self.unanswered, self.last_ping = False, None
        elif kind == CLOSE_BYTE:
            await self.close(wait=False, abort=True, reason=self.server.reason.CLIENT_DISCONNECT)

    async def _take_text(self, data: bytes) -> None:
        try:
            text = data.decode()
        except UnicodeDecodeError:  # RFC 6455, 8.1: the line ends
            log.info("packet_malformed", why="not UTF-8")
            await self.close(wait=False, abort=True, reason=self.server.reason.TRANSPORT_ERROR)
        else:
            await self._guarded(text)

    async def handle_post_request(self, environ: dict[str, Any]) -> None:
        """As engineio's own; a body that is not its protocol ends this client's line, as too long a one does."""
        try:
            await super().handle_post_request(environ)
        except (ValueError, TypeError, KeyError, IndexError) as failure:
            log.info("packet_malformed", why=type(failure).__name__)
            raise EngineIOError from None

    async def _guarded(self, data: str | bytes) -> None:
        """What only python-socketio understands; what it does not understand either is passed over."""
        try:
            await self.server.handlers["message"](self.sid, data)
        except (ValueError, TypeError, KeyError, IndexError, AttributeError) as failure:
            log.info("packet_malformed", why=type(failure).__name__)


def _framed(packet: Packet) -> bytes:
    encoded = packet.encode()
    return binary_frame(encoded) if isinstance(encoded, bytes) else text_frame(encoded.encode())


assert {PING, CLOSE} == {int(PING_FRAME[-1:]), int(CLOSE_FRAME[-1:])}
