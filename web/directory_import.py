"""What a region's file would change, and carrying that out: as proposals like any administrator's.

What can lower safety waits for an administrator to approve it at their desk. Only a care giver whom nobody administers
yet takes the whole of its file at once: there is nobody who could approve, and nothing that could be lowered.
"""

from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from typing import Any, NamedTuple

import msgspec

from core.actor import Actor
from core.directory.logins.store import Logins
from core.directory.sheets import ProviderSheet, RolesSheet, StaffSheet, UnitSheet, Way, WaysSheet
from core.directory.store import Directory, Member, Unit, employer
from core.ids import new_id
from core.sheets.administration import Administration, Asked, Key
from core.sheets.kinds import SheetsState
from core.sheets.sheet import Around, judge, plain, read
from web.region_file import IN_UNIT, Read, StaffRow, UnitRow, refused

REASON = "fyr directory import"
OPENS_LATER = "begins_closed"
"""A fault of new units only: they are made closed, and then opened."""


class Wanted(NamedTuple):
    """A sheet as the file has it."""

    key: Key
    sheet: str
    value: Any
    provider_id: str


class Difference(NamedTuple):
    """A sheet that the file has otherwise than it is in force."""

    wanted: Wanted
    is_new: bool
    """The subject is not there yet."""
    lowers: tuple[str, ...]
    founding: bool

    @property
    def waits(self) -> bool:
        """Whether it waits for a second person."""
        return bool(self.lowers) and not self.founding

    def line(self) -> str:
        """As it is told."""
        key, sheet = self.wanted.key, self.wanted.sheet
        told = f"{'+' if self.is_new else '~'} {key.subject} {key.subject_id}: {sheet}"
        return f"{told} (waits for a second person: {', '.join(self.lowers)})" if self.waits else told


class Importer:
    """Compares and carries out, for one file."""

    def __init__(self, administration: Administration, directory: Directory, logins: Logins, *, file: Read) -> None:
        self._administration = administration
        self._directory = directory
        self._logins = logins
        self._file = file

    async def differences(self, *, complete: bool) -> list[Difference]:
        """Everything that would change, in the order in which it is done. Raises `settings_invalid` with all faults.

        With `complete` whoever works for a care giver of the file and is not named in it loses roles and ways in.
        """
        region = self._file.region
        units = {unit.id: unit for unit in await self._directory.units()}
        members = await self._administration.members()
        providers = await self._directory.provider_names() | {one.id: one.name for one in region.providers}
        known = {**{row.id: _as_unit(row) for row in region.units}, **units}
        founders = await self._administration.founders()
        administered = {
            unit.provider_id
            for one in members.values()
            for unit_id, roles in one.roles.items()
            if "administrator" in roles and (unit := units.get(unit_id))
        } | founders.keys()
        wanted = [one async for one in self._wanted(known, members, complete=complete)]
        states = await self._administration.states(sorted({one.key for one in wanted}))
        found: list[Difference] = []
        problems: list[str] = []
        for one in wanted:
            around = Around(
                subject_id=one.key.subject_id,
                today=self._administration.today(),
                units=known,
                providers=providers,
                members=members,
                own=self._administration.sheets.in_force(*one.key, states[one.key].values()),
            )
            difference = self._difference(one, states[one.key], around, problems=problems)
            if difference is not None:
                found.append(difference._replace(founding=administered.isdisjoint(_concerned(one, members, known))))
        if problems:
            raise refused(*problems)
        return found

    async def carry_out(
        self, differences: list[Difference], actor: Actor, say: Callable[[str], None]
    ) -> list[Difference]:
        """One after the other, and what became of each; what was done is not done again when it is begun anew.

        Each is judged in its turn: of two who are the last to be something, the second waits.
        """
        done: list[Difference] = []
        for one in differences:
            done.append(one._replace(lowers=await self._propose(one, actor)))
            say(done[-1].line())
        return done

    async def _propose(self, one: Difference, actor: Actor) -> tuple[str, ...]:
        wanted = one.wanted
        if wanted.sheet == "unit" and one.is_new and wanted.value["takes_chat"]:
            await self._put({**wanted.value, "takes_chat": False}, one, actor)
        return await self._put(wanted.value, one, actor)

    async def _put(self, value: Any, one: Difference, actor: Actor) -> tuple[str, ...]:
        wanted = one.wanted
        base = (await self._administration.state(wanted.key)).base(wanted.sheet)
        verdict = await self._administration.propose(
            actor,
            wanted.key,
            Asked(wanted.sheet, value, base),
            reason=REASON,
            client_id=new_id(),
            provider_id=wanted.provider_id,
            founding=one.founding,
        )
        return verdict.lowers

    def _difference(self, one: Wanted, state: SheetsState, around: Around, *, problems: list[str]) -> Difference | None:
        sheet = self._administration.sheets.named(one.sheet, one.key.subject)
        before, after = around.own.get(one.sheet), read(sheet, one.value)
        if before is not None and plain(before) == one.value:
            return None
        waiting = (asked.value for asked in state.waiting.values() if asked.sheet == one.sheet)
        if one.value in waiting:
            return None
        is_new = before is None
        verdict = judge(sheet, (before, after), around)
        if is_new and one.sheet == "unit" and one.value["takes_chat"]:
            verdict = judge(sheet, (msgspec.structs.replace(after, takes_chat=False), after), around)
        faults = [fault for fault in verdict.faults if fault.code != OPENS_LATER]
        at = self._file.at(one.key.subject, one.key.subject_id)
        problems += [f"{at}: {one.key.subject} {one.key.subject_id}: {one.sheet}.{f.where}: {f.code}" for f in faults]
        return Difference(one, is_new, verdict.lowers, founding=False)

    async def _wanted(
        self, units: Mapping[str, Unit], members: Mapping[str, Member], *, complete: bool
    ) -> AsyncIterator[Wanted]:
        region, founders = self._file.region, await self._administration.founders()
        for provider in region.providers:
            value = plain(ProviderSheet(name=provider.name, founded_by=founders.get(provider.id, "")))
            yield Wanted(Key("provider", provider.id), "provider", value, provider.id)
        for unit in region.units:
            value = plain(_unit_sheet(unit))
            yield Wanted(Key("unit", unit.id), "unit", value, unit.provider_id)
            for name in IN_UNIT:
                if (own := getattr(unit, name)) is not None:
                    yield Wanted(Key("unit", unit.id), name, plain(own), unit.provider_id)
        for row in region.staff:
            for wanted in await self._wanted_of(row, units, members.get(row.id)):
                yield wanted
        if complete:
            for wanted in self._without_roles(units, members):
                yield wanted

    async def _wanted_of(self, row: StaffRow, units: Mapping[str, Unit], member: Member | None) -> list[Wanted]:
        key, held = Key("staff", row.id), row.held()
        by_roles = (units[unit_id].provider_id for unit_id in held if unit_id in units)
        provider_id = row.provider_id or (employer(member, units) if member else "") or next(by_roles, "")
        sheet = StaffSheet(
            name=row.name,
            protected=row.protected,
            skills=row.skills,
            languages=row.languages,
            ends_on=row.ends_on,
            provider_id=provider_id,
        )
        found = [Wanted(key, "staff", plain(sheet), provider_id)]
        if row.roles is not None:
            found.append(Wanted(key, "roles", plain(RolesSheet(roles=held)), provider_id))
        if row.logins is not None:
            found.append(Wanted(key, "ways", plain(await self._ways(row, key)), provider_id))
        return found

    async def _ways(self, row: StaffRow, key: Key) -> WaysSheet:
        """Those of the file; of kinds that it does not name, those there are. An id keeps the digest it is found by."""
        held = msgspec.convert(_held_ways(await self._administration.state(key)), WaysSheet)
        digests = {way.digest for way in held.ways}
        named: list[Way] = []
        for kind, value in row.known_by():
            old = [one for one in self._logins.digests(kind, value) if one in digests]
            digest = old[0] if old else self._logins.digest(kind, value)
            named.append(Way(kind=kind, digest=digest, shown="" if kind == "number" else value))
        taken = {way.digest for way in named}
        kinds = set(row.logins or ()) | {"earlier"}
        kept = [way for way in held.ways if way.kind not in kinds and way.digest not in taken]
        return WaysSheet(ways=(*kept, *named))

    def _without_roles(self, units: Mapping[str, Unit], members: Mapping[str, Member]) -> Iterator[Wanted]:
        providers = {one.id for one in self._file.region.providers}
        named = {row.id for row in self._file.region.staff}
        for one in members.values():
            theirs = {units[unit_id].provider_id for unit_id in one.roles if unit_id in units}
            if one.staff_id not in named and theirs and theirs <= providers:
                key, provider_id = Key("staff", one.staff_id), min(theirs)
                yield Wanted(key, "roles", plain(RolesSheet()), provider_id)
                yield Wanted(key, "ways", plain(WaysSheet()), provider_id)


def _concerned(wanted: Wanted, members: Mapping[str, Member], units: Mapping[str, Unit]) -> set[str]:
    """Every legal care giver that it concerns: who answers for it, and where somebody works, or is to work."""
    found = {wanted.provider_id}
    if wanted.key.subject == "staff":
        held = members.get(wanted.key.subject_id)
        at = {*(held.roles if held else ()), *(wanted.value["roles"] if wanted.sheet == "roles" else ())}
        found |= {employer(held, units)} if held else set()
        found |= {units[unit_id].provider_id for unit_id in at if unit_id in units}
    elif wanted.key.subject == "unit":
        found |= {units[wanted.key.subject_id].provider_id}
    return found


def _held_ways(state: SheetsState) -> Any:
    return state.values().get("ways", {})


def _as_unit(row: UnitRow) -> Unit:
    return Unit(
        id=row.id,
        provider_id=row.provider_id,
        name=row.name,
        takes_chat=row.takes_chat,
        phone=row.phone,
        kind=row.kind,
    )


def _unit_sheet(row: UnitRow) -> UnitSheet:
    return UnitSheet(
        provider_id=row.provider_id,
        name=row.name,
        kind=row.kind,
        takes_chat=row.takes_chat,
        phone=row.phone or "",
    )
