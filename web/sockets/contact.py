"""Socket calls about a contact: open, follow, close, set its urgency."""

import re

import msgspec

from care.messages.letters import letter_written
from carequeue.claim import under_claim
from carequeue.report import set_urgency
from carequeue.routing.route import Seeker
from carequeue.routing.router import Routed
from chat.entries import Opened
from core.access.gates import ContactAccess
from core.actor import Actor
from core.directory.store import ADULT_Y, Person
from core.errors import FyrError
from core.ids import ContactId, contact_stream
from core.log.append import Appended
from rtc.state import Visit
from web.gates import contact_gate, own_gate
from web.letters import letter_to
from web.offered import require_chat, seeking
from web.push.views import entry_views, wire_time
from web.registry import Call, on
from web.wire.contact import (
    CloseContact,
    Committed,
    Empty,
    FollowContact,
    Following,
    LeaveContact,
    OpenContact,
    SetUrgency,
)

CLIENT_ID_LIMIT = 64
OLDEST_Y = 125
YEAR_M = 12
IS_LANGUAGE = re.compile(r"[a-z]{2,3}(-[a-z0-9]{2,8})?").fullmatch


def committed(actor: Actor, contact_id: str, done: Appended) -> Committed:
    """What was sent lies in the log: its number as the sender counts."""
    number = done.last_no if actor.kind == "staff" else done.patient_no or 0
    return Committed(contact_id=contact_id, no=number, at=wire_time(done.at_ms), repeated=done.repeated)


def check_client_id(client_id: str) -> str:
    """Refuse with `bad_request` an id that is empty or longer than 64."""
    if not 0 < len(client_id) <= CLIENT_ID_LIMIT:
        raise FyrError("bad_request", where="$.client_id", what=f"1 to {CLIENT_ID_LIMIT} letters")
    return client_id


@on("contact:open", gate=own_gate)
async def open_contact(call: Call, body: OpenContact, actor: Actor) -> Committed:
    """Open a contact at the unit that routing gives, a letter at its own. Raises `function_off` where none is taken."""
    _check_ages(body)
    call.node.require_screen_ids(body.screen)
    represented = await _represented(call, body, actor)
    own = await call.node.directory.person(actor.person_id) if actor.person_id and represented is None else None
    person = represented or own
    seeker, person_id = _seeker(call, body, person), person.id if person else ""
    letter = () if body.title is None else (letter_written(body.title, lang=body.lang),)
    if letter:
        routed = await letter_to(call.node, seeker, person_id=person_id)
    else:
        routed = await _routed(call, await seeking(call.node, seeker, person_id))
    contact_id, done = await call.node.chat.open(
        actor,
        _opened(call, body, represented),
        for_person=represented.id if represented else None,
        text=body.text,
        client_id=check_client_id(body.client_id),
        queued=routed.queued,
        provider_id=routed.provider_id,
        beside=letter,
    )
    return committed(actor, contact_id, done)


async def _routed(call: Call, seeker: Seeker) -> Routed:
    """Where a chat goes."""
    require_chat(call.node, seeker)
    routed = await call.node.router.route(seeker, now_ms=call.node.now_ms())
    call.node.require_taking(routed.queued.unit_id)
    return routed


def _seeker(call: Call, body: OpenContact, person: Person | None) -> Seeker:
    """Who seeks care, before anything was understood; a yes in the emergency screen counts as immediate."""
    return Seeker(
        level="immediate" if body.screen else "urgent",
        lang=_language(body),
        age_y=person.age_y(call.node.today()) if person else body.age_y,
        chosen=body.unit_id,
        service=body.service if body.service in call.node.router.rules.services else None,  # it lies beside the words
        registered=person.unit_id if person else None,
    )


def _language(body: OpenContact) -> str:
    """The one to be answered in. It is kept and counted by outside the sealed words: a code, and nothing else."""
    if body.speaks and not IS_LANGUAGE(body.speaks):
        raise FyrError("bad_request", where="$.speaks", what="a language by its code in ISO 639")
    return body.speaks or body.lang


async def _represented(call: Call, body: OpenContact, actor: Actor) -> Person | None:
    """Whom it is for; None for oneself, or somebody the register does not know. Raises `not_found`."""
    if body.for_person is None:
        return None
    now_ms = call.node.now_ms()
    stands = any(one.person_id == body.for_person and now_ms < one.until_ms for one in actor.represents)
    person = await call.node.directory.person(body.for_person) if stands else None
    if person is None:
        raise FyrError("not_found")
    return person


def _opened(call: Call, body: OpenContact, represented: Person | None) -> Opened:
    """Of somebody the register knows, age and sex are the register's: what is typed may be another's."""
    opened = Opened(
        subject=body.subject, age_y=body.age_y, age_m=body.age_m, sex=body.sex, lang=body.lang, screen=body.screen
    )
    if represented is None:
        return opened
    age_y = represented.age_y(call.node.today())
    return msgspec.structs.replace(
        opened,
        subject="child" if age_y < ADULT_Y else "other",
        about=represented.name,
        age_y=age_y,
        age_m=represented.age_m(call.node.today()),
        sex=represented.sex if represented.sex in ("f", "m") else body.sex,
    )


def _check_ages(body: OpenContact) -> None:
    if body.age_y is not None and not 0 <= body.age_y <= OLDEST_Y:
        raise FyrError("bad_request", where="$.age_y", what=f"0 to {OLDEST_Y}")
    if body.age_m is not None and not 0 <= body.age_m < OLDEST_Y * YEAR_M:
        raise FyrError("bad_request", where="$.age_m", what="months of age")


@on("contact:follow", gate=contact_gate(reads=True))
async def follow_contact(call: Call, body: FollowContact, access: ContactAccess) -> Following:
    """Everything after `after` in the reader's numbering, and from then on as it happens.

    The socket follows before the log is read: an entry committed in between comes twice, never not at all.
    """
    call.node.follows.follow_contact(call.sid, access.contact_id, access.audience)
    if access.head.state.get(Visit).visit_id:
        call.node.lines.watch(access.contact_id)
    return await following(call, access, after=body.after)


async def following(call: Call, access: ContactAccess, *, after: int) -> Following:
    """A contact as its reader may see it, from entry `after` (their numbering) on."""
    stream = contact_stream(access.contact_id)
    head = await call.node.log.head(stream)
    behind = max(0, min(after, head.last_no))  # no entry has a smaller number in the stream than its reader counts
    newer = await call.node.log.entries(stream, behind) if behind < head.last_no else []
    entries = [entry for entry in newer if entry.no <= head.last_no]
    views = entry_views(
        call.node.kinds,
        entries,
        audience=access.audience,
        reader=access.actor.id,
        protected=call.node.is_protected(head),
    )
    summary = await call.node.summary(head, access.audience)
    return Following(entries=tuple(view for view in views if view.no > after), summary=summary)


@on("contact:leave", gate=own_gate)
async def leave_contact(call: Call, body: LeaveContact, _: Actor) -> Empty:
    """Hear no more of it on this socket."""
    call.node.follows.leave_contact(call.sid, ContactId(body.contact_id))
    return Empty()


@on("contact:close", gate=contact_gate(reads=False))
async def close_contact(call: Call, body: CloseContact, access: ContactAccess) -> Committed:
    """End the contact under one's claim."""
    may_end = call.node.advising.endings.may_end(body.reason, safety_net=body.safety_net, understood=body.understood)
    done = await call.node.claims.close(
        access.actor,
        access.contact_id,
        claim_no=body.claim_no,
        reason=body.reason,
        safety_net=body.safety_net,
        understood=body.understood,
        client_id=check_client_id(body.client_id),
        seen_no=body.seen_no,
        require=may_end,
    )
    return committed(access.actor, access.contact_id, done)


@on("urgency:set", gate=contact_gate(reads=False))
async def urgency_set(call: Call, body: SetUrgency, access: ContactAccess) -> Committed:
    """A named person sets the level, with a reason."""
    done = await set_urgency(
        call.node.log,
        access,
        guard=under_claim(body.claim_no, access.actor),
        level=body.urgency,
        reason=body.reason,
        claim_no=body.claim_no,
        client_id=check_client_id(body.client_id),
        seen_no=body.seen_no,
    )
    return committed(access.actor, access.contact_id, done)
