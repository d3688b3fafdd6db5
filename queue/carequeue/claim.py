"""Taking, giving back and closing a contact: Redis picks, SQL settles, nobody holds what another holds.

The index is only a fast way to the right candidate. Whether it waits and is nobody's is asked inside the transaction
that makes it somebody's, and before "nobody waits" is answered, SQL has been asked.
"""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import NamedTuple, TypeVar
from weakref import WeakValueDictionary

from carequeue.capacity import IMMEDIATE, WHOLE, Capacity, Held, Turn
from carequeue.duty.entries import TAKES_NOTHING_NEW, Standing
from carequeue.entries import Claimed, Closed, CloseReason, HandedBack, Understood
from carequeue.index import TurnOf, bring_up_to_date, nobody_waits
from carequeue.live.store import Asked, Index, Nothing, Parked, Weighed, as_asked
from carequeue.routing.rules import OF_ONE
from carequeue.settling import Settling
from carequeue.state import Place
from carequeue.store import PlaceRow, Places
from core.access.gates import still_allowed
from core.access.rights import Right
from core.actor import Actor
from core.clock import Clock
from core.errors import FyrError
from core.ids import ContactId, StreamId, contact_of, contact_stream
from core.log.append import Append, Appended, Head, Require, every, no_content_after
from core.log.body import Body
from core.log.log import Log
from triage.entries import Level

T = TypeVar("T")

LOST = frozenset({"already_claimed", "stale_claim", "closed", "not_found"})
"""Refusals that say: somebody else was first, or it is elsewhere by now. The next one is tried."""
ATTEMPTS = 200
"""Each lost attempt is a claim some colleague won; so many in a row mean that something else is wrong."""
AGAIN_AFTER_S = 0.05
PICK = 32
"""Candidates read from SQL at a time: more than the claims one node settles at once."""

REASON_LIMIT = 1_000
SAFETY_NET_LIMIT = 8_000


class Claim(NamedTuple):
    """The contact is the claimer's under this number, which every later command carries."""

    contact_id: ContactId
    claim_no: int


class _Asker(NamedTuple):
    """Who asks for the next contact, at which units, and what they are able to do at each."""

    staff_id: str
    able: Mapping[str, AbstractSet[str]]
    closed: frozenset[str]
    """Units of which they take nothing new: they pause, or finish what is open."""

    def is_able(self, row: PlaceRow) -> bool:
        """Whether they can do what the contact needs."""
        return self.able[row.unit_id] >= set(row.needs.split())


class Claims:
    """The commands of the queue, for one node."""

    def __init__(self, log: Log, index: Index, places: Places, *, capacity: Capacity, clock: Clock) -> None:
        self._log = log
        self._index = index
        self._places = places
        self._capacity = capacity
        self._clock = clock
        index.weighed = weighed_by(capacity)
        self.standing: Callable[[str, str], Standing] = lambda _, __: "on"
        """How a member of staff stands at a unit, by the ids of both: asked before anything is given."""
        self.turn_of: TurnOf = nobody_waits
        self._settling = Settling(clock)
        self._turns: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()
        """What one nurse asks here twice is answered in turn: else neither would count for the other."""

    async def claim_next(
        self, actor: Actor, unit_ids: Sequence[str], *, client_id: str, abilities: Sequence[str] = ()
    ) -> Claim:
        """Take the first contact of these units that the actor may be given. A repeat gives the first result.

        It is of a unit the actor has a role at, needs nothing but these abilities and that role (`role:nurse`), and
        the actor has room for it and neither pauses there nor finishes what is open; an immediate one is held back
        by none of that. Raises `nothing_waiting`, `at_capacity`, `intake_paused`, or `not_found` when the actor has
        no role at any of the units.
        """
        asker = self._asker(actor, unit_ids, abilities)
        async with self._turns.setdefault(asker.staff_id, asyncio.Lock()):
            return await self._next_for(asker, actor, client_id)

    async def _next_for(self, asker: _Asker, actor: Actor, client_id: str) -> Claim:
        barred: set[ContactId] = set()
        for _ in range(ATTEMPTS):
            found = await self._pick(asker, barred)
            if isinstance(found, Nothing):
                await asyncio.sleep(AGAIN_AFTER_S)
                continue
            if isinstance(found, FyrError):
                return await self._earlier(actor, client_id, otherwise=found)
            try:
                return await self._settle(actor, found, client_id)
            except FyrError as refusal:
                if refusal.code not in LOST:
                    raise
                if refusal.code == "not_found":
                    barred.add(found.contact_id)
            await self._tell_index(self._correct, found)
        raise FyrError("too_fast", retry_after_s=1)

    async def claim_this(self, actor: Actor, contact_id: ContactId, *, client_id: str) -> Claim:
        """Take this contact. A repeat gives the first result.

        Raises `already_claimed` (with `by`), `closed`, `not_found`.
        """
        for _ in range(ATTEMPTS):
            row = (await self._places.get([contact_id])).get(contact_id)
            if row is None:
                raise FyrError("not_found")
            try:
                return await self._settle(actor, _candidate(row), client_id)
            except FyrError as refusal:
                if refusal.code != "stale_claim":  # claimed and given back since the row was read: read again
                    raise
        raise FyrError("too_fast", retry_after_s=1)

    async def hand_back(
        self, actor: Actor, contact_id: ContactId, claim_no: int, *, reason: str, client_id: str
    ) -> Appended:
        """Give it back to its old place. Raises `stale_claim`, `closed`, `not_found`, `too_long`."""
        _limit("reason", reason, REASON_LIMIT)
        body = HandedBack(reason=reason, claim_no=claim_no)
        condition = every(self._still(actor, "claim"), under_claim(claim_no, actor))
        return await self._append(contact_id, body, actor, client_id=client_id, require=condition)

    async def close(
        self,
        actor: Actor,
        contact_id: ContactId,
        claim_no: int,
        *,
        reason: CloseReason,
        safety_net: str,
        client_id: str,
        understood: Understood = "",
        seen_no: int | None = None,
        require: Require | None = None,
    ) -> Appended:
        """End it, with what the patient should watch for. Raises `stale_claim`, `closed`, `not_found`, `too_long`.

        With `seen_no`, refused with `behind` while newer content lies unseen. `require`: what else must hold.
        """
        _limit("safety_net", safety_net, SAFETY_NET_LIMIT)
        body = Closed(reason=reason, safety_net=safety_net, claim_no=claim_no, understood=understood)
        behind = no_content_after(seen_no) if seen_no is not None else None
        condition = every(self._still(actor, "write"), under_claim(claim_no, actor), behind, require)
        return await self._append(contact_id, body, actor, client_id=client_id, require=condition)

    def guard(self, claim_no: int, actor: Actor) -> Require:
        """The condition of every write by whoever holds a contact. Refuses with `stale_claim` or `closed`."""
        return under_claim(claim_no, actor)

    async def _pick(self, asker: _Asker, barred: AbstractSet[ContactId]) -> Parked | Nothing | FyrError:
        """The best candidate, from the index, or from SQL when that is in doubt, behind or knows nobody; else why none.

        Nothing: how much the asker holds is being settled elsewhere this very moment.

        `barred`: what the gate has refused this actor, and the index would offer again and again.
        """
        now_ms = self._clock.ms()
        if not self._index.doubted and not self._index.is_behind(now_ms) and not barred:
            with contextlib.suppress(FyrError):  # the index is away, and has said so by `doubted`
                parked = await self._index.park_next(asker.staff_id, self._asked(asker), now_ms=now_ms)
                if isinstance(parked, Parked) or await self._undecided(parked.being_given):
                    return parked
        return await self._pick_in_sql(asker, barred)

    async def _undecided(self, being_given: Sequence[ContactId]) -> bool:
        """Whether SQL still has one of them waiting."""
        rows = await self._places.get(being_given) if being_given else {}
        return any(row.status == "waiting" for row in rows.values())

    def _asked(self, asker: _Asker) -> Iterator[Asked]:
        for unit_id, abilities in asker.able.items():
            limit, with_immediate = (self._capacity.limit(unit_id, with_immediate=one) for one in (False, True))
            open_to = 0 if unit_id in asker.closed else 1
            yield Asked(unit_id, open_to * limit * WHOLE, open_to * with_immediate, as_asked(abilities))

    async def _pick_in_sql(self, asker: _Asker, barred: AbstractSet[ContactId]) -> Parked | FyrError:
        held = await self._held(asker.staff_id)
        full = {unit_id for unit_id in asker.able if not self._capacity.has_room_beside(unit_id, held)}
        no_room, refusal = full | asker.closed, _why_none(asker, held, full)
        being_settled: Parked | None = None
        async for row in self._in_order(asker):
            if row.urgency != IMMEDIATE and row.unit_id in no_room:
                if len(no_room) == len(asker.able) and being_settled is None:
                    return refusal
                continue
            if row.contact_id in barred or not asker.is_able(row):
                continue
            if not self._settling.has(row.contact_id):
                return _candidate(row)
            being_settled = being_settled or _candidate(row)
        return being_settled or refusal

    async def has_room(self, staff_id: str, unit_id: str) -> bool:
        """Whether the member of staff is given one more contact of the unit."""
        return self._capacity.has_room_beside(unit_id, await self._held(staff_id))

    async def load(self, staff_id: str) -> float:
        """How much what they hold weighs, at all units together, in contacts."""
        return sum(map(self._capacity.weight, await self._held(staff_id))) / WHOLE

    async def _held(self, staff_id: str) -> list[Held]:
        """What they hold, by the record."""
        levels = {contact_stream(row.contact_id): row.urgency for row in await self._places.held(staff_id)}
        heads = await self._log.heads(list(levels)) if levels else {}
        return [Held(levels[stream], self.turn_of(head.state)) for stream, head in heads.items()]

    def _asker(self, actor: Actor, unit_ids: Sequence[str], abilities: Sequence[str]) -> _Asker:
        able: dict[str, AbstractSet[str]] = {}
        for unit_id in unit_ids:
            roles = {f"role:{role.role}" for role in actor.roles if role.unit_id == unit_id}
            if roles:
                able[unit_id] = {*roles, *abilities, f"{OF_ONE}{actor.staff_id}"}
        staff_id = actor.staff_id
        if not able or staff_id is None:
            raise FyrError("not_found")
        closed = frozenset(unit_id for unit_id in able if self.standing(unit_id, staff_id) in TAKES_NOTHING_NEW)
        return _Asker(staff_id, able, closed)

    async def _in_order(self, asker: _Asker) -> AsyncIterator[PlaceRow]:
        page = await self._places.waiting(list(asker.able), limit=PICK)
        while page:
            for row in page:
                yield row
            page = await self._places.waiting(list(asker.able), after=page[-1].key, limit=PICK)

    async def _settle(self, actor: Actor, candidate: Parked, client_id: str) -> Claim:
        role = actor.role_at(candidate.unit_id)
        if actor.staff_id is None or role is None:
            raise FyrError("not_found")
        body = Claimed(staff_id=actor.staff_id, name=actor.name, role=role.role, claim_no=candidate.claim_no)
        condition = every(self._still(actor, "claim"), waits_for(candidate.claim_no))
        with self._settling.settled_here(candidate.contact_id):
            done = await self._append(candidate.contact_id, body, actor, client_id=client_id, require=condition)
        if done.repeated:
            await self._tell_index(self._index.release, candidate)
            return await self._claim_at(done.stream, done.first_no)
        return Claim(candidate.contact_id, candidate.claim_no)

    def _still(self, actor: Actor, right: Right) -> Require:
        return still_allowed(actor, right, self._clock)

    async def _append(
        self, contact_id: ContactId, body: Body, actor: Actor, *, client_id: str, require: Require
    ) -> Appended:
        return await self._log.append(Append(contact_stream(contact_id), (body,), actor, client_id, require=require))

    async def _correct(self, candidate: Parked) -> None:
        """SQL refused it: let the index have it as it is, and park it no longer."""
        await bring_up_to_date(self._index, self._places, {candidate.contact_id: candidate.no})
        await self._index.release(candidate)

    async def _tell_index(self, tell: Callable[[T], Awaitable[None]], what: T) -> None:
        """Tell it at once; when that fails, the outbox or the keeper will. A claim never waits for a lost index."""
        if not self._index.doubted:
            with contextlib.suppress(FyrError):
                await tell(what)

    async def _earlier(self, actor: Actor, client_id: str, *, otherwise: FyrError) -> Claim:
        """What the same command gave before; else it is refused."""
        found = await self._places.first_entry(actor.id, client_id)
        if found is None:
            raise otherwise
        return await self._claim_at(*found)

    async def _claim_at(self, stream: StreamId, no: int) -> Claim:
        body = (await self._log.entries(stream, after=no - 1))[0].body
        if not isinstance(body, Claimed):
            raise FyrError("bad_request", where="client_id", what="already used for another command")
        return Claim(contact_of(stream), body.claim_no)


def weighed_by(capacity: Capacity) -> Weighed:
    """The weights as the index counts them."""
    levels: tuple[Level, ...] = ("very_urgent", "urgent")
    turns: tuple[Turn, ...] = ("staff", "patient")
    return Weighed(*(capacity.weight(Held(level, turn)) for turn in turns for level in levels))


def _why_none(asker: _Asker, held: Sequence[Held], full: AbstractSet[str]) -> FyrError:
    if asker.closed == asker.able.keys():
        return FyrError("intake_paused")
    return FyrError("at_capacity", held=len(held)) if full else FyrError("nothing_waiting")


def waits_for(claim_no: int) -> Require:
    """Refuse unless the contact waits and this number is newer than every claim before."""

    def require(head: Head) -> None:
        place = head.state.get(Place)
        if place.status == "closed":
            raise FyrError("closed")
        if place.status == "held":
            raise FyrError("already_claimed", by=place.holder_name)
        if claim_no <= place.claim_no:
            raise FyrError("stale_claim", claim_no=place.claim_no)

    return require


def under_claim(claim_no: int, actor: Actor) -> Require:
    """Refuse unless the actor holds the contact under this very claim. For every write by whoever holds it."""

    numbered = under_number(claim_no)

    def require(head: Head) -> None:
        numbered(head)
        if actor.staff_id is None or head.state.get(Place).holder_id != actor.staff_id:
            raise FyrError("stale_claim", claim_no=claim_no)

    return require


def under_number(claim_no: int) -> Require:
    """Refuse unless the contact is held under this very claim, by whomever."""

    def require(head: Head) -> None:
        place = head.state.get(Place)
        if place.status == "closed":
            raise FyrError("closed")
        if place.status != "held" or place.claim_no != claim_no:
            raise FyrError("stale_claim", claim_no=claim_no)

    return require


def _limit(field: str, text: str, limit: int) -> None:
    if len(text) > limit:
        raise FyrError("too_long", field=field, limit=limit)


def _candidate(row: PlaceRow) -> Parked:
    return Parked(row.contact_id, row.unit_id, row.claim_no + 1, row.no)
