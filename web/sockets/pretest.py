"""Socket calls of the test before a visit. Media comes back over the relay of this very node; nothing of it is kept."""

from core.access.gates import ContactAccess
from core.errors import FyrError
from rtc.relay.answer import read_answer, refuse
from rtc.relay.leg import Offered
from rtc.visit import participant_id
from web.gates import contact_gate
from web.offered import require_video
from web.registry import Call, on
from web.sockets.contact import check_client_id
from web.sockets.visit import ice_servers
from web.wire.contact import Empty
from web.wire.pretest import AnswerTest, BeginTest, EndTest, TellTest, TestAnswered, TestOffer
from web.wire.visit import Description

SESSION_LONGEST = 64


@on("test:begin", gate=contact_gate(reads=False))
async def begin_test(call: Call, body: BeginTest, access: ContactAccess) -> TestOffer:
    """An echo of one's own."""
    if not 0 < len(body.session) <= SESSION_LONGEST:
        raise FyrError("too_long", field="session", limit=SESSION_LONGEST)
    await require_video(call.node, access)
    own = _own(call, access)
    return _offer(call, access, call.node.relays.echoes.begin(access.contact_id, own, body.session))


@on("test:answer", gate=contact_gate(reads=False))
async def answer_test(call: Call, body: AnswerTest, access: ContactAccess) -> TestAnswered:
    """From now on what is sent comes back."""
    if body.description.type != "answer":
        refuse("no answer")
    answer = read_answer(body.description.sdp)
    own = _own(call, access)
    offered = call.node.relays.echoes.answer(access.contact_id, own, body.session, number=body.offer_no, answer=answer)
    return TestAnswered(offer=_offer(call, access, offered) if offered is not None else None)


@on("test:end", gate=contact_gate(reads=False))
async def end_test(call: Call, _: EndTest, access: ContactAccess) -> Empty:
    """The echo is over."""
    call.node.relays.echoes.end(access.contact_id, _own(call, access))
    return Empty()


@on("test:tell", gate=contact_gate(reads=False))
async def tell_test(call: Call, body: TellTest, access: ContactAccess) -> Empty:
    """Into the contact, for the unit."""
    await call.node.rooms.tell_test(access, body.result, client_id=check_client_id(body.client_id))
    return Empty()


def _own(call: Call, access: ContactAccess) -> str:
    return participant_id(access.contact_id, call.actor.id)


def _offer(call: Call, access: ContactAccess, offered: Offered) -> TestOffer:
    return TestOffer(
        offer_no=offered.number,
        description=Description(type="offer", sdp=offered.sdp),
        ice_servers=ice_servers(call, _own(call, access)),
        relay_only=call.node.visit_rules.of(access.head.scope.unit_id).relay_only,
    )
