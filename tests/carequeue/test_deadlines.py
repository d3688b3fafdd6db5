"""Deadlines that could harm are refused at start, with every problem named."""

import pytest
import yaml

from carequeue.deadlines import LEVELS, load_deadlines, parse_deadlines
from carequeue.holidays import Country
from core.errors import FyrError

ROW = {"grace_min": 0, "round_the_clock": True, "source": "test", "review": "proposed"}
HOURS = {"zone": "Europe/Oslo", "country": "no", "week": {"mon": ["08:00-12:00"]}, "source": "test"}
IN_OPENING_TIME: dict[str, object] = {"target_min": 300, "round_the_clock": False}
LATER = {"routine": IN_OPENING_TIME, "self_care": IN_OPENING_TIME}
MONDAY_0900_MS = 1_764_576_000_000
HOUR_MS = 3_600_000


def written(**changes: dict[str, object]) -> str:
    """A valid file with some levels' fields changed."""
    levels: dict[str, dict[str, object]] = {
        level: {**ROW, "target_min": 10 * place} for place, level in enumerate(LEVELS, start=1)
    }
    for level, fields in changes.items():
        levels[level] |= fields
    return yaml.safe_dump({"version": 1, "levels": levels, "units": {}})


def hours(**changes: object) -> str:
    return yaml.safe_dump({"version": 1, "standard": {**HOURS, **changes}, "units": {}})


def problems(levels: str, opening: str | None = None) -> str:
    with pytest.raises(FyrError) as refusal:
        parse_deadlines(levels, opening or hours())
    assert refusal.value.code == "content_invalid"
    return str(refusal.value.data["problems"])


@pytest.mark.parametrize("country", ["se", "no"])
def test_the_shipped_files_are_accepted(country: Country) -> None:
    assert load_deadlines(country).of("any", "urgent").target_min == 30


def test_the_files_of_these_tests_are_accepted() -> None:
    assert parse_deadlines(written(), hours()).of("any", "urgent").target_min == 30


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"urgent": {"target_min": 0}}, "urgent: target_min"),
        ({"urgent": {"grace_min": -1}}, "urgent: grace_min"),
        ({"urgent": {"target_min": 10**9}}, "urgent: target_min"),
        ({"urgent": {"source": " "}}, "urgent: no source"),
        ({"urgent": {"grace_min": 500}}, "within_24h would be served before urgent"),
        ({"urgent": {"target_min": 45}}, "within_24h promises an answer sooner than urgent"),
        ({"urgent": {"round_the_clock": False}}, "within_24h runs day and night and urgent does not"),
        ({"urgent": {"review": "surely"}}, "review"),
        ({"urgent": {"target": 5}}, "target"),
    ],
)
def test_a_row_that_could_harm_is_refused(changes: dict[str, dict[str, object]], told: str) -> None:
    assert told in problems(written(**changes))


def test_a_missing_level_is_refused() -> None:
    content = yaml.safe_load(written())
    del content["levels"]["routine"]
    assert "routine is missing" in problems(yaml.safe_dump(content))


def test_what_is_no_yaml_is_refused() -> None:
    assert "deadlines.yaml" in problems("levels: [")


def test_a_unit_may_promise_something_else_but_nothing_harmful() -> None:
    content = yaml.safe_load(written())
    content["units"] = {"hamnen": {"urgent": {**ROW, "target_min": 20}}}
    deadlines = parse_deadlines(yaml.safe_dump(content), hours())
    assert deadlines.of("hamnen", "urgent").target_min == 20
    assert deadlines.of("lyktan", "urgent").target_min == 30
    assert deadlines.of("hamnen", "routine") == deadlines.of("lyktan", "routine")
    content["units"] = {"hamnen": {"urgent": {**ROW, "target_min": 5}}}
    assert "units.hamnen: urgent promises an answer sooner than very_urgent" in problems(yaml.safe_dump(content))


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"zone": "Europe/Atlantis"}, "no time zone Europe/Atlantis"),
        ({"zone": "../etc"}, "no time zone"),
        ({"week": {}}, "never open"),
        ({"week": {"mon": ["12:00-08:00"]}}, "ends before it begins"),
        ({"week": {"mon": ["08:00-12:00", "11:00-13:00"]}}, "overlap"),
        ({"week": {"mon": ["8-12"]}}, "not a time"),
        ({"week": {"mon": ["08:00-25:00"]}}, "not a time"),
        ({"week": {"mon": ["08:60-12:00"]}}, "not a time"),
        ({"week": {"monday": ["08:00-12:00"]}}, "monday"),
        ({"country": "dk"}, "dk"),
    ],
)
def test_hours_that_make_no_sense_are_refused(changes: dict[str, object], told: str) -> None:
    assert told in problems(written(), hours(**changes))


def test_opening_time_counts_only_for_levels_that_do_not_run_day_and_night() -> None:
    """Four hours open on Mondays only: five opening hours end on the next Monday at nine."""
    deadlines = parse_deadlines(written(**LATER), hours(week={"mon": ["08:00-12:00"]}))
    monday_0800_ms = MONDAY_0900_MS - HOUR_MS
    assert deadlines.target_ms("any", "urgent", arrived_ms=monday_0800_ms) == monday_0800_ms + HOUR_MS // 2
    week_ms = 7 * 24 * HOUR_MS
    assert deadlines.target_ms("any", "routine", arrived_ms=monday_0800_ms) == MONDAY_0900_MS + week_ms


def test_a_unit_may_have_hours_of_its_own() -> None:
    content = yaml.safe_load(hours())
    content["units"] = {"hamnen": {**HOURS, "week": {"mon": ["00:00-24:00"]}}}
    deadlines = parse_deadlines(written(**LATER), yaml.safe_dump(content))
    arrived_ms = MONDAY_0900_MS
    assert deadlines.due_ms("hamnen", "routine", arrived_ms=arrived_ms) == arrived_ms + 5 * HOUR_MS
    assert deadlines.due_ms("lyktan", "routine", arrived_ms=arrived_ms) > arrived_ms + 5 * HOUR_MS
