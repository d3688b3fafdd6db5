"""What an auditor sees of a look, and which looks are theirs to see."""

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, NoReturn

from core.access.gates import NO_SCOPE
from core.actor import Actor
from core.audit.mark import Period
from core.audit.trace import Trace
from core.clock import to_ms
from core.errors import FyrError
from core.log.entry import Scope
from web.paging import token_of
from web.persons import providers_of
from web.push.views import wire_time
from web.registry import Call
from web.wire.audit import AuditedLook

if TYPE_CHECKING:
    from web.node import Node

FOR_EVER_MS = 2**52
STAFF = "staff:"


def audited_by(actor: Actor) -> frozenset[str]:
    """The legal care givers whose audit somebody reads."""
    return providers_of(actor, "audit")


def answers_for(providers: frozenset[str], trace: Trace) -> bool:
    """Whether a trace is theirs: what was done with what they hold, or by their own with what nobody holds."""
    return (trace.provider_id or trace.role_provider_id) in providers


async def recorded(call: Call, *, person_id: str = "", searched: str = "", found: int | None = None) -> None:
    """Leave a look of the auditor's own. Nothing is handed out before this returns."""
    scope = Scope(person_id=person_id, provider_id=min(audited_by(call.actor)))
    await call.node.trail.record(
        call.actor,
        action=call.name,
        about="audit",
        scope=scope,
        outcome="allowed",
        basis="audit",
        found=found,
        searched=searched,
    )


async def missing(call: Call, about: str) -> NoReturn:
    """Record that the auditor asked for what is not there, or not theirs, and raise `not_found`."""
    await call.node.trail.record(call.actor, action=call.name, about=about, scope=NO_SCOPE, outcome="refused")
    raise FyrError("not_found")


def shown_look(node: "Node", trace: Trace, providers: Mapping[str, str]) -> AuditedLook:
    """A look without whom it concerned; a patient, who may be just that, is told as one and not named."""
    unit_id = trace.unit_id or trace.role_unit_id
    staff = trace.author.kind == "staff"
    return AuditedLook(
        look_id=token_of(trace.mark),
        at=wire_time(trace.at_ms),
        action=trace.action,
        staff_id=trace.actor_id.removeprefix(STAFF) if staff else "",
        name=trace.author.name if staff else "",
        role=trace.role if staff else trace.author.kind,
        unit=node.unit_name(unit_id) if unit_id else "",
        provider=providers.get(trace.provider_id or trace.role_provider_id, ""),
        outcome=trace.outcome,
        basis=trace.basis,
        stratum=trace.stratum,
        ties=trace.ties,
        purpose=trace.purpose,
        of_person=trace.person_id != "",
    )


def period_of(since: str, until: str) -> Period:
    """From, and until but not at. Raises `bad_request`."""
    period = Period(_moment(since, "$.since", else_ms=0), _moment(until, "$.until", else_ms=FOR_EVER_MS))
    if period.from_ms >= period.until_ms:
        raise FyrError("bad_request", where="$.until", what="later than since")
    return period


def _moment(text: str, where: str, *, else_ms: int) -> int:
    if not text:
        return else_ms
    try:
        moment = datetime.fromisoformat(text)
        if moment.tzinfo is not None:
            return max(0, min(to_ms(moment), FOR_EVER_MS))
    except (ValueError, OverflowError):
        pass
    raise FyrError("bad_request", where=where, what="a moment with its zone, as 2026-11-26T08:00:00Z")
