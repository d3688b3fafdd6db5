"""The forecast of arrivals, with an interval that holds nine of ten. Pure.

The same hour of the same weekday in past weeks, public holidays counting as Sundays, gives the middle. How far weeks
scatter around their own middle, over all hours together, gives the width: at least as much as chance alone (Poisson),
more where it was more (negative binomial).
"""

import math
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from carequeue.holidays import Country, kind_of_day
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


class Calendar(NamedTuple):
    """How an hour is found again in the weeks before: by the clock on the wall, on days that are alike."""

    zone: ZoneInfo
    country: Country | None = None
    """Whose public holidays are kept; None: nobody's."""


def forecast(counts: Counts, *, since_ms: int, at_ms: int, hours: int, calendar: Calendar) -> list[Coming]:
    """So many hours from the one at hand on. `since_ms`: from when on arrivals are known."""
    first_ms = at_ms - at_ms % HOUR_MS
    known = _Known(counts, calendar, since_ms=since_ms, until_ms=first_ms)
    scatter = known.scatter()
    return [known.coming(first_ms + number * HOUR_MS, scatter) for number in range(hours)]


def scatter_of(counts: Counts, *, since_ms: int, until_ms: int, calendar: Calendar) -> float:
    """How much more the weeks scatter than chance alone would: 1 is chance."""
    return _Known(counts, calendar, since_ms=since_ms, until_ms=until_ms).scatter()


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


class _Known:
    """What is known of a unit's past, each day with those that are like it."""

    def __init__(self, counts: Counts, calendar: Calendar, *, since_ms: int, until_ms: int) -> None:
        self._counts = counts
        self._calendar = calendar
        self._since_ms = since_ms
        self._until_ms = until_ms
        today = from_ms(until_ms).astimezone(calendar.zone).date()
        self._alike: dict[int, list[date]] = {}
        for number in range(WEEKS * 7 + 1):
            day = today - timedelta(days=number)
            self._alike.setdefault(kind_of_day(day, calendar.country), []).append(day)

    def scatter(self) -> float:
        squares, free = 0.0, 0
        for number in range(7 * 24):
            seen = self._seen(self._until_ms + number * HOUR_MS)
            if len(seen) < FEWEST_WEEKS:
                continue
            middle = max(HALF, sum(seen)) / len(seen)
            squares += sum((one - middle) ** 2 for one in seen) / middle
            free += len(seen) - 1
        return max(1.0, squares / free) if free else 1.0

    def coming(self, began_ms: int, scatter: float) -> Coming:
        seen = self._seen(began_ms)
        if len(seen) < FEWEST_WEEKS:
            return Coming(began_ms, None, None, None)
        middle = max(HALF, sum(seen)) / len(seen)
        return Coming(began_ms, sum(seen) / len(seen), *interval_of(middle, scatter * middle * (1 + 1 / len(seen))))

    def _seen(self, began_ms: int) -> list[int]:
        return [self._counts.get(at_ms, 0) for at_ms in self._same_hours(began_ms)]

    def _same_hours(self, began_ms: int) -> Iterator[int]:
        """The same hour on the wall of days alike that are known whole, also across a change of the clock."""
        wall = from_ms(began_ms).astimezone(self._calendar.zone)
        for day in self._alike.get(kind_of_day(wall.date(), self._calendar.country), ()):
            then = datetime.combine(day, wall.time(), tzinfo=self._calendar.zone)
            then_ms = to_ms(then.astimezone(UTC))
            if self._since_ms <= then_ms and then_ms + HOUR_MS <= self._until_ms and then_ms < began_ms:
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
