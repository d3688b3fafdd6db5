"""How many nurses some hours need: more never make it worse, and it is worked out in a process of its own."""

import asyncio
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import msgspec
import pytest

from carequeue.capacity import load_capacity
from carequeue.deadlines import MINUTE_MS, Deadlines
from carequeue.forecast.forecast import Calendar
from carequeue.promise.pace import DAY_MS, HOUR_MS
from carequeue.simulation.arrivals import arrivals
from carequeue.staffing.question import WARM_UP_H, Answer, Past, Progress, Question, Stretch, stretches_of
from carequeue.staffing.trials import Told, Trials
from carequeue.staffing.tried import tried
from carequeue.waited.wait import EndedWait
from core.errors import FyrError
from triage.entries import Level

ZONE = ZoneInfo("Europe/Stockholm")
TUESDAY = int(datetime(2026, 3, 3, 7, tzinfo=UTC).timestamp() * 1000)


def _waits() -> list[EndedWait]:
    """Everybody who came to one unit of the simulated region in nine weeks, taken at once, open as long as they are."""
    return [
        EndedWait(
            contact_id=one.contact_id,
            began_ms=one.arrived_ms,
            unit_id="hamnen",
            level=one.level,
            arrived_ms=one.arrived_ms,
            target_ms=one.arrived_ms,
            first=True,
            ended_ms=one.arrived_ms,
            taken=True,
            age_group="18-44",
            lang="sv",
            closed_ms=one.arrived_ms + one.open_ms,
        )
        for one in arrivals(1, days=61)
        if one.unit_id == "hamnen"
    ]


def _stretches(deadlines: Deadlines) -> tuple[Stretch, ...]:
    return stretches_of(
        _waits(), weekday=0, hours=(8, 12), since_ms=0, now_ms=TUESDAY, calendar=Calendar(ZONE), deadlines=deadlines
    )


def _question(most: int, *stretches: Stretch, at_once: int = 8) -> Question:
    shipped = load_capacity()
    limit = msgspec.structs.replace(shipped.standard, at_once=at_once)
    return Question(most, stretches, limit, shipped.weights)


def test_the_same_hours_of_past_mondays_are_looked_at(deadlines: Deadlines) -> None:
    found = _stretches(deadlines)
    assert len(found) == 8 + 1
    assert all(one.until_ms - one.from_ms == 4 * HOUR_MS for one in found)
    assert all((TUESDAY - one.from_ms) % (7 * DAY_MS) == DAY_MS for one in found)
    assert all(len(one.arrivals) > 30 for one in found)


def test_more_nurses_never_make_it_worse_and_some_number_is_enough(deadlines: Deadlines) -> None:
    steps: list[Progress] = []
    answer = tried(_question(8, *_stretches(deadlines)), steps.append)
    assert [step.done for step in steps] == list(range(1, 9))
    shares = [row.in_time for row in answer.rows]
    assert shares == sorted(shares)
    assert answer.enough is not None
    assert 1 < answer.enough < 8
    before, enough = (answer.rows[number - 1] for number in (answer.enough - 1, answer.enough))
    assert all(one.in_time >= 0.9 for one in enough.levels)
    assert any(one.in_time < 0.9 for one in before.levels)


def test_a_week_that_is_known_in_part_is_not_looked_at(deadlines: Deadlines) -> None:
    oldest = min(one.from_ms for one in _stretches(deadlines))
    weeks = [
        len(
            stretches_of(
                [one for one in _waits() if one.arrived_ms >= since_ms],
                weekday=0,
                hours=(8, 12),
                since_ms=since_ms,
                now_ms=TUESDAY,
                calendar=Calendar(ZONE),
                deadlines=deadlines,
            )
        )
        for since_ms in (oldest - WARM_UP_H * HOUR_MS, oldest + HOUR_MS)
    ]
    assert weeks == [9, 8]


def test_one_nurse_takes_as_many_as_the_unit_gives_at_once_and_the_next_waits() -> None:
    level: Level = "urgent"
    came = tuple(
        Past(TUESDAY + number, TUESDAY + 30 * MINUTE_MS, TUESDAY + 30 * MINUTE_MS, level, 60 * MINUTE_MS)
        for number in range(9)
    )
    stretch = Stretch(TUESDAY, TUESDAY + HOUR_MS, came)
    fewer = tried(_question(3, stretch, at_once=4), lambda _: None)
    assert [round(row.in_time, 3) for row in fewer.rows] == [0.444, 0.889, 1.0]
    answer = tried(_question(2, stretch), lambda _: None)
    assert [round(row.in_time, 3) for row in answer.rows] == [0.889, 1.0]
    assert answer.rows[0].levels[0].p95_min == pytest.approx(60, abs=0.01)
    assert answer.enough == 2


async def test_it_is_worked_out_beside_with_how_far_it_is(deadlines: Deadlines) -> None:
    trials, told, over = Trials(), list[Told](), asyncio.Event()
    question = _question(3, *_stretches(deadlines))

    def tell(one: Told) -> None:
        told.append(one)
        if not isinstance(one, Progress):
            over.set()

    trials.begin(question, asked_by="staff:karin", tell=tell)
    with pytest.raises(FyrError, match="too_fast"):
        trials.begin(question, asked_by="staff:karin", tell=tell)
    async with asyncio.timeout(60):
        await over.wait()
    assert told[:-1] == [Progress(number, 3) for number in (1, 2, 3)]
    assert isinstance(told[-1], Answer)
    assert told[-1] == await asyncio.to_thread(tried, question, lambda _: None)
    await trials.stop()


async def test_what_takes_too_long_comes_to_nothing(deadlines: Deadlines) -> None:
    trials, told = Trials(within_s=0.05), asyncio.Queue[Told]()
    trials.begin(_question(15, *_stretches(deadlines)), asked_by="staff:karin", tell=told.put_nowait)
    async with asyncio.timeout(30):
        assert await told.get() is None
    await trials.stop()
