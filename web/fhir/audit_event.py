"""AuditEvent (FHIR R4, http://hl7.org/fhir/R4/auditevent.html): a trace as a resource, by the patterns of IHE BALP
(https://profiles.ihe.net/ITI/BALP) with the least that Normen 6.1, 5.4.4 asks for: who, in which role, of which legal
entity and department, whom it concerned, when, for which purpose, on which ground.

Persons are named by our own ids only; their numbers are in no audit.
"""

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from core.audit.trace import Trace
from core.clock import from_ms

Resource = dict[str, Any]
TERMS = "http://terminology.hl7.org/CodeSystem"
RESTFUL = "http://hl7.org/fhir/restful-interaction"
PERSON, ACTOR, CONTACT, UNIT, PROVIDER, ROLE, ACTION, GROUND = (
    f"urn:fyr:{name}" for name in ("person", "actor", "contact", "unit", "provider", "role", "action", "ground")
)
SUCCESS, MINOR_FAILURE = "0", "4"
IP_ADDRESS = "2"
PURPOSES = {
    "care": ("TREAT", "treatment"),
    "own": ("PATRQT", "patient requested"),
    "technical": ("HSYSADMIN", "health system administration"),
    "sign_in": ("HSYSADMIN", "health system administration"),
    "audit": ("HCOMPL", "health compliance"),
    "administration": ("HOPERAT", "healthcare operations"),
    "quality": ("HQUALIMP", "health quality improvement"),
}
"""HL7 v3 ActReason, value set PurposeOfUse. Checking the audit is a mandate (HSLF-FS 2016:40, 4 kap. 9 §): HCOMPL."""
EMERGENCY = ("BTG", "break the glass")
SIGN_IN = {"POST /api/session": "110122", "DELETE /api/session": "110123"}
"""DICOM: Login, Logout. Whatever else is about a session counts as an access."""
DICOM = "http://dicom.nema.org/resources/ontology/DCM"


@dataclass(frozen=True, slots=True, kw_only=True)
class Names:
    """What units and legal care givers are called, and where FHIR is served (empty: unknown)."""

    unit: Callable[[str], str]
    provider: Callable[[str], str]
    base: str = ""


def audit_events(traces: Sequence[Trace], names: Names, *, at: datetime, links: Iterable[tuple[str, str]]) -> Resource:
    """A Bundle (searchset) of one page, with its links (relation, address)."""
    bundle: Resource = {
        "resourceType": "Bundle",
        "type": "searchset",
        "timestamp": at.isoformat(timespec="milliseconds"),
        "link": [{"relation": relation, "url": url} for relation, url in links],
        "entry": [_entry(audit_event(trace, names), names) for trace in traces],
    }
    return bundle if traces else {name: value for name, value in bundle.items() if name != "entry"}


def _entry(resource: Resource, names: Names) -> Resource:
    address = {"fullUrl": f"{names.base}/AuditEvent/{resource['id']}"} if names.base else {}
    return {**address, "resource": resource, "search": {"mode": "match"}}


def audit_event(trace: Trace, names: Names) -> Resource:
    """One trace."""
    return {
        "resourceType": "AuditEvent",
        "id": resource_id(trace),
        **_what(trace),
        "recorded": from_ms(trace.at_ms).isoformat(timespec="milliseconds"),
        "outcome": MINOR_FAILURE if trace.outcome == "refused" else SUCCESS,
        "purposeOfEvent": [_purpose(trace)],
        "agent": [_who(trace), *_where(trace, names)],
        "source": {
            "observer": {"display": f"Fyr {trace.node}".strip()},
            "type": [_coding(f"{TERMS}/security-source-type", "4", "Application Server")],
        },
        "entity": _entities(trace),
    }


def resource_id(trace: Trace) -> str:
    """The entry's place, in the letters FHIR allows (64 of them): stream names are longer."""
    return hashlib.sha256(f"{trace.stream}/{trace.no}".encode()).hexdigest()[:48]


def _what(trace: Trace) -> Resource:
    action = _coding(ACTION, trace.action)
    if trace.action in SIGN_IN:
        kind = _coding(DICOM, "110114", "User Authentication")
        return {"type": kind, "subtype": [_coding(DICOM, SIGN_IN[trace.action]), action], "action": "E"}
    interaction = "create" if trace.does == "change" else "search-type" if trace.found is not None else "read"
    letter = {"create": "C", "search-type": "E", "read": "R"}[interaction]
    kind = _coding(f"{TERMS}/audit-event-type", "rest", "Restful Operation")
    return {"type": kind, "subtype": [_coding(RESTFUL, interaction, interaction), action], "action": letter}


def _purpose(trace: Trace) -> Resource:
    code, display = EMERGENCY if trace.basis == "emergency" else PURPOSES.get(trace.purpose, PURPOSES["technical"])
    concept: Resource = {"coding": [_coding(f"{TERMS}/v3-ActReason", code, display)]}
    if trace.basis:
        concept["coding"].append(_coding(GROUND, trace.basis))
    return concept


def _who(trace: Trace) -> Resource:
    """The one who did it: a patient by id alone, staff with the name and the role they acted under."""
    author = trace.author
    kind = ("AUT", "author (originator)") if trace.does == "change" else ("IRCP", "information recipient")
    who: Resource = {"identifier": {"system": ACTOR, "value": trace.actor_id}}
    if author.kind == "staff" and author.name:
        who["display"] = author.name
    agent: Resource = {
        "type": {"coding": [_coding(f"{TERMS}/v3-ParticipationType", *kind)]},
        "who": who,
        "requestor": True,
    }
    if trace.role or author.role:
        agent["role"] = [{"coding": [_coding(ROLE, trace.role or author.role)]}]
    if trace.address:
        agent["network"] = {"address": trace.address, "type": IP_ADDRESS}
    if trace.session:
        agent["altId"] = trace.session
    return agent


def _where(trace: Trace, names: Names) -> list[Resource]:
    """The department and the legal entity they acted for."""
    placed = (
        (trace.role_unit_id, UNIT, names.unit, ("LOC", "location")),
        (trace.role_provider_id, PROVIDER, names.provider, ("CST", "custodian")),
    )
    return [
        {
            "type": {"coding": [_coding(f"{TERMS}/v3-ParticipationType", *kind)]},
            "who": {"identifier": {"system": system, "value": own_id}, "display": name(own_id)},
            "requestor": False,
        }
        for own_id, system, name, kind in placed
        if own_id
    ]


def _entities(trace: Trace) -> list[Resource]:
    found: list[Resource] = []
    if trace.person_id:
        found.append(
            {
                "what": {"identifier": {"system": PERSON, "value": trace.person_id}},
                "type": _coding(f"{TERMS}/audit-entity-type", "1", "Person"),
                "role": _coding(f"{TERMS}/object-role", "1", "Patient"),
            }
        )
    about: Resource = {
        "what": {"identifier": {"system": CONTACT, "value": trace.about}},
        "type": _coding(f"{TERMS}/audit-entity-type", "2", "System Object"),
        "role": _coding(f"{TERMS}/object-role", "4", "Domain Resource"),
    }
    told = [("found", str(trace.found))] if trace.found is not None else []
    told += [("searched", trace.searched)] if trace.searched else []
    if told:
        about["detail"] = [{"type": name, "valueString": value} for name, value in told]
    return [*found, about] if trace.about or told else found


def _coding(system: str, code: str, display: str = "") -> Resource:
    return {"system": system, "code": code, **({"display": display} if display else {})}
