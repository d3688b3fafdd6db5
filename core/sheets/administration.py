"""The commands on sheets: propose, approve, withdraw, and what would follow.

One change is judged at a time, on every node: else two who each take away one of the last two nurses with a skill would
both be told that one is left.
"""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from msgspec.structs import replace

from core.actor import Actor, system_actor
from core.directory.store import Directory, Member
from core.errors import FyrError
from core.identity.register import check_reason
from core.ids import StreamId
from core.log.append import Append, Head, Require
from core.log.body import Body
from core.log.entry import Entry, Scope
from core.log.log import Log
from core.sheets.entries import SheetApproved, SheetProposed, SheetsFound, SheetWithdrawn
from core.sheets.found import found_sheets
from core.sheets.kinds import InForce, SheetsState, Waiting
from core.sheets.sheet import Around, Sheet, Sheets, Subject, Verdict, judge, plain, read
from core.sheets.store import first_stream
from core.storage.sql import Database

TURN = 0x53686565
"""PostgreSQL's advisory lock under which changes are judged: "Shee" in ASCII."""
FINDER = system_actor("directory")
UNDONE = frozenset({"ways"})
"""Sheets whose effects are carried out apart from the entry that puts them in force, and lie beyond it."""


class Key(NamedTuple):
    """Of whom or what a sheet is."""

    subject: Subject
    subject_id: str

    @property
    def stream(self) -> StreamId:
        """The log stream of its sheets."""
        return StreamId(f"{self.subject}:{self.subject_id}")


class Asked(NamedTuple):
    """What a sheet is to be: plain values, or None for the standard."""

    sheet: str
    value: Any
    base: int = 0
    """The entry by which the sheet was in force that this was made from."""


class Judged(NamedTuple):
    """What is to be said of what was asked."""

    verdict: Verdict
    before: Any
    """Plain; what is in force, the standard included."""
    after: Any


class Effect(NamedTuple):
    """A change that is to be carried out beyond its own stream, before the entry that puts it in force."""

    key: Key
    before: Any
    after: Any
    actor: Actor
    once: str


class Administration:
    """The commands. Whether somebody may ask them of a subject at all, the gate has said."""

    def __init__(
        self,
        log: Log,
        directory: Directory,
        database: Database,
        *,
        sheets: Sheets,
        today: Callable[[], date],
        anybody_signs_in: bool,
    ) -> None:
        """`anybody_signs_in`: in a demonstration, also whoever is known by nothing."""
        self._anybody_signs_in = anybody_signs_in
        self._log = log
        self._directory = directory
        self._database = database
        self.today = today
        self.sheets = sheets
        self.effects: dict[str, Callable[[Effect], Awaitable[None]]] = {}
        """What else has to be done, by the name of the sheet. Done again it changes nothing."""

    async def states(self, keys: Sequence[Key]) -> dict[Key, SheetsState]:
        """How the sheets of these stand; of whom nothing was decided yet, as they were found."""
        heads = await self._log.heads([key.stream for key in keys])
        found = {key: heads[key.stream].state.get(SheetsState) for key in keys if key.stream in heads}
        for key in (key for key in keys if key not in found):
            sheets = await found_sheets(self._directory, key.subject, key.subject_id)
            found[key] = SheetsState()
            if sheets:
                found[key] = as_found(sheets)
        return found

    async def state(self, key: Key) -> SheetsState:
        """How the sheets of one stand."""
        return (await self.states([key]))[key]

    async def entries(self, key: Key) -> list[Entry]:
        """Everything that was decided of it, from the first. Nothing yet for what was only found."""
        if key.stream not in await self._log.heads([key.stream]):
            return []
        return await self._log.entries(key.stream)

    async def foresee(self, actor: Actor, key: Key, asked: Asked) -> Judged:
        """What would be said of it. Raises `not_found`, `oneself`, `sheet_invalid` for what cannot be read."""
        require_another(actor, key)
        return await self._judge(key, asked, await self.state(key))

    async def propose(
        self,
        actor: Actor,
        key: Key,
        asked: Asked,
        *,
        reason: str,
        client_id: str,
        provider_id: str,
        founding: bool = False,
    ) -> Verdict:
        """Put it up; what can lower no safety holds at once. `provider_id`: who answers for a subject that is new.

        Raises `empty`, `too_long`, `not_found`, `oneself`, `sheet_invalid`, and `wrong_state` when the sheet has been
        changed since.
        """
        check_reason(reason)
        require_another(actor, key)
        async with self._database.turn(TURN):
            await self._adopt(key, provider_id)
            state = await self.state(key)
            if await self.is_done(actor, key, client_id):
                return Verdict((), ())
            verdict, before, after = await self._judge(key, asked, state)
            refuse_faults(verdict)
            require_base(state, asked)
            body = SheetProposed(
                sheet=asked.sheet,
                value=plain(after) if asked.value is not None else None,
                base=asked.base,
                lowers=verdict.lowers,
                founding=founding,
                reason=reason.strip(),
            )
            if founding or not verdict.lowers:
                await self._carry_out(Effect(key, before, plain(after), actor, client_id), asked.sheet)

            def require(head: Head) -> None:
                require_base(head.state.get(SheetsState), asked)

            scope, bodies = Scope(provider_id=provider_id), await self._with_beginnings(key, body)
            await self._append(key, *bodies, actor=actor, client_id=client_id, require=require, create=scope)
        return verdict

    async def approve(self, actor: Actor, key: Key, no: int, *, client_id: str) -> None:
        """Put in force what entry `no` proposed, as the second person.

        Raises `not_found`, `wrong_state` (also where it can lower safety in a way nobody was told of when it was
        proposed), `second_person`, `oneself`, and `sheet_invalid` for what can be no more.
        """
        require_another(actor, key)
        async with self._database.turn(TURN):
            state = await self.state(key)
            if await self.is_done(actor, key, client_id):
                return
            asked = _waiting(state, no)
            require_second(state, no, actor)
            judged = await self._judge(key, Asked(asked.sheet, asked.value, asked.base), state)
            refuse_faults(judged.verdict)
            if set(judged.verdict.lowers) - set(asked.lowers):
                raise FyrError("wrong_state", state="lowers_more")
            once = f"{key.stream}/{no}"
            await self._carry_out(Effect(key, judged.before, plain(judged.after), actor, once), asked.sheet)

            def require(head: Head) -> None:
                require_second(head.state.get(SheetsState), no, actor)

            await self._append(key, SheetApproved(of_no=no), actor=actor, client_id=client_id, require=require)

    async def withdraw(self, actor: Actor, key: Key, no: int, *, reason: str, client_id: str) -> None:
        """It is not to be: what an approval that broke off has carried out of it is undone.

        Raises `not_found`, `wrong_state`, `empty`, `too_long`.
        """
        check_reason(reason)
        async with self._database.turn(TURN):
            state = await self.state(key)
            if await self.is_done(actor, key, client_id):
                return
            asked = _waiting(state, no)
            in_force = state.values().get(asked.sheet)
            if asked.sheet in UNDONE:
                await self._carry_out(Effect(key, asked.value, in_force, actor, client_id), asked.sheet)

            def require(head: Head) -> None:
                _waiting(head.state.get(SheetsState), no)

            body = SheetWithdrawn(of_no=no, reason=reason.strip())
            await self._append(key, body, actor=actor, client_id=client_id, require=require)

    async def members(self) -> dict[str, Member]:
        """Everybody who works anywhere, as they are now, with whether they can sign in."""
        members = {one.staff_id: one for one in await self._directory.members()}
        if self._anybody_signs_in:
            return members
        known = await self._directory.known_at_sign_in()
        return {name: replace(one, signs_in=name in known) for name, one in members.items()}

    async def founders(self) -> dict[str, str]:
        """By care givers that were added at the desk and do not stand alone yet: who added them."""
        keys = [Key("provider", provider_id) for provider_id in await self._directory.provider_names()]
        heads = await self._log.heads([key.stream for key in keys])
        told = {key: heads[key.stream].state.get(SheetsState).values() for key in keys if key.stream in heads}
        found = {key.subject_id: held.get("provider", {}).get("founded_by", "") for key, held in told.items()}
        return {provider_id: founder for provider_id, founder in found.items() if founder}

    async def around(self, key: Key, own: Mapping[str, Any]) -> Around:
        """Everything else there is now."""
        return Around(
            subject_id=key.subject_id,
            today=self.today(),
            units={unit.id: unit for unit in await self._directory.units()},
            providers=await self._directory.provider_names(),
            members=await self.members(),
            own=self.sheets.in_force(key.subject, key.subject_id, own),
        )

    async def _judge(self, key: Key, asked: Asked, state: SheetsState) -> Judged:
        sheet: Sheet[Any] = self.sheets.named(asked.sheet, key.subject)
        around = await self.around(key, state.values())
        before = around.own.get(sheet.name)
        after = read(sheet, asked.value) if asked.value is not None else None
        verdict = judge(sheet, (before, after), around)
        whole = after if after is not None or sheet.standard is None else sheet.standard(key.subject_id)
        return Judged(verdict, plain(before) if before is not None else None, whole)

    async def _with_beginnings(self, key: Key, body: Body) -> tuple[Body, ...]:
        """The entry; of a subject that is new, with what it begins with."""
        begins = self.sheets.begun_with(key.subject)
        if not begins or key.stream in await self._log.heads([key.stream]):
            return (body,)
        return (body, SheetsFound(sheets=begins))

    async def _adopt(self, key: Key, provider_id: str) -> None:
        """Give what was found without a stream one of its own, once."""
        if key.stream in await self._log.heads([key.stream]):
            return
        sheets = await found_sheets(self._directory, key.subject, key.subject_id)
        if sheets:
            scope, once = Scope(provider_id=provider_id), f"found/{key.stream}"
            await self._append(key, SheetsFound(sheets=sheets), actor=FINDER, client_id=once, create=scope)

    async def is_done(self, actor: Actor, key: Key, client_id: str) -> bool:
        """Whether this command of this actor was carried out before."""
        return await first_stream(self._database, actor.id, client_id) == key.stream

    async def _carry_out(self, effect: Effect, sheet: str) -> None:
        carry_out = self.effects.get(sheet)
        if carry_out is not None:
            await carry_out(effect)

    async def _append(
        self,
        key: Key,
        *bodies: Body,
        actor: Actor,
        client_id: str,
        require: Require | None = None,
        create: Scope | None = None,
    ) -> None:
        await self._log.append(Append(key.stream, bodies, actor, client_id, require=require, create=create))


def as_found(sheets: Mapping[str, Any]) -> SheetsState:
    """The state of what was found and has no stream yet."""
    found = {
        name: InForce(value=value, no=0, proposed_no=0, since_ms=0, proposed_by="", proposer="")
        for name, value in sheets.items()
    }
    return SheetsState(in_force=found)


def require_another(actor: Actor, key: Key) -> None:
    """Nobody decides what they are themselves. Raises `oneself`."""
    if key.subject == "staff" and key.subject_id == actor.staff_id:
        raise FyrError("oneself")


def require_second(state: SheetsState, no: int, actor: Actor) -> None:
    """What may be approved, by whom. Raises `wrong_state`, `second_person`."""
    asked = _waiting(state, no)
    if asked.proposed_by == actor.id:
        raise FyrError("second_person")
    if asked.base != state.base(asked.sheet):
        raise FyrError("wrong_state", state="overtaken")


def require_base(state: SheetsState, asked: Asked) -> None:
    """What was changed since somebody looked is looked at again. Raises `wrong_state`."""
    if asked.base != state.base(asked.sheet):
        raise FyrError("wrong_state", state="overtaken")


def refuse_faults(verdict: Verdict) -> None:
    """Raises `sheet_invalid`."""
    if verdict.faults:
        raise FyrError("sheet_invalid", faults=[{"code": one.code, "where": one.where} for one in verdict.faults])


def _waiting(state: SheetsState, no: int) -> Waiting:
    asked = state.waiting.get(no)
    if asked is None:
        raise FyrError("wrong_state", state="settled")
    return asked
