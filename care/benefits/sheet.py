"""A unit's sheet of figures, month by month or phase by phase, and the same as a file. Pure."""

import csv
import io
from collections.abc import Iterable, Mapping
from datetime import UTC
from typing import NamedTuple
from zoneinfo import ZoneInfo

from care.benefits.baseline import Before
from care.benefits.comparing import Difference, difference
from care.benefits.figure import Figure
from care.benefits.kpis import KPIS, Name
from care.benefits.spans import Stretch
from carequeue.fairness.sheet import FEW
from core.clock import from_ms

HEAD = (
    *("unit", "from", "until", "state", "figure", "level", "numerator", "denominator", "value", "measure"),
    *("low", "high", "baseline", "compared"),
)
BETTER = {kpi.name: kpi.better for kpi in KPIS}


class Column(NamedTuple):
    """One stretch with its figures."""

    stretch: Stretch
    figures: tuple[Figure, ...]


def sheet_csv(unit_id: str, columns: Iterable[Column], held: Mapping[Name, Before], *, zone: ZoneInfo) -> str:
    """The sheet as RFC 4180 has it, with a head. Shares are of one; what is of too few says so where it is counted."""
    written = io.StringIO()
    writer = csv.writer(written)
    writer.writerow(HEAD)
    for stretch, figures in columns:
        edges = [_moment(at_ms, zone) for at_ms in stretch.span]
        for one in figures:
            row = [unit_id, *edges, stretch.state, one.name, one.level, *_numbers(one), one.measure]
            writer.writerow([*row, *_compared(one, held)])
    return written.getvalue()


def _numbers(one: Figure) -> tuple[str, str, str]:
    if one.few:
        return ("", "", FEW) if one.measure == "number" else ("", FEW, "")
    numerator = "" if one.numerator is None else str(one.numerator)
    return numerator, "" if one.denominator is None else str(one.denominator), _text(one, one.value)


def compared(one: Figure, held: Mapping[Name, Before]) -> Difference | None:
    """How a figure of everybody stands to what is held of it; None where nothing is."""
    before = held.get(one.name) if one.level == "all" else None
    return difference(one, before, BETTER[one.name]) if before is not None else None


def _compared(one: Figure, held: Mapping[Name, Before]) -> tuple[str, str, str, str]:
    low, high, against = _text(one, one.low), _text(one, one.high), compared(one, held)
    return (low, high, "", "") if against is None else (low, high, _text(one, against.before), against.compared)


def _text(one: Figure, value: float | None) -> str:
    """A value of the figure as files have it; empty where there is none."""
    if value is None:
        return ""
    return f"{value:.3f}" if one.measure == "share" else f"{value:.{1 if one.measure == 'minutes' else 0}f}"


def _moment(at_ms: int, zone: ZoneInfo) -> str:
    return from_ms(at_ms).astimezone(UTC).astimezone(zone).isoformat(timespec="seconds")
