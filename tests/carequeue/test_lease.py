"""What is held by someone nobody reaches any more goes back to its old place, and nothing else does."""

import pytest

from carequeue.entries import HandedBack
from carequeue.lease.keeper import KEEPER, LEASE_MS, LINE_LOST, LeaseKeeper
from carequeue.lease.store import StaffSeen
from core.errors import FyrError
from core.ids import ContactId, contact_stream
from core.storage.sql import Database
from tests.carequeue.ward import Ward, nurse

SARA = nurse("sara")
LEASE_S = LEASE_MS / 1_000


class Lines:
    """Who has a line to a node now."""

    def __init__(self, *staff_ids: str) -> None:
        self.staff_ids = set(staff_ids)

    def __call__(self) -> set[str]:
        return self.staff_ids


@pytest.fixture
def lines() -> Lines:
    return Lines("sara")


@pytest.fixture
def keeper(ward: Ward, database: Database, lines: Lines) -> LeaseKeeper:
    return LeaseKeeper(ward.log, StaffSeen(database), clock=ward.clock, reached=lines)


async def held(ward: Ward) -> ContactId:
    """A contact that Sara holds."""
    contact_id = await ward.arrive("urgent")
    await ward.claims.claim_this(SARA, contact_id, client_id="take")
    return contact_id


async def test_who_has_a_line_keeps_what_they_hold(ward: Ward, keeper: LeaseKeeper) -> None:
    contact_id = await held(ward)
    for _ in range(10):
        ward.clock.advance(seconds=LEASE_S - 1)
        assert await keeper.look() == []
    assert (await ward.place(contact_id)).status == "held"


async def test_a_lost_line_gives_it_back_to_its_old_place(ward: Ward, keeper: LeaseKeeper, lines: Lines) -> None:
    contact_id = await held(ward)
    later = await ward.arrive("urgent")
    await keeper.look()
    lines.staff_ids.clear()
    ward.clock.advance(seconds=LEASE_S - 1)
    assert await keeper.look() == []
    ward.clock.advance(seconds=1)
    assert [row.contact_id for row in await keeper.look()] == [contact_id]
    assert await keeper.look() == []
    assert [row.contact_id for row in await ward.places.waiting(["hamnen"])] == [contact_id, later]
    last = (await ward.log.entries(contact_stream(contact_id)))[-1]
    assert (last.body, last.header.actor_id) == (HandedBack(reason=LINE_LOST, claim_no=1), KEEPER.id)


async def test_the_late_holder_is_refused_and_may_take_it_anew(ward: Ward, keeper: LeaseKeeper, lines: Lines) -> None:
    contact_id = await held(ward)
    lines.staff_ids.clear()
    ward.clock.advance(seconds=LEASE_S)
    await keeper.look()
    with pytest.raises(FyrError, match="stale_claim"):
        await ward.claims.hand_back(SARA, contact_id, 1, reason="rast", client_id="late")
    assert (await ward.claims.claim_this(SARA, contact_id, client_id="again")).claim_no == 2


async def test_a_line_to_any_node_is_enough(ward: Ward, database: Database, keeper: LeaseKeeper, lines: Lines) -> None:
    contact_id = await held(ward)
    lines.staff_ids.clear()
    other = LeaseKeeper(ward.log, StaffSeen(database), clock=ward.clock, reached=Lines("sara"))
    for _ in range(3):
        ward.clock.advance(seconds=LEASE_S - 1)
        await other.look()
        assert await keeper.look() == []
    assert (await ward.place(contact_id)).status == "held"


async def test_a_service_that_was_away_waits_for_everyone_to_come_back(
    ward: Ward, database: Database, lines: Lines
) -> None:
    contact_id = await held(ward)
    ward.clock.advance(hours=8)
    lines.staff_ids.clear()
    begun_anew = LeaseKeeper(ward.log, StaffSeen(database), clock=ward.clock, reached=lines)
    assert await begun_anew.look() == []
    ward.clock.advance(seconds=LEASE_S)
    assert [row.contact_id for row in await begun_anew.look()] == [contact_id]


async def test_a_claim_made_just_now_has_its_whole_lease(ward: Ward, keeper: LeaseKeeper, lines: Lines) -> None:
    lines.staff_ids.clear()
    ward.clock.advance(hours=1)
    contact_id = await held(ward)
    ward.clock.advance(seconds=LEASE_S - 1)
    assert await keeper.look() == []
    assert (await ward.place(contact_id)).status == "held"


async def test_a_claim_that_ended_meanwhile_is_left_alone(ward: Ward, keeper: LeaseKeeper, lines: Lines) -> None:
    contact_id = await held(ward)
    lines.staff_ids.clear()
    ward.clock.advance(seconds=LEASE_S)
    (row,) = await ward.places.held()
    await ward.claims.close(SARA, contact_id, 1, reason="video_done", safety_net="Ring 1177", client_id="end")
    assert not await keeper.give_back(row)
    assert (await ward.place(contact_id)).status == "closed"


async def test_screens_are_told_what_runs_out_and_when_it_goes_back(
    ward: Ward, database: Database, lines: Lines
) -> None:
    told: list[list[tuple[str, int]]] = []
    keeper = LeaseKeeper(
        ward.log,
        StaffSeen(database),
        clock=ward.clock,
        reached=lines,
        running_out=lambda ends: told.append([(row.contact_id, ends_ms) for row, ends_ms in ends]),
    )
    contact_id = await held(ward)
    ward.clock.advance(seconds=LEASE_S)
    await keeper.look()
    seen_ms = ward.now_ms()
    lines.staff_ids.clear()
    for seconds in (5, 20, LEASE_S):
        ward.clock.advance(seconds=seconds)
        await keeper.look()
    ends = [(contact_id, seen_ms + LEASE_S * 1_000)]
    assert told == [[], [], ends, []], "whoever was reached at the last look has a line"
    assert (await ward.place(contact_id)).status == "waiting"


async def test_a_node_whose_clock_is_behind_takes_nothing_back(database: Database) -> None:
    seen = StaffSeen(database)
    await seen.note(["sara", "jonas"], now_ms=2_000)
    await seen.note(["sara"], now_ms=1_000)
    await seen.note(["jonas"], now_ms=3_000)
    assert await seen.last(["sara", "jonas", "leila"]) == {"sara": 2_000, "jonas": 3_000}


async def test_who_is_counted_on_is_noted_and_nobody_else_who_holds_nothing(ward: Ward, database: Database) -> None:
    seen = StaffSeen(database)
    reached = Lines("sara", "jonas")
    keeper = LeaseKeeper(ward.log, seen, clock=ward.clock, reached=reached, counted_on=lambda: {"jonas", "leila"})
    await keeper.look()
    assert await seen.last(["sara", "jonas", "leila"]) == {"jonas": ward.clock.ms()}
