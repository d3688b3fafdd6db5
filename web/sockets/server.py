"""The Socket.IO server: who may connect, and one door through which every call goes."""

import asyncio
from collections.abc import Awaitable, Iterable
from http.cookies import CookieError, SimpleCookie
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs

import msgspec
import socketio
import structlog

from core.actor import Actor
from core.errors import FyrError
from core.misread import refusal
from web.limits import hold_back
from web.line.face import Asked, Face
from web.line.frames import text_frame
from web.parse import parse
from web.push.errands import Tell
from web.registry import CALLS, Call, call_row, carry_out, unknown_event
from web.sockets.presence import gone
from web.sockets.writing import WRITES, error_of, put_at_once, write_at_once
from web.wire.base import Wire
from web.wire.events import GUEST, SOCKET_CALLS

if TYPE_CHECKING:
    from web.node import Node

LARGEST_MESSAGE_BYTES = 100_000
"""A text at its limit in four-byte letters, escaped, and its envelope."""
BY_NAME = {row.name: (row, msgspec.json.Decoder(row.request).decode) for row in SOCKET_CALLS}
"""What a call is, and what reads its body."""
_answered = msgspec.json.Encoder().encode
log = structlog.get_logger(__name__)


class WireJson:
    """JSON as python-socketio wants it, by msgspec."""

    @staticmethod
    def dumps(value: Any, **_: Any) -> str:
        """Encode; structs become objects."""
        return msgspec.json.encode(value).decode()

    @staticmethod
    def loads(text: str | bytes, **_: Any) -> Any:
        """Decode. Raises ValueError on anything that is not JSON, or nested without end."""
        try:
            return msgspec.json.decode(text)
        except RecursionError:
            raise ValueError("nested too deeply") from None


class SocketServer:
    """The public face of python-socketio: standard clients in any language work, long-polling included."""

    def __init__(self, node: "Node") -> None:
        self._node = node
        self._closing: set[asyncio.Task[None]] = set()
        self._carrying: set[asyncio.Task[None]] = set()
        self.io = Face(
            self._quick_call,
            async_mode="aiohttp",
            json=WireJson,
            max_http_buffer_size=LARGEST_MESSAGE_BYTES,
            cors_allowed_origins=[],  # web.origin has looked already, and no other origin is ever given leave to read
            async_handlers=False,  # a socket's calls are carried out in the order they were sent
            logger=False,
            engineio_logger=False,
        )
        self.io.on("connect", self._connect)
        self.io.on("disconnect", self._disconnect)
        self.io.on("*", self._call)

    def send(self, event: str, body: bytes, sids: Iterable[str]) -> None:
        """Send one event, its body JSON already, to sockets of this node; who is gone by now is passed over."""
        frame = text_frame(b'42["%b",%b]' % (event.encode(), body))
        for sid in sids:
            line = self.io.line(sid)
            if line is not None:
                line.tell(frame)

    def end_session(self, session_id: str) -> None:
        """Close every socket this node has of a session that has ended."""
        for sid in self._node.follows.of_session(session_id):
            self._close(sid)

    def end_all(self) -> None:
        """Close every socket, so that clients go to another node: this one refuses them while it is not ready."""
        for follower in self._node.follows.everyone():
            self._close(follower.sid)

    def _close(self, sid: str) -> None:
        closing = asyncio.create_task(self.io.disconnect(sid))
        self._closing.add(closing)
        closing.add_done_callback(self._closing.discard)

    async def close(self) -> None:
        """Close every socket: a stop that waits for them would last as long as people keep their pages open."""
        await asyncio.gather(*self._closing, *self._carrying)
        await self.io.shutdown()

    async def _connect(self, sid: str, environ: dict[str, Any], _: Any = None) -> None:
        try:
            address = self._node.limits.came_from(environ["aiohttp.request"])
            token = _session_token(environ, _cookie(self._node, environ))
            actor = await self._node.actor_of_token(token, address=address)
            if actor is None:
                await self._node.strangers.meet(token, address)
        except FyrError as refused:
            await hold_back(refused)
            raise socketio.exceptions.ConnectionRefusedError(refused.code) from None
        if actor is None:
            raise socketio.exceptions.ConnectionRefusedError("not_signed_in")
        self._node.follows.connect(sid, actor)
        if actor.kind == "guest":
            self._node.guest_watch.welcome(sid, actor)

    async def _disconnect(self, sid: str, _: Any = None) -> None:
        follower = self._node.follows.disconnect(sid)
        if follower is not None:
            if follower.boards:
                self._node.fanout.changed()
            gone(self._node, follower)
            await self._node.departures.gone(follower)

    def _quick_call(self, asked: Asked) -> Awaitable[bool] | bool:
        """A call straight from its frame; False leaves what is not one JSON value to python-socketio."""
        try:
            actor = self._count(asked.member, asked.name)
            row, decode = BY_NAME.get(asked.name) or unknown_event()
            body = decode(asked.raw)
        except FyrError as refused:
            return _refuse(asked, refused)
        except msgspec.ValidationError as failure:
            return _refuse(asked, refusal(str(failure)))
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
            return False
        call = Call(self._node, actor, row, asked.member)
        return write_at_once(call, body, asked) or self._answer(call, body, asked)

    def carry(self, name: str, actor: Actor, body: bytes, *, tell: Tell) -> bool:
        """Carry out a write that was asked of another node, or by one; False: this node knows no such call."""
        if name not in WRITES:
            return False
        try:
            row, decode = BY_NAME.get(name) or unknown_event()
            asked = decode(body)
        except (FyrError, msgspec.DecodeError, UnicodeDecodeError, RecursionError):
            return False
        call = Call(self._node, actor, row)
        if not put_at_once(call, asked, tell):
            carrying = asyncio.create_task(self._carry(call, asked, tell), name="errand")
            self._carrying.add(carrying)
            carrying.add_done_callback(self._carrying.discard)
        return True

    async def _carry(self, call: Call, body: Wire, tell: Tell) -> None:
        tell(_answered(await self._carried_out(call, body)))

    async def _answer(self, call: Call, body: Wire, asked: Asked) -> bool:
        asked.tell(_answered(await self._carried_out(call, body)))
        return True

    async def _call(self, event: str, sid: str, *args: Any) -> dict[str, Any]:
        """A call as python-socketio hands it over: from long-polling clients of old, or with odd arguments."""
        try:
            actor = self._count(sid, event)
            row = call_row(event)
            if len(args) != 1:
                raise FyrError("bad_request", where="$", what=f"Expected one argument, got {len(args)}")
            body = parse(args[0], row.request)
        except FyrError as refused:
            await hold_back(refused)
            return {"error": error_of(refused)}
        return await self._carried_out(Call(self._node, actor, row, sid), body)

    async def _carried_out(self, call: Call, body: Wire) -> dict[str, Any]:
        """What the client is told: `{"ok": answer}` or `{"error": {code, data}}`."""
        try:
            return {"ok": await carry_out(call, CALLS[call.row.name], body=body)}
        except Exception as failure:  # noqa: BLE001 - told as an incident, and logged
            return {"error": error_of(failure)}

    def _count(self, sid: str, name: str) -> Actor:
        """Who calls, before anything is read of it. Raises `not_signed_in`, `too_fast`."""
        follower = self._node.follows.follower(sid)
        if follower is None:
            raise FyrError("not_signed_in")
        self._node.limits.spend(follower.actor, name)
        self._node.sessions.used(follower.actor.session_id)
        return follower.actor


async def _refuse(asked: Asked, refused: FyrError) -> bool:
    await hold_back(refused)
    asked.tell(_answered({"error": error_of(refused)}))
    return True


def _cookie(node: "Node", environ: dict[str, Any]) -> str:
    """The cookie a line goes by: the session's, or for the guest's page, which says so, the guest's own."""
    asked = parse_qs(environ.get("QUERY_STRING", ""))
    return node.cookie_of(GUEST if asked.get("as") == ["guest"] else "")


def _session_token(environ: dict[str, Any], cookie_name: str) -> str:
    try:
        cookies = SimpleCookie(environ.get("HTTP_COOKIE", ""))
    except CookieError:
        return ""
    return cookies[cookie_name].value if cookie_name in cookies else ""
