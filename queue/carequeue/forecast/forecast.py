"""The forecast of arrivals, with an interval that holds nine of ten. Pure.

The same hour of the same weekday in past weeks gives the middle. How far weeks scatter around their own middle, over
all hours together, gives the width: at least as much as chance alone (Poisson), more where it was more (negative
binomial).
"""

import math
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from carequeue.promise.pace import DAY_MS, HOUR_MS, WEEKS
from core.clock import from_ms, to_ms

FEWEST_WEEKS = 2
TAIL = 0.05
"""On either side."""
HALF = 0.5
"""What is believed to have come in all weeks together where nobody came."""
MANY = 200.0
"""From this middle on the normal distribution is near enough."""
Z_90 = 1.645

Counts = Mapping[int, int]
"""How many came in each hour, by when it began; an hour that is missing had nobody."""


class Coming(NamedTuple):
    """One hour's forecast; None all three where too few weeks are known."""

    began_ms: int
    expected: float | None
    low: int | None
    high: int | None


def forecast(counts: Counts, *, since_ms: int, at_ms: int, hours: int, zone: ZoneInfo) -> list[Coming]:
    """So many hours from the one at hand on. `since_ms`: from when on arrivals are known."""
    first_ms = at_ms - at_ms % HOUR_MS
    scatter = scatter_of(counts, since_ms=since_ms, until_ms=first_ms, zone=zone)
    return [
        _coming(counts, first_ms + number * HOUR_MS, since_ms=since_ms, until_ms=first_ms, zone=zone, scatter=scatter)
        for number in range(hours)
    ]


def scatter_of(counts: Counts, *, since_ms: int, until_ms: int, zone: ZoneInfo) -> float:
    """How much more the weeks scatter than chance alone would: 1 is chance."""
    squares, free = 0.0, 0
    for number in range(7 * 24):
        seen = [
            counts.get(at, 0)
            for at in _same_hours(until_ms + number * HOUR_MS, since_ms=since_ms, until_ms=until_ms, zone=zone)
        ]
        if len(seen) < FEWEST_WEEKS:
            continue
        middle = max(HALF, sum(seen)) / len(seen)
        squares += sum((one - middle) ** 2 for one in seen) / middle
        free += len(seen) - 1
    return max(1.0, squares / free) if free else 1.0


def interval_of(middle: float, spread: float) -> tuple[int, int]:
    """The numbers between which nine of ten lie, of a count with this mean and variance; never narrower than nine."""
    if middle > MANY:
        wide = Z_90 * math.sqrt(spread)
        return max(0, math.floor(middle - wide)), math.ceil(middle + wide)
    low, high, total = 0, 0, 0.0
    for number, chance in enumerate(_chances(middle, spread)):
        if total < TAIL:
            low = number
        total += chance
        high = number
        if total >= 1 - TAIL:
            break
    return low, high


def _coming(counts: Counts, began_ms: int, *, since_ms: int, until_ms: int, zone: ZoneInfo, scatter: float) -> Coming:
    seen = [counts.get(at, 0) for at in _same_hours(began_ms, since_ms=since_ms, until_ms=until_ms, zone=zone)]
    if len(seen) < FEWEST_WEEKS:
        return Coming(began_ms, None, None, None)
    middle = max(HALF, sum(seen)) / len(seen)
    return Coming(began_ms, sum(seen) / len(seen), *interval_of(middle, scatter * middle * (1 + 1 / len(seen))))


def _same_hours(began_ms: int, *, since_ms: int, until_ms: int, zone: ZoneInfo) -> Iterator[int]:
    """The same hour on the wall in the weeks before that are known whole, also across a change of the clock."""
    wall = from_ms(began_ms).astimezone(zone)
    for week in range(1, WEEKS + 1):
        then = datetime.combine(wall.date() - timedelta(days=7 * week), wall.time(), tzinfo=zone)
        then_ms = to_ms(then.astimezone(UTC))
        if since_ms <= then_ms and then_ms + HOUR_MS <= until_ms:
            yield then_ms


def _chances(middle: float, spread: float) -> Iterator[float]:
    """The chance of 0, 1, 2 …: Poisson, or negative binomial where the variance is the larger."""
    number, wider = 0, spread > middle * 1.0001
    size = middle**2 / (spread - middle) if wider else 0.0
    share = size / (size + middle) if wider else 0.0
    chance = share**size if wider else math.exp(-middle)
    while True:
        yield chance
        grows = (number + size) * (1 - share) if wider else middle
        chance *= grows / (number + 1)
        number += 1


def known_since(at_ms: int) -> int:
    """How far back arrivals are looked at."""
    return at_ms - at_ms % HOUR_MS - (WEEKS * 7 + 1) * DAY_MS
