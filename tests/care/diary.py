"""A unit's times with every real part, on one database: any number of nodes, and a clock that is moved by hand."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from datetime import UTC, date, datetime, timedelta
from typing import cast

import care.booking.kinds
import core.notices.kinds
from care.booking.bookings import Bookings, Wanted
from care.booking.entries import WishMade
from care.booking.keeper import BookingKeeper, timers
from care.booking.kinds import FOLLOW, FREE, TELL
from care.booking.rules import load_booking_rules
from care.booking.schedule import Schedule, VisitType, Window
from care.booking.schedules import Schedules
from care.booking.store import BookingRows, SeatRow, booking_tables
from care.booking.telling import BookingTeller
from care.booking.turns import Turns
from care.booking.waiting import WaitingList
from core.actor import Actor, Role
from core.clock import ManualClock
from core.ids import new_id
from core.log.kinds import Kinds
from core.log.log import Log
from core.log.seal import MasterKeys
from core.notices.channel import Notice
from core.notices.entries import ChannelName, NoticeChosen
from core.notices.notices import Notices
from core.notices.state import NoticeWish
from core.notices.texts import load_texts
from core.outbox.store import OutboxRows
from core.outbox.worker import Handler, OutboxWorker
from core.storage.sql import Database
from core.timers.store import TimerRows
from core.timers.wake.store import DueTimes
from core.timers.worker import TimerWorker
from core.zones import ZONES

START = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
"""A Tuesday, nine o'clock in Sweden."""
TOMORROW, HOUR_MS, MINUTE_MS = date(2026, 11, 25), 3_600_000, 60_000
KINDS = Kinds((*care.booking.kinds.KINDS, *core.notices.kinds.KINDS))
RULES = load_booking_rules()
SARA = Actor(
    id="staff:sara",
    kind="staff",
    name="Sara",
    staff_id="sara",
    roles=(Role(unit_id="hamnen", provider_id="region", role="nurse"),),
)


def patient(name: str) -> Actor:
    return Actor(id=f"patient:{name}", kind="patient", person_id=name)


def weekly(clinician: str = "sara", *, type: VisitType = "video", capacity: int = 1) -> Schedule:
    """Half hours from ten to twelve, every working day of four weeks."""
    return Schedule(
        unit_id="hamnen",
        clinician_id=clinician,
        type=type,
        length_min=30,
        windows=tuple(Window(weekday=day, from_min=600, until_min=720) for day in range(1, 6)),
        from_day=START.date(),
        until_day=START.date() + timedelta(days=27),
        capacity=capacity,
    )


class Mailbox:
    """Keeps what would be sent as text messages."""

    name: ChannelName = "sms"

    def __init__(self) -> None:
        self.sent: list[tuple[str, str]] = []
        self.texts: list[str] = []

    async def send(self, notice: Notice, wish: NoticeWish) -> None:
        self.sent.append((wish.address, notice.name))
        self.texts.append(notice.text)


class NoCopy:
    """Stands for the copy of due times in Redis when it is away."""

    async def put(self, due: dict[str, int | None]) -> None:
        """Told nothing."""

    async def take_due(self, _: int) -> bool:
        return True


class Diary:
    """The parts of one node."""

    def __init__(self, database: Database, masters: MasterKeys, clock: ManualClock) -> None:
        self.clock = clock
        tables = (*booking_tables(), timers(RULES))
        self.log = Log(database, KINDS, masters=masters, clock=clock, state_tables=tables)
        self.rows, turns = BookingRows(database), Turns(database)
        self.schedules = Schedules(self.log, self.rows, turns)
        self.bookings = Bookings(
            self.log,
            self.rows,
            self.schedules,
            rules=RULES,
            turns=turns,
            clock=clock,
            zone_of=lambda _: ZONES["se"],
        )
        self.waiting = WaitingList(self.log, self.rows, self.bookings, rules=RULES, clock=clock)
        self.mail = Mailbox()
        notices = Notices({"sms": self.mail}, load_texts(), url="https://fyr.example", offered=["sms"])
        teller = BookingTeller(self.log, notices, clock, may_see=self._may_see, zone=ZONES["se"])
        keeper = BookingKeeper(self.log, RULES, clock)
        handlers: dict[str, Handler] = {FREE: self.waiting.fill, FOLLOW: self.waiting.follow, TELL: teller}
        rows, copy = TimerRows(database), cast("DueTimes", NoCopy())
        self._timers = TimerWorker(self.log, rows, copy, purposes=(keeper.purpose,), clock=clock)
        self._outbox = OutboxWorker(OutboxRows(database), handlers, clock=clock)

    async def _may_see(self, actor_id: str, person_id: str) -> bool:
        return actor_id in (f"patient:{person_id}", SARA.id)

    async def settle(self) -> None:
        """What is due by now is done, and what follows from it."""
        while await self._timers.fire() or await self._outbox.drain():
            pass

    async def wait(self, **duration: float) -> None:
        """Time passes."""
        self.clock.advance(**duration)
        await self.settle()

    async def publish(self, schedule: Schedule | None = None) -> str:
        return await self.schedules.set(SARA, schedule or weekly(), client_id=new_id())

    async def book(self, name: str, schedule_id: str, start_ms: int, *, by: Actor | None = None) -> SeatRow:
        wanted = want(name, schedule_id, start_ms)
        return await self.bookings.book(by or patient(name), wanted, client_id=new_id())

    async def wish(self, name: str) -> str:
        now_ms = self.clock.ms()
        made = WishMade(
            person_id=name,
            unit_id="hamnen",
            types=("video",),
            from_ms=now_ms,
            until_ms=now_ms + 7 * 24 * HOUR_MS,
            lang="sv",
        )
        return await self.waiting.wish(patient(name), made, sms(name), client_id=new_id())

    async def whose(self, start_ms: int) -> list[str]:
        """Who has a seat that begins then, or is offered one."""
        rows = await self.rows.of_unit("hamnen", start_ms, start_ms + 1)
        return sorted(row.person_id for row in rows if row.person_id)


def sms(name: str) -> NoticeChosen:
    """Everybody has a number of their own."""
    return NoticeChosen(channel="sms", address=f"070{sum(name.encode()):05d}")


def want(name: str, schedule_id: str, start_ms: int) -> Wanted:
    return Wanted(schedule_id=schedule_id, start_ms=start_ms, person_id=name, lang="sv", notice=sms(name))


def at(hour: int, minute: int = 0, *, day: date = TOMORROW) -> int:
    """A moment by the clocks of Sweden."""
    moment = datetime(day.year, day.month, day.day, hour, minute, tzinfo=ZONES["se"])
    return int(moment.timestamp() * 1000)


@contextlib.asynccontextmanager
async def nodes(database: Database, count: int = 1) -> AsyncIterator[list[Diary]]:
    """So many nodes on one database; SQLite has one."""
    masters, clock = MasterKeys.parse(MasterKeys.generate()), ManualClock(START)
    made = [Diary(database, masters, clock) for _ in range(1 if database.is_sqlite else count)]
    await asyncio.gather(*(one.log.start() for one in made))
    try:
        yield made
    finally:
        await asyncio.gather(*(one.log.stop() for one in made))
