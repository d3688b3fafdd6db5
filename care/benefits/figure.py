"""Figures as they may be told: worked out from what was counted, and nothing of small groups. Pure."""

from collections.abc import Callable, Mapping
from typing import Literal, NamedTuple, TypeVar

from care.benefits.interval import of_quantile, wilson
from care.benefits.kpis import KPIS, Kpi, Name
from care.benefits.shape import Counted, at_level
from carequeue.deadlines import LEVELS
from carequeue.fairness.sheet import FEWEST, too_small
from triage.entries import Level

T = TypeVar("T")
Measure = Literal["share", "minutes", "number"]


class Figure(NamedTuple):
    """One figure. All numbers are None for a group of fewer than five, or that would give such a one away."""

    name: Name
    level: Level | Literal["all"]
    measure: Measure
    numerator: int | None
    """How many count; of times and numbers nothing."""
    denominator: int | None
    """Among how many; of numbers nothing."""
    value: float | None
    """A share of one, minutes, or a number; None also where there is nobody to count among."""
    low: float | None = None
    high: float | None = None
    """What it would be in the long run lies between, nineteen times of twenty; None: too few to say."""
    few: bool = False
    """Not told because it is of too few."""


def figures_of(counted: Counted) -> list[Figure]:
    """Every figure of a unit's span, as the list of definitions has them; by level where that is told."""
    return [one for kpi in KPIS for one in as_told(worked_out(kpi, counted))]


def worked_out(kpi: Kpi, counted: Counted) -> list[Figure]:
    """One figure of everybody, then of each level that anybody is at if it is told by level; nothing is hidden."""
    each = [_figure(kpi, at_level(counted, (level,)), level) for level in LEVELS] if kpi.by_level else []
    return [_figure(kpi, counted, "all"), *(one for one in each if one.denominator)]


def as_told(figures: list[Figure]) -> list[Figure]:
    """What of them may be told: nothing by level where all together are too few, and no level that is too small or by
    which a small one would be known."""
    whole, *levels = figures
    if told(whole).few:
        return [told(whole)]
    small = too_small([one.denominator or 0 for one in levels])
    return [whole, *(hidden(one) if place in small else one for place, one in enumerate(levels))]


def told(figure: Figure) -> Figure:
    """The figure, or that it is of too few."""
    number = figure.value if figure.measure == "number" else figure.denominator
    return hidden(figure) if number and number < FEWEST else figure


def hidden(figure: Figure) -> Figure:
    """That it is of too few."""
    return figure._replace(numerator=None, denominator=None, value=None, low=None, high=None, few=True)


def _figure(kpi: Kpi, counted: Counted, level: Level | Literal["all"]) -> Figure:
    if kpi.number is not None:
        return Figure(kpi.name, level, "number", None, None, float(kpi.number(counted)))
    if kpi.time is not None:
        waits = seconds_of(counted)
        within = of_quantile(waits, kpi.percent)
        return Figure(kpi.name, level, "minutes", None, sum(waits.values()), kpi.time(waits), *within)
    if kpi.seat is not None:
        return _share(kpi, level, _judged(kpi.seat, counted.seats))
    assert kpi.share is not None
    return _share(kpi, level, _judged(kpi.share, counted.shapes))


def seconds_of(counted: Counted) -> dict[int, int]:
    """How many were answered after so many seconds, whatever their level."""
    waits: dict[int, int] = {}
    for (_, seconds), number in counted.waits.items():
        waits[seconds] = waits.get(seconds, 0) + number
    return waits


def _judged(judge: Callable[[T], bool | None], numbers: Mapping[T, int]) -> tuple[int, int]:
    """How many count, and among how many."""
    verdicts = [(judge(one), number) for one, number in numbers.items()]
    among = sum(number for verdict, number in verdicts if verdict is not None)
    return sum(number for verdict, number in verdicts if verdict), among


def _share(kpi: Kpi, level: Level | Literal["all"], judged: tuple[int, int]) -> Figure:
    count, among = judged
    if not among:
        return Figure(kpi.name, level, "share", 0, 0, None)
    return Figure(kpi.name, level, "share", count, among, count / among, *wilson(count / among, among))
