"""The wait that is to be expected for a place in the queue: the middle, without any claim of being right. Pure.

Hour by hour ahead: so many are taken, so many come who go before. The next hour is believed to go on as the last one
did, later ones more and more as the same hours of past weeks. How far off that is, `interval` learns from outcomes.
"""

from collections.abc import Mapping

from carequeue.deadlines import LEVELS, MINUTE_MS, TIERS, Deadlines
from carequeue.promise.pace import HOUR_MS, STILL_MS, Pace, Profile
from triage.entries import Level

FADES = 0.5
"""How much of the belief in the last hour is left with each hour ahead."""
LEAST_SHARE = 0.1
"""Of the pace, what is left at least for who waits already, however many come who go before."""
SLOWEST_PER_HOUR = 0.05
SHORTEST_MIN = 0.05
LONGEST_H = 14 * 24

Passing = Mapping[Level, int]
"""Levels whose newcomers go before, with until when they do."""


def passing_of(deadlines: Deadlines, unit_id: str, level: Level, *, arrived_ms: int) -> Passing:
    """Who among those that are still to come will go before one of this level who arrived then."""
    own, found = deadlines.of(unit_id, level), dict[Level, int]()
    due_ms = deadlines.due_ms(unit_id, level, arrived_ms=arrived_ms)
    for other in LEVELS:
        theirs = deadlines.of(unit_id, other)
        sooner_min = own.target_min + own.grace_min - theirs.target_min - theirs.grace_min
        if TIERS[other] < TIERS[level]:
            found[other] = STILL_MS
        elif TIERS[other] == TIERS[level] and sooner_min > 0:
            if theirs.round_the_clock:
                found[other] = due_ms - (theirs.target_min + theirs.grace_min) * MINUTE_MS
            else:
                found[other] = deadlines.later_ms(unit_id, level, start_ms=arrived_ms, minutes=sooner_min)
    return found


def expected_min(place: int, pace: Pace, profile: Profile, *, passing: Passing, at_ms: int) -> float:
    """Minutes until the `place`-th contact from the front is taken. Never nothing, and never more than two weeks."""
    now, belief, left, then_ms = pace.per_hour, 1.0, float(place), at_ms
    for ahead in range(LONGEST_H):
        end_ms = then_ms + HOUR_MS if ahead == 0 else (then_ms // HOUR_MS + 1) * HOUR_MS
        usual = profile.pace(then_ms)
        each = now if usual is None else now**belief * max(usual, SLOWEST_PER_HOUR) ** (1 - belief)
        each = max(each, SLOWEST_PER_HOUR)
        before = profile.comes(then_ms, [level for level, until_ms in passing.items() if then_ms < until_ms])
        forward = max(each - before, LEAST_SHARE * each)
        hours = (end_ms - then_ms) / HOUR_MS
        if forward * hours >= left:
            return max(SHORTEST_MIN, (then_ms - at_ms) / MINUTE_MS + 60 * left / forward)
        left, then_ms, belief = left - forward * hours, end_ms, belief * FADES
    return LONGEST_H * 60.0
