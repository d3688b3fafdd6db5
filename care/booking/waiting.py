"""The waiting list: who would like a time that becomes free, and to whom such a time is offered.

What is cancelled is offered to one after the other, whoever has waited longest first, each for a while. While it is
offered nobody else is given it.
"""

from collections.abc import Sequence

from care.booking.bookings import Bookings
from care.booking.entries import OfferPassed, SlotBooked, SlotOffered, WishEnded, WishMade
from care.booking.keeper import KEEPER
from care.booking.rules import MINUTE_MS, UnitRules
from care.booking.state import Seat, Wish
from care.booking.store import WISH, BookingRows, seat_stream
from core.actor import Actor
from core.clock import Clock
from core.errors import FyrError
from core.ids import StreamId, new_id
from core.log.append import Append, Head, still
from core.log.entry import Scope
from core.log.log import Log
from core.notices.entries import NoticeChosen

MOST_WISHES = 5
"""Of one person at once."""


class WaitingList:
    """The commands, and what follows a cancellation and a booking. Who may act for the person is asked before."""

    def __init__(self, log: Log, rows: BookingRows, bookings: Bookings, *, rules: UnitRules, clock: Clock) -> None:
        self._log = log
        self._rows = rows
        self._bookings = bookings
        self._rules = rules
        self._clock = clock

    async def wish(self, actor: Actor, wish: WishMade, notice: NoticeChosen, *, client_id: str) -> str:
        """Put somebody on the list; gives the wish's id. Raises `bad_request`, `too_many`."""
        if not wish.types or not wish.from_ms < wish.until_ms:
            raise FyrError("bad_request", where="$.wish", what="nothing that can be")
        if len(await self._rows.wishes_of([wish.person_id], now_ms=self._clock.ms())) >= MOST_WISHES:
            raise FyrError("too_many", limit=MOST_WISHES)
        stream = StreamId(f"{WISH}{new_id()}")
        done = await self._log.append(Append(stream, (wish, notice), actor, client_id, create=Scope()))
        return done.stream.removeprefix(WISH)

    async def withdraw(self, actor: Actor, wish_id: str, *, client_id: str) -> None:
        """They wait no more. Raises `not_found`."""
        await self._end(StreamId(f"{WISH}{wish_id}"), WishEnded(why="withdrawn"), actor, client_id=client_id)

    async def wishes_of(self, person_ids: Sequence[str]) -> dict[str, Wish]:
        """What these persons wait for, by the wishes' ids."""
        streams = await self._rows.wishes_of(person_ids, now_ms=self._clock.ms())
        heads = await self._log.heads(streams)
        return {name.removeprefix(WISH): heads[name].state.get(Wish) for name in streams if name in heads}

    async def decline(self, actor: Actor, seat_id: str, person_id: str, *, client_id: str) -> None:
        """They do not want what they were offered: the next one is asked. Raises `not_found`."""
        stream = seat_stream(seat_id)
        offer = (await self._log.head(stream)).state.get(Seat).offer
        if offer is None or offer.person_id != person_id:
            raise FyrError("not_found")
        body = OfferPassed(wish_id=offer.wish_id, why="declined")
        same = still(lambda now: now.state.get(Seat).offer == offer)
        await self._log.step(Append(stream, (body,), actor, client_id, require=same))

    async def fill(self, stream: StreamId, _: int) -> None:
        """The outbox topic of a seat that became free: offer it to who has waited longest."""
        head = await self._log.head(stream)
        body = await self._next(head)
        if body is not None:
            free = still(lambda now: now.state.get(Seat) == head.state.get(Seat))
            client_id = f"{stream}/{head.last_no}"
            await self._log.step(Append(stream, (body,), KEEPER, client_id, require=free))

    async def follow(self, stream: StreamId, _: int) -> None:
        """The outbox topic of a booking: give back what it was moved from, and let nobody wait for what they have."""
        for entry in await self._log.entries(stream):
            body = entry.body
            if isinstance(body, SlotBooked):
                await self._bookings.give_back(KEEPER, body.moved_from, body.moved_booking)
        await self._end_filled(await self._log.head(stream))

    async def _next(self, head: Head) -> SlotOffered | None:
        part, now_ms = head.state.get(Seat), self._clock.ms()
        if part.seat is None or part.status != "free":
            return None
        rules = self._rules.of(part.seat.unit_id)
        last_ms = part.seat.start_ms - rules.book_min * MINUTE_MS
        if now_ms >= last_ms or not await self._bookings.offers(part.seat):
            return None
        streams = await self._rows.wishes_at(part.seat.unit_id, now_ms=now_ms)
        heads = await self._log.heads(streams)
        for name in streams:
            wish_id, wish = name.removeprefix(WISH), heads[name].state.get(Wish)
            if wish_id not in part.passed and wish.status == "waiting" and wish.fits(part.seat):
                until_ms = min(now_ms + rules.offer_min * MINUTE_MS, last_ms)
                return SlotOffered(wish_id=wish_id, person_id=wish.person_id, lang=wish.lang, until_ms=until_ms)
        return None

    async def _end_filled(self, head: Head) -> None:
        part = head.state.get(Seat)
        if part.seat is None or part.booking is None:
            return
        for wish_id, wish in (await self.wishes_of([part.booking.person_id])).items():
            if wish.since_ms <= part.booking.booked_ms and wish.fits(part.seat):
                stream = StreamId(f"{WISH}{wish_id}")
                await self._end(stream, WishEnded(why="filled"), KEEPER, client_id=f"{stream}/filled")

    async def _end(self, stream: StreamId, body: WishEnded, actor: Actor, *, client_id: str) -> None:
        def require(head: Head) -> None:
            if head.state.get(Wish).status != "waiting":
                raise FyrError("not_found")

        try:
            await self._log.append(Append(stream, (body,), actor, client_id, require=require))
        except FyrError as refusal:
            if refusal.code != "not_found" or body.why == "withdrawn":
                raise
