"""For which stretches figures are told: calendar months, or the phases of a function at a unit. Pure.

Never for days that somebody chooses: the difference of two stretches would tell of the few who came between.
"""

from datetime import UTC, date, datetime, time
from typing import Literal, NamedTuple
from zoneinfo import ZoneInfo

from care.benefits.store import Span
from carequeue.fairness.sheet import month_span
from core.clock import to_ms
from core.errors import FyrError
from core.rollout.functions import Decided, FunctionState

MOST_MONTHS = 24


class Stretch(NamedTuple):
    """One column of a sheet."""

    span: Span
    month: str
    """Such as 2026-11; empty of a phase."""
    state: FunctionState | Literal[""]
    """What the function was in it; empty of a month."""


def months(first: str, last: str, zone: ZoneInfo) -> list[Stretch]:
    """Whole months from one to another, both counted. Raises `bad_request`."""
    found, name = [Stretch(Span(*month_span(first, zone)), first, "")], first
    while name < last and len(found) < MOST_MONTHS:
        name = _next(name)
        found.append(Stretch(Span(*month_span(name, zone)), name, ""))
    if name != last:
        raise FyrError("bad_request", where="until_month", what=f"not a month of the {MOST_MONTHS} from the first")
    return found


def phases(decided: Decided, zone: ZoneInfo, *, since_ms: int, now_ms: int) -> list[Stretch]:
    """The phases of a function that have begun, the first from when anything is known, the last until now."""
    edges: list[tuple[int, FunctionState]] = [(since_ms, "off")]
    for phase in decided.phases:
        edges.append((max(since_ms, _midnight_ms(phase.from_on, zone)), phase.state))
    ends = [from_ms for from_ms, _ in edges[1:]] + [now_ms]
    found = [
        Stretch(Span(from_ms, min(until_ms, now_ms)), "", state)
        for (from_ms, state), until_ms in zip(edges, ends, strict=True)
    ]
    return [one for one in found if one.span.from_ms < one.span.until_ms]


def _next(month: str) -> str:
    year, number = int(month[:4]), int(month[5:])
    return f"{year + number // 12}-{number % 12 + 1:02}"


def _midnight_ms(day: date, zone: ZoneInfo) -> int:
    return to_ms(datetime.combine(day, time(), tzinfo=zone).astimezone(UTC))
