"""Everything about oneself, to take along: the right of access and of portability (GDPR articles 15 and 20).

The archive is made while it is handed out, contact by contact, each through its gate and recorded as read. Nothing of
it is kept on our side, so that nothing has to be deleted.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable
from itertools import count
from typing import TypeVar

import msgspec

from core.access.gates import ContactAccess
from core.access.rule import may_enter
from core.actor import Actor
from core.attachments.naming import ENDINGS
from core.errors import FyrError
from core.ids import ContactId, contact_of
from core.transcript.line import Lang
from web.api.transcript import heading_of, told_of
from web.export.archive import Member, archive
from web.export.words import READ_ME
from web.fhir.communication import Thread, communications
from web.gates import own_gate
from web.registry import Call, at
from web.sockets.contact import following
from web.transcript.page import transcript_page
from web.wire.contact import Following
from web.wire.row import StreamedDocument
from web.wire.transcript import AskExport, AskTranscript

T = TypeVar("T")


@at("GET /api/export.zip", gate=own_gate)
async def export(call: Call, body: AskExport, actor: Actor) -> StreamedDocument:
    """An archive of the actor's own contacts, and of those whom they represent now."""
    now = call.node.clock.now()
    contacts = await own_contacts(call, actor)
    chunks = archive(_members(call, actor, contacts, lang=body.lang), now)
    return StreamedDocument(chunks=chunks, media="application/zip", name=f"fyr-{now:%Y-%m-%d}.zip")


async def own_contacts(call: Call, actor: Actor) -> list[ContactId]:
    """The contacts the actor may enter now, oldest first."""
    streams = await call.node.log.streams_opened_by(actor.id, actor.person_id or "")
    for one in actor.represents:
        streams += await call.node.log.streams_about(one.person_id)
    names = sorted({name for name in streams if name.startswith("contact:")})
    heads, now_ms = await call.node.log.heads(names), call.node.now_ms()
    return [contact_of(name) for name in names if may_enter(actor, heads[name].scope, right="read", now_ms=now_ms)]


async def _members(call: Call, actor: Actor, contacts: list[ContactId], *, lang: Lang) -> AsyncIterator[Member]:
    yield Member({"sv": "LÄS MIG.txt", "nb": "LES MEG.txt"}.get(lang, "READ ME.txt"), READ_ME(lang).encode())
    for number, contact_id in enumerate(contacts, start=1):
        asked = call.node.gates.access_contact(actor, contact_id, action=call.name, right="read", reads=True)
        access = await _if_there(asked)
        if access is None:  # it has ended since the list was made: it is not theirs any more
            continue
        async for member in _contact(call, access, lang=lang):
            yield Member(f"{number:03d}/{member.name}", member.data)


async def _if_there(asked: Awaitable[T]) -> T | None:
    """None for what is not there, or not theirs any more. Any other failure cuts the archive off: it is not whole."""
    try:
        return await asked
    except FyrError as refused:
        if refused.code != "not_found":
            raise
        return None


async def _contact(call: Call, access: ContactAccess, *, lang: Lang) -> AsyncIterator[Member]:
    entries = await following(call, access, after=0)
    yield Member("entries.json", msgspec.json.format(msgspec.json.encode(entries)))
    readable = await _if_there(told_of(call, access, lang=lang, notes=False))
    if readable is None:  # nothing in it that its reader sees
        return
    head, told = readable
    asked = AskTranscript(contact_id=access.contact_id, lang=lang)
    page = await asyncio.to_thread(transcript_page, await heading_of(call, access, head, body=asked), told)
    yield Member("conversation.html", page.encode())
    thread = Thread(
        contact_id=access.contact_id,
        person_id=head.scope.person_id,
        base="",
        protection=call.node.protections.of(head.scope),
    )
    bundle = communications(thread, told, at=call.node.clock.now())
    yield Member("fhir.json", msgspec.json.format(msgspec.json.encode(bundle)))
    async for member in _files(call, access, entries):
        yield member


async def _files(call: Call, access: ContactAccess, entries: Following) -> AsyncIterator[Member]:
    """Files by number: a name somebody gave one has no place in an archive others will unpack."""
    numbers = count(1)
    for view in entries.entries:
        name = getattr(view.body, "attachment", None)
        if name is None or getattr(view.body, "state", "") != "clean":
            continue
        found = await _if_there(call.node.uploads.fetch(access, name, thumbnail=False))
        if found is None:  # withdrawn or erased since
            continue
        yield Member(f"files/{next(numbers):03d}{ENDINGS[found.type]}", found.data)
