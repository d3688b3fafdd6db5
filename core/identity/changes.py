"""Changes of who somebody is, as administrators make them: each with a reason, in a stream of its own.

What only closes (a mark is set, a proxy or a number ends, two that were one are parted) one person does at once. What
opens something to somebody who could not see it waits for a second person. A number is not shown to them: they type it
too, so that nobody approves what they have not read for themselves.
"""

from collections.abc import Sequence

from core.actor import Actor
from core.errors import FyrError
from core.identity.entries import Change, ChangeDone, ChangeKind, ChangeProposed, ChangeWithdrawn
from core.identity.kinds import ChangeState
from core.identity.number import IdentityNumber
from core.identity.register import Register, check_reason
from core.identity.store import CHANGE
from core.ids import StreamId, new_id
from core.log.append import Append, Head
from core.log.body import Body
from core.log.entry import Scope
from core.log.log import Log

OPENS: frozenset[ChangeKind] = frozenset({"merge", "lift", "proxy", "number"})
"""What two persons do: a record comes to be another's too, a protection is gone, somebody stands for another, and
whoever signs in with a number is the person from then on."""


class Changes:
    """The commands."""

    def __init__(self, log: Log, register: Register) -> None:
        self._log = log
        self._register = register

    async def needs_second(self, actor: Actor, change: Change, number: IdentityNumber | None) -> bool:
        """Whether another person has to approve. A newborn's first number, of the day they were born on, opens nothing
        to who has it: nobody signs in as a newborn. Who registered them, and so said who has the custody, gives it not
        alone."""
        if change.kind != "number" or number is None or number.born_on is None:
            return change.kind in OPENS
        rows, person_id = self._register.rows, change.person_id
        standing = await rows.standing(person_id)
        if standing is None or standing.temporary != "newborn" or await rows.numbers_of(person_id):
            return True
        born_on = (await rows.parties([person_id], now_ms=0))[person_id].born_on
        (registered,) = await self._log.entries(StreamId(f"person:{person_id}"), limit=1)
        by_another = registered.header.actor_id != actor.id
        return not by_another or born_on != number.born_on or self._register.may_act_alone(born_on)

    async def propose(
        self, actor: Actor, change: Change, number: IdentityNumber | None = None, *, reason: str, client_id: str
    ) -> str:
        """Put a change up for another's approval; one that needs none is done at once. Gives its id.

        Raises `empty`, `too_long`, and what the change itself is refused with.
        """
        check_reason(reason)
        bodies: tuple[Body, ...] = (ChangeProposed(change=change, reason=reason.strip()),)
        if not await self.needs_second(actor, change, number):
            await self._carry_out(actor, change, number, reason=reason, once=client_id)
            bodies = (*bodies, ChangeDone())
        stream, scope = StreamId(f"{CHANGE}{new_id()}"), Scope(person_id=change.person_id)
        done = await self._log.append(Append(stream, bodies, actor, client_id, create=scope))
        return done.stream.removeprefix(CHANGE)

    async def approve(
        self, actor: Actor, change_id: str, number: IdentityNumber | None = None, *, client_id: str
    ) -> None:
        """Do it, as the second person.

        Raises `not_found`, `wrong_state`, `second_person`, `identity_differs` when they typed another number than the
        first, and what the change itself is refused with.
        """
        part = await self.of(change_id)
        if part.change is None or part.status == "withdrawn":
            raise FyrError("wrong_state", state=part.status)
        if part.proposed_by == actor.id:
            raise FyrError("second_person")
        digest = part.change.digest
        if digest and (number is None or not self._register.is_digest_of(digest, number)):
            raise FyrError("identity_differs")
        if part.status == "proposed":
            await self._carry_out(actor, part.change, number, reason=part.reason, once=f"change/{change_id}")
        await self._append(change_id, ChangeDone(), actor, client_id=client_id)

    async def withdraw(self, actor: Actor, change_id: str, *, reason: str, client_id: str) -> None:
        """It is not to be done. Raises `not_found`, `wrong_state`, `empty`, `too_long`."""
        check_reason(reason)
        await self._append(change_id, ChangeWithdrawn(reason=reason.strip()), actor, client_id=client_id)

    async def of(self, change_id: str) -> ChangeState:
        """How it stands. Raises `not_found`."""
        return (await self._log.head(StreamId(f"{CHANGE}{change_id}"))).state.get(ChangeState)

    async def all(self, change_ids: Sequence[str]) -> dict[str, ChangeState]:
        """How these stand, in their order."""
        streams = {one: StreamId(f"{CHANGE}{one}") for one in change_ids}
        heads = await self._log.heads(list(streams.values()))
        return {one: heads[name].state.get(ChangeState) for one, name in streams.items() if name in heads}

    async def _append(self, change_id: str, body: Body, actor: Actor, *, client_id: str) -> None:
        def require(head: Head) -> None:
            part = head.state.get(ChangeState)
            if part.status != "proposed":
                raise FyrError("wrong_state", state=part.status)

        stream = StreamId(f"{CHANGE}{change_id}")
        await self._log.append(Append(stream, (body,), actor, client_id, require=require))

    async def _carry_out(
        self, actor: Actor, change: Change, number: IdentityNumber | None, *, reason: str, once: str
    ) -> None:
        register, person_id, client_id = self._register, change.person_id, f"{once}/done"
        match change.kind:
            case "merge":
                await register.merge(actor, person_id, into=change.other_id, reason=reason, client_id=client_id)
            case "part":
                await register.part(actor, person_id, reason=reason, client_id=client_id)
            case "protect" | "lift":
                await register.protect(actor, person_id, change.protection, client_id=client_id)
            case "proxy" | "end_proxy":
                await self._stand(actor, change, client_id=client_id)
            case "number" | "end_number":
                await self._number(actor, change, number, client_id=client_id)

    async def _stand(self, actor: Actor, change: Change, *, client_id: str) -> None:
        person_id, proxy_id, basis = change.person_id, change.other_id, change.basis or "guardian"
        if change.kind == "end_proxy":
            await self._register.end_proxy(actor, person_id, proxy_id=proxy_id, basis=basis, client_id=client_id)
            return
        await self._register.let_stand(
            actor,
            person_id,
            proxy_id=proxy_id,
            basis=basis,
            shares_address=change.shares_address,
            until_ms=change.until_ms,
            client_id=client_id,
        )

    async def _number(self, actor: Actor, change: Change, number: IdentityNumber | None, *, client_id: str) -> None:
        if number is None:
            raise FyrError("identity_differs")
        if change.kind == "number":
            await self._register.give(actor, change.person_id, number, client_id=client_id)
        else:
            await self._register.end(actor, number, wrong=change.wrong, client_id=client_id)
