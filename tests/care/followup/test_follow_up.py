"""One patient's follow-up, from the inclusion to the alarm in the queue and the end, on both databases."""

from collections.abc import AsyncIterator
from datetime import timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from sqlalchemy import update

from care.followup.due import pending
from care.followup.entries import ReadingsTaken
from care.followup.planning import planned
from care.followup.state import Record, with_told
from care.followup.store import follow_up, follow_up_table, record_stream
from core.errors import FyrError
from core.ids import new_id
from core.record.projections import Followed, table_faults
from core.record.store import RecordRows
from core.storage.sql import Database
from tests.care.followup.home import ADA, COPD, DOCTOR, NURSE, START, TODAY, Home, home, inclusion, wanted
from triage.thresholds.judge import judge
from triage.thresholds.missing import active_ms, active_until
from triage.thresholds.reading import MINUTE_MS, Pause, Reading, Told

START_MS = round(START.timestamp() * 1000)


@pytest.fixture
async def ada(database: Database) -> AsyncIterator[Home]:
    async with home(database) as made:
        yield made


async def refusal(call: object) -> str:
    with pytest.raises(FyrError) as refused:
        await call  # type: ignore[misc]
    return refused.value.code


async def test_nobody_is_followed_without_criteria_goals_owners_and_a_signed_plan(ada: Home) -> None:
    follow_ups, first = ada.follow_ups, COPD.exclusion[0].id
    judged_wrongly = tuple(replace(one, holds=True) if one.criterion == first else one for one in inclusion().criteria)
    for wrong in ({"criteria": judged_wrongly}, {"criteria": ()}, {"goals": " "}, {"owners": ()}):
        refused = await refusal(follow_ups.include(NURSE, inclusion(**wrong), same=["ada"], client_id=new_id()))
        assert refused in ("bad_request", "empty"), wrong
    assert await ada.rows.of_persons(["ada"]) == []
    ada.record_id = await follow_ups.include(NURSE, inclusion(), same=["ada"], client_id="once")
    assert await follow_ups.include(NURSE, inclusion(), same=["ada"], client_id="once") == ada.record_id
    assert await refusal(follow_ups.include(NURSE, inclusion(), same=["ada"], client_id=new_id())) == "wrong_state"
    other = inclusion(person_id="ada_too")
    assert await refusal(follow_ups.include(NURSE, other, same=["ada", "ada_too"], client_id=new_id())) == "wrong_state"
    await ada.type(spo2=70)
    await ada.wait(days=3)
    assert await ada.contacts() == [], "nothing is judged by what nobody has signed"
    version = await follow_ups.propose(NURSE, ada.record_id, wanted(), client_id=new_id())
    assert await refusal(follow_ups.sign(NURSE, ada.record_id, version, client_id=new_id())) == "not_found"
    newer = await follow_ups.propose(NURSE, ada.record_id, wanted(), client_id=new_id())
    assert await refusal(follow_ups.sign(DOCTOR, ada.record_id, version, client_id=new_id())) == "wrong_state"
    await follow_ups.sign(DOCTOR, ada.record_id, newer, client_id=new_id())
    assert await refusal(follow_ups.sign(DOCTOR, ada.record_id, newer, client_id=new_id())) == "wrong_state"
    assert [row.status for row in await ada.rows.at_unit("centre")] == ["followed"]


async def test_what_is_beyond_a_limit_is_one_contact_that_only_gets_more_urgent(ada: Home, database: Database) -> None:
    await ada.begin()
    await ada.type(spo2=90)
    assert await ada.contacts() == [], "once is seen, and is no alarm"
    await ada.wait(hours=24)
    await ada.type(spo2=90, hr=80)
    ((level, status, told),) = await ada.contacts()
    assert (level, status, [one.zone for one in told]) == ("within_24h", "waiting", ["yellow"])
    (seen,) = told[0].grounds[0].seen
    assert (seen.value, seen.bound, seen.against, seen.reference) == (90, "<=-3", "own", 93)
    assert [point.value for point in seen.trend] == [90, 90]
    assert seen.confirmed
    await ada.wait(hours=1)
    await ada.type(spo2=84)
    assert len((await ada.contacts())[0][2]) == 2, (
        "a red value that nothing else speaks for waits; the yellow one is told"
    )
    await ada.wait(minutes=16)
    ((level, _, told),) = await ada.contacts()
    assert (level, told[-1].grounds[0].zone) == ("very_urgent", "red")
    before = [await ada.record(), await ada.contacts()]
    await ada.wait(minutes=1)
    assert [await ada.record(), await ada.contacts()] == before, "nothing is told twice"
    await ada.type(spo2=93, hr=80)
    assert (await ada.contacts())[0][0] == "very_urgent", "a better value lowers nothing"
    await ada.close()
    await ada.wait(hours=2)
    assert len(await ada.contacts()) == 1, "what was seen to is no alarm again"
    await ada.type("breathless_at_rest", spo2=86)
    assert [level for level, _, _ in await ada.contacts()] == ["very_urgent", "very_urgent"], "with a symptom at once"
    rows, followed = RecordRows(database), [Followed(follow_up_table())]
    assert [fault async for fault in table_faults(ada.log, rows, followed)] == []
    async with database.write() as connection:
        await connection.execute(update(follow_up).values(person_id="bo"))
    assert [fault.why async for fault in table_faults(ada.log, rows, followed)] == ["row_altered"]


async def test_a_node_that_dies_between_contact_and_record_tells_an_alarm_once(ada: Home) -> None:
    await ada.begin()
    head = await ada.log.head(record_stream(ada.record_id))
    await ada.follow_ups.tell(
        ADA, ada.record_id, [ada.reading("spo2", 80), ada.reading("spo2", 81)], answers=(), client_id=new_id()
    )
    now = await ada.log.head(record_stream(ada.record_id))
    due = [one for one in pending(now.state.get(Record)) if one.due_ms <= ada.clock.ms()]
    await ada.keeper._tell(now, now.state.get(Record), due)
    assert (await ada.record()).alarms == 0
    assert len(await ada.contacts()) == 1
    await ada.settle()
    await ada.keeper.act(now)
    await ada.keeper.act(head)
    ((_, _, told),) = await ada.contacts()
    assert len(told) == 1
    assert (await ada.record()).alarms == 1


async def test_readings_come_once_late_in_any_order_and_from_clocks_that_are_wrong(ada: Home) -> None:
    await ada.begin()
    late = ada.reading("weight", "80.0", ago=timedelta(days=2), device="scale")
    ahead = ada.reading("weight", 79, ago=-timedelta(days=400), device="other")
    first = await ada.follow_ups.receive(ada.record_id, late)
    again = await ada.follow_ups.receive(ada.record_id, replace(late, value=Decimal(80)))
    assert not first.repeated
    assert again.repeated
    assert again.first_no == first.first_no
    await ada.follow_ups.receive(ada.record_id, ahead)
    await ada.follow_ups.receive(ada.record_id, late)
    (told,) = [one for one in (await ada.record()).kept.readings if one.device == "other"]
    assert (told.at_ms, told.doubts) == (ada.clock.ms(), ("clock",))
    assert (await ada.record()).readings == 2
    assert await refusal(ada.type(spo2=30)) == "bad_request", "who types it still has the device in their hand"
    assert await refusal(ada.type("no_question")) == "bad_request"
    assert await refusal(ada.type()) == "empty"
    await ada.follow_ups.end(NURSE, ada.record_id, "goal_reached", outcome="", client_id=new_id())
    assert (
        await refusal(ada.follow_ups.receive(ada.record_id, ada.reading("weight", 78, device="scale"))) == "wrong_state"
    )
    entries = await ada.log.entries(record_stream(ada.record_id))
    assert sum(len(one.body.readings) for one in entries if isinstance(one.body, ReadingsTaken)) == 2


async def test_what_does_not_come_is_an_alarm_of_its_own_and_a_pause_expects_nothing(ada: Home) -> None:
    await ada.begin()
    await ada.type(spo2=93, hr=80)
    await ada.wait(hours=59)
    assert await ada.contacts() == []
    await ada.wait(hours=2)
    ((level, _, told),) = await ada.contacts()
    assert level == "within_24h"
    assert {ground.why for one in told for ground in one.grounds} == {"missing"}
    assert {ground.measure for one in told for ground in one.grounds} == {"spo2", "hr"}
    await ada.close()
    pause_ms = ada.clock.ms()
    await ada.follow_ups.pause(NURSE, ada.record_id, "in_hospital", from_ms=pause_ms, until_ms=None, client_id=new_id())
    await ada.wait(days=20)
    assert len(await ada.contacts()) == 1
    await ada.follow_ups.resume(NURSE, ada.record_id, client_id=new_id())
    await ada.wait(hours=46)
    assert len(await ada.contacts()) == 1
    await ada.wait(hours=2)
    assert len(await ada.contacts()) == 2, "two more have not come since then"
    at_no = (await ada.record()).read_no
    await ada.follow_ups.seen(NURSE, ada.record_id, at_no, role="nurse", client_id=new_id())
    assert (await ada.record()).seen_as_usual
    await ada.type(spo2=93, hr=80)
    assert await refusal(ada.follow_ups.seen(NURSE, ada.record_id, at_no, role="nurse", client_id=new_id())) == "behind"


def test_a_plan_has_the_patients_numbers_and_says_them() -> None:
    own = planned(COPD, wanted(numbers={"spo2_low": (Decimal(85),)}), version=1, today=TODAY)
    (red,) = [limit for limit in own.limits if limit.id == "spo2_low"]
    assert red.all[0].is_ == "<85"
    assert own.reasons["spo2_low"]["nb"] == "Oksygenmetning <85 % (egen grense)"
    assert own.reasons["pulse_high"]["nb"] == "Pulsen er over 100"
    wrong = (
        wanted(baseline={}),
        wanted(baseline={"spo2": Decimal(20)}),
        wanted(numbers={"spo2_low": ()}),
        wanted(numbers={"no_limit": (Decimal(1),)}),
        wanted(numbers={"spo2_low": (Decimal("NaN"),)}),
        wanted(numbers={"spo2_low": (Decimal(20),)}),
        wanted(every_h={"temp": 24}),
        wanted(review_on=TODAY),
    )
    for one in wrong:
        with pytest.raises(FyrError):
            planned(COPD, one, version=1, today=TODAY)


SPANS = st.lists(st.tuples(st.integers(0, 12), st.integers(0, 6)), max_size=3)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 40 * 24 * 4), st.sampled_from((84, 90, 93))), min_size=1, max_size=25))
def test_what_is_kept_is_judged_as_everything_that_ever_came_would_be(told: list[tuple[int, int]]) -> None:
    plan = planned(COPD, wanted(), version=1, today=TODAY).plan(START_MS)
    kept, all_of_it, now_ms = Told(), Told(), START_MS
    for quarters, value in told:  # each comes a quarter of an hour after the one before, whenever it was measured
        now_ms += 15 * MINUTE_MS
        at_ms = now_ms - quarters * 15 * MINUTE_MS
        one = Reading(measure="spo2", value=Decimal(value), unit="%", at_ms=at_ms)
        kept = with_told(kept, (one,), (), now_ms=now_ms)
        all_of_it = Told(readings=(*all_of_it.readings, one))
    assert judge(plan, kept, now_ms=now_ms) == judge(plan, all_of_it, now_ms=now_ms)


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10), st.integers(1, 20), SPANS)
def test_so_much_time_has_been_in_no_pause_at_that_moment_and_not_before(
    begin: int, long: int, spans: list[tuple[int, int]]
) -> None:
    pauses = [Pause(why="other", from_ms=at, until_ms=at + length) for at, length in spans]
    until = active_until(begin, long, pauses)
    assert until is not None
    assert active_ms(begin, until, pauses) == long
    assert active_ms(begin, until - 1, pauses) < long
    assert active_until(begin, long, [Pause(why="other", from_ms=begin)]) is None
