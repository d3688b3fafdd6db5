"""Takes the steps that are due for who waits too long: one append each, that asks the state once more."""

from collections.abc import Awaitable, Callable
from dataclasses import replace

import msgspec

from carequeue.deadlines import MINUTE_MS
from carequeue.entries import Queued
from carequeue.late.entries import Escalated
from carequeue.late.state import Late
from carequeue.late.steps import PARTS, Step, Steps
from carequeue.routing.entries import RouteStep
from carequeue.state import Place
from core.actor import system_actor
from core.log.append import Append, Head, still
from core.log.body import Body
from core.log.log import Log
from core.log.rows import Row, StateTable
from core.timers.purpose import timer_table

KEEPER = system_actor("late")
PURPOSE = "late"
"""The name of its timers."""

MayMove = Callable[[Head, str], Awaitable[str | None]]
"""The name of a unit the contact may be moved to; None when it may not: another legal care giver, or a block."""


def timers(prefix: str, steps: Steps) -> StateTable:
    """How the log keeps the timers: a row for each contact that has waited."""
    table = timer_table(PURPOSE, prefix, lambda head: due_ms(head, steps), parts=PARTS)

    def row(head: Head) -> Row | None:
        waits = head.state.get(Place).status == "waiting"
        return table.row(head) if waits or head.state.get(Late).last_ms else None

    return replace(table, row=row)


def due_ms(head: Head, steps: Steps) -> int | None:
    """When the next step is due: what the contact's timer says."""
    step = steps.next(head.state)
    return step.due_ms if step else None


class LateKeeper:
    """Acts on the timers of purpose `late`."""

    def __init__(self, entries: Log, steps: Steps, *, may_move: MayMove) -> None:
        self._log = entries
        self._steps = steps
        self._may_move = may_move

    def due_ms(self, head: Head) -> int | None:
        """When the next step is due."""
        return due_ms(head, self._steps)

    async def act(self, head: Head) -> None:
        """Take the step that is due, unless somebody has taken the contact meanwhile."""
        step = self._steps.next(head.state)
        if step is None:
            return
        bodies = await self._bodies(head, step)
        client_id = f"{head.stream}/{head.state.get(Place).waiting_ms}/{step.level}/{step.name}"
        due = still(lambda now: self._steps.next(now.state) == step)
        await self._log.step(Append(head.stream, bodies, KEEPER, client_id, require=due))

    async def _bodies(self, head: Head, step: Step) -> tuple[Body, ...]:
        place = head.state.get(Place)
        told = Escalated(
            step=step.name,
            urgency=step.level,
            late_min=(step.due_ms - step.late_ms) // MINUTE_MS,
            waiting_ms=place.waiting_ms,
        )
        to_unit = self._steps.rules.stands_in_for(place.unit_id) if step.name == "next_unit" else None
        name = await self._may_move(head, to_unit) if to_unit is not None else None
        if to_unit is None or name is None:
            return (told,)
        step_there = RouteStep(policy="late", outcome="stands_in", unit_id=to_unit, unit_name=name)
        moves = Queued(unit_id=to_unit, steps=(step_there,), needs=place.needs)
        return (msgspec.structs.replace(told, to_unit=to_unit, unit_name=name), moves)
