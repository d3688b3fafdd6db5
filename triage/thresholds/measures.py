"""What can be measured at home: its unit, which values can be, and which are likely enough to be believed at once.

The outer bounds are those of a text's numbers (`triage.pipeline.measure`); inside them, what is `usual` is our own
proposal and unconfirmed: a value outside it is judged all the same, and asked for once more.
"""

from fractions import Fraction
from typing import Literal, NamedTuple

from triage.thresholds.units import Unit

Measure = Literal[
    "spo2", "hr", "rr", "sbp", "dbp", "temp", "weight", "glucose", "ketones", "exertion", "symptom_score", "exercise"
]


class Kind(NamedTuple):
    """One thing that is measured. Bounds are inclusive, in the base unit, which is the first of `units`."""

    units: tuple[Unit, ...]
    possible: tuple[Fraction, Fraction]
    usual: tuple[Fraction, Fraction]
    decimals: int
    jump: Fraction | None = None
    """A change from the reading before that is more likely another person, or another unit."""


def _kind(*units: Unit, possible: str, usual: str, decimals: int = 0, jump: str | None = None) -> Kind:
    return Kind(units, _bounds(possible), _bounds(usual), decimals, Fraction(jump) if jump else None)


def _bounds(text: str) -> tuple[Fraction, Fraction]:
    low, high = text.split("..")
    return Fraction(low), Fraction(high)


MEASURES: dict[Measure, Kind] = {
    "spo2": _kind("%", possible="40..100", usual="75..100"),
    "hr": _kind("/min", possible="15..300", usual="35..180"),
    "rr": _kind("/min", possible="2..90", usual="6..40"),
    "sbp": _kind("mmHg", possible="40..300", usual="70..220"),
    "dbp": _kind("mmHg", possible="20..200", usual="35..130"),
    "temp": _kind("°C", "°F", possible="25..45", usual="34.5..41.5", decimals=1),
    "weight": _kind("kg", "lb", possible="20..400", usual="30..250", decimals=1, jump="5"),
    "glucose": _kind("mmol/L", "mg/dL", possible="0.3..70", usual="2..30", decimals=1),
    "ketones": _kind("mmol/L", possible="0..25", usual="0..6", decimals=1),
    "exertion": _kind("points", possible="0..10", usual="0..10"),
    "symptom_score": _kind("points", possible="0..100", usual="0..100"),
    "exercise": _kind("min", possible="0..1440", usual="0..240"),
}
"""`exertion`: how hard it was, 0 to 10, in our own words. `symptom_score`: the total of a licensed form that the unit
has filled in elsewhere; its questions are not ours to ship."""


def base_unit(measure: Measure) -> Unit:
    """What limits are written in."""
    return MEASURES[measure].units[0]


def is_possible(measure: Measure, value: Fraction) -> bool:
    """Whether such a value, in the base unit, can be measured in somebody who lives at home."""
    low, high = MEASURES[measure].possible
    return low <= value <= high


def is_usual(measure: Measure, value: Fraction) -> bool:
    """Whether it is likely enough to be believed without measuring again."""
    low, high = MEASURES[measure].usual
    return low <= value <= high
