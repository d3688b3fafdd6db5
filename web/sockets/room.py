"""Socket calls at the door of a visit and in it."""

from core.access.gates import ContactAccess
from core.ids import new_id
from rtc.state import Visit
from web.gates import contact_gate
from web.registry import Call, on
from web.sockets.guest import withdraw_guest
from web.wire.contact import Empty
from web.wire.room import ExpectVisit, IdentifyParticipant, MoveParticipant, TellCompany


@on("visit:identify", gate=contact_gate(reads=False))
async def identify(call: Call, body: IdentifyParticipant, access: ContactAccess) -> Empty:
    """Say how one knows who somebody is."""
    await call.node.rooms.identify(access, body.visit_id, body.participant, how=body.how)
    return Empty()


@on("visit:send_back", gate=contact_gate(reads=False))
async def send_back(call: Call, body: MoveParticipant, access: ContactAccess) -> Empty:
    """Have somebody wait in the lobby again."""
    await call.node.rooms.send_back(access, body.visit_id, body.participant)
    return Empty()


@on("visit:set_aside", gate=contact_gate(reads=False))
async def set_aside(call: Call, body: MoveParticipant, access: ContactAccess) -> Empty:
    """Talk on without somebody, who waits meanwhile."""
    await call.node.rooms.set_aside(access, body.visit_id, body.participant)
    return Empty()


@on("visit:bring_back", gate=contact_gate(reads=False))
async def bring_back(call: Call, body: MoveParticipant, access: ContactAccess) -> Empty:
    """Talk with them again."""
    await call.node.rooms.bring_back(access, body.visit_id, body.participant)
    return Empty()


@on("visit:remove", gate=contact_gate(reads=False))
async def remove(call: Call, body: MoveParticipant, access: ContactAccess) -> Empty:
    """Put somebody out of the visit for good; a guest is a guest no more."""
    guests = access.head.state.get(Visit).guests
    guest = next((one for one in guests if one.participant == body.participant), None)
    if guest is None:
        await call.node.rooms.remove(access, body.visit_id, body.participant)
        return Empty()
    await withdraw_guest(call, access, visit_id=body.visit_id, guest_id=guest.guest_id, client_id=new_id())
    return Empty()


@on("visit:expect", gate=contact_gate(reads=False))
async def expect(call: Call, body: ExpectVisit, access: ContactAccess) -> Empty:
    """Tell who waits when they are let in."""
    await call.node.rooms.expect(access, body.visit_id, body.minutes)
    return Empty()


@on("visit:company", gate=contact_gate(reads=False))
async def company(call: Call, body: TellCompany, access: ContactAccess) -> Empty:
    """Say who is in the room with oneself."""
    await call.node.rooms.tell_company(access, body.visit_id, body.company)
    return Empty()
