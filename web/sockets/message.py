"""Socket calls that say something in a contact."""

from carequeue.handover.rule import may_speak
from chat.entries import Answered, Corrected, Message, Reach
from chat.post import message_append
from chat.state import Conversation
from core.access.gates import ContactAccess
from core.errors import FyrError
from core.ids import contact_stream
from core.log.append import Append, Require
from web.gates import contact_gate
from web.registry import Call, on
from web.sockets.contact import check_client_id, committed
from web.sockets.writing import writes
from web.wire.contact import Committed, CorrectReading, GiveAnswer, PostMessage, SetReach, ShownReach, ShowReach
from web.wire.talk import AmendMessage


@writes("message:post")
def post_message(call: Call, body: PostMessage, access: ContactAccess) -> Append:
    """Write in the contact. Staff write under their claim, or beside who holds it, having seen what was there."""
    staff = access.audience == "staff"
    return message_append(
        access,
        Message(text=body.text, lang=body.lang, asked=body.asked),
        client_id=check_client_id(body.client_id),
        seen_no=body.seen_no if staff else None,
        guard=claim_guard(call, body.claim_no, access) if staff else None,
    )


def claim_guard(call: Call, claim_no: int | None, access: ContactAccess) -> Require:
    """That one holds the contact under this claim, or stands beside who does. Raises `bad_request` without one."""
    if claim_no is None:
        raise FyrError("bad_request", where="$.claim_no", what="required for staff")
    return may_speak(claim_no, access.actor, call.node.hand_over_times, now_ms=call.node.now_ms())


@on("message:amend", gate=contact_gate(reads=False))
async def amend_message(call: Call, body: AmendMessage, access: ContactAccess) -> Committed:
    """Correct one's own message by an addendum. No claim is needed: whoever wrote it answers for it."""
    done = await call.node.chat.amend(
        access,
        body.of_no,
        body.text,
        lang=body.lang,
        client_id=check_client_id(body.client_id),
        seen_no=body.seen_no if access.audience == "staff" else None,
    )
    return committed(access.actor, access.contact_id, done)


@on("answer:give", gate=contact_gate(reads=False, rechecked=True))
async def give_answer(call: Call, body: GiveAnswer, access: ContactAccess) -> Committed:
    """Answer a question; its wording is kept with the answer."""
    wording = call.node.question_wording(body.question, access.head.state.get(Conversation).lang)
    answered = Answered(question=body.question, wording=wording, value=body.value)
    done = await call.node.chat.answer(access, answered, client_id=check_client_id(body.client_id))
    return committed(access.actor, access.contact_id, done)


@on("reading:correct", gate=contact_gate(reads=False))
async def correct_reading(call: Call, body: CorrectReading, access: ContactAccess) -> Committed:
    """Strike or add what was understood."""
    call.node.require_concepts((*body.struck, *body.added))
    corrected = Corrected(struck=body.struck, added=body.added)
    done = await call.node.chat.correct(access, corrected, client_id=check_client_id(body.client_id))
    return committed(access.actor, access.contact_id, done)


@on("reach:set", gate=contact_gate(reads=False, rechecked=True))
async def set_reach(call: Call, body: SetReach, access: ContactAccess) -> Committed:
    """Tell where the person is and which number reaches them."""
    reach = Reach(place=body.place.strip(), phone=body.phone.strip())
    done = await call.node.chat.reach(access, reach, client_id=check_client_id(body.client_id))
    return committed(access.actor, access.contact_id, done)


@on("reach:show", gate=contact_gate(reads=True))
async def show_reach(call: Call, _: ShowReach, access: ContactAccess) -> ShownReach:
    """What is withheld of a protected person, to who asks for it by itself: a life may depend on it."""
    entries = await call.node.log.entries(contact_stream(access.contact_id))
    told = next((entry.body for entry in reversed(entries) if isinstance(entry.body, Reach)), None)
    return ShownReach(place=told.place, phone=told.phone) if told is not None else ShownReach(place="", phone="")
