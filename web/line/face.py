"""python-socketio's server as the rest of the service sees it, with calls taken straight from the frame.

A call is `42<id>["name",{…}]`. It is cut into id, name and the bytes of its body, which the wire's own decoder reads:
no list and no dictionary is made in between. Whatever is not exactly that goes the long way.
"""

import re
from collections.abc import Awaitable, Callable
from typing import Any

import socketio
import structlog
from socketio.async_manager import AsyncManager

from web.line.engine import Engine
from web.line.frames import text_frame
from web.line.line import Line

CALL = re.compile(rb'42(\d{1,15})\["([a-z_]+:[a-z_]+)",')
MALFORMED = (ValueError, TypeError, KeyError, IndexError, AttributeError)
"""What python-socketio raises at packets that are none."""
log = structlog.get_logger(__name__)


class Asked:
    """A call as it came: what it is called, its body in JSON, and where its answer goes."""

    __slots__ = ("line", "member", "name", "number", "raw")

    def __init__(self, line: Line, number: bytes, name: str, *, member: str, raw: bytes) -> None:
        self.line = line
        self.member = member
        """The Socket.IO id of who asks."""
        self.name = name
        self.number = number
        self.raw = raw

    def tell(self, answer: bytes) -> None:
        """Answer it, in JSON."""
        self.line.tell(text_frame(b"43%b[%b]" % (self.number, answer)))

    def settle(self, answer: bytes) -> None:
        """Answer it, having begun it on its line: the next may be taken."""
        line = self.line
        line.tell(text_frame(b"43%b[%b]" % (self.number, answer)))
        line.end()


Answer = Callable[[Asked], Awaitable[bool] | bool]
"""Sees to it that the call is answered, now or between the line's `begin` and `end`; False: its body is not JSON."""


class Members(AsyncManager):
    """Who is connected. Rooms are the pusher's; here each member has the one of their own name."""

    def basic_disconnect(self, sid: str, namespace: str, **_: Any) -> None:
        """As python-socketio's, without a walk through everyone else's room."""
        self.basic_leave_room(sid, namespace, sid)
        self.basic_leave_room(sid, namespace, None)
        self.callbacks.pop(sid, None)
        for pending in (self.pending_connect, self.pending_disconnect):
            if sid in pending.get(namespace, ()):
                pending[namespace].remove(sid)
                if not pending[namespace]:
                    del pending[namespace]


class Face(socketio.AsyncServer):
    """The server. `answer` carries out a call by its name."""

    def __init__(self, answer: Answer, **options: Any) -> None:
        super().__init__(client_manager=Members(), **options)
        self._answer = answer
        self._lines: dict[str, Line] = {}
        """The lines of connected members, by Socket.IO id."""
        self.eio.quick = self._quick

    def line(self, sid: str) -> Line | None:
        """The line of a connected member."""
        return self._lines.get(sid)

    def _engineio_server_class(self) -> type[Engine]:
        return Engine

    def _quick(self, line: Line, data: bytes) -> Awaitable[bool] | bool:
        call = CALL.match(data)
        if call is None or line.member is None or not data.endswith(b"]"):
            return False
        number, name = call.groups()
        return self._answer(Asked(line, number, name.decode(), member=line.member, raw=data[call.end() : -1]))

    async def _handle_eio_message(  # type: ignore[override]  # the base of both kinds of server has it otherwise
        self, eio_sid: str, data: str | bytes
    ) -> None:
        """As python-socketio's; a packet it cannot read is passed over, and is no failure of ours."""
        try:
            await super()._handle_eio_message(eio_sid, data)
        except MALFORMED as failure:
            log.info("packet_malformed", why=type(failure).__name__)

    async def _handle_connect(self, eio_sid: str, namespace: str | None, data: Any) -> None:
        await super()._handle_connect(eio_sid, namespace, data)
        line = self.eio.sockets.get(eio_sid)
        sid = self.manager.sid_from_eio_sid(eio_sid, "/")
        if line is not None and sid is not None and self.manager.is_connected(sid, "/"):
            line.member, self._lines[sid] = sid, line
            self.environ[eio_sid].clear()  # headers, and the request itself: nobody asks for them again

    async def _handle_disconnect(self, eio_sid: str, namespace: str | None, reason: str | None = None) -> None:
        line = self.eio.sockets.get(eio_sid)
        if line is not None and line.member is not None:
            del self._lines[line.member]
            line.member = None
        await super()._handle_disconnect(eio_sid, namespace, reason)
