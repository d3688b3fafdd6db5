"""Deadlines that could harm are refused at start, with every problem named."""

import pytest
import yaml

from carequeue.deadlines import LEVELS, load_deadlines, parse_deadlines
from core.errors import FyrError

ROW = {"grace_min": 0, "round_the_clock": True, "source": "test", "review": "proposed"}


def written(**changes: dict[str, object]) -> str:
    """A valid file with some levels' fields changed."""
    levels: dict[str, dict[str, object]] = {
        level: {**ROW, "target_min": 10 * place} for place, level in enumerate(LEVELS, start=1)
    }
    for level, fields in changes.items():
        levels[level] |= fields
    return yaml.safe_dump({"version": 1, "levels": levels, "units": {}})


def problems(text: str) -> str:
    with pytest.raises(FyrError) as refusal:
        parse_deadlines(text)
    assert refusal.value.code == "content_invalid"
    return str(refusal.value.data["problems"])


def test_the_shipped_file_is_accepted() -> None:
    assert load_deadlines().of("any", "urgent").target_min == 30


def test_the_file_of_these_tests_is_accepted() -> None:
    assert parse_deadlines(written()).of("any", "urgent").target_min == 30


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"urgent": {"target_min": 0}}, "urgent: target_min"),
        ({"urgent": {"grace_min": -1}}, "urgent: grace_min"),
        ({"urgent": {"target_min": 10**9}}, "urgent: target_min"),
        ({"urgent": {"source": " "}}, "urgent: no source"),
        ({"urgent": {"grace_min": 500}}, "within_24h would be served before urgent"),
        ({"urgent": {"target_min": 45}}, "within_24h promises an answer sooner than urgent"),
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
    deadlines = parse_deadlines(yaml.safe_dump(content))
    assert deadlines.of("hamnen", "urgent").target_min == 20
    assert deadlines.of("lyktan", "urgent").target_min == 30
    assert deadlines.of("hamnen", "routine") == deadlines.of("lyktan", "routine")
    content["units"] = {"hamnen": {"urgent": {**ROW, "target_min": 5}}}
    assert "units.hamnen: urgent promises an answer sooner than very_urgent" in problems(yaml.safe_dump(content))
