"""Puts the parts of booking together: the commands a node has, and what follows from them by itself."""

import contextlib
from collections.abc import AsyncIterator
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from care.booking.bookings import Bookings
from care.booking.entries import (
    BookingCancelled,
    BookingReminded,
    LobbyDue,
    OfferPassed,
    SlotBooked,
    SlotOffered,
)
from care.booking.kinds import FOLLOW, FREE, LOBBY, TELL
from care.booking.rules import UnitRules
from care.booking.schedules import Schedules
from care.booking.store import BookingRows
from care.booking.telling import BookingTeller
from care.booking.turns import Turns
from care.booking.waiting import WaitingList
from core.clock import Clock
from core.log.log import Log
from core.notices.notices import LEASE_MS
from core.outbox.store import OutboxRows
from core.outbox.worker import Handler, OutboxWorker
from core.settings import Country
from core.storage.sql import Database
from core.zones import ZONES
from web.booked_visit import open_lobby

if TYPE_CHECKING:
    from web.node import Node


class Booked(NamedTuple):
    """The commands."""

    rows: BookingRows
    schedules: Schedules
    bookings: Bookings
    waiting: WaitingList
    rules: UnitRules


def make_booking(log: Log, database: Database, rules: UnitRules, *, clock: Clock, country: Country) -> Booked:
    """The commands of a node. All units of a deployment live by the clocks of its country."""
    rows, turns, zone = BookingRows(database), Turns(database), ZONES[country]
    schedules = Schedules(log, rows, turns)
    bookings = Bookings(log, rows, schedules, rules=rules, turns=turns, clock=clock, zone_of=lambda _: zone)
    return Booked(rows, schedules, bookings, WaitingList(log, rows, bookings, rules=rules, clock=clock), rules)


@contextlib.asynccontextmanager
async def look_after_booking(node: "Node", database: Database) -> AsyncIterator[None]:
    """What follows bookings, for as long as the node runs: a slow way to a telephone keeps no seat waiting."""
    waiting, clock = node.booking.waiting, node.clock
    zone = ZONES[node.settings.country]
    teller = BookingTeller(node.log, node.notices, clock, may_see=partial(_may_see, node), zone=zone)
    topics: dict[str, Handler] = {FREE: waiting.fill, FOLLOW: waiting.follow, LOBBY: partial(open_lobby, node)}
    following = OutboxWorker(OutboxRows(database), topics, clock=clock)
    telling = OutboxWorker(OutboxRows(database), {TELL: teller}, clock=clock, lease_ms=LEASE_MS)
    node.log.on_commit(lambda _: following.wake(), of=(SlotBooked, BookingCancelled, OfferPassed, LobbyDue))
    node.log.on_commit(lambda _: telling.wake(), of=(SlotBooked, BookingCancelled, BookingReminded, SlotOffered))
    following.start()
    telling.start()
    try:
        yield
    finally:
        await telling.stop()
        await following.stop()


async def _may_see(node: "Node", actor_id: str, person_id: str) -> bool:
    """Whether they are the person, stand for them, or work here and chose in their place how they are told."""
    actor = await node.standing.actor(actor_id)
    if actor is None:
        return False
    now_ms = node.now_ms()
    stands = any(one.person_id == person_id and now_ms < one.until_ms for one in actor.represents)
    return actor.kind == "staff" or actor.person_id == person_id or stands
