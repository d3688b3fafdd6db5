"""Who waits longer than was promised is told of in steps, once each; nobody is moved to and fro, nothing is lost."""

from dataclasses import dataclass

import msgspec
import pytest

from carequeue.deadlines import MINUTE_MS, Deadlines
from carequeue.late.keeper import LateKeeper
from carequeue.late.steps import Steps
from carequeue.late.times import LateRules, load_late_rules, parse_late_rules
from carequeue.order import order_of
from core.errors import FyrError
from core.ids import ContactId, contact_stream
from core.log.append import Head
from tests.carequeue.ward import Ward, nurse
from triage.entries import Level

SARA = nurse("sara")
RULES = load_late_rules()


def written(*, stands_in: dict[str, str] | None = None, **changed: int) -> str:
    """The rules as they are shipped, with other numbers for the urgent."""
    levels: dict[str, dict[str, object]] = {
        level: {
            "lead_after_min": RULES.of("hamnen", level).lead_after_min,
            "next_unit_after_min": RULES.of("hamnen", level).next_unit_after_min,
            "source": "test",
            "review": "proposed",
        }
        for level in LEVELS
    }
    levels["urgent"] |= changed
    return msgspec.yaml.encode({"version": 1, "levels": levels, "units": {}, "stands_in": stands_in or {}}).decode()


LEVELS: tuple[Level, ...] = ("immediate", "very_urgent", "urgent", "within_24h", "routine", "self_care")


@dataclass
class Clockwork:
    """A ward whose late timers fire when they are due, each twice: as two nodes might."""

    ward: Ward
    keeper: LateKeeper
    allowed: bool = True

    async def may_move(self, _: Head, to_unit: str) -> str | None:
        return to_unit.title() if self.allowed else None

    async def run(self, contact_id: ContactId, minutes: int) -> None:
        for _ in range(minutes):
            self.ward.clock.advance(seconds=60)
            head = await self.ward.log.head(contact_stream(contact_id))
            due_ms = self.keeper.due_ms(head)
            if due_ms is not None and due_ms <= self.ward.now_ms():
                await self.keeper.act(head)
                await self.keeper.act(head)

    async def told(self, contact_id: ContactId) -> list[tuple[str, int]]:
        entries = await self.ward.log.entries(contact_stream(contact_id))
        return [(one.body.step, one.body.late_min) for one in entries if one.header.kind == "escalated"]  # type: ignore[union-attr]


@pytest.fixture
def clockwork(ward: Ward, deadlines: Deadlines) -> Clockwork:
    return clockwork_of(ward, deadlines, RULES)


def clockwork_of(ward: Ward, deadlines: Deadlines, rules: LateRules) -> Clockwork:
    made = Clockwork(ward, LateKeeper(ward.log, Steps(rules, deadlines), may_move=_unset))
    made.keeper = LateKeeper(ward.log, Steps(rules, deadlines), may_move=made.may_move)
    return made


async def _unset(_: Head, __: str) -> str | None:
    return None


async def test_colleagues_are_told_at_the_promised_time_and_the_lead_later_once_each(
    ward: Ward, clockwork: Clockwork
) -> None:
    contact_id = await ward.arrive("urgent")
    await clockwork.run(contact_id, 29)
    assert await clockwork.told(contact_id) == []
    await clockwork.run(contact_id, 1)
    assert await clockwork.told(contact_id) == [("colleagues", 0)]
    await clockwork.run(contact_id, 60)
    assert await clockwork.told(contact_id) == [("colleagues", 0), ("lead", 15)]


async def test_who_is_taken_in_time_is_told_of_to_nobody(ward: Ward, clockwork: Clockwork) -> None:
    contact_id = await ward.arrive("urgent")
    await clockwork.run(contact_id, 29)
    await ward.claims.claim_this(SARA, contact_id, client_id="take")
    await clockwork.run(contact_id, 60)
    assert await clockwork.told(contact_id) == []


async def test_the_unit_that_stands_in_gets_it_once_at_its_old_place(ward: Ward, deadlines: Deadlines) -> None:
    rules = parse_late_rules(written(stands_in={"hamnen": "lyktan", "lyktan": "hamnen"}))
    clockwork = clockwork_of(ward, deadlines, rules)
    contact_id = await ward.arrive("urgent")
    arrived_ms = (await ward.place(contact_id)).arrived_ms
    await clockwork.run(contact_id, 60)
    place, head = await ward.place(contact_id), await ward.log.head(contact_stream(contact_id))
    assert (place.unit_id, head.scope.unit_id, place.arrived_ms) == ("lyktan", "lyktan", arrived_ms)
    assert order_of(head, deadlines).due_ms == arrived_ms + 30 * MINUTE_MS
    assert [row.contact_id for row in await ward.places.waiting(["lyktan"])] == [contact_id]
    await clockwork.run(contact_id, 90)
    assert (await ward.place(contact_id)).unit_id == "lyktan"
    steps = [step for step, _ in await clockwork.told(contact_id)]
    assert steps == ["colleagues", "lead", "next_unit", "colleagues", "lead"]


async def test_where_it_may_not_be_moved_it_stays_and_that_is_said_once(ward: Ward, deadlines: Deadlines) -> None:
    clockwork = clockwork_of(ward, deadlines, parse_late_rules(written(stands_in={"hamnen": "lyktan"})))
    clockwork.allowed = False
    contact_id = await ward.arrive("urgent")
    await clockwork.run(contact_id, 120)
    assert (await ward.place(contact_id)).unit_id == "hamnen"
    assert [step for step, _ in await clockwork.told(contact_id)] == ["colleagues", "lead", "next_unit"]


async def test_a_higher_level_begins_anew_and_steps_keep_their_distance(ward: Ward, clockwork: Clockwork) -> None:
    contact_id = await ward.arrive("urgent")
    await clockwork.run(contact_id, 30)
    await ward.assess(contact_id, "very_urgent")
    await clockwork.run(contact_id, 1)
    assert (await clockwork.told(contact_id))[-1][0] == "colleagues"
    await clockwork.run(contact_id, 4)
    assert [step for step, _ in await clockwork.told(contact_id)] == ["colleagues", "colleagues"]
    await clockwork.run(contact_id, 1)
    assert [step for step, _ in await clockwork.told(contact_id)] == ["colleagues", "colleagues", "lead"]


async def test_what_is_given_back_late_is_told_of_from_then_on(ward: Ward, clockwork: Clockwork) -> None:
    contact_id = await ward.arrive("urgent")
    await ward.claims.claim_this(SARA, contact_id, client_id="take")
    await clockwork.run(contact_id, 100)
    await ward.claims.hand_back(SARA, contact_id, 1, reason="rast", client_id="back")
    await clockwork.run(contact_id, 14)
    assert await clockwork.told(contact_id) == [("colleagues", 0)]
    await clockwork.run(contact_id, 2)
    assert [step for step, _ in await clockwork.told(contact_id)] == ["colleagues", "lead"]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (written(lead_after_min=30, next_unit_after_min=30), "follow each other"),
        (written(lead_after_min=1), "sooner than"),
        (written(stands_in={"hamnen": "hamnen"}), "for itself"),
        (written().replace("source: test", "source: ''"), "no source"),
        (written().replace("  urgent:", "  urgnt:"), "Invalid enum"),
    ],
)
def test_rules_that_make_no_sense_stop_the_start(text: str, problem: str) -> None:
    with pytest.raises(FyrError) as refused:
        parse_late_rules(text)
    assert problem in str(refused.value.data["problems"])
