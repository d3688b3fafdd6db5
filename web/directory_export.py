"""The directory as a region's file: what is in force, so that what it says can be read, compared and taken in again.

Identity numbers are known to the service by digests alone, and persons are the register's: neither is in it.
"""

from typing import Any

import yaml

from core.directory.store import Directory, Member, Unit, employer
from core.sheets.administration import Administration, Key
from core.sheets.kinds import SheetsState
from web.region_file import IN_UNIT


async def exported(administration: Administration, directory: Directory) -> str:
    """The whole of it, as YAML."""
    units = {unit.id: unit for unit in await directory.units()}
    members = await directory.members()
    keys = [Key("unit", one) for one in units] + [Key("staff", one.staff_id) for one in members]
    states = await administration.states(keys)
    region = {
        "providers": [{"id": one, "name": name} for one, name in sorted((await directory.provider_names()).items())],
        "units": [_unit(unit, states[Key("unit", unit.id)]) for unit in units.values()],
        "staff": [_staff(one, states[Key("staff", one.staff_id)], employer(one, units)) for one in members],
    }
    return yaml.safe_dump(region, allow_unicode=True, sort_keys=False, width=120)


def _unit(unit: Unit, state: SheetsState) -> dict[str, Any]:
    own = {name: value for name, value in state.values().items() if name in IN_UNIT}
    told = {"id": unit.id, "provider_id": unit.provider_id, "name": unit.name, "takes_chat": unit.takes_chat}
    return {**told, "kind": unit.kind, **({"phone": unit.phone} if unit.phone else {}), **own}


def _staff(member: Member, state: SheetsState, provider_id: str) -> dict[str, Any]:
    told: dict[str, Any] = {"id": member.staff_id, "name": member.name, "provider_id": provider_id}
    if member.protected:
        told["protected"] = True
    for name in ("skills", "languages"):
        if getattr(member, name):
            told[name] = list(getattr(member, name))
    if member.ends_on:
        told["ends_on"] = member.ends_on
    told["roles"] = {unit_id: list(roles) for unit_id, roles in member.roles.items()}
    logins: dict[str, list[str]] = {}
    for way in (state.values().get("ways") or {}).get("ways", ()):
        if way.get("shown"):
            logins.setdefault(way["kind"], []).append(way["shown"])
    return {**told, **({"logins": logins} if logins else {})}
