"""NEWS2 against the chart, qSOFA and CRB-65 against their definitions."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from triage.rules.scores import NEWS2_ITEMS, crb65, news2, qsofa

NORMAL: dict[str, float] = {"rr": 16, "spo2": 98, "oxygen": 0, "sbp": 120, "hr": 70, "consciousness": 0, "temp": 37.0}
CHART: list[tuple[str, list[tuple[float, int]]]] = [
    ("rr", [(8, 3), (9, 1), (11, 1), (12, 0), (20, 0), (21, 2), (24, 2), (25, 3)]),
    ("spo2", [(91, 3), (92, 2), (93, 2), (94, 1), (95, 1), (96, 0)]),
    ("oxygen", [(0, 0), (1, 2)]),
    ("sbp", [(90, 3), (91, 2), (100, 2), (101, 1), (110, 1), (111, 0), (219, 0), (220, 3)]),
    ("hr", [(40, 3), (41, 1), (50, 1), (51, 0), (90, 0), (91, 1), (110, 1), (111, 2), (130, 2), (131, 3)]),
    ("consciousness", [(0, 0), (1, 3)]),
    ("temp", [(35.0, 3), (35.1, 1), (36.0, 1), (36.1, 0), (38.0, 0), (38.1, 1), (39.0, 1), (39.1, 2)]),
]
CELLS = [(name, value, points) for name, row in CHART for value, points in row]


@pytest.mark.parametrize(("name", "value", "points"), CELLS)
def test_news2_is_the_chart(name: str, value: float, points: int) -> None:
    score = news2({**NORMAL, name: value})
    assert (score.points, score.highest_single, score.complete) == (points, points, True)


@pytest.mark.parametrize(
    ("spo2", "oxygen", "points"),
    [
        *[(83, 0, 3), (84, 0, 2), (85, 0, 2), (86, 0, 1), (87, 0, 1), (88, 0, 0), (92, 0, 0), (97, 0, 0)],
        *[(92, 1, 0), (93, 1, 1), (94, 1, 1), (95, 1, 2), (96, 1, 2), (97, 1, 3)],
    ],
)
def test_saturation_scale_2_is_the_chart(spo2: float, oxygen: int, points: int) -> None:
    score = news2({**NORMAL, "spo2": spo2, "oxygen": oxygen}, prescribed_88_92=True)
    assert score.points == points + 2 * oxygen


def test_the_worked_example_is_eighteen() -> None:
    vitals: dict[str, float] = {
        "rr": 25,
        "spo2": 93,
        "oxygen": 1,
        "sbp": 90,
        "hr": 40,
        "consciousness": 1,
        "temp": 35.0,
    }
    assert news2(vitals, prescribed_88_92=True).points == 18


@given(st.sets(st.sampled_from(NEWS2_ITEMS)))
def test_a_missing_value_makes_the_score_a_lower_bound(kept: set[str]) -> None:
    worst: dict[str, float] = {"rr": 25, "spo2": 90, "oxygen": 1, "sbp": 80, "hr": 140, "consciousness": 1, "temp": 40}
    score = news2({name: worst[name] for name in kept})
    assert score.points <= news2(worst).points <= score.most
    assert set(score.missing) == set(NEWS2_ITEMS) - kept


@pytest.mark.parametrize(
    ("vitals", "points"),
    [
        ({"rr": 22, "sbp": 100, "consciousness": 1}, 3),
        ({"rr": 21, "sbp": 101, "consciousness": 0}, 0),
        ({"rr": 22, "sbp": 100}, 2),
    ],
)
def test_qsofa(vitals: dict[str, float], points: int) -> None:
    assert qsofa(vitals).points == points


@pytest.mark.parametrize(
    ("vitals", "age_y", "points"),
    [
        ({"rr": 30, "sbp": 90, "dbp": 70, "consciousness": 1}, 65, 4),
        ({"rr": 29, "sbp": 91, "dbp": 61, "consciousness": 0}, 64, 0),
        ({"rr": 29, "sbp": 120, "dbp": 60, "consciousness": 0}, 64, 1),
        ({"dbp": 60}, None, 1),
    ],
)
def test_crb65(vitals: dict[str, float], age_y: float | None, points: int) -> None:
    assert crb65(vitals, age_y=age_y).points == points
