"""Who has read mine: a patient's own look at the audit, in the words of people and not of systems.

Looks of the service itself and refused ones are left out: nobody saw anything. Of one's own calls only those to a
contact are told.
"""

from typing import Literal

from core.actor import Actor
from core.audit.index import PATIENT
from core.audit.mark import Period
from core.audit.trace import Trace
from core.ids import StreamId, contact_of
from web.gates import person_gate
from web.paging import mark_of, token_of
from web.push.views import wire_time
from web.registry import Call, on
from web.wire.audit import ListLooks, Look, Looks, Purpose

ALWAYS = Period(0, 2**52)
PAGE = 100
CONTACT = "contact:"


@on("looks:list", gate=person_gate(about="audit"))
async def list_looks(call: Call, body: ListLooks, person_id: str) -> Looks:
    """A page, the newest first; a page may be short and have another after it. Raises `bad_request`."""
    found = await call.node.audit.about(person_id, ALWAYS, before=mark_of(body.page), limit=PAGE)
    providers = await call.node.directory.provider_names()
    told = (
        _look(call, trace, person_id, providers=providers) for trace in found if _is_told(trace, call.actor, person_id)
    )
    return Looks(looks=tuple(told), next=token_of(found[-1].mark) if len(found) == PAGE else "")


def _is_told(trace: Trace, reader: Actor, person_id: str) -> bool:
    if trace.outcome == "refused" or trace.author.kind == "system":
        return False
    own = trace.actor_id in (reader.id, f"{PATIENT}{person_id}")
    return not own or trace.about.startswith(CONTACT)


def _look(call: Call, trace: Trace, person_id: str, *, providers: dict[str, str]) -> Look:
    staff = trace.author.kind == "staff"
    protected = staff and not trace.author.name
    unit = "" if protected or not staff else call.node.unit_name(trace.role_unit_id or trace.unit_id)
    provider_id = trace.role_provider_id or trace.provider_id
    contact = contact_of(StreamId(trace.about)) if trace.about.startswith(CONTACT) else ""
    return Look(
        at=wire_time(trace.at_ms),
        does=trace.does,
        who=_who(trace, person_id),
        role=trace.role if staff else "",
        unit=unit,
        provider=providers.get(provider_id, "") if unit else "",
        purpose=_purpose(trace),
        contact_id=contact,
    )


def _who(trace: Trace, person_id: str) -> Literal["self", "representative", "staff"]:
    if trace.author.kind == "staff":
        return "staff"
    return "self" if trace.actor_id == f"{PATIENT}{person_id}" else "representative"


def _purpose(trace: Trace) -> Purpose:
    if trace.basis == "emergency":
        return "emergency"
    if trace.about == "search":
        return "search"
    if trace.purpose == "administration":
        return "administration"
    return "own" if trace.author.kind == "patient" else "care"
