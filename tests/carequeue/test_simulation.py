"""The simulated region: nobody is overtaken or starved, and Redis and SQL serve a day as memory does."""

from collections.abc import Sequence
from datetime import UTC, datetime

from carequeue.capacity import Capacity, load_capacity
from carequeue.claim import Claim, Claims
from carequeue.deadlines import Deadlines
from carequeue.entries import Queued
from carequeue.simulation.arrivals import Arrival, arrivals
from carequeue.simulation.desk import MemoryDesk, first_come, ours
from carequeue.simulation.findings import overtaken, starved, waits
from carequeue.simulation.loop import Served, Simulation
from carequeue.simulation.picture import svg
from carequeue.simulation.routed import routed
from carequeue.simulation.staffing import Nurse, changes
from carequeue.simulation.year import simulate
from core.actor import Actor
from core.errors import FyrError
from core.ids import ContactId, contact_stream
from core.log.append import Append
from core.log.entry import Scope
from tests.carequeue.ward import Ward, nurse
from triage.entries import Assessed

SEED = 7


async def test_two_months_with_a_flood(deadlines: Deadlines) -> None:
    year = await simulate(SEED, days=60)
    assert (year.served, year.overtaken, year.starved, year.alarms_late) == (year.came, 0, 0, 0)
    mine, theirs = year.waits["Fyr"], year.waits["first come"]
    assert mine["very_urgent"].p95 < theirs["very_urgent"].p95
    assert mine["urgent"].p95 <= deadlines.of("hamnen", "urgent").target_min
    assert (
        0.85
        <= sum(one.right for one in year.promises.values()) / sum(one.told for one in year.promises.values())
        <= 0.95
    )
    assert "immediate" not in year.promises
    assert 0.88 <= year.forecast_right <= 0.97
    assert svg(year.waits, "t").count("<rect") > len(mine)


async def memory(everybody: Sequence[Arrival], desk: MemoryDesk, days: int) -> list[Served]:
    return await Simulation(desk, load_capacity()).run(everybody, changes(days=days + 7))


async def test_another_order_is_found_to_overtake_and_to_starve(deadlines: Deadlines) -> None:
    """The measures can fail: first come first served overtakes by our order, and urgent ones are passed over there."""
    everybody = arrivals(SEED, days=50)
    by_arrival = await memory(everybody, MemoryDesk(first_come, load_capacity()), 50)
    assert overtaken(everybody, by_arrival, ours(deadlines)) > 100
    by_level = await memory(everybody, MemoryDesk(lambda one: (-one.arrived_ms, one.contact_id), load_capacity()), 50)
    assert starved(by_level, deadlines) > 10
    assert waits(by_arrival)["routine"].number == sum(one.level == "routine" for one in everybody)


class RealDesk:
    """The product itself: the log in SQL, the index in Valkey, on the simulation's clock."""

    def __init__(self, ward: Ward, capacity: Capacity) -> None:
        self._ward = ward
        self._claims = Claims(ward.log, ward.index, ward.places, capacity=capacity, clock=ward.clock)
        self._held: dict[ContactId, Claim] = {}
        self.asked = 0
        ward.log.on_commit(ward.keeper.heard)

    async def arrive(self, arrival: Arrival) -> None:
        """Queued and understood in one entry's time."""
        self._at(arrival.arrived_ms)
        patient = Actor(id=f"patient:{arrival.contact_id}", kind="patient")
        level = arrival.level
        understood = Assessed(
            urgency=level, assessed=True, could_be=level, lang="sv", basis_no=1, content_version="test"
        )
        scope = Scope(opener_id=patient.id, unit_id=arrival.unit_id, provider_id="region")
        bodies = (Queued(unit_id=arrival.unit_id), understood)
        await self._ward.log.append(Append(contact_stream(arrival.contact_id), bodies, patient, "open", create=scope))
        await self._ward.settle_index()

    async def next_for(self, nurse_: Nurse, at_ms: int) -> ContactId | None:
        """`claim_next`, as a nurse asks."""
        self._at(at_ms)
        self.asked += 1
        try:
            claim = await self._claims.claim_next(
                nurse(nurse_.staff_id, *nurse_.unit_ids), nurse_.unit_ids, client_id=f"ask{self.asked}"
            )
        except FyrError as refusal:
            if refusal.code not in ("nothing_waiting", "at_capacity"):
                raise
            return None
        await self._ward.settle_index()
        self._held[claim.contact_id] = claim
        return claim.contact_id

    async def done(self, nurse_: Nurse, contact_id: ContactId, at_ms: int) -> None:
        """Closed by its holder."""
        self._at(at_ms)
        claim = self._held.pop(contact_id)
        await self._claims.close(
            nurse(nurse_.staff_id, *nurse_.unit_ids),
            contact_id,
            claim.claim_no,
            reason="self_care_advice",
            safety_net="Ring",
            client_id=f"end{contact_id}",
        )
        await self._ward.settle_index()

    def _at(self, at_ms: int) -> None:
        now_ms = self._ward.clock.ms()
        self._ward.clock.advance(seconds=(at_ms - now_ms) / 1000)


async def test_a_day_through_redis_and_sql_is_served_as_in_memory(ward: Ward, deadlines: Deadlines) -> None:
    """A whole working day from midnight to midnight: routed, ordered, taken and closed, with full nurses and alarms."""
    start_ms = int(datetime(2026, 1, 5, tzinfo=UTC).timestamp() * 1000)
    ward.clock.advance(seconds=(start_ms - ward.clock.ms()) / 1000)
    everybody = routed(arrivals(SEED, days=1, first_day=4), deadlines)
    shifts = list(changes(days=4, first_day=4))
    capacity = load_capacity()
    wanted = await Simulation(MemoryDesk(ours(deadlines), capacity), capacity).run(everybody, shifts)
    desk = RealDesk(ward, capacity)
    assert await Simulation(desk, capacity).run(everybody, shifts) == wanted
    assert len(wanted) == len(everybody) > 250
    assert sum(one.waited_ms > 0 for one in wanted) > 30
    assert not ward.index.doubted
