"""Values measured at home, judged by a patient's own plan: tables a nurse can read, and laws."""

from decimal import Decimal
from fractions import Fraction
from typing import Any

import msgspec
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from core.errors import FyrError
from triage.rules.scores import NEWS2_ITEMS
from triage.thresholds.judge import AGAIN_MS, Verdict, judge
from triage.thresholds.known import Known
from triage.thresholds.measures import MEASURES, Measure
from triage.thresholds.missing import active_ms
from triage.thresholds.plan import WORSE, Expected, Limit, Plan, bound, problems_of
from triage.thresholds.reading import DAY_MS, HOUR_MS, MINUTE_MS, Answer, Pause, Reading, Told, check_unit
from triage.thresholds.units import SCALES, converted, shown
from triage.urgency import RANK

NOW_MS = 100 * DAY_MS
BUSY = [HealthCheck.too_slow]
"""How fast examples are made says only how busy the machine is."""
LIMITS: list[dict[str, Any]] = [
    {"id": "spo2_low", "zone": "red", "urgency": "very_urgent", "all": [{"m": "spo2", "is": "<88"}]},
    {"id": "spo2_own", "zone": "yellow", "urgency": "within_24h", "all": [{"m": "spo2", "from_baseline": "<=-3"}],
     "persists": True},
    {"id": "heavier", "zone": "yellow", "urgency": "within_24h",
     "all": [{"m": "weight", "change": ">=2", "within_h": 72}]},
    {"id": "heavier_and_breathless", "zone": "red", "urgency": "very_urgent",
     "all": [{"m": "weight", "change": ">=2", "within_h": 72}, {"a": "breathless"}]},
    {"id": "thinner", "zone": "yellow", "urgency": "routine",
     "all": [{"m": "weight", "change": "<=-4", "within_h": 168}]},
    {"id": "acid", "zone": "red", "urgency": "very_urgent",
     "all": [{"m": "glucose", "is": ">15"}], "any": [{"m": "ketones", "is": ">=1.5"}, {"a": "vomits"}]},
    {"id": "chest_pain", "zone": "red", "urgency": "immediate", "all": [{"a": "chest_pain"}]},
    {"id": "news2", "zone": "red", "urgency": "immediate", "all": [{"news2": ">=7"}]},
]  # fmt: skip
PLAN = Plan(
    from_ms=NOW_MS - 30 * DAY_MS,
    limits=tuple(msgspec.convert(LIMITS, list[Limit])),
    expected=(Expected(measure="spo2", every_h=24), Expected(measure="weight", every_h=24, urgency="urgent")),
    baseline={"spo2": Decimal(93)},
    symptoms=frozenset({"breathless", "vomits", "chest_pain"}),
)


def reading(measure: Measure, value: str | float, ago_h: float = 0, **more: Any) -> Reading:
    unit = more.pop("unit", MEASURES[measure].units[0])
    at_ms = NOW_MS - round(ago_h * HOUR_MS)
    return Reading(measure=measure, value=Decimal(str(value)), unit=unit, at_ms=at_ms, **more)


def yes(question: str, ago_h: float = 0) -> Answer:
    return Answer(question=question, yes=True, at_ms=NOW_MS - round(ago_h * HOUR_MS))


def judged(*told: Reading | Answer | Pause, plan: Plan = PLAN, now_ms: int = NOW_MS) -> Verdict:
    return judge(
        plan,
        Told(
            readings=tuple(one for one in told if isinstance(one, Reading)),
            answers=tuple(one for one in told if isinstance(one, Answer)),
            pauses=tuple(one for one in told if isinstance(one, Pause)),
        ),
        now_ms=now_ms,
    )


def limits(verdict: Verdict) -> set[str]:
    return {one.limit for one in verdict.fired}


WELL = reading("weight", 80)
TABLE: list[tuple[str, list[Reading | Answer], set[str], str]] = [
    ("as usual", [reading("spo2", 92), WELL], set(), "green"),
    ("one value below the own is seen, and no alarm", [reading("spo2", 90), WELL], set(), "green"),
    ("two of three below the own", [reading("spo2", 90, 48), reading("spo2", 92, 24), reading("spo2", 90)],
     {"spo2_own"}, "yellow"),
    ("two sittings of half an hour count as one", [reading("spo2", 90, 0.4), reading("spo2", 90)], set(), "green"),
    ("red at once", [reading("spo2", 87)], {"spo2_low"}, "red"),
    ("the limit itself is not below it", [reading("spo2", 88)], set(), "green"),
    ("red, and well when measured again", [reading("spo2", 84, 0.2), reading("spo2", 93)], set(), "green"),
    ("red twice, and measured until it looked well",
     [reading("spo2", 84, 0.3), reading("spo2", 85, 0.2), reading("spo2", 93)], {"spo2_low"}, "red"),
    ("red this morning and not since", [reading("spo2", 84, 5), reading("spo2", 93)], {"spo2_low"}, "yellow"),
    ("red the day before yesterday", [reading("spo2", 84, 47), reading("spo2", 93)], set(), "green"),
    ("2 kg in three days", [reading("weight", 78, 72), reading("weight", 80)], {"heavier"}, "yellow"),
    ("2 kg in three days, in pounds", [reading("weight", "172", 71, unit="lb"), reading("weight", "176.5", unit="lb")],
     {"heavier"}, "yellow"),
    ("2 kg in four days", [reading("weight", 78, 73), reading("weight", 80)], set(), "green"),
    ("and breathless", [reading("weight", 78, 48), reading("weight", 80), yes("breathless")],
     {"heavier", "heavier_and_breathless"}, "red"),
    ("4 kg lost in a week", [reading("weight", 84, 160), reading("weight", 80)], {"thinner"}, "yellow"),
    ("a scale's slip is nothing to compare with", [reading("weight", 10, 24), reading("weight", 80)], set(), "green"),
    ("high glucose by itself", [reading("glucose", 16)], set(), "green"),
    ("with ketones", [reading("glucose", 16), reading("ketones", "1.5")], {"acid"}, "red"),
    ("in American units", [reading("glucose", 290, unit="mg/dL"), yes("vomits")], {"acid"}, "red"),
    ("an answer alone", [yes("chest_pain", 3)], {"chest_pain"}, "red"),
]  # fmt: skip


@pytest.mark.parametrize(("told", "fired", "zone"), [row[1:] for row in TABLE], ids=[row[0] for row in TABLE])
def test_the_table(told: list[Reading | Answer], fired: set[str], zone: str) -> None:
    verdict = judged(*told)
    assert (limits(verdict), verdict.zone) == (fired, zone)


def test_what_is_seen_is_yellow_before_it_is_an_alarm() -> None:
    verdict = judged(reading("spo2", 90), WELL)
    assert (verdict.seen, verdict.zone, verdict.urgency) == ("yellow", "green", None)


def test_a_no_takes_an_earlier_yes_back_and_never_the_other_way_at_the_same_moment() -> None:
    no = Answer(question="chest_pain", yes=False, at_ms=NOW_MS)
    assert judged(yes("chest_pain", 1), no, WELL).zone == "green"
    assert judged(no, yes("chest_pain"), WELL).zone == "red"


def test_one_red_value_is_measured_again_before_the_alarm_unless_something_else_speaks_for_it() -> None:
    alone = judged(reading("spo2", 86))
    assert (alone.fired[0].alarm_at_ms, alone.again) == (NOW_MS + AGAIN_MS, ("spo2",))
    for told in (
        [reading("spo2", 86), yes("breathless", 2)],
        [reading("spo2", 86, 0.1), reading("spo2", 86)],
        [reading("spo2", 86, 24), reading("spo2", 86)],
    ):
        verdict = judged(*told)
        assert (verdict.fired[0].alarm_at_ms, verdict.again) == (NOW_MS, ())
    later = judged(reading("spo2", 86), now_ms=NOW_MS + AGAIN_MS)
    assert (later.fired[0].alarm_at_ms, later.again) == (NOW_MS + AGAIN_MS, ())


def test_doubt_is_said_and_makes_nothing_milder() -> None:
    odd = judged(reading("spo2", 39, doubts=("device",)))
    assert (odd.zone, odd.fired[0].evidence[0].doubts, odd.again) == ("red", ("device", "impossible"), ("spo2",))
    assert judged(reading("temp", 42)).again == ("temp",)
    other_person = judged(reading("weight", 80, 24), reading("weight", 60))
    assert "weight" in other_person.again
    ahead = judged(reading("spo2", 86, -500), reading("spo2", 86))
    assert ahead.fired[0].evidence[0].doubts == ("clock",)


def test_what_was_not_measured_is_an_alarm_of_its_own_kind() -> None:
    spo2 = reading("spo2", 93)
    verdict = judged(spo2, reading("weight", 80, 60))
    assert [(one.measure, one.count, one.urgency) for one in verdict.missing] == [("weight", 2, "urgent")]
    assert (verdict.zone, verdict.urgency) == ("green", "urgent")
    assert judged(spo2, reading("weight", 80, 59)).missing == ()
    assert [one.count for one in judged().missing] == [29, 29]


def test_nothing_is_missed_in_a_pause_and_what_comes_is_judged() -> None:
    away = Pause(why="holiday", from_ms=NOW_MS - 20 * DAY_MS, until_ms=NOW_MS - DAY_MS)
    stays = Pause(why="in_hospital", from_ms=NOW_MS - DAY_MS)
    before = reading("spo2", 93, 21 * 24), reading("weight", 80, 21 * 24)
    assert judged(*before, away).missing == ()
    assert judged(*before, stays).missing == ()
    assert judged(*before, stays, reading("spo2", 85)).zone == "red"
    assert [one.count for one in judged(*before, msgspec.structs.replace(away, until_ms=NOW_MS - 3 * DAY_MS)).missing]


def test_time_in_pauses_that_overlap_is_taken_away_once() -> None:
    pauses = [Pause(why="other", from_ms=4, until_ms=6), Pause(why="holiday", from_ms=2, until_ms=5)]
    assert active_ms(0, 10, pauses) == 6
    assert active_ms(0, 10, [Pause(why="other", from_ms=7), *pauses]) == 3
    assert active_ms(3, 3, pauses) == 0


BAD: list[tuple[dict[str, Any], str]] = [
    ({"all": []}, "nothing is tested"),
    ({"all": [{"m": "spo2"}]}, "one number"),
    ({"all": [{"m": "spo2", "is": "<88", "from_baseline": "<0"}]}, "one number"),
    ({"all": [{"a": "x", "is": "<88"}]}, "one number"),
    ({"all": [{"m": "spo2", "is": "88"}]}, "not a bound"),
    ({"all": [{"m": "weight", "change": ">2"}]}, "belong together"),
    ({"urgency": "routine"}, "red is urgent at least"),
    ({"zone": "yellow", "urgency": "immediate"}, "yellow is"),
    ({"persists": True}, "second of three"),
]


@pytest.mark.parametrize(("change", "problem"), BAD, ids=[problem for _, problem in BAD])
def test_a_limit_that_makes_no_sense_is_named(change: dict[str, Any], problem: str) -> None:
    row = {"id": "x", "zone": "red", "urgency": "urgent", "all": [{"m": "spo2", "is": "<88"}]}
    assert list(problems_of(msgspec.convert(row, Limit))) == []
    assert any(problem in one for one in problems_of(msgspec.convert({**row, **change}, Limit)))


NEWS2_CHART: dict[str, list[tuple[str, int]]] = {
    "rr": [("8", 3), ("9", 1), ("12", 0), ("21", 2), ("25", 3)],
    "spo2": [("91", 3), ("92", 2), ("94", 1), ("96", 0)],
    "sbp": [("90", 3), ("91", 2), ("101", 1), ("111", 0), ("219", 0), ("220", 3)],
    "hr": [("40", 3), ("41", 1), ("51", 0), ("91", 1), ("111", 2), ("131", 3)],
    "temp": [("35.0", 3), ("35.1", 1), ("36.1", 0), ("38.1", 1), ("39.1", 2)],
}
"""The RCP's chart, by itself: the first value of each cell and its points."""


@given(st.fixed_dictionaries({name: st.sampled_from(row) for name, row in NEWS2_CHART.items()}), st.booleans())
@settings(max_examples=60, deadline=None, suppress_health_check=BUSY)
def test_news2_is_the_chart(cells: dict[Measure, tuple[str, int]], confused: bool) -> None:
    told = Told(
        readings=tuple(reading(name, value) for name, (value, _) in cells.items()),
        answers=(Answer(question="newly_confused", yes=confused, at_ms=NOW_MS),),
    )
    score = Known(msgspec.structs.replace(PLAN, on_oxygen=True), told, NOW_MS).score
    assert score.points == sum(points for _, points in cells.values()) + 2 + 3 * confused
    assert set(score.missing) == set()


def test_news2_is_of_one_moment_and_a_lower_bound() -> None:
    told = [reading("rr", 25), reading("hr", 131), reading("temp", "39.1", 2)]
    score = Known(PLAN, Told(readings=tuple(told)), NOW_MS).score
    assert (score.points, set(score.missing)) == (6, set(NEWS2_ITEMS) - {"rr", "hr", "oxygen"})
    verdict = judged(*told, reading("spo2", 95), WELL)
    assert verdict.fired[0].news2 == 7
    assert (verdict.fired[0].limit, verdict.urgency) == ("news2", "immediate")


PLACES = st.sampled_from([0, 0.2, 5, 24, 48, 71])
TOLD = st.lists(
    st.one_of(
        st.builds(reading, st.just("spo2"), st.integers(80, 98), PLACES),
        st.builds(reading, st.just("weight"), st.integers(74, 86), PLACES),
        st.builds(reading, st.sampled_from(("glucose", "ketones")), st.integers(1, 20), PLACES),
        st.builds(yes, st.sampled_from(("breathless", "vomits")), PLACES),
    ),
    max_size=9,
)


@given(TOLD, st.data())
@settings(max_examples=120, deadline=None, suppress_health_check=BUSY)
def test_neither_order_nor_copies_of_what_comes_matter(told: list[Reading | Answer], data: st.DataObject) -> None:
    shuffled = data.draw(st.permutations(told))
    copies = data.draw(st.lists(st.sampled_from(told), max_size=3)) if told else []
    assert judged(*shuffled, *copies) == judged(*told)


WORSENED: dict[Measure, int] = {"spo2": -1, "weight": 1, "glucose": 1, "ketones": 1}
RISING = msgspec.structs.replace(PLAN, limits=tuple(one for one in PLAN.limits if one.id != "thinner"))


@given(TOLD, st.sampled_from(sorted(WORSENED)), st.integers(60, 98), st.integers(1, 30))
@example([reading("spo2", 90, 24)], "spo2", 41, 30)
@settings(max_examples=200, deadline=None, suppress_health_check=BUSY)
def test_a_worse_value_never_gives_a_milder_zone(
    told: list[Reading | Answer], measure: Measure, value: int, by: int
) -> None:
    milder = judged(*told, reading(measure, value, device="x"), plan=RISING)
    worse = judged(*told, reading(measure, value + by * WORSENED[measure], device="x"), plan=RISING)
    assert WORSE[worse.zone] >= WORSE[milder.zone]
    assert WORSE[worse.seen] >= WORSE[milder.seen]
    assert limits(worse) >= limits(milder)


@given(TOLD, st.sampled_from(sorted(PLAN.symptoms)))
@settings(max_examples=80, deadline=None, suppress_health_check=BUSY)
def test_a_symptom_more_never_makes_it_milder_or_later(told: list[Reading | Answer], question: str) -> None:
    without, with_it = judged(*told), judged(*told, yes(question))
    assert WORSE[with_it.zone] >= WORSE[without.zone]
    assert RANK[with_it.urgency or "self_care"] <= RANK[without.urgency or "self_care"]
    due = {one.limit: one.alarm_at_ms for one in with_it.fired}
    assert all(due[one.limit] <= max(one.alarm_at_ms, NOW_MS) for one in without.fired)


UNITS = sorted(SCALES)


@given(st.decimals("-500", "500", places=3), st.sampled_from(UNITS), st.sampled_from(UNITS))
@settings(max_examples=150, deadline=None, suppress_health_check=BUSY)
def test_there_and_back_is_the_very_number(value: Decimal, unit: Any, other: Any) -> None:
    if SCALES[unit].base != SCALES[other].base:
        with pytest.raises(FyrError):
            converted(value, unit, other)
    else:
        assert converted(converted(value, unit, other), other, unit) == Fraction(value)


@pytest.mark.parametrize(
    ("value", "unit", "to", "told"),
    [
        ("212", "°F", "°C", "100"),
        ("98.6", "°F", "°C", "37"),
        ("37", "°C", "°F", "98.6"),
        ("1", "lb", "kg", "0.45359237"),
        ("180.156", "mg/dL", "mmol/L", "10"),
        ("5.5", "mmol/L", "mg/dL", "99.0858"),
    ],
)
def test_conversions_known_by_heart(value: str, unit: Any, to: Any, told: str) -> None:
    assert converted(Decimal(value), unit, to) == Fraction(told)


def test_a_value_is_rounded_only_to_be_shown() -> None:
    assert str(shown(Fraction(2, 3), decimals=1)) == "0.7"
    assert bound(">=2").holds(Fraction(2))
    assert not bound(">2").holds(Fraction(2))
    with pytest.raises(FyrError, match="bad_request"):
        check_unit("ketones", "mg/dL")
    check_unit("glucose", "mg/dL")
    assert NOW_MS % MINUTE_MS == 0
