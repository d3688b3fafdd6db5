"""The fairness sheet: held against one that is worked out slowly and otherwise, and it gives no small group away."""

import csv
import io
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from carequeue.deadlines import LEVELS, MINUTE_MS
from carequeue.fairness.sheet import FEWEST, HEAD, Cell, Sheet, month_span, sheet_csv, sheet_of, too_small
from carequeue.waited.wait import AGE_GROUPS, EndedWait, age_group
from core.errors import FyrError
from core.ids import ContactId

ZONE = ZoneInfo("Europe/Stockholm")
BEGAN = int(datetime(2026, 11, 2, tzinfo=UTC).timestamp() * 1000)


@st.composite
def waits(draw: st.DrawFn) -> EndedWait:
    """Somebody who came in that month."""
    arrived_ms = BEGAN + draw(st.integers(0, 2_000)) * MINUTE_MS
    return EndedWait(
        contact_id=ContactId("c"),
        began_ms=arrived_ms,
        unit_id="hamnen",
        level=draw(st.sampled_from(LEVELS[1:4])),
        arrived_ms=arrived_ms,
        target_ms=arrived_ms + 30 * MINUTE_MS,
        first=draw(st.sampled_from((True, True, True, False))),
        ended_ms=arrived_ms + draw(st.integers(0, 120)) * MINUTE_MS,
        taken=draw(st.sampled_from((True, True, True, False))),
        age_group=draw(st.sampled_from(AGE_GROUPS[1:4])),
        lang=draw(st.sampled_from(("sv", "nb", "ar"))),
    )


def _slowly(found: list[EndedWait]) -> dict[tuple[str, str], tuple[int, float, float, float, float]]:
    """Every group's figures, each looked for anew among all: nothing is left out for being small."""
    counted = [one for one in found if one.first if one.taken]
    keys = {
        (by, str(value))
        for one in counted
        for by, value in (("level", one.level), ("age_group", one.age_group), ("lang", one.lang), ("hour", _hour(one)))
    }
    told = {}
    for by, name in keys:
        here = [one for one in counted if (_hour(one) if by == "hour" else getattr(one, by)) == name]
        minutes = [(one.ended_ms - one.arrived_ms) / MINUTE_MS for one in here]
        expected = 0.0
        for one in here:
            alike = [other for other in counted if other.level == one.level]
            expected += len([other for other in alike if other.ended_ms <= other.target_ms]) / len(alike)
        told[by, name] = (
            len(here),
            _ranked(minutes, 50),
            _ranked(minutes, 95),
            len([one for one in here if one.ended_ms <= one.target_ms]) / len(here),
            expected / len(here),
        )
    return told


def _hour(one: EndedWait) -> str:
    wall = (datetime(1970, 1, 1, tzinfo=UTC) + timedelta(milliseconds=one.arrived_ms)).astimezone(ZONE)
    return wall.strftime("%H")


def _ranked(minutes: list[float], per_cent: int) -> float:
    """The first, from below, with at least so many per cent at or below it."""
    for one in sorted(minutes):
        if 100 * len([other for other in minutes if other <= one]) >= per_cent * len(minutes):
            return one
    raise AssertionError(minutes)


def _sheet(found: list[EndedWait]) -> Sheet:
    return sheet_of(found, unit_id="hamnen", month="2026-11", zone=ZONE)


@given(st.lists(waits(), max_size=60))
def test_it_is_what_it_comes_to_when_worked_out_slowly(found: list[EndedWait]) -> None:
    slowly, sheet = _slowly(found), _sheet(found)
    for cell in sheet.cells:
        number, median, p95, in_time, expected = slowly[cell.by, cell.group]
        if cell.contacts is None:
            continue
        assert (cell.contacts, cell.median_min, cell.p95_min) == (number, median, p95)
        assert cell.in_time == pytest.approx(in_time)
        assert cell.expected is None if cell.by == "level" else cell.expected == pytest.approx(expected)
    if sheet.contacts is not None:
        assert {(cell.by, cell.group) for cell in sheet.cells} == slowly.keys()


@given(st.lists(waits(), max_size=60))
def test_no_small_group_is_told_and_none_can_be_worked_out(found: list[EndedWait]) -> None:
    slowly, sheet = _slowly(found), _sheet(found)
    for by in ("level", "age_group", "lang", "hour"):
        cells = [cell for cell in sheet.cells if cell.by == by]
        hidden = [cell for cell in cells if cell.contacts is None]
        assert all(cell[3:] == (None,) * 4 for cell in hidden)
        assert all(slowly[cell.by, cell.group][0] >= FEWEST for cell in cells if cell not in hidden)
        assert len(hidden) != 1 or len(cells) == 1
    assert (sheet.contacts is None) == (sum(one.first and one.taken for one in found) < FEWEST)


@given(st.lists(st.integers(1, 30), max_size=24))
def test_what_is_not_told_is_not_known_from_the_whole(numbers: list[int]) -> None:
    hidden = [numbers[place] for place in too_small(numbers)]
    if hidden and len(hidden) < len(numbers):
        assert len(hidden) > 1
        assert sum(hidden) >= FEWEST


def test_the_file_has_a_head_and_few_is_told_as_few() -> None:
    cells = (
        Cell("level", "urgent", 20, 4.0, 12.25, 0.95, None),
        Cell("lang", "ar", None, None, None, None, None),
    )
    rows = list(csv.reader(io.StringIO(sheet_csv(Sheet("hamnen", "2026-11", 23, cells)))))
    assert tuple(rows[0]) == HEAD
    assert rows[1] == ["hamnen", "2026-11", "all", "all", "23"]
    assert rows[2] == ["hamnen", "2026-11", "level", "urgent", "20", "4.0", "12.2", "0.950", ""]
    assert rows[3] == ["hamnen", "2026-11", "lang", "ar", "", "", "", "", ""]
    few = list(csv.reader(io.StringIO(sheet_csv(Sheet("hamnen", "2026-11", None, ())))))
    assert few[1] == ["hamnen", "2026-11", "all", "all", "<5"]


def test_a_month_is_that_of_the_clock_on_the_wall() -> None:
    since_ms, until_ms = month_span("2026-03", ZONE)
    assert (until_ms - since_ms) / (60 * MINUTE_MS) == 31 * 24 - 1  # an hour is lost to summer time
    assert month_span("2026-12", ZONE)[1] == month_span("2027-01", ZONE)[0]
    for wrong in ("2026-13", "november", "", "0001-01", "9999-12", "2026-1", "2026-11\n"):
        with pytest.raises(FyrError, match="bad_request"):
            month_span(wrong, ZONE)


@pytest.mark.parametrize(
    ("age_y", "age_m", "group"),
    [
        (0, None, "0-5"),
        (None, 71, "0-5"),
        (None, 72, "6-17"),
        (17, None, "6-17"),
        (18, 900, "18-44"),
        (80, None, "80+"),
    ],
)
def test_ages_fall_into_groups(age_y: int | None, age_m: int | None, group: str) -> None:
    assert age_group(age_y, age_m) == group
    assert age_group(None) == "unknown"
