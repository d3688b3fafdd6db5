"""Writing the audit trail: streams of the same log, one a node's run and day."""

from typing import Literal

from core.actor import Actor
from core.audit.entries import Accessed
from core.clock import Clock
from core.ids import StreamId, new_id
from core.log.append import Append
from core.log.entry import Scope
from core.log.log import Log

Outcome = Literal["allowed", "refused"]


class AuditTrail:
    """Appends to today's audit stream of this node; returns when the entry is on disk."""

    def __init__(self, log: Log, *, clock: Clock, node: str) -> None:
        self._log = log
        self._clock = clock
        self._node = node

    def stream(self) -> StreamId:
        """Today's stream."""
        return StreamId(f"audit:{self._node}:{self._clock.now():%Y-%m-%d}")

    async def record(self, actor: Actor, *, action: str, about: str, scope: Scope, outcome: Outcome) -> None:
        """Commit one entry. No data is handed out before this returns."""
        body = Accessed(
            action=action,
            about=about,
            person_id=scope.person_id,
            unit_id=scope.unit_id,
            provider_id=scope.provider_id,
            outcome=outcome,
        )
        await self._log.append(Append(self.stream(), (body,), actor, new_id(), create=Scope()))
