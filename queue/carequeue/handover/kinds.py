"""The kinds of entry of a hand-over. As all folds of the queue they refuse nothing: what cannot apply does nothing."""

from typing import Any

from msgspec.structs import replace

from carequeue.handover.entries import (
    CaseAsked,
    CaseRefused,
    HandedOver,
    HandOverDeclined,
    HandOverOffered,
    HandOverUnanswered,
    HandOverWithdrawn,
)
from carequeue.handover.state import HandOver, Offer, Request
from carequeue.handover.transcript import (
    say_asked,
    say_declined,
    say_handed_over,
    say_offered,
    say_refused,
    say_unanswered,
    say_withdrawn,
)
from carequeue.kinds import INDEX
from carequeue.state import Place
from core.log.entry import Header
from core.log.kinds import SHOWN_TO_STAFF, Kind, shown_whole
from core.transcript.line import Say, to_all

STAFF = "staff:"


def fold_offered(part: HandOver, body: HandOverOffered, header: Header) -> HandOver:
    """It is put to somebody; a later one takes its place."""
    offer = Offer(
        offer_id=body.offer_id,
        no=header.no,
        from_staff=header.actor_id.removeprefix(STAFF),
        to_unit=body.to_unit,
        unit_name=body.unit_name,
        to_staff=body.to_staff,
        to_name=body.to_name,
        warm=body.warm,
        claim_no=body.claim_no,
        since_ms=header.at_ms,
        stage="unit" if body.to_staff is None else "named",
        asked_ms=header.at_ms,
    )
    return replace(part, offer=offer)


def fold_handed_over(part: Place, body: HandedOver, header: Header) -> Place:
    """Another holds it, at their unit. When it arrived and when it was first answered stay as they were."""
    if part.status != "held" or body.claim_no <= part.claim_no:
        return part
    return replace(
        part,
        unit_id=body.unit_id,
        holder_id=body.staff_id,
        holder_name=body.name,
        holder_role=body.role,
        last_holder_id=body.staff_id,
        claim_no=body.claim_no,
        held_ms=header.at_ms,
    )


def fold_over(part: HandOver, body: HandOverDeclined | HandOverWithdrawn, _: Header) -> HandOver:
    """The offer is over; a newer one stands."""
    if part.offer is None or part.offer.offer_id != body.offer_id:
        return part
    return replace(part, offer=replace(part.offer, over=True))


def fold_asked(part: HandOver, body: CaseAsked, header: Header) -> HandOver:
    """One more has asked; requests to whoever held it before are forgotten."""
    request = Request(
        staff_id=body.staff_id, name=body.name, role=body.role, claim_no=body.claim_no, since_ms=header.at_ms
    )
    others = (one for one in part.requests if one.claim_no == body.claim_no and one.staff_id != body.staff_id)
    return replace(part, requests=(*others, request))


def fold_refused(part: HandOver, body: CaseRefused, _: Header) -> HandOver:
    """They have had their answer."""
    return replace(part, requests=tuple(one for one in part.requests if one.staff_id != body.staff_id))


def fold_unanswered(part: HandOver, body: HandOverUnanswered, header: Header) -> HandOver:
    """Somebody else is asked now."""
    if body.what == "request":
        told = (replace(one, passed_on=True) if one.staff_id == body.id else one for one in part.requests)
        return replace(part, requests=tuple(told))
    if part.offer is None or part.offer.offer_id != body.id:
        return part
    if body.to == "queue":
        return replace(part, offer=replace(part.offer, over=True))
    passed = replace(part.offer, stage=body.to, to_staff=None, to_name="", warm=False, asked_ms=header.at_ms)
    return replace(part, offer=passed)


def offered_for_patient(body: HandOverOffered) -> HandOverOffered | None:
    """Of a warm one, who is coming in; a cold one is told once somebody has accepted."""
    if not body.warm:
        return None
    silent = dict.fromkeys(("offer_id", "situation", "background", "assessment", "recommendation"), "")
    return replace(body, to_staff=None, claim_no=0, **silent)


def handed_over_for_patient(body: HandedOver) -> HandedOver:
    """Who takes care of it from now on, and where."""
    return replace(body, offer_id="", staff_id="", claim_no=0)


def _between_colleagues(body: type[Any], fold: Any, reads: Say) -> Kind[Any, Any]:
    return Kind(body=body, part=HandOver, fold=fold, views=SHOWN_TO_STAFF, reads={"staff": reads})


KINDS: tuple[Kind[Any, Any], ...] = (
    Kind(
        body=HandOverOffered,
        part=HandOver,
        fold=fold_offered,
        views={"staff": shown_whole, "patient": offered_for_patient},
        reads=to_all(say_offered),
        names=("unit_name",),
    ),
    Kind(
        body=HandedOver,
        part=Place,
        fold=fold_handed_over,
        views={"staff": shown_whole, "patient": handed_over_for_patient},
        topics=(INDEX,),
        scope=lambda body: body.unit_id,
        reads=to_all(say_handed_over),
        names=("unit_name",),
    ),
    _between_colleagues(HandOverDeclined, fold_over, say_declined),
    _between_colleagues(HandOverWithdrawn, fold_over, say_withdrawn),
    _between_colleagues(HandOverUnanswered, fold_unanswered, say_unanswered),
    _between_colleagues(CaseAsked, fold_asked, say_asked),
    _between_colleagues(CaseRefused, fold_refused, say_refused),
)
