"""The sheets the directory goes by: what care givers and units are, who works there, as what, and known by what."""

import re
from collections.abc import Iterator
from datetime import date
from typing import Literal

import msgspec

from core.access.rights import RIGHTS, RoleName
from core.directory.staffing import GAPS, gaps
from core.directory.store import Member, UnitKind
from core.sheets.sheet import Around, Fault, Sheet

NAME_LIMIT = 120
PHONE = re.compile(r"\+?[0-9][0-9 ()/-]{1,23}")
WORD = re.compile(r"[a-z0-9_-]{1,40}")
LANGUAGE = re.compile(r"[a-z]{2,3}")
OPENED_BY_ROLES: dict[str, str] = {
    "role_given": "somebody is given a role, and with it sees or changes what they could not",
}
MORE_CONTACTS: dict[str, str] = {
    "skill_given": "somebody is given contacts that need a skill they were not known to have",
    "language_given": "somebody is given contacts in a language they were not known to speak",
}
WayKind = Literal["number", "hsa_id", "hpr", "subject", "earlier"]
"""As in the region's file; `earlier`: known since before their kinds were kept."""


class ProviderSheet(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A legal care giver."""

    name: str
    founded_by: str = ""
    """Who added it, and administers it until it has two administrators of its own. Empty: it stands alone."""


class UnitSheet(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a unit is."""

    provider_id: str
    name: str
    kind: UnitKind = "gp"
    takes_chat: bool
    """Whether patients may write to it at all."""
    phone: str = ""
    """The number patients call."""


class StaffSheet(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Who somebody who works here is."""

    name: str
    protected: bool = False
    """True for somebody whose name is not shown: their role is."""
    skills: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    """By their codes (ISO 639-1)."""
    ends_on: date | None = None
    """The last day of their employment; with it every role ends."""
    provider_id: str
    """Who employs them."""


class RolesSheet(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What somebody is, by unit."""

    roles: dict[str, tuple[RoleName, ...]] = {}

    def pairs(self) -> set[tuple[str, RoleName]]:
        """Unit and role, one by one."""
        return {(unit_id, role) for unit_id, roles in self.roles.items() for role in roles}


class Way(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """By what somebody is known where they sign in."""

    kind: WayKind
    digest: str
    shown: str = ""
    """The id itself; never an identity number."""


class WaysSheet(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Every way somebody signs in."""

    ways: tuple[Way, ...] = ()

    def digests(self) -> set[str]:
        """What stands for them."""
        return {way.digest for way in self.ways}


def _named(name: str, where: str = "name") -> Iterator[Fault]:
    if not name.strip():
        yield Fault(code="empty", where=where)
    if len(name) > NAME_LIMIT:
        yield Fault(code="too_long", where=where)


def _provider_faults(sheet: ProviderSheet, around: Around) -> Iterator[Fault]:
    yield from _named(sheet.name)
    was: ProviderSheet | None = around.own.get("provider")
    if sheet.founded_by not in (was.founded_by if was else sheet.founded_by, ""):
        yield Fault(code="no_such_provider", where="founded_by")
    if sheet.founded_by and sheet.founded_by not in around.providers:
        yield Fault(code="no_such_provider", where="founded_by")
    name = sheet.name.strip().casefold()
    if any(one != around.subject_id and told.casefold() == name for one, told in around.providers.items()):
        yield Fault(code="provider_name_taken", where="name")


def _provider_lowers(before: ProviderSheet | None, after: ProviderSheet, _: Around) -> Iterator[str]:
    if before is not None and before.name != after.name:
        yield "provider_renamed"


def _unit_faults(sheet: UnitSheet, around: Around) -> Iterator[Fault]:
    yield from _named(sheet.name)
    was = around.units.get(around.subject_id)
    if sheet.provider_id not in around.providers or (was and was.provider_id != sheet.provider_id):
        yield Fault(code="no_such_provider", where="provider_id")
    if sheet.phone and not PHONE.fullmatch(sheet.phone):
        yield Fault(code="not_a_phone", where="phone")
    if was is None and sheet.takes_chat:
        yield Fault(code="begins_closed", where="takes_chat")
    others = any(unit.takes_chat for unit in around.units.values() if unit.id != around.subject_id)
    if was is not None and was.takes_chat and not sheet.takes_chat and not others:
        yield Fault(code="last_open_unit", where="takes_chat")
    name = sheet.name.strip().casefold()
    if any(unit.id != around.subject_id and unit.name.casefold() == name for unit in around.units.values()):
        yield Fault(code="name_taken", where="name")


def _unit_lowers(before: UnitSheet | None, after: UnitSheet, around: Around) -> Iterator[str]:
    if before is None:
        return
    if before.name != after.name:  # two could be given each other's, one after the other
        yield "renamed"
    if before.takes_chat and not after.takes_chat:
        yield "closes_to_patients"
    if after.takes_chat and not before.takes_chat:
        yield "opens_to_patients"
    if before.phone != after.phone:
        yield "phone_changed"
    if before.kind != after.kind:
        yield "kind_changed"


def _staff_faults(sheet: StaffSheet, around: Around) -> Iterator[Fault]:
    yield from _named(sheet.name)
    if sheet.provider_id not in around.providers:
        yield Fault(code="no_such_provider", where="provider_id")
    for skill in sheet.skills:
        if not WORD.fullmatch(skill):
            yield Fault(code="not_a_word", where="skills")
    for language in sheet.languages:
        if not LANGUAGE.fullmatch(language):
            yield Fault(code="not_a_language", where="languages")


def _staff_lowers(before: StaffSheet | None, after: StaffSheet, around: Around) -> Iterator[str]:
    if before is None:
        return
    if set(after.skills) - set(before.skills):
        yield "skill_given"
    if set(after.languages) - set(before.languages):
        yield "language_given"
    if before.provider_id != after.provider_id:
        yield "employer_changed"
    if before.protected and not after.protected:
        yield "name_shown"
    if before.ends_on is not None and (after.ends_on is None or after.ends_on > before.ends_on):
        yield "employed_longer"
    yield from _gaps(around, skills=after.skills, languages=after.languages, ends_on=after.ends_on)


def _roles_faults(sheet: RolesSheet, around: Around) -> Iterator[Fault]:
    for unit_id, roles in sheet.roles.items():
        if unit_id not in around.units:
            yield Fault(code="no_such_unit", where=f"roles.{unit_id}")
        if not roles or len(set(roles)) < len(roles):
            yield Fault(code="role_twice_or_none", where=f"roles.{unit_id}")


def _roles_lowers(before: RolesSheet | None, after: RolesSheet, around: Around) -> Iterator[str]:
    given = after.pairs() - (before.pairs() if before else set())
    if given:
        yield "role_given"
    who = around.members.get(around.subject_id)
    if who is not None and any("claim" in RIGHTS[role] for _, role in given):  # what they began with counts from here
        yield from (code for code, has in zip(MORE_CONTACTS, (who.skills, who.languages), strict=True) if has)
    yield from _gaps(around, roles=after.roles)


def _ways_faults(sheet: WaysSheet, _: Around) -> Iterator[Fault]:
    if len(sheet.digests()) < len(sheet.ways):
        yield Fault(code="way_twice", where="ways")


def _ways_lowers(before: WaysSheet | None, after: WaysSheet, around: Around) -> Iterator[str]:
    if after.digests() - (before.digests() if before else set()):
        yield "way_given"
    if before and before.ways and not after.ways:
        yield from _gaps(around, signs_in=False)


def _gaps(around: Around, **now: object) -> Iterator[str]:
    """What would be missing with this one as they would be."""
    was = around.members.get(around.subject_id)
    if was is not None:
        others = (one for one in around.members.values() if one.staff_id != around.subject_id)
        yield from gaps((was, msgspec.structs.replace(was, **now)), others, around.units, today=around.today)


def _no_roles(_: str) -> RolesSheet:
    return RolesSheet()


def _no_ways(_: str) -> WaysSheet:
    return WaysSheet()


def as_staff_sheet(member: Member) -> StaffSheet:
    """Who somebody is, as their row has it."""
    return StaffSheet(
        name=member.name,
        protected=member.protected,
        skills=member.skills,
        languages=member.languages,
        ends_on=member.ends_on,
        provider_id=member.provider_id,
    )


PROVIDER = Sheet(
    name="provider",
    subject="provider",
    value=ProviderSheet,
    lowerings={"provider_renamed": "patients and staff take the care giver for another"},
    lowers=_provider_lowers,
    faults=_provider_faults,
)
UNIT = Sheet(
    name="unit",
    subject="unit",
    value=UnitSheet,
    lowerings={
        "renamed": "patients and staff take the unit for another",
        "closes_to_patients": "patients may write to the unit no more",
        "opens_to_patients": "patients may write where nobody has been expected to answer",
        "phone_changed": "the number patients are told to call is another, or gone",
        "kind_changed": "other patients are sent to the unit",
    },
    lowers=_unit_lowers,
    faults=_unit_faults,
)
STAFF = Sheet(
    name="staff",
    subject="staff",
    value=StaffSheet,
    lowerings={
        **MORE_CONTACTS,
        "employer_changed": "another care giver's administrators decide of somebody, and of what they sign in with",
        "name_shown": "the name of somebody whose name was not shown is shown",
        "employed_longer": "somebody whose employment was to end keeps their roles for longer",
        **GAPS,
    },
    lowers=_staff_lowers,
    faults=_staff_faults,
)
ROLES = Sheet(
    name="roles",
    subject="staff",
    value=RolesSheet,
    lowerings={**OPENED_BY_ROLES, **MORE_CONTACTS, **GAPS},
    lowers=_roles_lowers,
    faults=_roles_faults,
    standard=_no_roles,
)
WAYS = Sheet(
    name="ways",
    subject="staff",
    value=WaysSheet,
    lowerings={"way_given": "whoever holds that id signs in as this member of staff", **GAPS},
    lowers=_ways_lowers,
    faults=_ways_faults,
    standard=_no_ways,
)
OF_STAFF = (STAFF, ROLES, WAYS)
