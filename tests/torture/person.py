"""A person with a real Socket.IO client: keeps a line, repeats what was not acknowledged, resumes by number."""

import asyncio
import contextlib
from functools import partial

import aiohttp
import msgspec
import socketio

from core.ids import new_id
from tests.torture.journal import Sent
from tests.torture.view import BoardView, ContactView, Json
from tests.torture.world import World

ANSWER_WITHIN_S = 10.0
AGAIN_AFTER_S = 0.05
CONNECT_WITHIN_S = 5.0
RESENT = frozenset({"unreachable", "internal", "too_fast", "not_signed_in"})
"""Refusals after which the browser sends the same again."""
REPEATED_SHARE = 0.03
"""Acknowledged commands that are sent once more all the same: a second tab, an impatient finger."""


class QuickJson:
    """JSON as the client asks for it: everybody in the storm shares one process, which is soon full."""

    @staticmethod
    def dumps(data: object, **_: object) -> str:
        return msgspec.json.encode(data).decode()

    @staticmethod
    def loads(text: str | bytes) -> object:
        return msgspec.json.decode(text)


class RefusedError(Exception):
    """The server decided against a command."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class Person:
    """One screen of somebody signed in."""

    def __init__(self, world: World, actor_id: str) -> None:
        self.world = world
        self.actor_id = actor_id
        self.rng = world.rng(actor_id)
        self.contacts: dict[str, ContactView] = {}
        self.boards: dict[str, BoardView] = {}
        self.lines = 0
        """Connections so far."""
        self.last = ""
        """The last call and what became of it: for whoever must find out why somebody never got through."""
        self._turn = 0
        self._io: socketio.AsyncClient | None = None
        self._up = asyncio.Event()
        self._gone = asyncio.Event()
        self._asked: set[ContactView | BoardView] = set()
        self._ask = asyncio.Event()

    async def sign_in(self) -> None:
        """Get a session; its cookie goes with every line."""
        jar = aiohttp.CookieJar(unsafe=True)
        self._http = aiohttp.ClientSession(cookie_jar=jar)
        body = msgspec.json.encode({"person": self.actor_id})
        async with self._http.post(f"{self.world.url}/api/session", data=body) as response:
            response.raise_for_status()

    async def leave(self) -> None:
        """Close everything."""
        if self._io is not None and self._io.connected:
            await _throw_away(self._io)
        await self._http.close()

    async def keep_line(self) -> None:
        """Connect, ask for what was missed, wait for the line to break, begin again."""
        while not self.world.over.is_set():
            self._gone.clear()
            if await self._connect():
                self.lines += 1
                self.ask_for(*self.contacts.values(), *self.boards.values())
                self._up.set()
                await self._broken()
                self._up.clear()
            await asyncio.sleep(self.rng.uniform(0.5, 1.5) * AGAIN_AFTER_S)

    async def _broken(self) -> None:
        """Return when the line is gone. The client does not say so of one that broke while it was greeted: then only
        the end of its reader tells.
        """
        assert self._io is not None
        gone = asyncio.ensure_future(self._gone.wait())
        reader = self._io.eio.read_loop_task
        try:
            if reader is not None:
                await asyncio.wait((gone, reader), return_when=asyncio.FIRST_COMPLETED)
        finally:
            gone.cancel()

    async def _connect(self) -> bool:
        io = socketio.AsyncClient(reconnection=False, http_session=self._http, json=QuickJson)
        io.on("disconnect", lambda *_: self._gone.set())
        io.on("entry", self._heard_entry)
        io.on("board", self._heard_board)
        io.on("heads", self._heard_heads)
        try:
            async with asyncio.timeout(CONNECT_WITHIN_S):
                await io.connect(self.world.url, transports=["websocket"], wait_timeout=CONNECT_WITHIN_S)
        except (socketio.exceptions.SocketIOError, aiohttp.ClientError, OSError, TimeoutError):
            await _throw_away(io)
            return False
        self._io = io
        return True

    async def keep_views(self) -> None:
        """Ask for what the screen lacks, as often as it lacks something."""
        while not self.world.over.is_set():
            await self._ask.wait()
            self._ask.clear()
            asked, self._asked = self._asked, set()
            for view in asked:
                await self.resume(view)

    def ask_for(self, *views: ContactView | BoardView) -> None:
        """These screens lack something."""
        self._asked.update(views)
        self._ask.set()

    def watch(self, contact_id: str) -> ContactView:
        """Have a contact on the screen from now on."""
        view = self.contacts.setdefault(contact_id, ContactView(contact_id))
        self.ask_for(view)
        return view

    async def resume(self, view: ContactView | BoardView) -> None:
        """Ask for everything after what the screen has."""
        if isinstance(view, BoardView):
            board = await self.insist("board:follow", {"unit_id": view.unit_id, "after": view.no})
            view.take(board["no"], board["rows"])
        else:
            told = await self.insist("contact:follow", {"contact_id": view.contact_id, "after": view.head})
            view.take(told["entries"], told["summary"])

    async def resume_all(self) -> None:
        """Ask anew for everything on the screen."""
        views: tuple[ContactView | BoardView, ...] = (*self.contacts.values(), *self.boards.values())
        for view in views:
            await self.resume(view)

    async def _heard_entry(self, data: Json) -> None:
        view = self.contacts.get(data["contact_id"])
        if view is not None:
            view.take(data["entries"], data["summary"])
            if view.behind:
                self.ask_for(view)

    async def _heard_board(self, data: Json) -> None:
        view = self.boards.get(data["unit_id"])
        if view is not None:
            view.changed(data["after"], data["no"], data["rows"])
            if view.behind:
                self.ask_for(view)

    async def _heard_heads(self, data: Json) -> None:
        for contact_id, number in data["contacts"].items():
            contact = self.contacts.get(contact_id)
            if contact is not None and number > contact.head:
                self.ask_for(contact)
        for unit_id, number in data["boards"].items():
            board = self.boards.get(unit_id)
            if board is not None and number > board.no:
                self.ask_for(board)

    async def command(self, call: str, body: Json, *, says: str = "", seen_no: int | None = None) -> Json:
        """Send a command until it is decided, under one `client_id`. Raises `RefusedError`."""
        self._turn += 1
        sent = Sent(self._turn, self.actor_id, new_id(), call, says, seen_no=seen_no)
        self.world.journal.begin(sent)
        request = {**body, "client_id": sent.client_id}
        if seen_no is not None:
            request["seen_no"] = seen_no
        told = await self.insist(call, request)
        self.world.journal.acknowledge(sent, told)
        if self.rng.random() < REPEATED_SHARE:
            self.world.journal.acknowledge(sent, await self.insist(call, request))
        return told

    async def insist(self, name: str, body: Json) -> Json:
        """Send until the server has answered. Raises `RefusedError`."""
        while True:
            answer = await self._once(name, body)
            if "ok" in answer:
                self.last = f"{name} ok"
                found: Json = answer["ok"]
                return found
            code = answer["error"]["code"]
            self.last = f"{name} {code}"
            self.world.journal.refusals[code] += 1
            if code not in RESENT:
                raise RefusedError(code)
            await asyncio.sleep(self.rng.uniform(0.5, 1.5) * AGAIN_AFTER_S)

    async def _once(self, name: str, body: Json) -> Json:
        """The answer, or what the browser makes of none: nobody knows whether it was committed."""
        await self._up.wait()
        told: asyncio.Future[Json] = asyncio.get_running_loop().create_future()
        gone = asyncio.ensure_future(self._gone.wait())
        try:
            assert self._io is not None
            await self._io.emit(name, body, callback=partial(_answered, told))
            await asyncio.wait((told, gone), timeout=ANSWER_WITHIN_S, return_when=asyncio.FIRST_COMPLETED)
        except (socketio.exceptions.SocketIOError, aiohttp.ClientError, OSError):
            pass  # the same as no answer
        finally:
            gone.cancel()
        return told.result() if told.done() else {"error": {"code": "unreachable"}}

    async def pause(self) -> None:
        """Think."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(self.rng.expovariate(1 / self.world.pause_s)):
                await self.world.closing.wait()


def _answered(told: "asyncio.Future[Json]", answer: Json) -> None:
    if not told.done():
        told.set_result(answer)


async def _throw_away(io: socketio.AsyncClient) -> None:
    """End a connection, or half of one, whatever it was: the client would wait for ever for what it could not send."""
    with contextlib.suppress(Exception):
        async with asyncio.timeout(CONNECT_WITHIN_S):
            await io.disconnect()
