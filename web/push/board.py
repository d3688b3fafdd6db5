"""A contact as a row on its unit's board: the least a nurse needs to choose."""

from typing import Literal

from care.messages.entries import Letter
from carequeue.deadlines import Deadlines
from carequeue.handover.rule import live_offer, live_requests
from carequeue.late.entries import LateStep
from carequeue.late.state import Late
from carequeue.order import level_in_queue, order_of, order_text, target_of
from carequeue.routing.rules import holding_back
from carequeue.state import Place
from chat.state import Conversation
from chat.waiting.state import Silence
from chat.waiting.steps import next_call_ms, on_call_list
from core.log.append import Head
from core.log.state import State
from rtc.state import Visit
from triage.state import Triage
from web.push.views import wire_time
from web.wire.hand_over import RowOffer, RowRequest
from web.wire.queue import BoardRow, CallBack, Holder


def board_row(head: Head, board_no: int, deadlines: Deadlines, *, protected: bool) -> BoardRow:
    """The row of this head, as of the unit's board number."""
    place, triage, chat = head.state.get(Place), head.state.get(Triage), head.state.get(Conversation)
    return BoardRow(
        contact_id=head.stream.removeprefix("contact:"),
        board_no=board_no,
        unit_id=place.unit_id,
        status=place.status,
        urgency=level_in_queue(triage),
        assessed=triage.assessed,
        could_be=triage.could_be,
        subject=chat.subject,
        age_y=chat.age_y,
        age_m=chat.age_m,
        sex=chat.sex,
        lang=chat.lang,
        words=triage.words,
        reason=triage.reason,
        rule=triage.rule,
        says_no=triage.denied,
        changed=triage.changes,
        arrived_at=wire_time(place.arrived_ms),
        target_at=wire_time(target_of(head, deadlines)),
        order=order_text(order_of(head, deadlines)),
        holder=Holder(id=place.holder_id, name=place.holder_name) if place.holder_id else None,
        claim_no=place.claim_no,
        turn=chat.turn,
        turn_since=wire_time(chat.turn_since_ms),
        protected=protected,
        call=_call(head.state),
        offer=_offer(head.state),
        requests=_requests(head.state),
        net=_net(chat),
        needs=holding_back(place.needs, level_in_queue(triage)),
        escalated=_escalated(head.state),
        letter=place.letter,
        title="" if protected else head.state.get(Letter).title,
        visit=_visit(head.state.get(Visit)),
        asks_staff=tuple(question.to_staff for question in chat.open_questions if question.to_staff),
        asks_roles=tuple(question.to_role for question in chat.open_questions if not question.to_staff),
    )


def _visit(visit: Visit) -> Literal["", "lobby", "in"]:
    places = {member.place for member in visit.members if member.role != "clinician"}
    return "lobby" if "lobby" in places else "in" if "in" in places else ""


def _net(chat: Conversation) -> Literal["", "waits", "confirmed"]:
    if chat.net is None:
        return ""
    return "confirmed" if chat.net.confirmed_ms else "waits"


def _call(state: State) -> CallBack | None:
    if not on_call_list(state):
        return None
    silence = state.get(Silence)
    return CallBack(
        why=silence.why,
        since=wire_time(silence.listed_ms),
        calls=silence.calls,
        tried=len(silence.attempts),
        last=silence.attempts[-1].outcome if silence.attempts else None,
        next_at=wire_time(next_call_ms(silence)),
    )


def _offer(state: State) -> RowOffer | None:
    offer = live_offer(state)
    if offer is None:
        return None
    to = offer.to_name or ("" if offer.to_staff else offer.unit_name)
    return RowOffer(to=to, to_staff=offer.to_staff, stage=offer.stage, since=wire_time(offer.since_ms))


def _requests(state: State) -> tuple[RowRequest, ...]:
    return tuple(
        RowRequest(
            staff_id=one.staff_id,
            name=one.name,
            role=one.role,
            since=wire_time(one.since_ms),
            passed_on=one.passed_on,
        )
        for one in live_requests(state)
    )


def _escalated(state: State) -> LateStep | None:
    place, late = state.get(Place), state.get(Late)
    same = (late.waiting_ms, late.urgency) == (place.waiting_ms, level_in_queue(state.get(Triage)))
    return late.steps[-1] if same and late.steps and place.status == "waiting" else None
