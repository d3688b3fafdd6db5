"""The kinds of entry of the safety net. To give it is to say something: the patient owes an answer then."""

from typing import Any

from msgspec.structs import replace

from chat.kinds import alive, take_turn
from chat.safety_net.entries import SafetyNetConfirmed, SafetyNetGiven
from chat.safety_net.transcript import say_confirmed, say_given
from chat.state import Conversation, Net
from core.log.entry import Header
from core.log.kinds import Kind, shown_whole
from core.transcript.line import to_all


def fold_given(part: Conversation, body: SafetyNetGiven, header: Header) -> Conversation:
    """The newest one counts: one given before asks for nothing any more."""
    net = Net(
        no=header.no,
        patient_no=header.patient_no or 0,
        at_ms=header.at_ms,
        text=body.text,
        urgency=body.urgency,
        closes=body.closes,
        claim_no=body.claim_no,
    )
    return replace(take_turn(part, header), net=net)


def fold_confirmed(part: Conversation, body: SafetyNetConfirmed, header: Header) -> Conversation:
    """A sign of life; only the newest can be confirmed."""
    part = alive(part, None, header)
    if part.net is None or part.net.no != body.given_no:
        return part
    return replace(part, net=replace(part.net, confirmed_ms=header.at_ms))


def given_for_patient(body: SafetyNetGiven) -> SafetyNetGiven:
    """The words, and that confirming them ends the contact."""
    return replace(body, claim_no=0)


def confirmed_for_patient(body: SafetyNetConfirmed) -> SafetyNetConfirmed:
    """In the patient's own numbers."""
    return replace(body, given_no=body.given_patient_no)


KINDS: tuple[Kind[Any, Any], ...] = (
    Kind(
        body=SafetyNetGiven,
        part=Conversation,
        fold=fold_given,
        views={"staff": shown_whole, "patient": given_for_patient},
        content=True,
        reads=to_all(say_given),
    ),
    Kind(
        body=SafetyNetConfirmed,
        part=Conversation,
        fold=fold_confirmed,
        views={"staff": shown_whole, "patient": confirmed_for_patient},
        reads=to_all(say_confirmed),
    ),
)
