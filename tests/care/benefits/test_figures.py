"""The figures are what an independent, slow working-out makes of the raw entries; and nothing is told of too few."""

import csv
import io
from collections.abc import AsyncIterator

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from sqlalchemy import insert

from care.benefits.baseline import Before
from care.benefits.comparing import Compared, difference
from care.benefits.figure import Figure, as_told, figures_of, worked_out
from care.benefits.interval import of_quantile, wilson
from care.benefits.kpis import KPIS, Better, minutes_of
from care.benefits.sheet import HEAD, Column, sheet_csv
from care.benefits.spans import Stretch, months, phases
from care.benefits.store import Span
from care.booking.store import booking_seat
from carequeue.deadlines import LEVELS
from core.clock import to_ms
from core.errors import FyrError
from core.ids import ContactId, contact_stream, new_id
from core.log.entry import Entry
from core.rollout.functions import Decided, Phase
from core.storage.sql import Database
from core.zones import ZONES
from tests.care.benefits.clinic import START, Clinic, Step
from tests.care.benefits.slowly import Slow

ZONE = ZONES["se"]
REASONS = ("self_care_advice", "abandoned", "called_112_113", "duplicate", "video_done")


@pytest.fixture
async def clinic(database: Database) -> AsyncIterator[Clinic]:
    async with Clinic(database).running() as one:
        yield one


@st.composite
def histories(draw: st.DrawFn) -> list[Step]:
    """What a contact may go through: closed only while it is open, opened again only while it is closed."""
    steps, closed = list[Step](), False
    for _ in range(draw(st.integers(0, 7))):
        open_steps = ("assessed", "not_understood", "told", "replied", "reached", "not_reached", "visit", "form")
        what = (
            "reopened"
            if closed
            else draw(st.sampled_from((*open_steps, "claimed", "set", "moved", "closed", "closed")))
        )
        closed = what == "closed"
        after = draw(st.sampled_from((0, 1, 7, 45, 600, 4319, 4320, 4321)))
        steps.append(Step(after, what, draw(st.sampled_from(LEVELS)), draw(st.sampled_from(REASONS))))
    return steps


async def compared(clinic: Clinic, contacts: dict[ContactId, str], unit_id: str, span: Span) -> int:
    """Hold every figure against the slow working-out; gives how many there were."""
    raw: dict[str, tuple[str, list[Entry]]] = {}
    for contact_id, person_id in contacts.items():
        raw[contact_id] = (person_id, await clinic.log.entries(contact_stream(contact_id)))
    now_ms = clinic.clock.ms()
    slow = Slow(raw, clinic.deadlines, now_ms).figures(unit_id, *span)
    counted = await clinic.rows.counted(unit_id, span, now_ms=now_ms)
    of_rounds = [kpi for kpi in KPIS if kpi.name not in ("no_show", "use_booking")]
    fast = {(one.name, one.level): one[3:6] for kpi in of_rounds for one in worked_out(kpi, counted)}
    assert fast == slow
    return len(fast)


ONE_OF_EACH = [
    [
        Step(0, "assessed", "routine"),
        Step(5, "claimed"),
        Step(1, "replied"),
        Step(9, "set", "urgent"),
        Step(1, "closed"),
    ],
    [Step(1, "assessed", "urgent"), Step(700, "closed", reason="abandoned"), Step(4319, "reopened"), Step(1, "visit")],
    [
        Step(1, "not_understood", "immediate"),
        Step(0, "moved"),
        Step(2, "not_reached"),
        Step(2, "reached"),
        Step(1, "form"),
    ],
    [
        Step(1, "assessed", "urgent"),
        Step(1, "set", "self_care"),
        Step(2, "replied"),
        Step(1, "closed", reason="duplicate"),
    ],
    [Step(1, "not_understood", "immediate"), Step(1, "set", "routine"), Step(1, "replied")],
    [Step(1, "assessed", "urgent"), Step(1, "closed"), Step(4320, "reopened"), Step(4321, "replied")],
]


@settings(max_examples=6, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(histories(), st.sampled_from(("", "ada", "bo"))), min_size=1, max_size=4))
@example([(steps, "ada") for steps in ONE_OF_EACH])
async def test_every_figure_is_what_the_raw_log_says(clinic: Clinic, lived: list[tuple[list[Step], str]]) -> None:
    unit_id, since_ms = f"unit-{new_id()}", clinic.clock.ms()
    contacts = {}
    for steps, name in lived:
        person_id = f"{name}-{unit_id}" if name else ""
        contacts[await clinic.live(unit_id, steps, person_id=person_id)] = person_id
        await clinic.keeper.look()
    assert await clinic.keeper.look() == 0, "nothing is made twice"
    middle_ms, until_ms = (since_ms + clinic.clock.ms()) // 2, clinic.clock.ms() + 1
    for span in (Span(since_ms, until_ms), Span(since_ms, middle_ms), Span(middle_ms, until_ms)):
        assert await compared(clinic, contacts, unit_id, span) >= len(KPIS) - 2
        await compared(clinic, contacts, f"{unit_id}-other", span)


async def test_missed_times_are_counted_from_the_seats(database: Database, clinic: Clinic) -> None:
    began_ms, rows = to_ms(START), []
    for number, status in enumerate(("attended",) * 6 + ("missed",) * 2 + ("booked", "free", "offered")):
        seat = {"seat_id": f"s{number}", "slot_id": "s", "number": number, "schedule_id": "s", "clinician_id": "sara"}
        times = {"start_ms": began_ms, "end_ms": began_ms + 1, "changed_ms": 0}
        rows.append(
            {**seat, **times, "unit_id": "hamnen", "type": "video", "status": status, "moved_from": "", "series_id": ""}
        )
    async with database.write() as connection:
        await connection.execute(insert(booking_seat), rows)
    counted = await clinic.rows.counted("hamnen", Span(began_ms, began_ms + 1), now_ms=began_ms)
    figures = {one.name: one[3:6] for one in figures_of(counted)}
    assert figures["no_show"] == (2, 8, 0.25)
    assert figures["use_booking"] == (None, None, 9.0)
    assert figures["in_time"] == (0, 0, None)
    assert await clinic.rows.first_ms("hamnen") is None


def before(value: float, among: int | None = None) -> Before:
    return Before(
        value=value, among=among, source="survey", from_month="2025-01", until_month="2025-12", name="Karin", set_ms=0
    )


def share_of(count: int, among: int) -> Figure:
    return Figure("in_time", "all", "share", count, among, count / among, *wilson(count / among, among))


def waited(waits: dict[int, int]) -> Figure:
    among, value = sum(waits.values()), minutes_of(waits, 50)
    return Figure("reply_median", "all", "minutes", None, among, value, *of_quantile(waits, 50))


FEW = Figure("in_time", "all", "share", None, None, None, few=True)


@pytest.mark.parametrize(
    ("figure", "held", "better", "told"),
    [
        (share_of(80, 100), before(0.5), "up", "better"),
        (share_of(20, 100), before(0.5), "up", "worse"),
        (share_of(80, 100), before(0.5), "down", "worse"),
        (share_of(20, 100), before(0.5), "down", "better"),
        (share_of(80, 100), before(0.5), "neither", "more"),
        (share_of(20, 100), before(0.5), "neither", "less"),
        (share_of(55, 100), before(0.5), "up", "unclear"),
        (share_of(60, 100), before(0.5), "up", "better"),
        (share_of(60, 100), before(0.5, 20), "up", "unclear"),
        (share_of(5, 5), before(0.6), "up", "unclear"),
        (FEW, before(0.5), "up", "too_few"),
        (Figure("in_time", "all", "share", 0, 0, None), before(0.5), "up", "too_few"),
        (waited({600: 50, 660: 50}), before(20.0), "down", "better"),
        (waited({600: 50, 660: 50}), before(5.0), "down", "worse"),
        (waited({600: 50, 660: 50}), before(10.5), "down", "unclear"),
        (waited({600: 5}), before(20.0), "down", "unclear"),
    ],
)
def test_losses_are_told_as_gains_are_and_chance_is_neither(
    figure: Figure, held: Before, better: Better, told: Compared
) -> None:
    assert difference(figure, held, better) == (held.value, told)


def test_intervals_are_the_published_ones() -> None:
    """Newcombe's table I (1998), method 3 for one share; the median's ranks of a hundred: 40 and 61."""
    assert [round(one, 4) for one in wilson(81 / 263, 263)] == [0.2553, 0.3662]
    assert [round(one, 4) for one in wilson(0.0, 20)] == [0.0, 0.1611]
    assert of_quantile({60 * second: 1 for second in range(1, 101)}, 50) == (40, 61)


@given(st.lists(st.integers(1, 12), min_size=1, max_size=6))
@example([4, 9, 9])
@example([1, 3])
@example([2, 2, 2])
def test_no_small_group_is_told_and_none_can_be_worked_out(numbers: list[int]) -> None:
    levels = [
        Figure("in_time", level, "share", 1, number, 1 / number) for level, number in zip(LEVELS, numbers, strict=False)
    ]
    whole, *shown = as_told([Figure("in_time", "all", "share", 1, sum(numbers), 0.5), *levels])
    assert whole.few == (sum(numbers) < 5)
    secret = [number for number, one in zip(numbers, shown, strict=False) if one.few]
    assert all(one.denominator is None and one.numerator is None and one.value is None for one in shown if one.few)
    assert all(number >= 5 for number, one in zip(numbers, shown, strict=False) if not one.few)
    assert not secret or len(shown) == len(secret) or (len(secret) > 1 and sum(secret) >= 5)
    assert shown or whole.few


def test_months_and_phases_are_the_only_stretches() -> None:
    two = months("2026-10", "2026-11", ZONE)
    assert [one.month for one in two] == ["2026-10", "2026-11"]
    assert two[0].span.until_ms - two[0].span.from_ms == (31 * 24 + 1) * 3_600_000, "the clocks go back"
    for first, last in (("2026-11", "2026-10"), ("2024-10", "2026-11"), ("2026-13", "2026-13"), ("2026-10", "2026-1")):
        with pytest.raises(FyrError, match="bad_request"):
            months(first, last, ZONE)
    day = two[1].span.from_ms
    decided = Decided(
        phases=(
            Phase(state="on", from_on=START.date().replace(year=2000)),
            Phase(state="invited", from_on=START.date().replace(month=11)),
            Phase(state="on", from_on=START.date().replace(year=2030)),
        )
    )
    found = phases(decided, ZONE, since_ms=day - 9, now_ms=day + 9)
    assert found == [Stretch(Span(day - 9, day), "", "on"), Stretch(Span(day, day + 9), "", "invited")]
    assert phases(Decided(), ZONE, since_ms=1, now_ms=2) == [Stretch(Span(1, 2), "", "off")]


def test_the_file_has_every_figure_and_says_what_is_of_too_few() -> None:
    stretch = months("2026-11", "2026-11", ZONE)[0]
    figures = (
        Figure("in_time", "all", "share", 30, 40, 0.75, *wilson(0.75, 40)),
        Figure("reply_median", "urgent", "minutes", None, 40, 12.34),
        Figure("in_time", "urgent", "share", None, None, None, few=True),
        Figure("use_forms", "all", "number", None, None, None, few=True),
        Figure("use_chat", "all", "number", None, None, 40.0),
    )
    text = sheet_csv("hamnen", [Column(stretch, figures)], {"in_time": before(0.5)}, zone=ZONE)
    head, *rows = csv.reader(io.StringIO(text))
    assert tuple(head) == HEAD
    assert {tuple(row[:4]) for row in rows} == {
        ("hamnen", "2026-11-01T00:00:00+01:00", "2026-12-01T00:00:00+01:00", "")
    }
    assert [row[4:] for row in rows] == [
        ["in_time", "all", "30", "40", "0.750", "share", "0.598", "0.858", "0.500", "better"],
        ["reply_median", "urgent", "", "40", "12.3", "minutes", "", "", "", ""],
        ["in_time", "urgent", "", "<5", "", "share", "", "", "", ""],
        ["use_forms", "all", "", "", "<5", "number", "", "", "", ""],
        ["use_chat", "all", "", "", "40", "number", "", "", "", ""],
    ]
