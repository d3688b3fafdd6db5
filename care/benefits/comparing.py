"""Whether a figure differs from how things were before, and which way; losses are told as gains are. Pure.

Nothing is called better or worse that chance alone would often make so: a figure has an interval that holds what it
would be in the long run nineteen times of twenty. Shares: Wilson's interval (E. B. Wilson, JASA 1927), and Newcombe's
for the difference of two (R. G. Newcombe, Statistics in Medicine 1998, method 10). Times: order statistics.
"""

import math
from typing import Literal, NamedTuple

from care.benefits.baseline import Before
from care.benefits.figure import Figure
from care.benefits.interval import wilson
from care.benefits.kpis import Better

Compared = Literal["better", "worse", "more", "less", "unclear", "too_few"]
"""`more` and `less` where neither is a gain; `unclear`: chance alone could have made the difference."""


class Difference(NamedTuple):
    """How a figure stands to its baseline."""

    before: float
    compared: Compared


def difference(figure: Figure, before: Before, better: Better) -> Difference:
    """How it stands."""
    if figure.few or figure.value is None:
        return Difference(before.value, "too_few")
    moved = _share_moved(figure, before) if figure.measure == "share" else _time_moved(figure, before)
    if moved == 0:
        return Difference(before.value, "unclear")
    if better == "neither":
        return Difference(before.value, "more" if moved > 0 else "less")
    return Difference(before.value, "better" if (moved > 0) == (better == "up") else "worse")


def _time_moved(figure: Figure, before: Before) -> int:
    if figure.low is not None and before.value < figure.low:
        return 1
    return -1 if figure.high is not None and before.value > figure.high else 0


def _share_moved(figure: Figure, before: Before) -> int:
    assert figure.value is not None
    assert figure.low is not None
    assert figure.high is not None
    low, high = wilson(before.value, before.among) if before.among else (before.value, before.value)
    apart = figure.value - before.value
    if apart - math.hypot(figure.value - figure.low, high - before.value) > 0:
        return 1
    return -1 if apart + math.hypot(figure.high - figure.value, before.value - low) < 0 else 0
