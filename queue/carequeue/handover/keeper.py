"""Passes on what nobody answers: one append each, that asks the state once more. Any node may; one does."""

from dataclasses import replace
from functools import partial

from carequeue.deadlines import MINUTE_MS
from carequeue.entries import HandedBack
from carequeue.handover.entries import HandOverUnanswered
from carequeue.handover.rule import PARTS, Step, next_step
from carequeue.handover.state import HandOver
from carequeue.handover.times import HandOverTimes
from carequeue.state import Place
from core.actor import system_actor
from core.log.append import Append, Head, still
from core.log.body import Body
from core.log.log import Log
from core.log.rows import Row, StateTable
from core.timers.purpose import timer_table

KEEPER = system_actor("hand_over")
PURPOSE = "hand_over"
"""The name of its timers."""
NOT_ACCEPTED = "not_accepted"
"""The reason written when it goes back to the queue: a code, since no person wrote it."""


def due_ms(head: Head, *, times: HandOverTimes) -> int | None:
    """When something is passed on: what the contact's timer says."""
    step = next_step(head.state, times)
    return step.due_ms if step else None


def timers(prefix: str, times: HandOverTimes) -> StateTable:
    """How the log keeps the timers: a row for each contact that was ever offered or asked for."""
    table = timer_table(PURPOSE, prefix, partial(due_ms, times=times), parts=PARTS)

    def row(head: Head) -> Row | None:
        return table.row(head) if head.state.get(HandOver) != HandOver() else None

    return replace(table, row=row)


class HandOverKeeper:
    """Acts on the timers of purpose `hand_over`."""

    def __init__(self, entries: Log, times: HandOverTimes) -> None:
        self._log = entries
        self._times = times

    def due_ms(self, head: Head) -> int | None:
        """The same, with the times in force."""
        return due_ms(head, times=self._times)

    async def act(self, head: Head) -> None:
        """Take the step that is due, unless somebody has answered meanwhile."""
        step = next_step(head.state, self._times)
        if step is None:
            return
        claim_no = head.state.get(Place).claim_no
        client_id = f"{head.stream}/{claim_no}/{step.what}/{step.id}/{step.to}"
        bodies = _bodies(step, claim_no)
        due = still(lambda now: next_step(now.state, self._times) == step)
        await self._log.step(Append(head.stream, bodies, KEEPER, client_id, require=due))


def _bodies(step: Step, claim_no: int) -> tuple[Body, ...]:
    after_min = (step.due_ms - step.since_ms) // MINUTE_MS
    passed = HandOverUnanswered(what=step.what, id=step.id, to=step.to, after_min=after_min)
    return (passed, HandedBack(reason=NOT_ACCEPTED, claim_no=claim_no)) if step.to == "queue" else (passed,)
