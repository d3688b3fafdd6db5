"""Booking, moving and cancelling: by patients within the unit's rules, by staff for them; never two on one seat.

A seat is a stream of its own. That it is free is asked inside the write, so that of two who want it one is refused on
either database, whatever node they are at, and whatever dies meanwhile.
"""

import hashlib
from collections.abc import Callable, Sequence
from datetime import tzinfo

import msgspec

from care.booking.entries import BookingAttended, BookingCancelled, BookingMissed, SeatOf, SlotBooked, slot_id
from care.booking.finding import FreeSlot, free_slots, in_the_way, slot_of
from care.booking.rules import UnitRules, may_book, may_cancel, may_move
from care.booking.schedule import Schedule
from care.booking.schedules import Schedules
from care.booking.seating import is_booked, is_free_for, is_had, may_sit, refuse
from care.booking.slots import slot_at
from care.booking.state import Seat
from care.booking.store import BookingRows, SeatRow, seat_stream
from care.booking.turns import Turns
from core.actor import Actor
from core.clock import Clock
from core.errors import FyrError
from core.log.append import Append, Appended, Require
from core.log.body import Body
from core.log.entry import Scope
from core.log.log import Log
from core.notices.entries import NoticeChosen
from core.notices.state import NoticeWish

NOT_TOLD = NoticeChosen(channel="none")


class Wanted(msgspec.Struct, frozen=True, kw_only=True):
    """A time somebody wants."""

    schedule_id: str
    start_ms: int
    person_id: str
    lang: str
    notice: NoticeChosen = NOT_TOLD
    """How they are reminded: as they chose, checked by `core.notices`."""
    series_id: str = ""
    phone: str = ""
    """Where they are called, for a time by telephone; of a move what was told before counts where nothing is."""


class _Asked(msgspec.Struct, frozen=True, kw_only=True):
    """What is wanted, with who wants it and what it is moved from."""

    actor: Actor
    wanted: Wanted
    client_id: str
    moves: SeatRow | None = None

    @property
    def booking_id(self) -> str:
        """The same for each repeat of one call, so that a repeat is known whatever has happened since."""
        return hashlib.sha256(f"{self.actor.id}/{self.client_id}".encode()).hexdigest()[:32]


class Bookings:
    """The commands. Who may see the unit and act for the person is asked before."""

    def __init__(
        self,
        log: Log,
        rows: BookingRows,
        schedules: Schedules,
        *,
        rules: UnitRules,
        turns: Turns,
        clock: Clock,
        zone_of: Callable[[str], tzinfo],
    ) -> None:
        """`zone_of`: by which clocks a unit lives."""
        self._log = log
        self._rows = rows
        self._schedules = schedules
        self._rules = rules
        self._turns = turns
        self._clock = clock
        self._zone_of = zone_of

    async def free(
        self, unit_id: str, *, from_ms: int, until_ms: int, person_ids: Sequence[str] = (), by_staff: bool = False
    ) -> list[FreeSlot]:
        """The unit's slots with a seat left; to patients within the unit's rules."""
        rules, now_ms = self._rules.of(unit_id), self._clock.ms()
        schedules = {
            name: one
            for name, one in (await self._schedules.of_unit(unit_id)).items()
            if by_staff or not one.staff_only
        }
        clinicians = sorted({one.clinician_id for one in schedules.values()})
        taken = await self._rows.taken_from(clinicians, from_ms, until_ms + 24 * 3_600_000)
        zone = self._zone_of(unit_id)
        found = free_slots(
            schedules, taken, zone, from_ms=max(from_ms, now_ms), until_ms=until_ms, person_ids=person_ids
        )
        return [one for one in found if by_staff or not may_book(rules, one.start_ms, now_ms=now_ms, others=0)]

    async def book(self, actor: Actor, wanted: Wanted, *, client_id: str) -> SeatRow:
        """Book a seat; a repeat of the call gives the first answer again.

        Raises `not_found` for a time no schedule offers, `slot_taken`, `not_bookable` with why.
        """
        asked = _Asked(actor=actor, wanted=wanted, client_id=client_id)
        known = await self._rows.of_booking(asked.booking_id)
        if known is not None:
            return known
        slot = await self._slot(wanted)
        await self._require_seat(slot, wanted.person_id)  # most who come too late hear it without waiting
        async with self._turns.of(person_id=wanted.person_id, clinician_id=slot.clinician_id):
            return await self._book(asked)

    async def move(self, actor: Actor, booking_id: str, wanted: Wanted, *, client_id: str) -> SeatRow:
        """The booking is at another time, which is taken before the one there was is given back.

        Raises as `book`; `not_found` when there is no such booking any more.
        """
        slot = await self._slot(wanted)
        async with self._turns.of(person_id=wanted.person_id, clinician_id=slot.clinician_id):
            asked = _Asked(actor=actor, wanted=wanted, client_id=client_id)
            known = await self._rows.of_booking(asked.booking_id)
            if known is None:
                was = await self._movable(actor, booking_id, wanted.person_id)
                known = await self._book(await self._moving(asked, was))
            await self.give_back(actor, known.moved_from, booking_id)
            return known

    async def cancel(self, actor: Actor, booking_id: str, *, client_id: str) -> None:
        """The seat is free again. Raises `not_found`, `not_bookable` with why."""
        row = await self._rows.of_booking(booking_id)
        if row is None:
            raise FyrError("not_found")
        if actor.kind != "staff":
            refuse(may_cancel(self._rules.of(row.unit_id), row.start_ms, now_ms=self._clock.ms()))
        body = BookingCancelled(booking_id=booking_id, by="staff" if actor.kind == "staff" else "patient")
        await self._append(actor, row.seat_id, body, require=is_booked(booking_id), client_id=client_id)

    async def offers(self, seat: SeatOf) -> bool:
        """Whether the seat's schedule still offers its slot."""
        try:
            schedule = await self._schedules.of(seat.schedule_id)
        except FyrError as refusal:
            if refusal.code != "not_found":
                raise
            return False
        return slot_at(schedule, seat.start_ms, self._zone_of(seat.unit_id)) is not None

    async def book_series(self, actor: Actor, wanted: Sequence[Wanted], *, client_id: str) -> list[SeatRow | str]:
        """Book several, as one series: for each its seat, or the code of what it was refused with."""
        series_id = hashlib.sha256(f"{actor.id}/{client_id}/series".encode()).hexdigest()[:32]
        done: list[SeatRow | str] = []
        for place, one in enumerate(wanted):
            try:
                each = msgspec.structs.replace(one, series_id=series_id)
                done.append(await self.book(actor, each, client_id=f"{client_id}/{place}"))
            except FyrError as refusal:
                if refusal.code not in ("slot_taken", "not_bookable", "not_found"):
                    raise
                done.append(refusal.code)
        return done

    async def came(self, actor: Actor, booking_id: str, *, came: bool, client_id: str) -> None:
        """Somebody says whether they came. Raises `not_found`."""
        row = await self._rows.of_booking(booking_id)
        if row is None:
            raise FyrError("not_found")
        body: Body = BookingAttended(booking_id=booking_id) if came else BookingMissed(booking_id=booking_id)
        await self._append(actor, row.seat_id, body, require=is_had(booking_id), client_id=client_id)

    async def give_back(self, actor: Actor, seat_id: str, booking_id: str) -> None:
        """The second half of a move: the seat it was moved from is free, if it has not been given back already."""
        if not seat_id:
            return
        body = BookingCancelled(booking_id=booking_id, by="moved")
        append = self._make(actor, seat_id, body, require=is_booked(booking_id), client_id=f"{booking_id}/moved")
        try:
            await self._log.append(append)
        except FyrError as refusal:
            if refusal.code != "not_found":
                raise

    async def _book(self, asked: _Asked) -> SeatRow:
        """In the person's and the clinician's turn."""
        wanted = asked.wanted
        slot = await self._slot(wanted)  # the schedule may have been changed meanwhile
        if slot.staff_only and asked.actor.kind != "staff":
            raise FyrError("not_found")
        await self._require_person_free(asked, slot)
        taken = await self._rows.taken_from([slot.clinician_id], slot.start_ms, slot.end_ms)
        if in_the_way((row for row in taken if row is not asked.moves), slot):
            raise FyrError("slot_taken")
        for number in await self._require_seat(slot, wanted.person_id):
            done = await self._take(asked, slot, number)
            if done is not None:
                return done
        raise FyrError("slot_taken")

    async def _take(self, asked: _Asked, slot: FreeSlot, number: int) -> SeatRow | None:
        """None when somebody has just taken this very seat."""
        wanted, moves = asked.wanted, asked.moves
        seat = SeatOf(
            unit_id=slot.unit_id,
            schedule_id=slot.schedule_id,
            clinician_id=slot.clinician_id,
            type=slot.type,
            start_ms=slot.start_ms,
            end_ms=slot.end_ms,
            number=number,
        )
        body = SlotBooked(
            booking_id=asked.booking_id,
            person_id=wanted.person_id,
            seat=seat,
            lang=wanted.lang,
            by_staff=asked.actor.kind == "staff",
            moved_from=moves.seat_id if moves else "",
            moved_booking=moves.booking_id or "" if moves else "",
            series_id=wanted.series_id,
            phone=wanted.phone if slot.type == "phone" else "",
        )
        free = is_free_for(wanted.person_id, self._clock)
        try:
            await self._log.append(
                Append(
                    seat_stream(seat.seat_id),
                    (body, wanted.notice),
                    asked.actor,
                    asked.client_id,
                    require=free,
                    create=Scope(),
                )
            )
        except FyrError as refusal:
            if refusal.code != "slot_taken":
                raise
            return None
        found = await self._rows.of_booking(asked.booking_id)
        if found is None:  # a repeat of what has been cancelled since
            raise FyrError("not_found")
        return found

    async def _slot(self, wanted: Wanted) -> FreeSlot:
        schedule: Schedule = await self._schedules.of(wanted.schedule_id)
        found = slot_at(schedule, wanted.start_ms, self._zone_of(schedule.unit_id))
        if found is None or found.start_ms <= self._clock.ms():
            raise FyrError("not_found")
        return slot_of(wanted.schedule_id, schedule, found.start_ms, end_ms=found.end_ms)

    async def _require_seat(self, slot: FreeSlot, person_id: str) -> list[int]:
        """The numbers of the slot's seats that are free for this person. Raises `slot_taken`."""
        rows = {row.number: row for row in await self._rows.of_slot(slot_id(slot.schedule_id, slot.start_ms))}
        free = [number for number in range(1, slot.capacity + 1) if may_sit(rows.get(number), person_id)]
        if not free:
            raise FyrError("slot_taken")
        return free

    async def _require_person_free(self, asked: _Asked, slot: FreeSlot) -> None:
        """Nobody is in two places; and a patient has no more bookings to come than the unit lets them."""
        now_ms, person_id = self._clock.ms(), asked.wanted.person_id
        theirs = [
            row
            for row in await self._rows.of_person([person_id], since_ms=now_ms)
            if row.status == "booked" and (asked.moves is None or row.seat_id != asked.moves.seat_id)
        ]
        if any(row.start_ms < slot.end_ms and slot.start_ms < row.end_ms for row in theirs):
            raise FyrError("not_bookable", why="overlaps")
        if asked.actor.kind == "staff":
            return
        others = sum(row.unit_id == slot.unit_id for row in theirs)
        refuse(may_book(self._rules.of(slot.unit_id), slot.start_ms, now_ms=now_ms, others=others))

    async def _movable(self, actor: Actor, booking_id: str, person_id: str) -> SeatRow:
        row = await self._rows.of_booking(booking_id)
        if row is None or row.person_id != person_id or row.status != "booked":
            raise FyrError("not_found")
        now_ms = self._clock.ms()
        if actor.kind != "staff":
            refuse(may_move(self._rules.of(row.unit_id), row.start_ms, now_ms=now_ms))
        theirs = await self._rows.of_person([person_id], since_ms=now_ms)
        if any(one.moved_from == row.seat_id and one.booking_id != booking_id for one in theirs):
            raise FyrError("not_found")  # it is being moved, by a call that died half-way
        return row

    async def _moving(self, asked: _Asked, was: SeatRow) -> _Asked:
        """Reminded and called as before, unless they have chosen anew."""
        state, wanted = (await self._log.head(was.stream)).state, asked.wanted
        if wanted.notice.channel == "none":
            wish = state.get(NoticeWish)
            notice = NoticeChosen(channel=wish.channel or "none", address=wish.address, push=wish.push)
            wanted = msgspec.structs.replace(wanted, notice=notice)
        booking = state.get(Seat).booking
        wanted = msgspec.structs.replace(wanted, phone=wanted.phone or (booking.phone if booking else ""))
        return msgspec.structs.replace(asked, wanted=wanted, moves=was)

    async def _append(self, actor: Actor, seat_id: str, body: Body, *, require: Require, client_id: str) -> Appended:
        return await self._log.append(self._make(actor, seat_id, body, require=require, client_id=client_id))

    def _make(self, actor: Actor, seat_id: str, body: Body, *, require: Require, client_id: str) -> Append:
        return Append(seat_stream(seat_id), (body,), actor, client_id, require=require)
