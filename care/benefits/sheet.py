"""A unit's sheet of figures, month by month or phase by phase, and the same as a file. Pure."""

import csv
import io
from collections.abc import Iterable
from datetime import UTC
from typing import NamedTuple
from zoneinfo import ZoneInfo

from care.benefits.figure import Figure
from care.benefits.spans import Stretch
from carequeue.fairness.sheet import FEW
from core.clock import from_ms

HEAD = ("unit", "from", "until", "state", "figure", "level", "numerator", "denominator", "value", "measure")


class Column(NamedTuple):
    """One stretch with its figures."""

    stretch: Stretch
    figures: tuple[Figure, ...]


def sheet_csv(unit_id: str, columns: Iterable[Column], zone: ZoneInfo) -> str:
    """The sheet as RFC 4180 has it, with a head. Shares are of one; what is of too few says so where it is counted."""
    written = io.StringIO()
    writer = csv.writer(written)
    writer.writerow(HEAD)
    for stretch, figures in columns:
        edges = [_moment(at_ms, zone) for at_ms in stretch.span]
        for one in figures:
            writer.writerow([unit_id, *edges, stretch.state, one.name, one.level, *_numbers(one), one.measure])
    return written.getvalue()


def _numbers(one: Figure) -> tuple[str, str, str]:
    if one.few:
        return ("", "", FEW) if one.measure == "number" else ("", FEW, "")
    numerator = "" if one.numerator is None else str(one.numerator)
    return numerator, "" if one.denominator is None else str(one.denominator), value_text(one)


def value_text(one: Figure) -> str:
    """The value as files have it; empty where there is none."""
    if one.value is None:
        return ""
    return f"{one.value:.3f}" if one.measure == "share" else f"{one.value:.{1 if one.measure == 'minutes' else 0}f}"


def _moment(at_ms: int, zone: ZoneInfo) -> str:
    return from_ms(at_ms).astimezone(UTC).astimezone(zone).isoformat(timespec="seconds")
