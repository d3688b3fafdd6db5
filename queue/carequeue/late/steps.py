"""The next step for who waits too long, and when it is due: pure, and asked again in the write."""

from typing import NamedTuple

from carequeue.deadlines import MINUTE_MS, Deadlines
from carequeue.late.entries import LateStep
from carequeue.late.state import Late
from carequeue.late.times import LateRules
from carequeue.order import level_in_queue
from carequeue.state import Place
from core.log.state import Part, State
from triage.entries import Level
from triage.state import Triage

PARTS: tuple[type[Part], ...] = (Place, Triage, Late)
"""What of the state decides."""


class Step(NamedTuple):
    """Who is told next."""

    name: LateStep
    due_ms: int
    late_ms: int
    """When the promise was broken: the promised time, or a later one at which it began to wait again."""
    level: Level


class Steps:
    """The rules with the deadlines in force."""

    def __init__(self, rules: LateRules, deadlines: Deadlines) -> None:
        self.rules = rules
        self._deadlines = deadlines

    def next(self, state: State) -> Step | None:
        """The next step; None for whom nobody need be told of, or when everybody was."""
        place, level = state.get(Place), level_in_queue(state.get(Triage))
        if place.status != "waiting" or not place.unit_id:
            return None
        late = state.get(Late)
        taken = late.steps if (late.waiting_ms, late.urgency) == (place.waiting_ms, level) else ()
        target_ms = self._deadlines.target_ms(place.unit_id, level, arrived_ms=place.arrived_ms, letter=place.letter)
        late_ms, before_min = max(target_ms, place.waiting_ms), 0
        for name, after_min in self.rules.of(place.unit_id, level).steps():
            if name in taken:
                before_min = after_min
            elif name != "next_unit" or self._may_move(place, late):
                due_ms = self._deadlines.later_ms(place.unit_id, level, start_ms=late_ms, minutes=after_min)
                apart_ms = late.last_ms + (after_min - before_min) * MINUTE_MS if taken else 0
                return Step(name, max(due_ms, apart_ms), late_ms, level)
        return None

    def _may_move(self, place: Place, late: Late) -> bool:
        return self.rules.stands_in_for(place.unit_id) is not None and late.moved_ms < place.arrived_ms
