"""The audit as FHIR: AuditEvents about one person, for auditors of a legal care giver that has them. Itself audited."""

from datetime import datetime, timedelta
from urllib.parse import urlencode

import msgspec

from core.actor import Actor
from core.audit.mark import Period
from core.clock import to_ms
from core.errors import FyrError
from core.log.entry import Scope
from web.audited import answers_for, audited_by
from web.fhir.audit_event import Names, audit_events
from web.gates import staff_gate
from web.paging import mark_of, token_of
from web.registry import Call, at
from web.wire.audit import SearchAuditEvents
from web.wire.row import Document

FHIR_JSON = "application/fhir+json"
LARGEST_PAGE = 200
FOR_EVER = Period(0, 2**52)
DAY = len("2026-11-26")


@at("GET /fhir/AuditEvent", gate=staff_gate)
async def search_audit_events(call: Call, body: SearchAuditEvents, actor: Actor) -> Document:
    """A Bundle of one page; recorded before anything is read. Raises `bad_request`."""
    if not 1 <= body.count <= LARGEST_PAGE:
        raise FyrError("bad_request", where="_count", what=f"1 to {LARGEST_PAGE}")
    period, before, own = period_of(body.date), mark_of(body.page), audited_by(actor)
    scope = Scope(person_id=body.patient, provider_id=min(own))
    await call.node.trail.record(actor, action=call.name, about="audit", scope=scope, outcome="allowed", basis="audit")
    found = await call.node.audit.about(body.patient, period, before=before, limit=body.count)
    names = await _names(call)
    shown = [trace for trace in found if answers_for(own, trace)]
    links = [("self", _link(names, body))]
    if len(found) == body.count:
        links.append(("next", _link(names, msgspec.structs.replace(body, page=token_of(found[-1].mark)))))
    bundle = audit_events(shown, names, at=call.node.clock.now(), links=links)
    return Document(data=msgspec.json.encode(bundle), media=FHIR_JSON, name="fyr-audit.json")


def period_of(date: str) -> Period:
    """FHIR's search by date (http://hl7.org/fhir/R4/search.html#date): `ge`, `gt`, `le`, `lt`, with commas between.

    A day is a whole one in UTC. Raises `bad_request`.
    """
    first, last = FOR_EVER
    for part in date.split(",") if date else ():
        sign, moment = part[:2], part[2:]
        start_ms, end_ms = _span(moment)
        if sign in ("ge", "gt"):
            first = max(first, start_ms if sign == "ge" else end_ms)
        elif sign in ("le", "lt"):
            last = min(last, end_ms if sign == "le" else start_ms)
        else:
            raise FyrError("bad_request", where="date", what="ge, gt, le or lt, and a moment")
    return Period(first, last)


def _span(moment: str) -> tuple[int, int]:
    try:
        read = datetime.fromisoformat(moment)
        if len(moment) == DAY:
            start = datetime.fromisoformat(f"{moment}T00:00:00+00:00")
            return to_ms(start), to_ms(start + timedelta(days=1))
    except (ValueError, OverflowError):
        raise FyrError("bad_request", where="date", what="a day, or a moment with its zone") from None
    if read.tzinfo is None:
        raise FyrError("bad_request", where="date", what="a day, or a moment with its zone")
    return to_ms(read), to_ms(read) + 1


async def _names(call: Call) -> Names:
    providers = await call.node.directory.provider_names()
    public = call.node.settings.public_url
    return Names(
        unit=call.node.unit_name,
        provider=lambda provider_id: providers.get(provider_id, provider_id),
        base=f"{public}/fhir" if public else "",
    )


def _link(names: Names, body: SearchAuditEvents) -> str:
    words = {"patient": body.patient, "date": body.date, "_count": str(body.count), "page": body.page}
    return f"{names.base or '/fhir'}/AuditEvent?{urlencode({name: word for name, word in words.items() if word})}"
