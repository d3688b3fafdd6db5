"""What a contact needs falls away with time: first the one nurse, then the language, then the skill. Pure.

The times are timers like all others: asked of the state, never set.
"""

from typing import NamedTuple

from carequeue.deadlines import Deadlines
from carequeue.order import level_in_queue
from carequeue.routing.entries import NeedsSet, RouteStep
from carequeue.routing.rules import OF_ONE, RoutingRules, UnitRules
from carequeue.state import Place
from core.log.state import Part, State
from triage.entries import Level
from triage.state import Triage

PARTS: tuple[type[Part], ...] = (Place, Triage)
"""What of the state decides."""


class Wider(NamedTuple):
    """A need that holds the contact back no longer, and from when."""

    need: str
    due_ms: int


class Widening:
    """The rules with the deadlines in force."""

    def __init__(self, rules: RoutingRules, deadlines: Deadlines) -> None:
        self._rules = rules
        self._deadlines = deadlines

    def next(self, state: State) -> Wider | None:
        """What falls away next; None for what is not waiting, needs nothing or is immediate."""
        place, level = state.get(Place), level_in_queue(state.get(Triage))
        if place.status != "waiting" or level == "immediate":
            return None
        rules, arrived_ms = self._rules.of(place.unit_id), place.arrived_ms
        due = (
            Wider(
                need,
                self._deadlines.later_ms(
                    place.unit_id, level, start_ms=arrived_ms, minutes=_minutes(need, rules, level)
                ),
            )
            for need in place.needs
        )
        return min(due, key=lambda one: (one.due_ms, one.need), default=None)


def widened(state: State, wider: Wider) -> NeedsSet:
    """The entry that lets it fall away."""
    left = tuple(need for need in state.get(Place).needs if need != wider.need)
    return NeedsSet(needs=left, steps=(RouteStep(policy="widening", outcome="over", need=wider.need),))


def _minutes(need: str, rules: UnitRules, level: Level) -> int:
    if need.startswith(OF_ONE):
        return rules.continuity_min
    return (rules.language_min if need.startswith("lang:") else rules.competence_min)[level]
