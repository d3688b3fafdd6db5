"""Socket calls that tell how someone takes part: how far they have read, whether they are there and write."""

from typing import TYPE_CHECKING

from carequeue.state import Place
from chat.read import mark_read
from core.access.gates import ContactAccess
from core.access.rule import ground_of
from core.actor import Actor
from core.ids import ContactId
from core.log.body import Author
from rtc.visit import participant_id
from web.gates import contact_gate
from web.push.follows import Follower
from web.push.rooms import contact_room
from web.registry import Call, on
from web.wire.contact import Empty
from web.wire.talk import MarkRead, Presence, PresenceKey, PresenceState, TellPresence

if TYPE_CHECKING:
    from web.node import Node


@on("read:mark", gate=contact_gate(reads=False))
async def read_mark(call: Call, body: MarkRead, access: ContactAccess) -> Empty:
    """Note how far the reader has come, where that says something new.

    Who looks in from another unit reads nothing on behalf of this one: the patient waits for whom they wrote to.
    """
    ground = ground_of(access.actor, access.head.scope, right=call.right, now_ms=call.node.now_ms())
    if access.actor.kind != "staff" or ground == "unit":
        await mark_read(call.node.log, access, body.up_to)
    return Empty()


@on("presence:tell", gate=contact_gate(reads=False))
async def tell_presence(call: Call, body: TellPresence, access: ContactAccess) -> PresenceKey:
    """Pass it on to who else has the contact open. Nothing of it is kept."""
    holds = access.head.state.get(Place).holder_id == access.actor.staff_id
    to_patient = access.audience == "patient" or holds
    who = Author(kind=access.actor.kind, name=access.actor.name, role=_role(access))
    told = _presence(access.contact_id, access.actor, body.state, who=who, greets=body.greets)
    tell(call.node, told, to_patient=to_patient)
    return PresenceKey(key=told.key)


def tell(node: "Node", told: Presence, *, to_patient: bool) -> None:
    """Tell staff, and the patient when it is theirs to know."""
    contact_id = ContactId(told.contact_id)
    node.fanout.tell(contact_room(contact_id, "staff"), "presence", told)
    if to_patient:
        node.fanout.tell(contact_room(contact_id, "patient"), "presence", told)


def gone(node: "Node", follower: Follower) -> None:
    """A line is gone: who has no other to the contact on this node has left it, until they say otherwise.

    It is told without a name: the patient may never have heard of this reader.
    """
    nobody = Author(kind=follower.actor.kind)
    for contact_id in follower.contacts:
        if all(other.actor.id != follower.actor.id for other in node.follows.of_contact(contact_id)):
            tell(node, _presence(contact_id, follower.actor, "away", who=nobody), to_patient=True)


def _presence(
    contact_id: ContactId, actor: Actor, state: PresenceState, *, who: Author, greets: bool = False
) -> Presence:
    key = participant_id(contact_id, actor.id)
    return Presence(contact_id=contact_id, key=key, who=who, state=state, greets=greets)


def _role(access: ContactAccess) -> str:
    held = access.actor.role_at(access.head.scope.unit_id)
    return held.role if held else ""
