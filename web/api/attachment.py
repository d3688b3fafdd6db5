"""HTTP routes of attachments: announce, send (tus 1.0.0), take back, fetch."""

from collections.abc import Awaitable
from typing import TypeVar

from carequeue.claim import under_claim
from chat.attachment.uploads import Content, NewAttachment, Upload
from core.access.gates import ContactAccess
from core.attachments.naming import disposition
from core.errors import FyrError
from core.log.append import Require
from web.api.raw import TUS_VERSION, Raw, UploadBytes
from web.gates import contact_gate
from web.registry import Call, at
from web.sockets.contact import check_client_id
from web.wire.attachment import FindAttachment, StartAttachment, UploadState
from web.wire.events import ATTACHMENT

T = TypeVar("T")
SAFE_HEADERS = {
    "Cache-Control": "private, no-store",
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
}
"""For a file that someone else made: it runs nothing, is shown as what we say it is, and stays with who asked."""


@at("POST /api/attachments", gate=contact_gate(reads=False))
async def start_attachment(call: Call, body: StartAttachment, access: ContactAccess) -> UploadState:
    """Announce a file; staff under their claim, having seen what was there."""
    upload = await call.node.uploads.begin(
        access,
        NewAttachment(name=body.name, size=body.size, caption=body.caption, lang=body.lang),
        client_id=check_client_id(body.client_id),
        seen_no=body.seen_no if access.audience == "staff" else None,
        guard=_staff_guard(body, access),
    )
    return UploadState(attachment=upload.attachment, offset=upload.offset, size=upload.size)


def _staff_guard(body: StartAttachment, access: ContactAccess) -> Require | None:
    if access.audience != "staff":
        return None
    if body.claim_no is None:
        raise FyrError("bad_request", where="$.claim_no", what="required for staff")
    return under_claim(body.claim_no, access.actor)


@at(f"HEAD {ATTACHMENT}", gate=contact_gate(reads=True))
async def upload_progress(call: Call, body: FindAttachment, access: ContactAccess) -> Raw:
    """Where to go on."""
    upload = await _found(call, call.node.uploads.progress(access, body.attachment_id))
    return Raw(status=200, headers={**_tus(upload), "Upload-Length": str(upload.size)})


@at(f"PATCH {ATTACHMENT}", gate=contact_gate(reads=False))
async def send_bytes(call: Call, body: UploadBytes, access: ContactAccess) -> Raw:
    """Commit what comes."""
    receiving = call.node.uploads.receive(access, body.attachment_id, body.start, chunks=body.chunks)
    return Raw(status=204, headers=_tus(await _found(call, receiving)))


@at(f"DELETE {ATTACHMENT}", gate=contact_gate(reads=False))
async def take_back(call: Call, body: FindAttachment, access: ContactAccess) -> Raw:
    """Take back one's own file before it was checked."""
    await _found(call, call.node.uploads.withdraw(access, body.attachment_id))
    return Raw(status=204, headers={"Tus-Resumable": TUS_VERSION})


@at(f"GET {ATTACHMENT}", gate=contact_gate(reads=True))
async def fetch_attachment(call: Call, body: FindAttachment, access: ContactAccess) -> Raw:
    """A file that was found clean."""
    return _file(await _found(call, call.node.uploads.fetch(access, body.attachment_id, thumbnail=False)))


@at(f"GET {ATTACHMENT}/thumbnail", gate=contact_gate(reads=True))
async def fetch_thumbnail(call: Call, body: FindAttachment, access: ContactAccess) -> Raw:
    """Its small picture."""
    return _file(await _found(call, call.node.uploads.fetch(access, body.attachment_id, thumbnail=True)))


async def _found(call: Call, asked: Awaitable[T]) -> T:
    """Who asks for a file that is not theirs, or not there, is recorded like anyone at a closed gate."""
    try:
        return await asked
    except FyrError as refusal:
        if refusal.code == "not_found":
            await call.node.gates.refuse(call.actor, action=call.name)
        raise


def _tus(upload: Upload) -> dict[str, str]:
    return {"Tus-Resumable": TUS_VERSION, "Upload-Offset": str(upload.offset)}


def _file(content: Content) -> Raw:
    named = {"Content-Type": content.type, "Content-Disposition": disposition(content.name, content.type)}
    return Raw(status=200, headers={**SAFE_HEADERS, **named}, body=content.data)
