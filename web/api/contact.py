"""HTTP routes about contacts: the patient's own, and one contact whole."""

from carequeue.state import Place
from chat.state import Conversation
from core.access.gates import ContactAccess
from core.access.rule import may_enter
from core.actor import Actor
from core.ids import contact_of
from web.gates import contact_gate, own_gate
from web.letters import letter_now
from web.push.views import wire_time
from web.registry import Call, at
from web.sockets.contact import following
from web.wire.contact import FollowContact, Following, OwnContact


@at("GET /api/contacts", gate=own_gate)
async def own_contacts(call: Call, _: None, actor: Actor) -> list[OwnContact]:
    """The patient's own contacts, and those of whom they represent now, newest first."""
    streams = await call.node.log.streams_opened_by(actor.id, actor.person_id or "")
    names = {}
    for one in actor.represents:
        person = await call.node.directory.person(one.person_id)
        names[one.person_id] = person.name if person else ""
        streams += await call.node.log.streams_about(one.person_id)
    heads = await call.node.log.heads([name for name in dict.fromkeys(streams) if name.startswith("contact:")])
    now_ms = call.node.now_ms()
    own = [head for head in heads.values() if may_enter(actor, head.scope, right="read", now_ms=now_ms)]
    own.sort(key=lambda head: head.state.get(Conversation).opened_ms, reverse=True)
    return [
        OwnContact(
            contact_id=contact_of(head.stream),
            unit=call.node.unit_name(head.scope.unit_id),
            status=head.state.get(Place).status,
            opened_at=wire_time(head.state.get(Conversation).opened_ms),
            about=names.get(head.scope.person_id, ""),
            turn=head.state.get(Conversation).turn,
            letter=letter_now(head, call.node.deadlines),
        )
        for head in own
    ]


@at("GET /api/contacts/{contact_id}", gate=contact_gate(reads=True))
async def transcript(call: Call, _: FollowContact, access: ContactAccess) -> Following:
    """A contact from its first entry."""
    return await following(call, access, after=0)
