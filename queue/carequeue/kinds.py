"""The kinds of entry the queue owns, and how they move a contact. The conditions that allow a move lie in `claim`.

A fold never refuses: an entry that cannot apply (written by another version, or forged) changes nothing, so that after
any history a contact is held by at most one person, claim numbers only grow, and closed stays closed unless it is
reopened.
"""

from typing import Any

from msgspec.structs import replace

from carequeue.entries import Claimed, Closed, HandedBack, LetterTurned, Queued, Reopened
from carequeue.routing.entries import NeedsSet
from carequeue.routing.transcript import say_needs_set
from carequeue.state import Place
from carequeue.transcript import (
    say_claimed,
    say_closed,
    say_handed_back,
    say_letter_turned,
    say_queued,
    say_queued_to_staff,
    say_reopened,
)
from core.log.entry import Header
from core.log.kinds import SHOWN_TO_ALL, SHOWN_TO_STAFF, Kind, shown_whole
from core.notices.kinds import NOTICE
from core.transcript.line import Say, to_all

INDEX = "index"
"""The outbox topic of everything that may change who waits where."""


def fold_queued(part: Place, body: Queued, header: Header) -> Place:
    """It waits at the unit from now on; what counts is still when it first arrived."""
    if part.status == "closed":
        return part
    arrived_ms = part.arrived_ms or header.at_ms
    needed = part.needed or bool(body.needs)
    waits = replace(
        part,
        unit_id=body.unit_id,
        needs=body.needs,
        needed=needed,
        arrived_ms=arrived_ms,
        service=body.service or part.service,
        lang=body.lang or part.lang,
        routed_again=part.routed_again or body.again,
        letter=part.letter or (body.letter and not part.unit_id),
    )
    return _waiting(waits, header)


def fold_needs_set(part: Place, body: NeedsSet, _: Header) -> Place:
    """It waits where it waited, for others than before."""
    if part.status != "waiting":
        return part
    return replace(
        part,
        needs=body.needs,
        needed=part.needed or bool(body.needs),
        widened=part.widened or not body.again,
        routed_again=part.routed_again or body.again,
    )


def fold_claimed(part: Place, body: Claimed, header: Header) -> Place:
    """One person holds it."""
    if part.status != "waiting" or body.claim_no <= part.claim_no:
        return part
    return replace(
        part,
        status="held",
        holder_id=body.staff_id,
        holder_name=body.name,
        holder_role=body.role,
        last_holder_id=body.staff_id,
        claim_no=body.claim_no,
        held_ms=header.at_ms,
        answered_ms=header.at_ms if part.answered_ms is None else part.answered_ms,
    )


def fold_handed_back(part: Place, body: HandedBack, header: Header) -> Place:
    """It waits again, at its old place."""
    if part.status != "held" or body.claim_no != part.claim_no:
        return part
    return _waiting(part, header)


def fold_letter_turned(part: Place, body: LetterTurned, _: Header) -> Place:
    """A chat from now on. Where it stands in the order, should it wait again, follows from when it came, as ever."""
    if part.status != "held" or body.claim_no != part.claim_no:
        return part
    return replace(part, letter=False)


def fold_closed(part: Place, body: Closed, header: Header) -> Place:
    """It has ended; only `reopened` begins it again."""
    if part.status == "closed":
        return part
    return replace(_free(part), status="closed", closed=body, closed_ms=header.at_ms)


def fold_reopened(part: Place, _: Reopened, header: Header) -> Place:
    """It waits anew. The promise of an answer begins now, and with it the arrival that orders the queue.

    With its old arrival a contact closed for days would stand before everybody of its level, and the wait that was
    promised to them would be broken by one who had been answered. The level is triage's and stays as it was.
    """
    if part.status != "closed":
        return part
    again = replace(
        part,
        closed=None,
        closed_ms=None,
        arrived_ms=header.at_ms,
        answered_ms=None,
        widened=False,
        routed_again=False,
    )
    return _waiting(again, header)


def _waiting(part: Place, header: Header) -> Place:
    return replace(_free(part), status="waiting", waiting_ms=header.at_ms)


def _free(part: Place) -> Place:
    return replace(part, holder_id=None, holder_name="", holder_role="", held_ms=None)


def queued_for_patient(body: Queued) -> Queued:
    """Where it waits and why there; what is asked of who takes it is between colleagues."""
    told = tuple(step for step in body.steps if not step.need and step.policy != "own")
    return replace(body, reasons=(), needs=(), steps=told)


def claimed_for_patient(body: Claimed) -> Claimed:
    """Who takes care of it, by name and role."""
    return replace(body, staff_id="", claim_no=0)


def handed_back_for_patient(_: HandedBack) -> HandedBack:
    """That it waits again; why is between colleagues."""
    return HandedBack(reason="", claim_no=0)


def turned_for_patient(body: LetterTurned) -> LetterTurned:
    """Into what."""
    return replace(body, claim_no=0)


def closed_for_patient(body: Closed) -> Closed:
    """How it ended and what to watch for."""
    return replace(body, claim_no=0)


def _kind(body: type[Any], fold: Any, show_patient: Any, *, reads: Say) -> Kind[Any, Any]:
    views = {**SHOWN_TO_ALL, "patient": show_patient}
    return Kind(body=body, part=Place, fold=fold, views=views, topics=(INDEX,), reads=to_all(reads))


KINDS: tuple[Kind[Any, Any], ...] = (
    Kind(
        body=Queued,
        part=Place,
        fold=fold_queued,
        views={**SHOWN_TO_ALL, "patient": queued_for_patient},
        topics=(INDEX,),
        scope=lambda body: body.unit_id,
        reads={"patient": say_queued, "staff": say_queued_to_staff},
    ),
    Kind(
        body=NeedsSet,
        part=Place,
        fold=fold_needs_set,
        views=SHOWN_TO_STAFF,
        topics=(INDEX,),
        reads={"staff": say_needs_set},
    ),
    _kind(Claimed, fold_claimed, claimed_for_patient, reads=say_claimed),
    _kind(HandedBack, fold_handed_back, handed_back_for_patient, reads=say_handed_back),
    Kind(
        body=LetterTurned,
        part=Place,
        fold=fold_letter_turned,
        views={**SHOWN_TO_ALL, "patient": turned_for_patient},
        topics=(INDEX, NOTICE),
        reads=to_all(say_letter_turned),
    ),
    _kind(Closed, fold_closed, closed_for_patient, reads=say_closed),
    _kind(Reopened, fold_reopened, shown_whole, reads=say_reopened),
)
