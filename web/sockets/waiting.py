"""Socket calls about being told, being called back, and opening a contact again."""

from core.access.gates import ContactAccess
from core.ids import contact_stream
from core.log.append import Append
from core.notices.entries import NoticeChosen
from web.gates import contact_gate
from web.registry import Call, on
from web.sockets.contact import check_client_id, committed
from web.wire.contact import Committed
from web.wire.waiting import ChooseNotice, EndCall, ReopenContact, TryCall


@on("contact:reopen", gate=contact_gate(reads=False))
async def reopen_contact(call: Call, body: ReopenContact, access: ContactAccess) -> Committed:
    """The patient opens a closed contact again."""
    client_id = check_client_id(body.client_id)
    call.node.require_taking(access.head.scope.unit_id)
    done = await call.node.calls.reopen(access, body.text, lang=body.lang, client_id=client_id)
    return committed(access.actor, access.contact_id, done)


@on("notice:choose", gate=contact_gate(reads=False))
async def choose_notice(call: Call, body: ChooseNotice, access: ContactAccess) -> Committed:
    """The patient chooses how to be told, or takes it back."""
    chosen = NoticeChosen(channel=body.channel, address=body.address, push=body.push)
    kept = call.node.notices.chosen(chosen)
    client_id = check_client_id(body.client_id)
    stream = contact_stream(access.contact_id)
    done = await call.node.log.append(Append(stream, (kept,), access.actor, client_id, require=access.allowed))
    return committed(access.actor, access.contact_id, done)


@on("call:try", gate=contact_gate(reads=False))
async def try_call(call: Call, body: TryCall, access: ContactAccess) -> Committed:
    """A member of staff has called."""
    client_id = check_client_id(body.client_id)
    done = await call.node.calls.tried(access, body.outcome, body.note.strip(), client_id=client_id)
    return committed(access.actor, access.contact_id, done)


@on("call:end", gate=contact_gate(reads=False))
async def end_call(call: Call, body: EndCall, access: ContactAccess) -> Committed:
    """A member of staff takes the contact off the call-back list."""
    done = await call.node.calls.ended(access, body.reason.strip(), client_id=check_client_id(body.client_id))
    return committed(access.actor, access.contact_id, done)
