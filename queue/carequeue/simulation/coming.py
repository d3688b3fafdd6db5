"""How the forecast of arrivals holds over a simulated year: each day's hours, foretold at its beginning."""

from collections import Counter
from collections.abc import Iterable

from carequeue.forecast.forecast import Calendar, forecast, known_since
from carequeue.promise.pace import DAY_MS, HOUR_MS
from carequeue.simulation.arrivals import START, ZONE, Arrival
from core.clock import to_ms

FIRST_DAY = 15
"""Before, there are not two weeks to go by."""
HOURS = 24


def forecast_right(arrivals: Iterable[Arrival], *, days: int) -> float:
    """The share of hours, over all units and days, that lay within the interval."""
    counts: dict[str, Counter[int]] = {}
    for one in arrivals:
        hour_ms = one.arrived_ms - one.arrived_ms % HOUR_MS
        counts.setdefault(one.unit_id, Counter())[hour_ms] += 1
    began_ms = to_ms(START)
    told = right = 0
    for of in counts.values():
        for day in range(FIRST_DAY, days):
            at_ms = began_ms + day * DAY_MS
            since_ms = max(began_ms, known_since(at_ms))
            for hour in forecast(of, since_ms=since_ms, at_ms=at_ms, hours=HOURS, calendar=Calendar(ZONE)):
                if hour.low is not None and hour.high is not None:
                    told, right = told + 1, right + (hour.low <= of[hour.began_ms] <= hour.high)
    return right / told if told else 0.0
