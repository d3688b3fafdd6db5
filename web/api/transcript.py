"""Documents of a contact: its transcript as a PDF, and as FHIR resources."""

import asyncio
from datetime import datetime
from zoneinfo import ZoneInfo

import msgspec

from carequeue.state import Place
from chat.state import Conversation
from core.access.gates import ContactAccess
from core.clock import from_ms
from core.errors import FyrError
from core.identity.shown import NOBODY, shown_unit
from core.ids import contact_stream
from core.log.append import Head
from core.transcript.line import Lang, Telling
from core.transcript.transcript import Told, transcript_of
from core.zones import ZONES
from web.fhir.communication import Thread, communications
from web.gates import contact_gate
from web.registry import Call, at
from web.transcript.page import Heading, transcript_page
from web.transcript.words import PROTECTED
from web.wire.row import Document
from web.wire.transcript import AskTranscript, SearchCommunications

FHIR_JSON = "application/fhir+json"


@at("GET /api/contacts/{contact_id}/transcript.pdf", gate=contact_gate(reads=True))
async def transcript_pdf(call: Call, body: AskTranscript, access: ContactAccess) -> Document:
    """Raises `missing_tool` where the machine cannot print."""
    head, told = await told_of(call, access, lang=body.lang, notes=body.notes)
    heading = await heading_of(call, access, head, body=body)
    page = await asyncio.to_thread(transcript_page, heading, told)
    name = f"fyr-{_local(call, head.state.get(Conversation).opened_ms):%Y-%m-%d}.pdf"
    return Document(data=await call.node.press.print(page, asked_by=call.actor.id), media="application/pdf", name=name)


@at("GET /fhir/Communication", gate=contact_gate(reads=True))
async def fhir_communications(call: Call, body: SearchCommunications, access: ContactAccess) -> Document:
    """A Bundle of Communications."""
    head, told = await told_of(call, access, lang=body.lang, notes=body.notes)
    base = f"{call.node.settings.public_url}/fhir" if call.node.settings.public_url else ""
    thread = Thread(
        contact_id=access.contact_id,
        person_id=head.scope.person_id,
        base=base,
        protection=call.node.protections.of(head.scope),
    )
    bundle = communications(thread, told, at=call.node.clock.now())
    return Document(data=msgspec.json.encode(bundle), media=FHIR_JSON, name="fyr.json")


async def told_of(call: Call, access: ContactAccess, *, lang: Lang, notes: bool) -> tuple[Head, list[Told]]:
    """The contact's lines as its reader may have them. Raises `not_found` when there are none."""
    stream = contact_stream(access.contact_id)
    head = await call.node.log.head(stream)
    entries = [entry for entry in await call.node.log.entries(stream) if entry.no <= head.last_no]
    telling = Telling(lang=lang, zone=_zone(call), label=lambda name: call.node.content_label(name, lang))
    told = transcript_of(
        call.node.kinds,
        entries,
        audience=access.audience,
        telling=telling,
        notes=notes,
        protected=call.node.is_protected(head),
    )
    if not told:
        raise FyrError("not_found")
    return head, told


async def heading_of(call: Call, access: ContactAccess, head: Head, *, body: AskTranscript) -> Heading:
    """What stands above them."""
    place = head.state.get(Place)
    protected = call.node.is_protected(head)
    person = await call.node.directory.person(head.scope.person_id) if head.scope.person_id else None
    about = f"{person.name}, {person.born_on}" if person else ""
    return Heading(
        lang=body.lang,
        unit=shown_unit(call.node.unit_name(head.scope.unit_id), protected=protected),
        about=PROTECTED(body.lang) if protected else about,
        opened_at=_local(call, head.state.get(Conversation).opened_ms),
        closed_at=_local(call, place.closed_ms) if place.closed_ms is not None else None,
        printed_at=_local(call, call.node.now_ms()),
        printed_by=NOBODY if protected and access.audience == "patient" else access.actor.name,
        notes=body.notes and access.audience == "staff",
    )


def _local(call: Call, at_ms: int) -> datetime:
    return from_ms(at_ms).astimezone(_zone(call))


def _zone(call: Call) -> ZoneInfo:
    return ZONES[call.node.settings.country]
