"""What a contact needs falls away with time: first the one nurse, then the language, then the skill. Pure.

The times are timers like all others: asked of the state, never set.
"""

from typing import NamedTuple

from carequeue.deadlines import Deadlines
from carequeue.order import level_in_queue
from carequeue.routing.entries import NeedsSet, RouteStep
from carequeue.routing.rules import OF_ONE, RoutingRules, UnitRules, holding_back, longest_min
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
    """The rules with the deadlines in force.

    The rules were held against the promises at the start; a unit may have made its promises shorter since. Half of what
    is promised now is therefore the longest that a need holds anybody back.
    """

    def __init__(self, rules: RoutingRules, deadlines: Deadlines) -> None:
        self._rules = rules
        self._deadlines = deadlines

    def next(self, state: State) -> Wider | None:
        """What falls away next; None for what is not waiting or is held back by nothing."""
        place, level = state.get(Place), level_in_queue(state.get(Triage))
        if place.status != "waiting":
            return None
        due = (Wider(need, self._due_ms(need, place, level)) for need in holding_back(place.needs, level))
        return min(due, key=lambda one: (one.due_ms, one.need), default=None)

    def _due_ms(self, need: str, place: Place, level: Level) -> int:
        unit_id = place.unit_id
        minutes = min(
            _minutes(need, self._rules.of(unit_id), level),
            longest_min(unit_id, level, self._deadlines),
        )
        return self._deadlines.later_ms(unit_id, level, start_ms=place.arrived_ms, minutes=minutes)


def widened(state: State, wider: Wider) -> NeedsSet:
    """The entry that lets it fall away."""
    left = tuple(need for need in state.get(Place).needs if need != wider.need)
    return NeedsSet(needs=left, steps=(RouteStep(policy="widening", outcome="over", need=wider.need),))


def _minutes(need: str, rules: UnitRules, level: Level) -> int:
    if need.startswith(OF_ONE):
        return rules.continuity_min
    return (rules.language_min if need.startswith("lang:") else rules.competence_min)[level]
