"""What the directory has of a subject of which nothing was decided yet: its rows, as sheets."""

from typing import Any

import msgspec

from core.directory.sheets import ProviderSheet, RolesSheet, UnitSheet, Way, WaysSheet, as_staff_sheet
from core.directory.store import Directory, employer
from core.sheets.sheet import Subject, plain


async def found_sheets(directory: Directory, subject: Subject, subject_id: str) -> dict[str, Any]:
    """Plain values by the names of the sheets; empty where there is no such subject."""
    if subject == "provider":
        name = (await directory.provider_names()).get(subject_id)
        return {"provider": plain(ProviderSheet(name=name))} if name is not None else {}
    if subject == "unit":
        return await _unit(directory, subject_id)
    return await _staff(directory, subject_id)


async def _unit(directory: Directory, unit_id: str) -> dict[str, Any]:
    unit = await directory.unit(unit_id)
    if unit is None:
        return {}
    sheet = UnitSheet(
        provider_id=unit.provider_id,
        name=unit.name,
        kind=unit.kind,
        takes_chat=unit.takes_chat,
        phone=unit.phone or "",
    )
    return {"unit": plain(sheet)}


async def _staff(directory: Directory, staff_id: str) -> dict[str, Any]:
    members = await directory.members([staff_id])
    if not members:
        return {}
    units = {unit.id: unit for unit in await directory.units()}
    member = msgspec.structs.replace(members[0], provider_id=employer(members[0], units))
    digests = await directory.login_digests(staff_id)
    found: dict[str, Any] = {"staff": plain(as_staff_sheet(member))}
    if member.roles:
        found["roles"] = plain(RolesSheet(roles=member.roles))
    if digests:
        found["ways"] = plain(WaysSheet(ways=tuple(Way(kind="earlier", digest=one) for one in digests)))
    return found
