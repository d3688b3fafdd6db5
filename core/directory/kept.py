"""How the log keeps the directory's tables: a row for each care giver, unit, member of staff and way to sign in."""

from typing import Any

import msgspec

from core.directory.sheets import ProviderSheet, RolesSheet, StaffSheet, UnitSheet
from core.directory.store import listed
from core.log.append import Head
from core.log.rows import StateTable
from core.sheets.kinds import SheetsState, WayState

WAY = "way:"


def directory_tables() -> tuple[StateTable, ...]:
    """The tables."""
    return (
        StateTable(
            prefix="provider:",
            table="provider",
            key="id",
            columns=("id", "name", "no", "waiting"),
            row=_provider,
            parts=(SheetsState,),
        ),
        StateTable(
            prefix="unit:",
            table="unit",
            key="id",
            columns=("id", "provider_id", "name", "takes_chat", "phone", "kind", "no", "waiting"),
            row=_unit,
            parts=(SheetsState,),
        ),
        StateTable(
            prefix="staff:",
            table="staff",
            key="id",
            columns=(
                *("id", "name", "protected", "roles", "skills", "languages", "ends_on", "provider_id"),
                *("no", "waiting", "changed_ms"),
            ),
            row=_staff,
            parts=(SheetsState,),
        ),
        StateTable(
            prefix=WAY,
            table="login_subject",
            key="digest",
            columns=("digest", "actor_id"),
            row=_way,
            parts=(WayState,),
        ),
    )


def _provider(head: Head) -> tuple[object, ...] | None:
    state = head.state.get(SheetsState)
    sheet = _value(state, "provider", ProviderSheet)
    return (_id(head), sheet.name, state.last_no, len(state.waiting)) if sheet else None


def _unit(head: Head) -> tuple[object, ...] | None:
    state = head.state.get(SheetsState)
    sheet = _value(state, "unit", UnitSheet)
    if sheet is None:
        return None
    own = (sheet.provider_id, sheet.name, sheet.takes_chat, sheet.phone or None, sheet.kind)
    return (_id(head), *own, state.last_no, len(state.waiting))


def _staff(head: Head) -> tuple[object, ...] | None:
    state = head.state.get(SheetsState)
    sheet = _value(state, "staff", StaffSheet)
    if sheet is None:
        return None
    held = _value(state, "roles", RolesSheet) or RolesSheet()
    return (
        _id(head),
        sheet.name,
        sheet.protected,
        msgspec.json.encode(held.roles).decode(),
        listed(sheet.skills),
        listed(sheet.languages),
        str(sheet.ends_on) if sheet.ends_on else None,
        sheet.provider_id,
        state.last_no,
        len(state.waiting),
        state.changed_ms,
    )


def _way(head: Head) -> tuple[object, ...]:
    staff_id = head.state.get(WayState).staff_id
    return (_id(head), f"staff:{staff_id}" if staff_id else "")


def _id(head: Head) -> str:
    return head.stream.partition(":")[2]


def _value(state: SheetsState, name: str, kind: type[Any]) -> Any:
    found = state.values().get(name)
    return msgspec.convert(found, kind) if found is not None else None
