"""Communication (FHIR R4, http://hl7.org/fhir/R4/communication.html): a contact's lines as a Bundle of messages.

One resource for each line. All but the first are part of the first; an answer, reply or correction is in response to
the line it refers to. What is between colleagues is labelled restricted (v3-Confidentiality R). Vital signs of a line
come as Observations beside it (`web.fhir.observation`), which its payload refers to.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from core.identity.entries import Protection
from core.log.author import PROXY
from core.log.body import ActorKind, Author
from core.transcript.transcript import Told
from web.fhir.observation import Resource, Seen, observation_id, observations, observed

CONFIDENTIALITY = "http://terminology.hl7.org/CodeSystem/v3-Confidentiality"
CATEGORY = "http://terminology.hl7.org/CodeSystem/communication-category"
SWEDISH_LABEL = "http://electronichealth.se/CodeSystem/SecurityLabel"
SWEDISH_LABELS: dict[Protection, str] = {
    "sekretessmarkering": "sekretessmarkering",
    "skyddad_folkbokforing": "skyddadFolkbokforing",
}
"""HL7Sweden/basprofiler-r4, SecurityLabel. Another identity has no code: telling of it would defeat it."""
CONTACT, PERSON = "urn:fyr:contact", "urn:fyr:person"
SENDER: dict[ActorKind, str] = {
    "patient": "Patient",
    "staff": "Practitioner",
    "guest": "RelatedPerson",
    "system": "Device",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Thread:
    """What all resources of one contact have in common."""

    contact_id: str
    person_id: str = ""
    """Whom it is about, when it is the person who opened it."""
    protection: Protection | None = None
    """How the person is protected: then every resource says so."""
    base: str = ""
    """The address FHIR is served at; empty when the service does not know its own."""


def communications(thread: Thread, told: Sequence[Told], *, at: datetime) -> Resource:
    """The Bundle (searchset) of the contact's lines, oldest first."""
    known = {one.no for one in told}
    first = told[0].no if told else None
    resources = [_communication(thread, one, first=first, known=known) for one in told]
    measured = [_included(thread, sign) for one in told for sign in observations(_seen(thread, one), one)]
    bundle: Resource = {
        "resourceType": "Bundle",
        "type": "searchset",
        "timestamp": at.isoformat(timespec="milliseconds"),
        "total": len(resources),
        "entry": [*(_entry(thread, one) for one in resources), *measured],
    }
    return bundle if resources else {name: value for name, value in bundle.items() if name != "entry"}


def _entry(thread: Thread, resource: Resource) -> Resource:
    address = {"fullUrl": f"{thread.base}/Communication/{resource['id']}"} if thread.base else {}
    return {**address, "resource": resource, "search": {"mode": "match"}}


def _included(thread: Thread, sign: Resource) -> Resource:
    address = {"fullUrl": f"{thread.base}/Observation/{sign['id']}"} if thread.base else {}
    return {**address, "resource": sign, "search": {"mode": "include"}}


def _seen(thread: Thread, one: Told) -> Seen:
    """What an observation has in common with the line it came with."""
    sender = _sender(one.author)
    return Seen(
        id=_id(thread, one.no),
        meta=_meta(one, thread.protection),
        subject=_subject(thread),
        encounter=_encounter(thread),
        performer={} if sender["type"] == "Device" else sender,
    )


def _subject(thread: Thread) -> Resource:
    if not thread.person_id:
        return {}
    return {"type": "Patient", "identifier": {"system": PERSON, "value": thread.person_id}}


def _encounter(thread: Thread) -> Resource:
    return {"type": "Encounter", "identifier": {"system": CONTACT, "value": thread.contact_id}}


def _communication(thread: Thread, one: Told, *, first: int | None, known: set[int]) -> Resource:
    line = one.line
    resource: Resource = {
        "resourceType": "Communication",
        "id": _id(thread, one.no),
        "meta": _meta(one, thread.protection),
        "language": line.lang,
        "status": "completed",
        "partOf": [_reference(thread, first)] if first not in (None, one.no) else [],
        "inResponseTo": [_reference(thread, line.refers_to)] if line.refers_to in known else [],
        "category": [_category(one)],
        "subject": _subject(thread),
        "topic": {"text": line.question} if line.question else {},
        "encounter": _encounter(thread),
        "sent": one.at.isoformat(timespec="milliseconds"),
        "sender": _sender(one.author),
        "payload": [*_payload(one), *_signs(_id(thread, one.no), one)],
    }
    return {name: value for name, value in resource.items() if value}  # FHIR has no empty values


def _id(thread: Thread, number: int) -> str:
    return f"{thread.contact_id}-{number}"


def _reference(thread: Thread, number: int | None) -> Resource:
    return {"reference": f"Communication/{thread.contact_id}-{number}", "type": "Communication"}


def _meta(one: Told, protection: Protection | None) -> Resource:
    """Of somebody protected everything is very restricted; in Sweden the label says which kind, where it has a code."""
    if protection is None:
        return {"security": [{"system": CONFIDENTIALITY, "code": "R"}]} if one.line.private else {}
    label = SWEDISH_LABELS.get(protection)
    own = [{"system": SWEDISH_LABEL, "code": label}] if label else []
    return {"security": [{"system": CONFIDENTIALITY, "code": "V"}, *own]}


def _category(one: Told) -> Resource:
    """What happened is a notification; what people said has the kind's name alone."""
    coding = [] if one.line.said else [{"system": CATEGORY, "code": "notification"}]
    return {"text": one.kind, **({"coding": coding} if coding else {})}


def _sender(author: Author) -> Resource:
    told = author.name or ("Fyr" if author.kind == "system" else author.role)
    kind = "RelatedPerson" if author.role == PROXY else SENDER[author.kind]
    return {"type": kind, **({"display": told} if told else {})}


def _signs(line_id: str, one: Told) -> list[Resource]:
    named = [observation_id(line_id, name) for name in observed(one)]
    return [{"contentReference": {"reference": f"Observation/{name}", "type": "Observation"}} for name in named]


def _payload(one: Told) -> list[Resource]:
    files = [{"contentAttachment": {"title": name}} for name in one.line.attachments]
    return ([{"contentString": one.line.text}] if one.line.text.strip() else []) + files
