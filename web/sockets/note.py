"""The socket call that begins a note from what lies in the contact."""

from collections.abc import Sequence

from chat.entries import NoteSentence
from chat.note_draft import Told, draft_of
from core.access.gates import ContactAccess
from core.ids import contact_stream
from core.log.entry import Entry
from core.transcript.line import Telling
from core.zones import ZONES
from rtc.note import Happened, sentences
from web.gates import contact_gate
from web.registry import Call, on
from web.wire.talk import DraftNote, NoteDraft


@on("note:draft", gate=contact_gate(reads=True))
async def draft_note(call: Call, body: DraftNote, access: ContactAccess) -> NoteDraft:
    """Sentences in four parts, each with the entries it rests on. Nothing is written."""
    node, stream = call.node, contact_stream(access.contact_id)
    entries = await node.log.entries(stream)
    protected = node.is_protected(access.head)
    told = [one for one in (_told(call, entry, protected=protected) for entry in entries) if one is not None]
    zone = ZONES[node.settings.country]
    telling = Telling(lang=body.lang, zone=zone, label=lambda name: node.content_label(name, body.lang))
    drafted = (*draft_of(told, telling), *_of_visits(entries, told, telling))
    return NoteDraft(head=entries[-1].no if entries else 0, sentences=drafted)


def _of_visits(entries: Sequence[Entry], told: Sequence[Told], telling: Telling) -> list[NoteSentence]:
    at_ms = {entry.no: entry.header.at_ms for entry in entries}
    said = sentences([Happened(one.no, at_ms[one.no], one.body) for one in told], telling)
    return [NoteSentence(part="assessment", text=one.text, nos=one.nos) for one in said]


def _told(call: Call, entry: Entry, *, protected: bool) -> Told | None:
    """The entry as staff see it; None for one that is erased, or not for them."""
    if entry.body is None:
        return None
    seen = call.node.kinds.view(entry.body, "staff", protected=protected)
    return Told(entry.no, entry.header.author.kind, seen) if seen is not None else None
