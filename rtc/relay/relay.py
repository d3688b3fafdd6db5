"""The relay of one node: its port, its certificate, and the visits that live here. Everything it begins, it ends.

Rooms are named by the visit. What a room has to say to a participant goes to `tell`; a room in which nobody is left for
`EMPTY_S` is closed.
"""

import asyncio
import contextlib
import time
from collections.abc import Callable, Sequence
from typing import NamedTuple

import structlog
from aiortc.rtcdtlstransport import RTCCertificate

from core.errors import FyrError
from core.heap import give_back
from rtc.relay.answer import Answer
from rtc.relay.leg import Leg, Offered, Who
from rtc.relay.port import Port
from rtc.relay.room import Room, Told

TICK_S = 0.02
EMPTY_S = 60.0
ROOMS_MOST = 200
"""Visits of one relay at once: more than one process can carry."""
GIVE_BACK_S = 10.0
"""At most so often memory of visits that are over goes back to the machine."""
log = structlog.get_logger(__name__)


class Place(NamedTuple):
    """A visit, and the contact it belongs to."""

    contact_id: str
    visit_id: str


Tell = Callable[[Place, str, Told], None]


class Relay:
    """`start` before use, `stop` after. `addresses`: under which others reach this machine."""

    def __init__(self, addresses: Sequence[str], *, tell: Tell, number: int = 0) -> None:
        self.rooms: dict[Place, Room] = {}
        self.draining = False
        """No visit begins here any more; those that are here stay to their end."""
        self._addresses = addresses
        self._number = number
        self._tell = tell
        self._port: Port | None = None
        self._certificate: RTCCertificate | None = None
        self._ticking: asyncio.Task[None] | None = None
        self._closing: set[asyncio.Task[None]] = set()
        self._empty_at: dict[Place, float] = {}
        self._gave_back_at = 0.0
        self._begun = asyncio.Event()
        self._when_drained: Callable[[], None] = lambda: None

    @property
    def port(self) -> Port:
        """The open port. Raises `not_ready` before the start."""
        if self._port is None:
            raise FyrError("not_ready", why="relay")
        return self._port

    def start(self) -> None:
        """Open the port. Raises `port_taken`."""
        try:
            self._port = Port.open(self._addresses, number=self._number)
        except OSError:
            raise FyrError("port_taken", port=self._number) from None
        self._certificate = RTCCertificate.generateCertificate()
        self._ticking = asyncio.create_task(self._tick(), name="relay")

    @property
    def takes(self) -> bool:
        """Whether another visit may begin here."""
        return not self.draining and len(self.rooms) < ROOMS_MOST

    def drain(self, when_drained: Callable[[], None]) -> None:
        """Let no visit begin here; `when_drained` is called once, when the last one here has ended."""
        self.draining, self._when_drained = True, when_drained
        self._tell_if_drained()

    def legs(self) -> dict[Place, tuple[Leg, ...]]:
        """Everybody who is here now."""
        return {place: tuple(room.legs.values()) for place, room in self.rooms.items()}

    async def stop(self) -> None:
        """End every visit's connections here, and close the port."""
        if self._ticking is not None:
            self._ticking.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._ticking
        for place in list(self.rooms):
            self.end(place)
        if self._closing:
            await asyncio.wait(self._closing)
        if self._port is not None:
            self._port.close()
            self._port = None

    def join(self, place: Place, who: Who, *, echo_s: float = 0) -> None:
        """Let somebody in; an offer for them follows. Raises `too_many`, `not_ready`.

        `echo_s`: they get back what they send, and nobody else is there; it ends after so long.
        """
        room = self.rooms.get(place)
        if room is None:
            if not self.takes:
                raise FyrError("not_ready", why="relay")
            room = self.rooms[place] = Room(lambda participant, told: self._tell(place, participant, told))
            self._begun.set()
        assert self._certificate is not None
        now = time.monotonic()
        if echo_s:
            room.echoes_until = now + echo_s
        leg = Leg(who, self.port, self._certificate, now=now)
        try:
            former = room.join(leg, now)
        except FyrError:
            self._close(leg)
            raise
        if former is not None:
            self._close(former)

    def asks(self, place: Place, participant: str) -> Offered | None:
        """The offer that waits for somebody's answer."""
        room = self.rooms.get(place)
        leg = room.legs.get(participant) if room is not None else None
        return leg.asked if leg is not None else None

    def answer(self, place: Place, who: Who, number: int, *, answer: Answer) -> None:
        """Take an answer. Raises `not_connected`."""
        self._room(place).answer(who.participant, who.session, number, answer=answer, now=time.monotonic())

    def begin_anew(self, place: Place, who: Who) -> None:
        """Another network: an offer with new credentials follows. Raises `not_connected`."""
        self._room(place).begin_anew(who.participant, who.session, time.monotonic())

    def leave(self, place: Place, participant: str) -> None:
        """Let somebody go; nothing happens when they are not here."""
        room = self.rooms.get(place)
        leg = room.remove(participant) if room is not None else None
        if room is not None and leg is not None:
            self._close(leg)
            room.negotiate(time.monotonic())

    def put_out(self, place: Place, leg: Leg) -> None:
        """End this very connection; one that came in its place stays."""
        room = self.rooms.get(place)
        if room is not None and room.legs.get(leg.who.participant) is leg:
            self.leave(place, leg.who.participant)

    def end(self, place: Place) -> None:
        """The visit is over."""
        room = self.rooms.pop(place, None)
        self._empty_at.pop(place, None)
        for leg in list(room.legs.values()) if room is not None else ():
            self._close(leg)
        self._tell_if_drained()

    def _tell_if_drained(self) -> None:
        if self.draining and not self.rooms:
            when_drained, self._when_drained = self._when_drained, lambda: None
            when_drained()

    def _room(self, place: Place) -> Room:
        if place not in self.rooms:
            raise FyrError("not_connected")
        return self.rooms[place]

    def _close(self, leg: Leg) -> None:
        task = asyncio.create_task(leg.close(), name="relay leg closes")
        self._closing.add(task)
        task.add_done_callback(self._closed)

    def _closed(self, task: asyncio.Task[None]) -> None:
        self._closing.discard(task)
        now = time.monotonic()
        if not self._closing and now - self._gave_back_at >= GIVE_BACK_S:
            self._gave_back_at = now
            give_back()

    async def _tick(self) -> None:
        second = time.monotonic()
        while True:
            if not self.rooms:
                self._begun.clear()
                await self._begun.wait()
            await asyncio.sleep(TICK_S)
            now = time.monotonic()
            full = now - second >= 1
            for place, room in list(self.rooms.items()):
                self._step(place, room, now, full=full)
            if full:
                second = now

    def _step(self, place: Place, room: Room, now: float, *, full: bool) -> None:
        try:
            room.tick(now)
            for leg in room.each_second(now) if full else ():
                self._close(leg)
        except Exception:  # one visit's fault is not the others'
            log.exception("relay_step_failed")
        if room.echoes_until and now > room.echoes_until:
            self.end(place)
        elif room.legs:
            self._empty_at.pop(place, None)
        elif now - self._empty_at.setdefault(place, now) > EMPTY_S:
            self.end(place)
