"""HTTP routes about contacts: the patient's own, and one contact whole."""

from carequeue.state import Place
from chat.state import Conversation
from core.access.gates import ContactAccess
from core.actor import Actor
from core.ids import contact_of
from web.gates import contact_gate, own_gate
from web.push.views import wire_time
from web.registry import Call, at
from web.sockets.contact import following
from web.wire.contact import FollowContact, Following, OwnContact


@at("GET /api/contacts", gate=own_gate)
async def own_contacts(call: Call, _: None, actor: Actor) -> list[OwnContact]:
    """The patient's own contacts, newest first."""
    streams = await call.node.log.streams_opened_by(actor.id, actor.person_id or "")
    heads = await call.node.log.heads([name for name in streams if name.startswith("contact:")])
    return [
        OwnContact(
            contact_id=contact_of(name),
            unit=call.node.unit_name(heads[name].scope.unit_id),
            status=heads[name].state.get(Place).status,
            opened_at=wire_time(heads[name].state.get(Conversation).opened_ms),
        )
        for name in streams
        if name in heads
    ]


@at("GET /api/contacts/{contact_id}", gate=contact_gate(reads=True))
async def transcript(call: Call, _: FollowContact, access: ContactAccess) -> Following:
    """A contact from its first entry."""
    return await following(call, access, after=0)
