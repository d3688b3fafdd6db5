"""An auditor's own view: looks of their legal care givers, found by who, whom, where, when and on what ground.

A list says nothing of whom a look concerned; one look shown by itself does, and that is recorded as a look at them.
"""

from typing import TYPE_CHECKING, Literal

from core.access.entries import DoorOpened
from core.access.rights import THROUGH
from core.access.store import DoorRow
from core.actor import Actor
from core.audit.index import PREFIX
from core.audit.mark import Period
from core.audit.store import Wanted
from core.audit.trace import Trace
from core.errors import FyrError
from core.ids import StreamId
from web.audited import STAFF, answers_for, audited_by, missing, period_of, recorded, shown_look
from web.gates import staff_gate
from web.paging import mark_of, token_of
from web.persons import not_there, person_of_number
from web.push.views import wire_time
from web.registry import Call, on
from web.wire.audit import (
    AskAuditScope,
    AuditedStaff,
    AuditedUnit,
    AuditScope,
    FoundLooks,
    SearchLooks,
    ShowLook,
    ShownLook,
    ThroughDoor,
)

if TYPE_CHECKING:
    from web.node import Node

PAGE = 50
About = Literal["contact", "unit", "search", "audit", "own", "other"]


@on("audit:scope", gate=staff_gate)
async def audit_scope(call: Call, _: AskAuditScope, actor: Actor) -> AuditScope:
    """Units and staff of one's own legal care givers."""
    await recorded(call)
    node, own = call.node, audited_by(actor)
    units = [unit for unit in await node.directory.units() if unit.provider_id in own]
    staff = [(unit.id, one) for unit in units for one in await node.directory.staff_at(unit.id)]
    return AuditScope(
        units=tuple(AuditedUnit(unit_id=unit.id, unit=unit.name, provider_id=unit.provider_id) for unit in units),
        staff=tuple(
            AuditedStaff(staff_id=one.staff_id, name=one.name, role=one.role, unit_id=unit_id)
            for unit_id, one in sorted(staff, key=lambda found: found[1].name)
        ),
    )


@on("audit:search", gate=staff_gate)
async def search_looks(call: Call, body: SearchLooks, actor: Actor) -> FoundLooks:
    """A page, recorded before anything is handed out; of a number nobody has as of one without looks: nothing.

    Raises `bad_request`, `identity_invalid`, and `locked_out` for who tries one number after the other.
    """
    node, own, before = call.node, audited_by(actor), mark_of(body.page)
    period = period_of(body.since, body.until)
    person_id, number = await _whom(call, body.number) if body.number else ("", "")
    wanted = _wanted(body, own, period, person_id=person_id)
    found = await node.audit.search(wanted, before=before, limit=PAGE) if person_id or not body.number else []
    await recorded(call, person_id=person_id, searched=number, found=len(found))
    providers = await node.directory.provider_names()
    return FoundLooks(
        looks=tuple(shown_look(node, trace, providers) for trace in found if answers_for(own, trace)),
        next=token_of(found[-1].mark) if len(found) == PAGE else "",
    )


async def _whom(call: Call, typed: str) -> tuple[str, str]:
    """The person of a number, or nobody; and the number as it is written in full, for the digest of the search."""
    try:
        person_id, number = await person_of_number(call.node, call.actor, typed)
    except FyrError:
        await recorded(call, searched=typed, found=0)
        raise
    if person_id is None:
        await not_there(call.node, call.actor)
    return person_id or "", number.value


def _wanted(body: SearchLooks, own: frozenset[str], period: Period, *, person_id: str) -> Wanted:
    return Wanted(
        provider_ids=tuple(sorted(own)),
        period=period,
        person_id=person_id,
        actor_id=f"{STAFF}{body.staff}" if body.staff else "",
        unit_id=body.at_unit,
        basis=body.basis,
        stratum=body.stratum,
    )


@on("audit:show", gate=staff_gate)
async def show_look(call: Call, body: ShowLook, actor: Actor) -> ShownLook:
    """One look, whole. Raises `not_found` for one that is not there or not theirs, recorded."""
    trace = await _trace(call, body.look_id)
    if trace is None or not answers_for(audited_by(actor), trace):
        await missing(call, "look")
    await recorded(call, person_id=trace.person_id)
    node = call.node
    protected = node.protections.of_person(trace.person_id) is not None
    person = await node.directory.person(trace.person_id) if trace.person_id and not protected else None
    about, about_id = _about(trace.about)
    return ShownLook(
        look=shown_look(node, trace, await node.directory.provider_names()),
        about=about,
        about_id=about_id,
        person=person.name if person else "",
        protected=protected,
        works_at=node.unit_name(trace.role_unit_id) if trace.role_unit_id else "",
        address=trace.address,
        session=trace.session,
        node=trace.node,
        found=trace.found,
        searched=trace.searched,
        doors=tuple([await _door(node, row) for row in await _doors(node, trace)]),
    )


async def _trace(call: Call, look_id: str) -> Trace | None:
    mark = mark_of(look_id)
    if mark is None or not mark.stream.startswith(PREFIX):
        return None
    found = await call.node.audit.at([(mark.stream, mark.no)])
    return found[0] if found else None


def _about(about: str) -> tuple[About, str]:
    kind, _, name = about.partition(":")
    if kind == "contact":
        return "contact", name
    if kind == "unit":
        return "unit", name
    if kind in ("search", "audit"):
        return ("search" if kind == "search" else "audit"), ""
    return ("own" if kind in ("staff", "patient") else "other"), ""


async def _doors(node: "Node", trace: Trace) -> list[DoorRow]:
    if trace.basis not in THROUGH:
        return []
    staff_id = trace.actor_id.removeprefix(STAFF)
    return await node.doors.stood_open(staff_id, trace.person_id, basis=trace.basis, at_ms=trace.at_ms)


async def _door(node: "Node", row: DoorRow) -> ThroughDoor:
    entries = await node.log.entries(StreamId(f"door:{row.door_id}"))
    reasons = [entry.body.reason for entry in entries if isinstance(entry.body, DoorOpened)]
    return ThroughDoor(
        basis=row.basis,
        opened_at=wire_time(row.from_ms),
        until=wire_time(row.until_ms),
        from_unit=node.unit_name(row.at_unit_id),
        reason=reasons[0] if reasons else "",
    )
