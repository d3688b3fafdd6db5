"""What is told outside the page of bookings: reminders, cancellations by the unit, offers; when, and no word of what.

The outbox may give several entries of a seat as one job, so all that has not been told yet is told, in order. Who dies
between sending and saying so has it sent again: twice told is better than not told.
"""

from collections.abc import Awaitable, Callable
from datetime import tzinfo

import structlog

from care.booking.entries import BookingCancelled, BookingReminded, BookingTold, SlotBooked, SlotOffered
from care.booking.keeper import KEEPER
from care.booking.state import Told
from care.booking.store import SLOT, WISH
from core.clock import Clock, from_ms
from core.ids import StreamId
from core.log.append import Append, still
from core.log.body import Body
from core.log.entry import Entry
from core.log.log import Log
from core.notices.channel import GoneError
from core.notices.entries import NoticeChosen, NoticeName
from core.notices.notices import Notices
from core.notices.state import NoticeWish

NOBODY = NoticeWish(channel="none")
AT = {"sv": "kl.", "nb": "kl.", "en": "at"}
MaySee = Callable[[str, str], Awaitable[bool]]
"""Whether an actor may see what a person has booked now: a guardian's time may be over."""
log = structlog.get_logger(__name__)


class BookingTeller:
    """Carries out the outbox topic "booking_notice"."""

    def __init__(self, entries: Log, notices: Notices, clock: Clock, *, may_see: MaySee, zone: tzinfo) -> None:
        """`zone`: by which clocks the units live."""
        self._log = entries
        self._notices = notices
        self._clock = clock
        self._may_see = may_see
        self._zone = zone

    async def __call__(self, stream: StreamId, no: int) -> None:
        """Tell of what lies there up to entry `no`. Raises `unreachable`, so that it is tried again later."""
        told = (await self._log.head(stream)).state.get(Told).up_to
        if told >= no:
            return
        booked, wish = None, NOBODY
        for entry in await self._log.entries(stream):
            body = entry.body
            if entry.no > no:
                break
            if isinstance(body, NoticeChosen):
                wish = NoticeWish(channel=body.channel, address=body.address, push=body.push, by=entry.header.actor_id)
            elif isinstance(body, SlotBooked):
                booked = body
            if entry.no > told and (name := notice_of(body)) is not None:
                await self._tell(stream, entry, name, booked=booked, wish=wish)
        same = still(lambda now: now.state.get(Told).up_to == told)
        await self._log.step(Append(stream, (BookingTold(up_to=no),), KEEPER, f"{stream}/told/{no}", require=same))

    async def _tell(
        self, stream: StreamId, entry: Entry, name: NoticeName, *, booked: SlotBooked | None, wish: NoticeWish
    ) -> None:
        body = entry.body
        lang, person_id = (booked.lang, booked.person_id) if booked else ("", "")
        if isinstance(body, SlotOffered):
            head = await self._log.head(StreamId(f"{WISH}{body.wish_id}"))
            wish, lang, person_id = head.state.get(NoticeWish), body.lang, body.person_id
        if wish.by and not await self._may_see(wish.by, person_id):
            return
        seat_id, age_ms = stream.removeprefix(SLOT), self._clock.ms() - entry.header.at_ms
        try:
            await self._notices.send_while_new(
                name, seat_id, wish=wish, lang=lang, age_ms=age_ms, when=self._when(booked, lang)
            )
        except GoneError:
            log.info("notice_address_gone", channel=wish.channel, contact=stream)

    def _when(self, booked: SlotBooked | None, lang: str) -> str:
        """When the seat's time begins: every booking of a seat has the same."""
        if booked is None:
            return ""
        begins = from_ms(booked.seat.start_ms).astimezone(self._zone)
        return f"{begins:%Y-%m-%d} {AT.get(lang, AT['en'])} {begins:%H:%M}"


def notice_of(body: Body | None) -> NoticeName | None:
    """Which notice an entry is told by: what somebody did themselves needs none."""
    match body:
        case BookingReminded(late=False):
            return "booking_reminder"
        case BookingCancelled(by="staff"):
            return "booking_cancelled"
        case SlotBooked(by_staff=True):
            return "booking_made"
        case SlotOffered():
            return "booking_offer"
    return None
