"""The register of persons: every change of who somebody is goes through here, as an entry of the log.

A number is found by a keyed digest (HMAC-SHA-256 under a key derived from a master key): the database alone confirms no
guess. The number itself lies in the sealed state of the digest's own stream and nowhere else; erasing that stream's key
erases it. One number has one stream, so that two persons cannot get it at once.
"""

import hmac
from datetime import date, tzinfo

from core.actor import FOR_EVER_MS, Actor, Represented
from core.clock import Clock, from_ms
from core.errors import FyrError
from core.identity.age_rules import AgeRules
from core.identity.entries import (
    IdentityEnded,
    IdentityGiven,
    PersonRegistered,
    PersonsMerged,
    PersonsParted,
    Protection,
    ProtectionSet,
    ProxyBasis,
    ProxyEnded,
    ProxyGiven,
    Temporary,
)
from core.identity.kinds import IdentityState, PersonState, ProxyState
from core.identity.number import IdentityNumber, require_of
from core.identity.proxy import Hindrance, Party, Proxy, judged, may_act_alone
from core.identity.store import IdentityRow, PersonRows, StandingRow
from core.ids import StreamId
from core.log.append import Append, Head, Require
from core.log.body import Body
from core.log.entry import Scope
from core.log.log import Log
from core.log.seal import MasterKeys

INDEX = "identity index"
REASON_LIMIT = 500


class Register:
    """The commands, and who stands for whom."""

    def __init__(
        self,
        log: Log,
        rows: PersonRows,
        *,
        masters: MasterKeys,
        clock: Clock,
        rules: AgeRules,
        zone: tzinfo,
        demo: bool,
    ) -> None:
        self._log = log
        self.rows = rows
        self._masters = masters
        self._clock = clock
        self._rules = rules
        self._zone = zone
        self._demo = demo

    def digest(self, number: IdentityNumber) -> str:
        """What stands for the number in the index and in the audit trail."""
        return self._digest(number.kind, number.value, self._masters.current)

    def is_digest_of(self, digest: str, number: IdentityNumber) -> bool:
        """Whether this digest, of whichever master key, stands for the number."""
        key = digest.partition(".")[0]
        return key in self._masters.names and hmac.compare_digest(self._digest(number.kind, number.value, key), digest)

    async def find(self, number: IdentityNumber) -> str | None:
        """Whose the number is, or was; merged persons are found as who they are today."""
        require_of(number, demo=self._demo)
        held = await self._held(number)
        return await self.rows.survivor(held.person_id) if held else None

    async def numbers_of(self, person_id: str) -> list[str]:
        """The person's numbers, the newest first: for comparing with what else is known by a number, and for nothing
        that is shown."""
        streams = [_identity(row.digest) for row in await self.rows.numbers_of(person_id)]
        heads = await self._log.heads(streams)
        return [heads[name].state.get(IdentityState).value for name in streams if name in heads]

    async def register(self, actor: Actor, person_id: str, *, client_id: str, temporary: Temporary = "") -> None:
        """Somebody is known from now on; `temporary` says why they have no number."""
        await self._write(
            _person(person_id), PersonRegistered(temporary=temporary), actor, client_id=client_id, of=person_id
        )

    async def give(self, actor: Actor, person_id: str, number: IdentityNumber, *, client_id: str) -> None:
        """The number is this person's. One they had before stays theirs to be found by, until it is ended.

        Raises `identity_taken` when it is another's, `identity_invalid` for a test number among real people.
        """
        require_of(number, demo=self._demo)
        held = await self._held(number)
        stream = _identity(held.digest if held else self.digest(number))
        body = IdentityGiven(person_id=person_id, number=number.kind, value=number.value)
        await self._write(stream, body, actor, client_id=client_id, of=person_id, require=_free_for(person_id))

    async def end(self, actor: Actor, number: IdentityNumber, *, wrong: bool, client_id: str) -> None:
        """The person has another number now, or (`wrong`) never had this one. Raises `not_found`."""
        held = await self._held(number)
        if held is None:
            raise FyrError("not_found")
        body = IdentityEnded(why="wrong" if wrong else "replaced")
        await self._write(
            _identity(held.digest), body, actor, client_id=client_id, of=held.person_id, require=_still_given
        )

    async def merge(self, actor: Actor, person_id: str, *, into: str, reason: str, client_id: str) -> None:
        """The two are one: what is known of `person_id` is `into`'s from here on, and is protected if either was.

        Raises `not_found`, `empty`, `too_long`.
        """
        check_reason(reason)
        found = await self.rows.standings([person_id, into])
        if len(found) < 2 or any(one.merged_into for one in found.values()):
            raise FyrError("not_found")
        now_ms, merged = self._clock.ms(), found[person_id]
        if merged.is_protected(now_ms) and not found[into].is_protected(now_ms):
            await self._protect_as(merged, into, actor, client_id=f"{client_id}/protection")

        def require(head: Head) -> None:
            if head.fresh or head.state.get(PersonState).merged_into:
                raise FyrError("not_found")

        body = PersonsMerged(into=into, reason=reason.strip())
        await self._write(_person(person_id), body, actor, client_id=client_id, of=person_id, require=require)

    async def _protect_as(self, merged: StandingRow, into: str, actor: Actor, *, client_id: str) -> None:
        until_ms = merged.protected_until_ms
        await self.protect(actor, into, merged.protection or None, client_id=client_id, until_ms=until_ms)

    async def part(self, actor: Actor, person_id: str, *, reason: str, client_id: str) -> None:
        """Take a merge back: they are two. Raises `not_found` for somebody who is merged into nobody, `empty`."""
        check_reason(reason)

        def require(head: Head) -> None:
            if not head.state.get(PersonState).merged_into:
                raise FyrError("not_found")

        body = PersonsParted(reason=reason.strip())
        await self._write(_person(person_id), body, actor, client_id=client_id, of=person_id, require=require)

    async def protect(
        self,
        actor: Actor,
        person_id: str,
        protection: Protection | None,
        *,
        client_id: str,
        until_ms: int | None = None,
    ) -> None:
        """The person's identity is protected from now on, or (None) is no longer."""
        body = ProtectionSet(protection=protection, until_ms=until_ms)
        await self._write(_person(person_id), body, actor, client_id=client_id, of=person_id)

    async def let_stand(
        self,
        actor: Actor,
        person_id: str,
        *,
        proxy_id: str,
        basis: ProxyBasis,
        client_id: str,
        shares_address: bool = False,
        until_ms: int | None = None,
    ) -> None:
        """`proxy_id` may stand for the person, as far as the age rules let them whenever they do."""
        body = ProxyGiven(
            person_id=person_id, proxy_id=proxy_id, basis=basis, shares_address=shares_address, until_ms=until_ms
        )
        await self._write(_proxy(person_id, proxy_id, basis), body, actor, client_id=client_id, of=person_id)

    async def end_proxy(
        self, actor: Actor, person_id: str, *, proxy_id: str, basis: ProxyBasis, client_id: str
    ) -> None:
        """They stand for the person no more. Raises `not_found`."""

        def require(head: Head) -> None:
            if not head.state.get(ProxyState).proxy_id:
                raise FyrError("not_found")

        await self._write(
            _proxy(person_id, proxy_id, basis), ProxyEnded(), actor, client_id=client_id, of=person_id, require=require
        )

    async def represented_by(self, person_id: str) -> tuple[Represented, ...]:
        """Whom a person may act for now: those the rules let them stand for, and whoever turned out to be them."""
        proxies = await self.rows.proxies_held_by(person_id)
        now_ms = self._clock.ms()
        names = {proxy.person_id for proxy in proxies} | {person_id}
        parties = await self.rows.parties(names, now_ms=now_ms) if proxies else {}
        stands = [
            self.judge(proxy, person=parties[proxy.person_id], by=parties[person_id])
            for proxy in proxies
            if proxy.person_id in parties and person_id in parties
        ]
        same = [
            Represented(person_id=one, until_ms=FOR_EVER_MS, same=True)
            for one in await self.rows.merged_into(person_id)
        ]
        return (*(one for one in stands if isinstance(one, Represented)), *same)

    def judge(self, proxy: Proxy, *, person: Party, by: Party) -> Represented | Hindrance:
        """Whether the rules let somebody stand for a person now, and until when; else what keeps them from it."""
        return judged(self._rules, proxy, person=person, by=by, now=from_ms(self._clock.ms()), zone=self._zone)

    def may_act_alone(self, born_on: date) -> bool:
        """Whether somebody born then is old enough to use the service for themselves today."""
        return may_act_alone(self._rules, born_on, on=self._clock.now().astimezone(self._zone).date())

    def may_keep_out(self) -> bool:
        """Whether a person may keep named staff out, by the rules of today."""
        return self._rules.may_keep_out(self._clock.now().astimezone(self._zone).date())

    async def reseal(self, actor: Actor) -> int:
        """Keep every number under the current master key, so that an older one can go; gives how many were moved.

        The streams' own keys are wrapped anew by whoever turns the keys; this moves what was derived from the old one.
        """
        moved = 0
        for row in await self.rows.indexed_by_others(self._masters.current):
            old = _identity(row.digest)
            part = (await self._log.head(old)).state.get(IdentityState)
            new = _identity(self._digest(part.number, part.value, self._masters.current))
            given = IdentityGiven(person_id=part.person_id, number=part.number or "personnummer", value=part.value)
            bodies: tuple[Body, ...] = (given,) if part.until_ms is None else (given, IdentityEnded(why="replaced"))
            scope = Scope(person_id=part.person_id)
            await self._log.append(Append(new, bodies, actor, f"reseal/{new}", create=scope))
            await self._log.append(Append(old, (IdentityEnded(why="moved"),), actor, f"reseal/{old}"))
            moved += 1
        return moved

    async def _held(self, number: IdentityNumber) -> IdentityRow | None:
        digests = [self._digest(number.kind, number.value, key) for key in self._masters.names]
        found = await self.rows.holders(digests)
        return found[0] if found else None

    def _digest(self, kind: str, value: str, key: str) -> str:
        keyed = hmac.digest(self._masters.derived(key, INDEX), f"{kind}|{value}".encode(), "sha256").hex()
        return f"{key}.{keyed}"

    async def _write(
        self, stream: StreamId, body: Body, actor: Actor, *, client_id: str, of: str, require: Require | None = None
    ) -> None:
        scope = Scope(person_id=of)
        await self._log.append(Append(stream, (body,), actor, client_id, require=require, create=scope))


def _free_for(person_id: str) -> Require:
    """A number ended as another's may be given to its right holder; one in use may not."""

    def require(head: Head) -> None:
        part = head.state.get(IdentityState)
        if part.person_id not in ("", person_id) and part.until_ms is None:
            raise FyrError("identity_taken")

    return require


def _still_given(head: Head) -> None:
    part = head.state.get(IdentityState)
    if not part.person_id or part.until_ms is not None:
        raise FyrError("not_found")


def check_reason(reason: str) -> None:
    """Raises `empty`, `too_long`."""
    if not reason.strip():
        raise FyrError("empty", field="reason")
    if len(reason) > REASON_LIMIT:
        raise FyrError("too_long", field="reason", limit=REASON_LIMIT)


def _person(person_id: str) -> StreamId:
    return StreamId(f"person:{person_id}")


def _identity(digest: str) -> StreamId:
    return StreamId(f"identity:{digest}")


def _proxy(person_id: str, proxy_id: str, basis: ProxyBasis) -> StreamId:
    return StreamId(f"proxy:{person_id}:{proxy_id}:{basis}")
