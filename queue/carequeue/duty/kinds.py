"""The kinds of entry about duty."""

from typing import Any

from msgspec.structs import replace

from carequeue.duty.entries import DutySet, OnCallAlerted
from carequeue.duty.state import Duty, OnCallTold, OnDuty
from core.log.entry import Header
from core.log.kinds import Kind, shown_whole
from core.transcript.line import Line, Sentence, Telling, to_all

ON_CALL = "on_call"
"""The outbox topic by which whoever is on call is told."""
ALERTED = {
    True: Sentence("Den som har jour larmades.", "Den som har vakt ble varslet.", "Whoever is on call was alerted."),
    False: Sentence(
        "Ingen var i tjänst, och ingen jour kunde larmas.",
        "Ingen var på vakt, og ingen vakt kunne varsles.",
        "Nobody was on duty, and nobody on call could be alerted.",
    ),
}


def fold_duty(part: Duty, body: DutySet, header: Header) -> Duty:
    """They stand so from now on."""
    staff = {one: duty for one, duty in part.staff.items() if one != body.staff_id}
    if body.standing != "off":
        staff[body.staff_id] = OnDuty(name=body.name, standing=body.standing, since_ms=header.at_ms)
    return replace(part, staff=staff)


def fold_alerted(_: OnCallTold, body: OnCallAlerted, header: Header) -> OnCallTold:
    """The newest is what counts."""
    return OnCallTold(claim_no=body.claim_no, urgency=body.urgency, told=body.told, at_ms=header.at_ms)


def alerted_for_patient(body: OnCallAlerted) -> OnCallAlerted:
    """That somebody was told, or could not be."""
    return replace(body, claim_no=0)


def say_alerted(body: OnCallAlerted, telling: Telling) -> Line:
    """That on-call was told, or could not be."""
    return Line(text=ALERTED[body.told](telling.lang))


KINDS: tuple[Kind[Any, Any], ...] = (
    Kind(body=DutySet, part=Duty, fold=fold_duty),
    Kind(
        body=OnCallAlerted,
        part=OnCallTold,
        fold=fold_alerted,
        views={"staff": shown_whole, "patient": alerted_for_patient},
        topics=(ON_CALL,),
        reads=to_all(say_alerted),
    ),
)
