"""Booking, moving, cancelling, waiting and being reminded, on both databases."""

import asyncio
from collections.abc import AsyncIterator
from datetime import date, timedelta

import pytest
from msgspec.structs import replace
from sqlalchemy import update

from care.booking.entries import SlotBooked
from care.booking.schedule import Absence
from care.booking.store import SeatRow, booking_seat, booking_tables
from core.actor import Actor
from core.errors import FyrError
from core.ids import new_id
from core.log.append import Append
from core.record.projections import Followed, table_faults
from core.record.store import RecordRows
from core.storage.sql import Database
from tests.care.diary import HOUR_MS, SARA, START, TOMORROW, Diary, at, nodes, patient, sms, want, weekly

FRIDAY = date(2026, 11, 27)


@pytest.fixture
async def diary(database: Database) -> AsyncIterator[Diary]:
    async with nodes(database) as (one,):
        yield one


async def refusal(call: object) -> str:
    """The code a call is refused with, and why."""
    with pytest.raises(FyrError) as refused:
        await call  # type: ignore[misc]
    return str(refused.value)


async def free_at(diary: Diary, day: date = FRIDAY, *, by_staff: bool = False) -> list[int]:
    found = await diary.bookings.free("hamnen", from_ms=at(0, day=day), until_ms=at(23, day=day), by_staff=by_staff)
    return [slot.start_ms for slot in found]


async def test_a_time_is_booked_once_whoever_asks_and_however_often(diary: Diary) -> None:
    schedule_id, ten = await diary.publish(), at(10, day=FRIDAY)
    wanted, ada = want("ada", schedule_id, ten), patient("ada")
    first = await diary.bookings.book(ada, wanted, client_id="once")
    assert await diary.bookings.book(ada, wanted, client_id="once") == first
    assert await refusal(diary.book("bo", schedule_id, ten)) == "slot_taken"
    assert await refusal(diary.book("bo", schedule_id, ten, by=SARA)) == "slot_taken"
    assert await refusal(diary.book("bo", schedule_id, ten + 1)) == "not_found"
    assert await free_at(diary) == [at(10, 30, day=FRIDAY), at(11, day=FRIDAY), at(11, 30, day=FRIDAY)]
    assert await diary.whose(ten) == ["ada"]
    entries = [type(entry.body).__name__ for entry in await diary.log.entries(first.stream)]
    assert entries == ["SlotBooked", "NoticeChosen"], "refused and repeated calls leave nothing"


async def test_patients_keep_to_the_rules_of_the_unit_and_staff_do_not(diary: Diary) -> None:
    schedule_id = await diary.publish()
    today = START.date()
    assert await refusal(diary.book("ada", schedule_id, at(9, 30, day=today))) == "not_found"
    diary.clock.advance(minutes=15)
    ten = at(10, day=today)
    assert await free_at(diary, today) == [ten + 30 * 60_000 * n for n in (1, 2, 3)]
    assert await refusal(diary.book("ada", schedule_id, ten)) == "not_bookable: why=too_soon"
    row = await diary.book("ada", schedule_id, ten, by=SARA)
    assert await refusal(diary.bookings.cancel(patient("ada"), row.booking_id or "", client_id="c")) == (
        "not_bookable: why=too_late"
    )
    later = want("ada", schedule_id, at(10))
    moving = diary.bookings.move(patient("ada"), row.booking_id or "", later, client_id="m")
    assert await refusal(moving) == "not_bookable: why=too_late"
    for day in (0, 1):
        await diary.book("ada", schedule_id, at(10, day=TOMORROW + timedelta(days=day)))
    assert await refusal(diary.book("ada", schedule_id, at(11, day=FRIDAY))) == "not_bookable: why=too_many"
    other = await diary.publish(weekly("olle", type="phone"))
    assert await refusal(diary.book("ada", other, at(10), by=SARA)) == "not_bookable: why=overlaps"
    await diary.bookings.cancel(SARA, row.booking_id or "", client_id="by sara".replace(" ", "-"))
    assert await diary.whose(ten) == []


async def test_a_booking_is_moved_in_two_halves_of_which_none_is_lost(diary: Diary) -> None:
    schedule_id, ada = await diary.publish(), patient("ada")
    first = await diary.book("ada", schedule_id, at(10, day=FRIDAY))
    await diary.book("bo", schedule_id, at(11, day=FRIDAY))
    taken = diary.bookings.move(
        ada, first.booking_id or "", want("ada", schedule_id, at(11, day=FRIDAY)), client_id="m"
    )
    assert await refusal(taken) == "slot_taken"
    assert await diary.whose(at(10, day=FRIDAY)) == ["ada"], "what cannot be moved stays"
    wanted = want("ada", schedule_id, at(11, 30, day=FRIDAY))
    moved = await diary.bookings.move(ada, first.booking_id or "", wanted, client_id="n")
    assert await diary.bookings.move(ada, first.booking_id or "", wanted, client_id="n") == moved
    assert (await diary.whose(at(10, day=FRIDAY)), await diary.whose(at(11, 30, day=FRIDAY))) == ([], ["ada"])
    assert await refusal(diary.bookings.cancel(ada, first.booking_id or "", client_id="c")) == "not_found"
    await _half_moved(diary, ada, moved, to=at(10, day=FRIDAY))
    again = diary.bookings.move(
        ada, moved.booking_id or "", want("ada", schedule_id, at(10, 30, day=FRIDAY)), client_id="o"
    )
    assert await refusal(again) == "not_found", "it is being moved already"
    await diary.settle()
    assert (await diary.whose(at(10, day=FRIDAY)), await diary.whose(at(11, 30, day=FRIDAY))) == (["ada"], [])


async def _half_moved(diary: Diary, actor: Actor, was: SeatRow, *, to: int) -> None:
    """As a node leaves it that dies after the first half."""
    head = await diary.log.head(was.stream)
    (booked, *_) = [entry.body for entry in await diary.log.entries(head.stream)]
    assert isinstance(booked, SlotBooked)
    seat = replace(booked.seat, start_ms=to, end_ms=to + HOUR_MS // 2)
    body = replace(booked, booking_id="b" * 32, seat=seat, moved_from=was.seat_id, moved_booking=was.booking_id or "")
    stream = was.stream.replace(str(was.start_ms), str(to))
    await diary.log.append(Append(type(was.stream)(stream), (body,), actor, new_id()))


async def test_who_waits_is_offered_what_is_cancelled_one_after_the_other(diary: Diary) -> None:
    schedule_id, ten = await diary.publish(), at(10, day=FRIDAY)
    booked = await diary.book("ada", schedule_id, ten)
    for name in ("bo", "cia", "dag"):
        await diary.wish(name)
        diary.clock.advance(seconds=1)
    await diary.bookings.cancel(SARA, booked.booking_id or "", client_id="c")
    await diary.settle()
    assert await diary.whose(ten) == ["bo"]
    assert await refusal(diary.book("dag", schedule_id, ten)) == "slot_taken", "it is kept for bo"
    await diary.wait(hours=2)
    assert await diary.whose(ten) == ["cia"], "bo did not answer"
    await diary.waiting.decline(patient("cia"), booked.seat_id, "cia", client_id="no")
    await diary.settle()
    assert await diary.whose(ten) == ["dag"]
    await diary.book("dag", schedule_id, ten)
    await diary.settle()
    assert {name: len(await diary.waiting.wishes_of([name])) for name in ("bo", "cia", "dag")} == {
        "bo": 1,
        "cia": 1,
        "dag": 0,
    }
    names = {sms(name).address: name for name in ("ada", "bo", "cia", "dag")}
    told = [(names[to], what.removeprefix("booking_")) for to, what in diary.mail.sent]
    assert told == [("ada", "cancelled"), ("bo", "offer"), ("cia", "offer"), ("dag", "offer")]


async def test_a_visit_reminds_opens_its_waiting_room_and_notes_who_did_not_come(diary: Diary) -> None:
    schedule_id, friday = await diary.publish(), at(10, day=FRIDAY)
    row = await diary.book("ada", schedule_id, friday)
    soon = await diary.book("bo", schedule_id, at(10))
    seen = dict[str, list[str]]()
    for hours in range(76):
        await diary.wait(hours=1 if hours else 0)
        for one in (row, soon):
            entries = await diary.log.entries(one.stream)
            seen[one.seat_id] = [entry.header.kind for entry in entries if entry.header.kind != "booking_told"][2:]
        if hours == 26:
            await diary.bookings.came(SARA, soon.booking_id or "", came=True, client_id="came")
    assert seen[row.seat_id] == ["booking_reminded", "booking_reminded", "lobby_due", "booking_missed"]
    assert seen[soon.seat_id] == [
        "booking_reminded",
        "booking_reminded",
        "lobby_due",
        "booking_missed",
        "booking_attended",
    ]
    assert [what for _, what in diary.mail.sent] == ["booking_reminder"] * 4
    assert f"en bokad tid {FRIDAY} kl. 10:00" in diary.mail.texts[-1]
    late = await diary.book("cia", schedule_id, at(10, day=FRIDAY + timedelta(days=3)))
    await diary.wait(days=4)
    kinds = [entry.body for entry in await diary.log.entries(late.stream) if entry.header.kind == "booking_reminded"]
    assert [getattr(body, "late", None) for body in kinds] == [True, True], "nobody is reminded of what has been"


async def test_groups_have_several_seats_and_series_are_told_what_they_lack(diary: Diary) -> None:
    schedule_id, ten = await diary.publish(weekly(capacity=3)), at(10, day=FRIDAY)
    results = await asyncio.gather(*(diary.book(f"p{n}", schedule_id, ten) for n in range(5)), return_exceptions=True)
    assert sum(isinstance(one, SeatRow) for one in results) == 3
    assert len(await diary.whose(ten)) == 3
    days = [FRIDAY, FRIDAY + timedelta(days=3), FRIDAY + timedelta(days=4)]
    wanted = [want("ada", schedule_id, at(10, day=day)) for day in days]
    made = await diary.bookings.book_series(SARA, wanted, client_id="series")
    assert made[0] == "slot_taken"
    assert [one.series_id for one in made[1:] if isinstance(one, SeatRow)] == [made[1].series_id] * 2  # type: ignore[union-attr]
    assert await diary.bookings.book_series(SARA, wanted, client_id="series") == made


async def test_a_clinician_is_in_one_place_whatever_becomes_of_schedules(diary: Diary) -> None:
    schedule_id, ten = await diary.publish(), at(10, day=FRIDAY)
    elsewhere = replace(weekly(), unit_id="torget")
    refused = await refusal(diary.schedules.set(SARA, elsewhere, client_id="clash"))
    assert refused.startswith("schedule_invalid"), refused
    assert "schedules_overlap" in refused
    assert "'length'" in await refusal(diary.schedules.set(SARA, replace(weekly(), length_min=0), client_id="wrong"))
    await diary.book("ada", schedule_id, ten)
    longer = replace(weekly(), length_min=45, absences=(Absence(from_day=TOMORROW, until_day=TOMORROW),))
    assert await diary.schedules.set(SARA, longer, schedule_id=schedule_id, client_id="longer") == schedule_id
    assert await free_at(diary, TOMORROW) == []
    assert await free_at(diary) == [at(10, 45, day=FRIDAY)], "ten is booked, as half an hour, and another length is too"
    other = replace(weekly("olle"))
    wrong = diary.schedules.set(SARA, other, schedule_id=schedule_id, client_id="other")
    assert await refusal(wrong) == "not_found"
    await diary.schedules.end(SARA, schedule_id, client_id="end")
    assert await free_at(diary) == []
    assert await refusal(diary.book("bo", schedule_id, at(10, 45, day=FRIDAY))) == "not_found"
    assert await diary.whose(ten) == ["ada"], "what is booked stays booked"
    new_id_ = await diary.publish()
    assert await refusal(diary.book("bo", new_id_, ten)) == "slot_taken"


async def test_a_row_that_was_altered_is_found(database: Database) -> None:
    async with nodes(database) as (diary,):
        row = await diary.book("ada", await diary.publish(), at(10, day=FRIDAY))
        await diary.wish("bo")
        record, followed = RecordRows(database), [Followed(table) for table in booking_tables()]
        assert [fault async for fault in table_faults(diary.log, record, followed)] == []
        async with database.write() as connection:
            await connection.execute(update(booking_seat).values(person_id="bo"))
        found = [fault async for fault in table_faults(diary.log, record, followed)]
        assert [(fault.stream, fault.why) for fault in found] == [(row.stream, "row_altered")]


async def test_many_race_for_few_times_over_two_nodes(database: Database) -> None:
    async with nodes(database, 2) as both:
        schedule_id = await both[0].publish()
        starts = [at(10, day=FRIDAY), at(10, 30, day=FRIDAY), at(11, day=FRIDAY)]

        async def one(number: int) -> bool:
            for turn in range(len(starts)):
                start_ms = starts[(number + turn) % len(starts)]
                try:
                    await both[number % len(both)].book(f"p{number}", schedule_id, start_ms)
                except FyrError as refused:
                    if refused.code != "slot_taken":
                        raise
                else:
                    return True
            return False

        got = await asyncio.gather(*(one(number) for number in range(24)))
        assert sum(got) == len(starts)
        assert [len(await both[0].whose(start_ms)) for start_ms in starts] == [1, 1, 1]
