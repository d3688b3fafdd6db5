"""Who was waited for and did not come: noted by itself, once. Nobody else can be said not to have come.

Waited for are guests, until their link opens nothing any more, and the patient's side once staff have said when the
visit begins, for `GRACE_MS` longer.
"""

from collections.abc import Iterator
from dataclasses import replace

from core.actor import system_actor
from core.log.append import Append, Head, still
from core.log.log import Log
from core.log.rows import Row, StateTable
from core.timers.purpose import timer_table
from rtc.room.entries import VisitMissed
from rtc.state import PATIENT, Visit

KEEPER = system_actor("visits")
PURPOSE = "missed"
"""The name of its timers."""
GRACE_MS = 10 * 60 * 1000


def waited_for(visit: Visit) -> Iterator[tuple[int, VisitMissed]]:
    """Who has not come yet, each with when that is noted."""
    if not visit.visit_id:
        return
    for guest in visit.guests:
        if not guest.came and guest.participant not in visit.missed:
            told = VisitMissed(visit_id=visit.visit_id, participant=guest.participant, name=guest.name, role=guest.role)
            yield guest.until_ms, told
    came = any(member.role == "patient" for member in visit.members)
    if visit.expected_ms and not came and PATIENT not in visit.missed:
        yield visit.expected_ms + GRACE_MS, VisitMissed(visit_id=visit.visit_id, role="patient")


def missed_by_end(visit: Visit, now_ms: int) -> tuple[VisitMissed, ...]:
    """Who has not come to a visit that ends now; the patient only when it was to begin before."""
    begun = 0 < visit.expected_ms <= now_ms
    return tuple(told for _, told in waited_for(visit) if told.participant or begun)


def due_ms(head: Head) -> int | None:
    """When the next one is noted."""
    return min((due for due, _ in waited_for(head.state.get(Visit))), default=None)


def timers(prefix: str) -> StateTable:
    """How the log keeps the timers: a row for each contact in whose visit somebody is waited for."""
    table = timer_table(PURPOSE, prefix, due_ms, parts=(Visit,))

    def row(head: Head) -> Row | None:
        visit = head.state.get(Visit)
        return table.row(head) if visit.visit_id and (visit.guests or visit.expected_ms) else None

    return replace(table, row=row)


class MissedKeeper:
    """Acts on the timers of purpose `missed`."""

    def __init__(self, entries: Log) -> None:
        self._log = entries

    async def act(self, head: Head) -> None:
        """Note who has not come by now, unless they have come meanwhile."""
        first = min(waited_for(head.state.get(Visit)), key=lambda one: one[0], default=None)
        if first is None:
            return
        _, told = first
        client_id = f"{head.stream}/{told.visit_id}/missed/{told.participant}"
        due = still(lambda now: told in [one for _, one in waited_for(now.state.get(Visit))])
        await self._log.step(Append(head.stream, (told,), KEEPER, client_id, require=due))
