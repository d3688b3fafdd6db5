"""Who seeks care when: drawn from a seed by hour and weekday, with one day of flood. Made up."""

import math
import random
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from typing import NamedTuple, TypeVar

from carequeue.deadlines import MINUTE_MS
from core.ids import ContactId
from core.zones import ZONES
from triage.entries import Level

T = TypeVar("T")
ZONE = ZONES["se"]
START = datetime(2026, 1, 1, tzinfo=UTC)
A_DAY = 280
"""Arrivals on a working day, in the mean."""
BY_HOUR = (1, 1, 1, 1, 1, 2, 4, 9, 12, 11, 9, 8, 7, 8, 7, 7, 7, 7, 7, 6, 5, 4, 3, 2)
"""How a day's arrivals spread over its hours."""
BY_WEEKDAY = (1.15, 1.05, 1.0, 0.95, 0.95, 0.6, 0.65)
FLOOD_DAY, FLOOD = 46, 2.5
"""A Monday in February on which so many times as many come."""
UNITS: dict[str, float] = {"hamnen": 0.6, "lyktan": 0.4}
LEVELS: dict[Level, float] = {
    "immediate": 0.01,
    "very_urgent": 0.04,
    "urgent": 0.20,
    "within_24h": 0.35,
    "routine": 0.30,
    "self_care": 0.10,
}
OPEN_MIN: dict[Level, float] = {
    "immediate": 30,
    "very_urgent": 60,
    "urgent": 75,
    "within_24h": 80,
    "routine": 70,
    "self_care": 50,
}
"""How long a contact stays open with a nurse, in the median; both write when they can."""
SPREAD = 0.5


class Arrival(NamedTuple):
    """Somebody who seeks care, and how long they will be with a nurse."""

    arrived_ms: int
    contact_id: ContactId
    unit_id: str
    level: Level
    open_ms: int


def arrivals(seed: int, *, days: int, first_day: int = 0) -> list[Arrival]:
    """Everybody who comes in these days, in the order they come."""
    dice = random.Random(seed)
    times = [
        at_ms for hour in range(days * 24) for at_ms in _in_hour(dice, START + timedelta(days=first_day, hours=hour))
    ]
    return [_arrival(dice, number, at_ms) for number, at_ms in enumerate(sorted(times))]


def _in_hour(dice: random.Random, hour: datetime) -> Iterator[int]:
    local, flood = hour.astimezone(ZONE), (hour - START).days == FLOOD_DAY
    mean = A_DAY * BY_HOUR[local.hour] / sum(BY_HOUR) * BY_WEEKDAY[local.weekday()] * (FLOOD if flood else 1)
    at_h = dice.expovariate(mean)
    while at_h < 1:
        yield int(hour.timestamp() * 1000) + int(at_h * 60 * MINUTE_MS)
        at_h += dice.expovariate(mean)


def _arrival(dice: random.Random, number: int, at_ms: int) -> Arrival:
    level: Level = _chosen(dice, list(LEVELS), list(LEVELS.values()))
    unit_id = _chosen(dice, list(UNITS), list(UNITS.values()))
    open_ms = int(dice.lognormvariate(math.log(OPEN_MIN[level]), SPREAD) * MINUTE_MS)
    return Arrival(at_ms, ContactId(f"c{number:07}"), unit_id, level, open_ms)


def _chosen(dice: random.Random, values: Sequence[T], weights: Sequence[float]) -> T:
    return dice.choices(values, weights)[0]
