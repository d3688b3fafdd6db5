"""What an administrator sees of the directory: whose it is to see, and how sheets are shown."""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec

from core.access.rights import RoleName
from core.actor import Actor
from core.directory.sheets import RolesSheet, StaffSheet, WaysSheet
from core.directory.store import Member, Unit, employer
from core.log.entry import Entry
from core.sheets.administration import Key
from core.sheets.entries import SheetApproved, SheetProposed, SheetWithdrawn
from core.sheets.kinds import InForce, SheetsState, Waiting
from core.sheets.sheet import read
from web.persons import providers_of
from web.push.views import wire_time
from web.wire.directory import (
    DirectoryMember,
    DirectoryProvider,
    DirectoryUnit,
    SheetEvent,
    SheetShown,
    SheetValues,
    StaffRole,
    SubjectShown,
    WaitingSheet,
)

if TYPE_CHECKING:
    from web.node import Node


class Region(NamedTuple):
    """The directory as it is now, and what of it one administers."""

    own: frozenset[str]
    """Legal care givers."""
    founders: Mapping[str, str]
    """By those that do not stand alone yet: who added them."""
    providers: Mapping[str, str]
    units: Mapping[str, Unit]
    members: Mapping[str, Member]

    def provider_of(self, key: Key) -> str:
        """The legal care giver that answers for a subject; of who works at several, one's own first. Empty: none."""
        if key.subject == "provider":
            return key.subject_id if key.subject_id in self.providers else ""
        if key.subject == "unit":
            unit = self.units.get(key.subject_id)
            return unit.provider_id if unit else ""
        member = self.members.get(key.subject_id)
        if member is None:
            return ""
        works_for = employer(member, self.units)
        at = {self.units[unit_id].provider_id for unit_id in member.roles if unit_id in self.units}
        return works_for if works_for in self.own else next(iter(sorted(at & self.own)), works_for)

    def is_own(self, key: Key) -> bool:
        """Whether it is one's own to administer."""
        return self.provider_of(key) in self.own

    def decides(self, key: Key, sheet: str, value: Any) -> bool:
        """Whether it is one's own to change a sheet to this (plain, or what is on it).

        Who somebody is, and by what they sign in, is their employer's: whoever signs in as them gets to all they see.
        What they are is for each care giver to say of its own units.
        """
        if key.subject != "staff":
            return self.is_own(key)
        member = self.members.get(key.subject_id)
        if member is None or not self.is_own(key):
            return False
        if sheet == "roles":
            wanted = msgspec.convert(value or {}, RolesSheet, from_attributes=True)
            touched = {unit_id for unit_id, _ in RolesSheet(roles=member.roles).pairs() ^ wanted.pairs()}
            return all(self.units[one].provider_id in self.own for one in touched if one in self.units)
        if employer(member, self.units) not in self.own:
            return False
        return sheet != "staff" or msgspec.convert(value, StaffSheet, from_attributes=True).provider_id in self.own

    def seen(self, sheet: str, value: Any) -> Any:
        """What one sees of a value: what somebody is at another care giver's units is not shown."""
        if sheet != "roles" or value is None:
            return value
        return RolesSheet(roles={one: held for one, held in value.roles.items() if self.is_own(Key("unit", one))})

    def hidden(self, held: RolesSheet) -> dict[str, tuple[RoleName, ...]]:
        """What one does not see of somebody's roles, and leaves as it is."""
        seen = self.seen("roles", held).roles
        return {unit_id: roles for unit_id, roles in held.roles.items() if unit_id not in seen}

    def own_keys(self) -> list[Key]:
        """Everything one administers."""
        keys = [Key("provider", one) for one in self.providers]
        keys += [Key("unit", one) for one in self.units] + [Key("staff", one) for one in self.members]
        return [key for key in keys if self.is_own(key)]

    def name(self, key: Key) -> str:
        """What it is called; of staff whose name is not shown, nothing."""
        if key.subject == "provider":
            return self.providers.get(key.subject_id, "")
        if key.subject == "unit":
            unit = self.units.get(key.subject_id)
            return unit.name if unit else ""
        member = self.members.get(key.subject_id)
        return member.name if member and not member.protected else ""


async def region_of(node: "Node", actor: Actor) -> Region:
    """As it is now for this administrator; what their care giver has added is theirs until it stands alone."""
    own, founders = providers_of(actor, "administer"), await node.administration.founders()
    return Region(
        own=own | {provider_id for provider_id, founder in founders.items() if founder in own},
        founders=founders,
        providers=await node.directory.provider_names(),
        units={unit.id: unit for unit in await node.directory.units()},
        members={one.staff_id: one for one in await node.directory.members()},
    )


def shown_provider(provider_id: str, region: Region) -> DirectoryProvider:
    """A legal care giver in the list."""
    founder = region.providers.get(region.founders.get(provider_id, ""), "")
    return DirectoryProvider(provider_id=provider_id, name=region.providers[provider_id], founded_by=founder)


def shown_unit(node: "Node", unit: Unit) -> DirectoryUnit:
    """A unit in the list."""
    return DirectoryUnit(
        unit_id=unit.id,
        provider_id=unit.provider_id,
        name=unit.name,
        kind=unit.kind,
        takes_chat=unit.takes_chat,
        open_now=node.opens_at(unit.id) is None,
        manned=node.duties.is_manned(unit.id),
        reached=node.on_call.reaches(unit.id),
    )


def shown_member(node: "Node", member: Member, region: Region) -> DirectoryMember:
    """Somebody in the list, with what they are at one's own care givers."""
    here = {unit_id for unit_id, unit in region.units.items() if unit.provider_id in region.own}
    return DirectoryMember(
        staff_id=member.staff_id,
        name="" if member.protected else member.name,
        roles=tuple(
            StaffRole(unit_id=unit_id, unit=region.units[unit_id].name, role=role)
            for unit_id, roles in sorted(member.roles.items())
            if unit_id in here
            for role in roles
        ),
        skills=member.skills,
        languages=member.languages,
        ends_on=str(member.ends_on) if member.ends_on else "",
        employed=member.is_employed(node.today()),
    )


async def shown_subject(node: "Node", actor: Actor, key: Key, *, region: Region) -> SubjectShown:
    """The sheets of one, and what waits."""
    state = await node.administration.state(key)
    in_force = node.sheets.in_force(key.subject, key.subject_id, state.values())
    return SubjectShown(
        of=key.subject,
        of_id=key.subject_id,
        name=region.name(key),
        oneself=_is_oneself(actor, key),
        sheets=tuple(
            _shown_sheet(sheet.name, region.seen(sheet.name, in_force.get(sheet.name)), state.in_force.get(sheet.name))
            for sheet in node.sheets.of(key.subject)
        ),
        waiting=shown_waiting(node, actor, key, region=region, state=state),
    )


def _is_oneself(actor: Actor, key: Key) -> bool:
    return key == ("staff", actor.staff_id)


def _shown_sheet(name: str, value: Any, held: InForce | None) -> SheetShown:
    shown = _values(name, value)
    if held is None:
        return SheetShown(sheet=name, value=shown, own=False, base=0)
    return SheetShown(
        sheet=name,
        value=shown,
        own=held.value is not None,
        base=held.no,
        since=wire_time(held.since_ms) if held.since_ms else "",
        proposed_by=held.proposer,
        approved_by=held.approver,
        reason=held.reason,
    )


def shown_waiting(
    node: "Node", actor: Actor, key: Key, *, region: Region, state: SheetsState
) -> tuple[WaitingSheet, ...]:
    """What waits for a second person."""
    in_force = node.sheets.in_force(key.subject, key.subject_id, state.values())
    found = []
    for no, asked in sorted(state.waiting.items()):
        before = region.seen(asked.sheet, in_force.get(asked.sheet))
        after = region.seen(asked.sheet, _meant(node, key, asked.sheet, value=asked.value))
        if asked.sheet == "roles" and before == after:  # it is of another care giver's units alone
            continue
        overtaken = asked.base != state.base(asked.sheet)
        may = region.decides(key, asked.sheet, asked.value) and asked.proposed_by != actor.id
        found.append(
            WaitingSheet(
                no=no,
                of=key.subject,
                of_id=key.subject_id,
                name=region.name(key),
                sheet=asked.sheet,
                before=_values(asked.sheet, before),
                after=_values(asked.sheet, after),
                lowers=asked.lowers,
                reason=asked.reason,
                proposed_by=asked.proposer,
                proposed_at=wire_time(asked.proposed_ms),
                may_approve=may and not overtaken and not _is_oneself(actor, key),
                overtaken=overtaken,
                asks_number=bool(new_numbers(asked, before)),
            )
        )
    return tuple(found)


def new_numbers(asked: Waiting, before: Any) -> set[str]:
    """Digests of identity numbers that somebody is to be known by and was not."""
    if asked.sheet != "ways" or not isinstance(asked.value, dict):
        return set()
    known = before.digests() if isinstance(before, WaysSheet) else set()
    given = asked.value.get("ways", ())
    return {way["digest"] for way in given if way["kind"] == "number"} - known


def _meant(node: "Node", key: Key, sheet: str, *, value: Any) -> Any:
    """What an entry's value says of a sheet; None: nothing."""
    kind = node.sheets.named(sheet, key.subject)
    if value is not None:
        return read(kind, value)
    return kind.standard(key.subject_id) if kind.standard else None


def _values(sheet: str, value: Any) -> SheetValues:
    return SheetValues(**{sheet: value}) if value is not None else SheetValues()


def shown_history(
    node: "Node", key: Key, sheet: str, *, region: Region, entries: Iterable[Entry]
) -> tuple[SheetEvent, ...]:
    """Each proposal of a sheet with what became of it, the newest first."""
    events: dict[int, dict[str, Any]] = {}
    for entry in entries:
        body, header = entry.body, entry.header
        if isinstance(body, SheetProposed) and body.sheet == sheet:
            events[header.no] = {
                "no": header.no,
                "at": wire_time(header.at_ms),
                "by": header.author.name,
                "value": _values(sheet, region.seen(sheet, _meant(node, key, sheet, value=body.value))),
                "lowers": body.lowers,
                "reason": body.reason,
                "status": "waiting" if body.lowers and not body.founding else "in_force",
            }
        elif isinstance(body, SheetApproved | SheetWithdrawn) and body.of_no in events:
            settled = "approved" if isinstance(body, SheetApproved) else "withdrawn"
            events[body.of_no] |= {
                "status": settled,
                "settled_by": header.author.name,
                "settled_at": wire_time(header.at_ms),
                "settled_reason": body.reason if isinstance(body, SheetWithdrawn) else "",
            }
    return tuple(SheetEvent(**events[no]) for no in sorted(events, reverse=True))
