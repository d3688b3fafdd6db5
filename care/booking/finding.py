"""Which slots are free: what schedules offer, without what somebody has."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import tzinfo

import msgspec

from care.booking.entries import slot_id
from care.booking.schedule import Schedule, VisitType
from care.booking.slots import slots_of
from care.booking.store import SeatRow


class FreeSlot(msgspec.Struct, frozen=True, kw_only=True):
    """A slot somebody may book."""

    schedule_id: str
    unit_id: str
    clinician_id: str
    type: VisitType
    start_ms: int
    end_ms: int
    capacity: int
    left: int
    """Seats nobody has."""
    staff_only: bool


def free_slots(
    schedules: Mapping[str, Schedule],
    taken: Sequence[SeatRow],
    zone: tzinfo,
    *,
    from_ms: int,
    until_ms: int,
    person_ids: Sequence[str] = (),
) -> list[FreeSlot]:
    """Slots that begin in [`from_ms`, `until_ms`) and have a seat left, in order.

    `taken`: every seat of these clinicians in that time that somebody has or is kept for. What is kept for one of
    `person_ids` is free for them.
    """
    ours = [row for row in taken if not (row.status == "offered" and row.person_id in person_ids)]
    by_slot: dict[str, int] = {}
    by_clinician: dict[str, list[SeatRow]] = {}
    for row in ours:
        by_slot[row.slot_id] = by_slot.get(row.slot_id, 0) + 1
        by_clinician.setdefault(row.clinician_id, []).append(row)
    found = [
        slot
        for name, schedule in schedules.items()
        for slot in _offered(name, schedule, zone, from_ms=from_ms, until_ms=until_ms)
        if not in_the_way(by_clinician.get(slot.clinician_id, ()), slot)
    ]
    left = [msgspec.structs.replace(one, left=one.capacity - by_slot.get(_name(one), 0)) for one in found]
    return sorted((one for one in left if one.left > 0), key=lambda one: (one.start_ms, one.clinician_id))


def in_the_way(taken: Iterable[SeatRow], slot: FreeSlot) -> bool:
    """Whether the clinician meets somebody else, by another slot, in a part of this time."""
    return any(
        row.slot_id != _name(slot) and row.start_ms < slot.end_ms and slot.start_ms < row.end_ms for row in taken
    )


def _offered(name: str, schedule: Schedule, zone: tzinfo, *, from_ms: int, until_ms: int) -> Iterator[FreeSlot]:
    for start_ms, end_ms in slots_of(schedule, zone, from_ms_=from_ms, until_ms=until_ms):
        yield slot_of(name, schedule, start_ms, end_ms=end_ms)


def slot_of(name: str, schedule: Schedule, start_ms: int, *, end_ms: int) -> FreeSlot:
    """A schedule's slot, as if nobody had booked it."""
    return FreeSlot(
        schedule_id=name,
        unit_id=schedule.unit_id,
        clinician_id=schedule.clinician_id,
        type=schedule.type,
        start_ms=start_ms,
        end_ms=end_ms,
        capacity=schedule.capacity,
        left=schedule.capacity,
        staff_only=schedule.staff_only,
    )


def _name(slot: FreeSlot) -> str:
    return slot_id(slot.schedule_id, slot.start_ms)
