"""Units of what is measured at home, and exact conversion between them.

A value is kept as it was given, with its unit; it is converted only to be compared or shown, in fractions, so that
going there and back gives the very number that was typed.
"""

from decimal import Decimal
from fractions import Fraction
from typing import Literal, NamedTuple

from core.errors import FyrError

Unit = Literal["kg", "lb", "mmol/L", "mg/dL", "°C", "°F", "%", "/min", "mmHg", "min", "points"]


class Scale(NamedTuple):
    """value in the base unit = (value - zero) * size."""

    base: Unit
    size: Fraction = Fraction(1)
    zero: Fraction = Fraction(0)


GLUCOSE_G_MOL = Fraction("180.156")
"""C6H12O6 by IUPAC's abridged standard atomic weights: 6 * 12.011 + 12 * 1.008 + 6 * 15.999."""
SCALES: dict[Unit, Scale] = {
    "kg": Scale("kg"),
    "lb": Scale("kg", Fraction("0.45359237")),  # exact by the agreement of 1959
    "mmol/L": Scale("mmol/L"),
    "mg/dL": Scale("mmol/L", 10 / GLUCOSE_G_MOL),  # of glucose, and of nothing else
    "°C": Scale("°C"),
    "°F": Scale("°C", Fraction(5, 9), Fraction(32)),
    "%": Scale("%"),
    "/min": Scale("/min"),
    "mmHg": Scale("mmHg"),
    "min": Scale("min"),
    "points": Scale("points"),
}


def converted(value: Decimal | Fraction, unit: Unit, to: Unit) -> Fraction:
    """The same amount in another unit, exactly. Raises `bad_request` where the two measure different things."""
    if unit == to:
        return Fraction(value)
    here, there = SCALES[unit], SCALES[to]
    if here.base != there.base:
        raise FyrError("bad_request", where=unit, what=f"a unit that becomes {to}")
    return (Fraction(value) - here.zero) * here.size / there.size + there.zero


def shown(value: Fraction, *, decimals: int) -> Decimal:
    """To be read by a person: rounded half to even. What is judged is never rounded."""
    return Decimal(round(value * 10**decimals)).scaleb(-decimals)
