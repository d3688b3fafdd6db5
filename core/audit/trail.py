"""Writing the audit trail: streams of the same log, one a node's run and day."""

import hmac
from collections.abc import Awaitable, Callable

from core.actor import Actor, Role
from core.audit.entries import Accessed, Outcome, Tie
from core.clock import Clock
from core.ids import StreamId, new_id
from core.log.append import Append
from core.log.entry import Scope
from core.log.log import Log
from core.log.seal import MasterKeys

TiesOf = Callable[[Actor, str], Awaitable[tuple[Tie, ...]]]
"""What ties a member of staff to a person."""


async def no_ties(_actor: Actor, _person_id: str) -> tuple[Tie, ...]:
    """Where nobody is known."""
    return ()


class AuditTrail:
    """Appends to today's audit stream of this node; returns when the entry is on disk."""

    def __init__(self, log: Log, *, clock: Clock, node: str, masters: MasterKeys) -> None:
        self._log = log
        self._clock = clock
        self._node = node
        self._search_key = masters.derived(masters.current, "audit search")
        self.ties_of: TiesOf = no_ties
        """Set by who knows the register and the directory."""

    def stream(self) -> StreamId:
        """Today's stream."""
        return StreamId(f"audit:{self._node}:{self._clock.now():%Y-%m-%d}")

    def digest(self, searched: str) -> str:
        """What stands for the words of a search: the same for the same words, and unreadable without our key."""
        return hmac.digest(self._search_key, searched.casefold().encode(), "sha256").hex()[:32]

    async def record(
        self,
        actor: Actor,
        *,
        action: str,
        about: str,
        scope: Scope,
        outcome: Outcome,
        basis: str = "",
        found: int | None = None,
        searched: str = "",
    ) -> None:
        """Commit one entry. No data is handed out before this returns.

        `searched` is what was searched for, in the searcher's words: only its digest is kept.
        """
        role = acting_role(actor, scope)
        body = Accessed(
            action=action,
            about=about,
            person_id=scope.person_id,
            opener_id="" if scope.person_id else scope.opener_id,
            unit_id=scope.unit_id,
            provider_id=scope.provider_id,
            outcome=outcome,
            role=role.role if role else "",
            role_unit_id=role.unit_id if role else "",
            role_provider_id=role.provider_id if role else "",
            address=actor.address,
            session=actor.session,
            basis=basis,
            found=found,
            searched=self.digest(searched) if searched else "",
            ties=await self._ties(actor, scope),
        )
        await self._log.append(Append(self.stream(), (body,), actor, new_id(), create=Scope()))

    async def _ties(self, actor: Actor, scope: Scope) -> tuple[Tie, ...]:
        if actor.kind != "staff" or not scope.person_id:
            return ()
        return await self.ties_of(actor, scope.person_id)


def acting_role(actor: Actor, scope: Scope) -> Role | None:
    """The role someone acts under: one they hold at the unit, else one at its provider, else their first."""
    at_unit = (role for role in actor.roles if role.unit_id == scope.unit_id)
    at_provider = (role for role in actor.roles if role.provider_id == scope.provider_id)
    return next(at_unit, None) or next(at_provider, None) or next(iter(actor.roles), None)
