"""What stands of offers and requests, who may speak, and what is due by itself: functions of the state alone.

An offer carries the claim it was made under and lives no longer than that claim: a contact that was accepted, given
back, lost with its holder's line, or closed has no offer, and nothing has to take it away.
"""

from collections.abc import Iterator
from typing import Literal, NamedTuple

from carequeue.handover.entries import PassedTo
from carequeue.handover.state import HandOver, Offer, Request
from carequeue.handover.times import HandOverTimes
from carequeue.order import level_in_queue
from carequeue.state import Place
from core.actor import Actor
from core.errors import FyrError
from core.log.append import Head, Require
from core.log.state import Part, State
from triage.state import Triage

PARTS: tuple[type[Part], ...] = (Place, Triage, HandOver)
"""What of the state decides."""


class Step(NamedTuple):
    """What is passed on by itself because nobody answered, and when."""

    what: Literal["offer", "request"]
    id: str
    to: PassedTo
    due_ms: int
    since_ms: int


def live_offer(state: State) -> Offer | None:
    """The offer that stands, if one does."""
    offer = state.get(HandOver).offer
    if offer is None or offer.over or not _is_of_claim(state.get(Place), offer.claim_no):
        return None
    return offer


def live_requests(state: State) -> tuple[Request, ...]:
    """The colleagues who have asked who holds it now, the first to ask first."""
    place = state.get(Place)
    return tuple(one for one in state.get(HandOver).requests if _is_of_claim(place, one.claim_no))


def next_step(state: State, times: HandOverTimes) -> Step | None:
    """What is due next; None while nobody waits for an answer."""
    return min(_steps(state, times), key=lambda step: step.due_ms, default=None)


def _steps(state: State, times: HandOverTimes) -> Iterator[Step]:
    place, level = state.get(Place), level_in_queue(state.get(Triage))
    answer_ms = times.answer_ms(place.unit_id, level)
    offer = live_offer(state)
    if offer is not None and offer.stage != "lead":
        to: PassedTo = "unit" if offer.stage == "named" else times.of(place.unit_id).then
        yield Step("offer", offer.offer_id, to, offer.asked_ms + answer_ms, offer.asked_ms)
    for request in live_requests(state):
        if not request.passed_on:
            yield Step("request", request.staff_id, "lead", request.since_ms + answer_ms, request.since_ms)


def beside(state: State, times: HandOverTimes, *, now_ms: int) -> str | None:
    """Staff id of who may write to the patient beside the holder: while a contact is handed over warmly."""
    place, offer = state.get(Place), state.get(HandOver).offer
    if offer is None or offer.over or not offer.warm or place.status != "held":
        return None
    if place.claim_no == offer.claim_no:
        return offer.to_staff
    accepted = place.claim_no == offer.claim_no + 1 and place.holder_id == offer.to_staff
    until_ms = (place.held_ms or 0) + times.beside_ms(place.unit_id)
    return offer.from_staff if accepted and now_ms < until_ms else None


def may_speak(claim_no: int, actor: Actor, times: HandOverTimes, *, now_ms: int) -> Require:
    """Refuse unless the contact is held under this claim by the actor, or by somebody they stand beside."""

    def require(head: Head) -> None:
        place = head.state.get(Place)
        if place.status == "closed":
            raise FyrError("closed")
        speakers = (place.holder_id, beside(head.state, times, now_ms=now_ms))
        if place.status != "held" or place.claim_no != claim_no or actor.staff_id not in speakers:
            raise FyrError("stale_claim", claim_no=place.claim_no)

    return require


def is_offered_to(offer: Offer, actor: Actor, unit_id: str) -> bool:
    """Whether the actor, who may take contacts at this unit, is asked. Nobody takes over from themselves."""
    asked = offer.to_staff is None or offer.to_staff == actor.staff_id
    return asked and offer.to_unit == unit_id and offer.from_staff != actor.staff_id


def stands(offer_id: str, actor: Actor, unit_id: str) -> Require:
    """Refuse unless this offer stands, and is the actor's to answer."""

    def require(head: Head) -> None:
        offer = live_offer(head.state)
        if offer is None or offer.offer_id != offer_id:
            raise FyrError("wrong_state", state="not offered")
        if not is_offered_to(offer, actor, unit_id):
            raise FyrError("not_found")

    return require


def has_asked(staff_id: str) -> Require:
    """Refuse unless this colleague has asked who holds it, and has not been answered."""

    def require(head: Head) -> None:
        if all(one.staff_id != staff_id for one in live_requests(head.state)):
            raise FyrError("wrong_state", state="not asked for")

    return require


def may_ask(actor: Actor) -> Require:
    """Refuse to ask for what nobody else holds, or a second time."""

    def require(head: Head) -> None:
        place = head.state.get(Place)
        if place.status == "closed":
            raise FyrError("closed")
        asked = any(one.staff_id == actor.staff_id for one in live_requests(head.state))
        if place.status != "held" or place.holder_id == actor.staff_id or asked:
            raise FyrError("wrong_state", state=place.status)

    return require


def nothing_offered(head: Head) -> None:
    """Refuse a second offer while one stands."""
    if live_offer(head.state) is not None:
        raise FyrError("wrong_state", state="offered")


def _is_of_claim(place: Place, claim_no: int) -> bool:
    return place.status == "held" and place.claim_no == claim_no
