"""Lets needs fall away when they are due: one append each, that asks the state once more. Any node may; one does."""

from dataclasses import replace

from carequeue.routing.widening import PARTS, Widening, widened
from carequeue.state import Place
from core.actor import system_actor
from core.log.append import Append, Head, still
from core.log.log import Log
from core.log.rows import Row, StateTable
from core.timers.purpose import timer_table

KEEPER = system_actor("routing")
PURPOSE = "widening"
"""The name of its timers."""


def due_ms(head: Head, widening: Widening) -> int | None:
    """When a need falls away: what the contact's timer says."""
    wider = widening.next(head.state)
    return wider.due_ms if wider else None


def timers(prefix: str, widening: Widening) -> StateTable:
    """How the log keeps the timers: a row for each contact that ever needed anything of who takes it."""
    table = timer_table(PURPOSE, prefix, lambda head: due_ms(head, widening), parts=PARTS)

    def row(head: Head) -> Row | None:
        return table.row(head) if head.state.get(Place).needed else None

    return replace(table, row=row)


class WideningKeeper:
    """Acts on the timers of purpose `widening`."""

    def __init__(self, entries: Log, widening: Widening) -> None:
        self._log = entries
        self._widening = widening

    def due_ms(self, head: Head) -> int | None:
        """When the next need falls away."""
        return due_ms(head, self._widening)

    async def act(self, head: Head) -> None:
        """Let it, unless somebody has taken the contact meanwhile."""
        wider = self._widening.next(head.state)
        if wider is None:
            return
        client_id = f"{head.stream}/{head.state.get(Place).arrived_ms}/{wider.need}/over"
        due = still(lambda now: self._widening.next(now.state) == wider)
        await self._log.step(Append(head.stream, (widened(head.state, wider),), KEEPER, client_id, require=due))
