"""What a seat does by itself: reminds, opens a waiting room, notes who did not come, lets an offer pass.

One pure function of the state says the next step and when; nobody sets or cancels a timer (`core.timers`).
"""

from collections.abc import Iterator
from functools import partial
from typing import NamedTuple

from care.booking.entries import BookingMissed, BookingReminded, LobbyDue, OfferPassed
from care.booking.rules import MINUTE_MS, BookingRules, UnitRules
from care.booking.state import Booking, Seat
from care.booking.store import SLOT
from core.actor import system_actor
from core.clock import Clock
from core.log.append import Append, Head, still
from core.log.body import Body
from core.log.log import Log
from core.log.rows import StateTable
from core.timers.purpose import Purpose, timer_table

KEEPER = system_actor("booking")
PURPOSE = "booking"
"""The name of its timers."""


class Step(NamedTuple):
    """What is due at a moment."""

    due_ms: int
    body: Body


def next_step(part: Seat, rules: BookingRules) -> Step | None:
    """The next thing that happens by itself, as the state stands."""
    return min(_steps(part, rules), key=lambda step: step.due_ms, default=None)


def _steps(part: Seat, rules: BookingRules) -> Iterator[Step]:
    if part.offer is not None:
        yield Step(part.offer.until_ms, OfferPassed(wish_id=part.offer.wish_id, why="expired"))
    booking = part.booking
    if part.seat is None or booking is None or booking.status != "booked":
        return
    yield from _reminders(booking, part.seat.start_ms, rules)
    if part.seat.type == "video" and not booking.lobby_open:
        lobby = LobbyDue(booking_id=booking.booking_id)
        yield Step(part.seat.start_ms - rules.lobby_min * MINUTE_MS, lobby)
    missed_min = rules.missed_min.get(part.seat.type)
    if missed_min is not None:
        missed = BookingMissed(booking_id=booking.booking_id)
        yield Step(part.seat.start_ms + missed_min * MINUTE_MS, missed)


def _reminders(booking: Booking, start_ms: int, rules: BookingRules) -> Iterator[Step]:
    """Not those whose time had passed when it was booked: who has just booked knows it."""
    for before_min in rules.reminders_min:
        due_ms = start_ms - before_min * MINUTE_MS
        if before_min not in booking.reminded and due_ms > booking.booked_ms:
            yield Step(due_ms, BookingReminded(booking_id=booking.booking_id, before_min=before_min))


def due_ms(head: Head, *, rules: UnitRules) -> int | None:
    """When something happens by itself: what the seat's timer says."""
    part = head.state.get(Seat)
    step = next_step(part, rules.of(part.seat.unit_id)) if part.seat is not None else None
    return step.due_ms if step else None


def timers(rules: UnitRules) -> StateTable:
    """How the log keeps the timers."""
    return timer_table(PURPOSE, SLOT, partial(due_ms, rules=rules), parts=(Seat,))


class BookingKeeper:
    """Acts on the timers of purpose `booking`."""

    def __init__(self, entries: Log, rules: UnitRules, clock: Clock) -> None:
        self._log = entries
        self._rules = rules
        self._clock = clock

    @property
    def purpose(self) -> Purpose:
        """What the worker of timers is told."""
        return Purpose(PURPOSE, SLOT, partial(due_ms, rules=self._rules), self.act)

    async def act(self, head: Head) -> None:
        """Take the step that is due, unless something has changed meanwhile."""
        part = head.state.get(Seat)
        if part.seat is None:
            return
        rules = self._rules.of(part.seat.unit_id)
        step = next_step(part, rules)
        if step is None:
            return
        body = step.body
        if isinstance(body, BookingReminded) and self._clock.ms() >= part.seat.start_ms:
            body = BookingReminded(booking_id=body.booking_id, before_min=body.before_min, late=True)
        same = still(lambda now: next_step(now.state.get(Seat), rules) == step)
        client_id = f"{head.stream}/{head.last_no}"
        await self._log.step(Append(head.stream, (body,), KEEPER, client_id, require=same))
