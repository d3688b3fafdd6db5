"""How sheets fold: what can lower safety is in force only when another than who proposed it has approved it."""

from typing import Any

import msgspec
from msgspec.structs import replace

from core.log.entry import Header
from core.log.kinds import Kind
from core.log.state import Part
from core.sheets.entries import (
    SheetApproved,
    SheetProposed,
    SheetsFound,
    SheetWithdrawn,
    WayEnded,
    WayGiven,
)


class InForce(msgspec.Struct, frozen=True, kw_only=True):
    """One sheet as it holds, and who answers for that."""

    value: Any
    no: int
    """The entry by which it is in force; 0: it was found so."""
    proposed_no: int
    since_ms: int
    proposed_by: str
    """The actor; empty: it was found so."""
    proposer: str
    """Their name."""
    approved_by: str = ""
    """The actor; empty where one was enough."""
    approver: str = ""
    reason: str = ""


class Waiting(msgspec.Struct, frozen=True, kw_only=True):
    """A proposal that waits for a second person."""

    sheet: str
    value: Any
    base: int
    lowers: tuple[str, ...]
    proposed_by: str
    proposer: str
    proposed_ms: int
    reason: str


class SheetsState(Part, tag="sheets", frozen=True, kw_only=True):
    """The sheets of one care giver, unit or member of staff."""

    in_force: dict[str, InForce] = {}
    waiting: dict[int, Waiting] = {}
    """By the number of the entry that proposed it."""
    last_no: int = 0
    changed_ms: int = 0

    def base(self, sheet: str) -> int:
        """The number of the entry by which the sheet is in force; 0: none."""
        found = self.in_force.get(sheet)
        return found.no if found else 0

    def values(self) -> dict[str, Any]:
        """What is in force, plain; a sheet that was put back to the standard is not in it."""
        return {name: one.value for name, one in self.in_force.items() if one.value is not None}


class WayState(Part, tag="way", frozen=True, kw_only=True):
    """Who is known by one way to sign in."""

    staff_id: str = ""


def _found(part: SheetsState, body: SheetsFound, header: Header) -> SheetsState:
    found = {
        name: InForce(value=value, no=0, proposed_no=0, since_ms=header.at_ms, proposed_by="", proposer="")
        for name, value in body.sheets.items()
    }
    return _moved(replace(part, in_force={**found, **part.in_force}), header)


def _proposed(part: SheetsState, body: SheetProposed, header: Header) -> SheetsState:
    asked = Waiting(
        sheet=body.sheet,
        value=body.value,
        base=body.base,
        lowers=body.lowers,
        proposed_by=header.actor_id,
        proposer=header.author.name,
        proposed_ms=header.at_ms,
        reason=body.reason,
    )
    if body.lowers and not body.founding:
        return _moved(replace(part, waiting={**part.waiting, header.no: asked}), header)
    return _moved(_holds(part, asked, header, proposed_no=header.no), header)


def _approved(part: SheetsState, body: SheetApproved, header: Header) -> SheetsState:
    """Nothing comes of an approval by who proposed it, or of what was made from a sheet that holds no more."""
    asked = part.waiting.get(body.of_no)
    if asked is None or asked.proposed_by == header.actor_id or asked.base != part.base(asked.sheet):
        return _moved(part, header)
    left = {no: one for no, one in part.waiting.items() if no != body.of_no}
    return _moved(_holds(replace(part, waiting=left), asked, header, proposed_no=body.of_no), header)


def _withdrawn(part: SheetsState, body: SheetWithdrawn, header: Header) -> SheetsState:
    left = {no: one for no, one in part.waiting.items() if no != body.of_no}
    return _moved(replace(part, waiting=left), header)


def _holds(part: SheetsState, asked: Waiting, header: Header, *, proposed_no: int) -> SheetsState:
    second = header.no != proposed_no
    holds = InForce(
        value=asked.value,
        no=header.no,
        proposed_no=proposed_no,
        since_ms=header.at_ms,
        proposed_by=asked.proposed_by,
        proposer=asked.proposer,
        approved_by=header.actor_id if second else "",
        approver=header.author.name if second else "",
        reason=asked.reason,
    )
    return replace(part, in_force={**part.in_force, asked.sheet: holds})


def _moved(part: SheetsState, header: Header) -> SheetsState:
    return replace(part, last_no=header.no, changed_ms=header.at_ms)


def _way_given(_: WayState, body: WayGiven, __: Header) -> WayState:
    return WayState(staff_id=body.staff_id)


def _way_ended(_: WayState, __: WayEnded, ___: Header) -> WayState:
    return WayState()


KINDS: tuple[Kind[Any, Any], ...] = (
    Kind(body=SheetsFound, part=SheetsState, fold=_found),
    Kind(body=SheetProposed, part=SheetsState, fold=_proposed),
    Kind(body=SheetApproved, part=SheetsState, fold=_approved),
    Kind(body=SheetWithdrawn, part=SheetsState, fold=_withdrawn),
    Kind(body=WayGiven, part=WayState, fold=_way_given),
    Kind(body=WayEnded, part=WayState, fold=_way_ended),
)
