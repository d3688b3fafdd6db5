"""Socket calls by which a contact goes from one who holds it to another."""

from carequeue.handover.entries import CaseRefused, HandOverOffered
from carequeue.handover.handovers import Offered, may_take
from carequeue.handover.rule import live_offer, next_step
from carequeue.order import level_in_queue
from carequeue.state import Place
from chat.state import Conversation
from core.access.gates import ContactAccess, UnitAccess
from core.directory.store import StaffAt
from core.errors import FyrError
from core.ids import contact_of, new_id
from triage.state import Triage
from web.gates import contact_gate, preview_gate, unit_gate
from web.push.views import wire_time
from web.registry import Call, on
from web.sockets.contact import check_client_id, committed
from web.wire.contact import Committed, Empty
from web.wire.hand_over import (
    AcceptOffer,
    AskForCase,
    DeclineOffer,
    GiveCase,
    ListOffers,
    ListTakers,
    OfferHandOver,
    OfferList,
    OfferView,
    RefuseCase,
    Taker,
    Takers,
    TakingUnit,
    WithdrawOffer,
)
from web.wire.queue import Claim


@on("hand_over:offer", gate=contact_gate(reads=False))
async def offer(call: Call, body: OfferHandOver, access: ContactAccess) -> Committed:
    """Offer the contact to a colleague at its unit, or to a unit of the same legal care giver."""
    own_unit = access.head.scope.unit_id
    to_unit = body.unit_id or own_unit
    if call.node.unit_provider(to_unit) != access.head.scope.provider_id:
        raise FyrError("bad_request", where="$.unit_id", what="no unit of this legal care giver")
    colleague = await _colleague(call, body, own_unit) if body.to_staff is not None else None
    if colleague is None and (body.warm or (to_unit == own_unit and body.to_staff is not None)):
        raise FyrError("bad_request", where="$.to_staff", what="nobody of the unit who could take over")
    offered = HandOverOffered(
        offer_id=new_id(),
        to_unit=to_unit,
        unit_name=call.node.unit_name(to_unit),
        to_staff=colleague.staff_id if colleague else None,
        to_name=colleague.name if colleague else "",
        to_role=colleague.role if colleague else "",
        warm=body.warm,
        situation=body.situation,
        background=body.background,
        assessment=body.assessment,
        recommendation=body.recommendation,
        claim_no=body.claim_no,
    )
    client_id = check_client_id(body.client_id)
    done = await call.node.hand_overs.offer(access, offered, client_id=client_id, seen_no=body.seen_no)
    return committed(access.actor, access.contact_id, done)


async def _colleague(call: Call, body: OfferHandOver, own_unit: str) -> StaffAt:
    """Who is named. Raises `bad_request` for oneself, and for who could not take over."""
    found = [one for one in await call.node.directory.staff_at(own_unit) if one.staff_id == body.to_staff]
    takes = next((one for one in found if may_take(one.role)), None)
    if takes is None or takes.staff_id == call.actor.staff_id or body.unit_id not in ("", own_unit):
        raise FyrError("bad_request", where="$.to_staff", what="nobody of the unit who could take over")
    return takes


@on("hand_over:withdraw", gate=contact_gate(reads=False))
async def withdraw(call: Call, body: WithdrawOffer, access: ContactAccess) -> Committed:
    """Keep the contact after all."""
    client_id = check_client_id(body.client_id)
    done = await call.node.hand_overs.withdraw(access, body.claim_no, client_id=client_id)
    return committed(access.actor, access.contact_id, done)


@on("hand_over:list", gate=preview_gate)
async def list_offers(call: Call, _: ListOffers, access: UnitAccess) -> OfferList:
    """What is offered to the caller at the unit; the look is recorded with how many it showed."""
    found = await call.node.hand_overs.open_to(access.actor, access.unit_id)
    await call.node.gates.previewed(access, action=call.name, contacts=len(found))
    views = tuple(_view(call, one, access.unit_id) for one in found)
    return OfferList(unit_id=access.unit_id, offers=views)


def _view(call: Call, offered: Offered, unit_id: str) -> OfferView:
    head, body = offered
    chat, standing, step = (
        head.state.get(Conversation),
        live_offer(head.state),
        next_step(head.state, call.node.hand_over_times),
    )
    giver = head.state.get(Place)
    return OfferView(
        offer_id=body.offer_id,
        contact_id=contact_of(head.stream),
        unit_id=unit_id,
        from_name=giver.holder_name,
        from_unit=call.node.unit_name(giver.unit_id),
        to_me=standing is not None and standing.to_staff == call.actor.staff_id,
        warm=standing is not None and standing.warm,
        urgency=level_in_queue(head.state.get(Triage)),
        age_y=chat.age_y,
        age_m=chat.age_m,
        offered_at=wire_time(standing.since_ms if standing else 0),
        answer_by=wire_time(step.due_ms) if step is not None and step.what == "offer" else None,
        situation=body.situation,
        background=body.background,
        assessment=body.assessment,
        recommendation=body.recommendation,
    )


@on("hand_over:accept", gate=unit_gate)
async def accept(call: Call, body: AcceptOffer, access: UnitAccess) -> Claim:
    """Take over what is offered at the unit."""
    claimed = await call.node.hand_overs.accept(
        access.actor, access.unit_id, body.offer_id, client_id=check_client_id(body.client_id)
    )
    return Claim(contact_id=claimed.contact_id, claim_no=claimed.claim_no)


@on("hand_over:decline", gate=unit_gate)
async def decline(call: Call, body: DeclineOffer, access: UnitAccess) -> Empty:
    """Say no to what is offered at the unit."""
    client_id = check_client_id(body.client_id)
    await call.node.hand_overs.decline(
        access.actor, access.unit_id, body.offer_id, reason=body.reason, client_id=client_id
    )
    return Empty()


@on("hand_over:takers", gate=unit_gate)
async def list_takers(call: Call, _: ListTakers, access: UnitAccess) -> Takers:
    """Colleagues at the unit who may hold contacts, those who are here first; other units of its care giver."""
    node, here = call.node, call.node.staff_on(access.unit_id)
    staff = [one for one in await node.directory.staff_at(access.unit_id) if may_take(one.role)]
    by_id = {one.staff_id: one for one in staff if one.staff_id != access.actor.staff_id}
    colleagues = [
        Taker(staff_id=one.staff_id, name=one.name, role=one.role, here=f"staff:{one.staff_id}" in here)
        for one in by_id.values()
    ]
    units = [
        TakingUnit(unit_id=unit.id, name=unit.name)
        for unit in await node.directory.units()
        if unit.takes_chat and unit.provider_id == access.provider_id and unit.id != access.unit_id
    ]
    return Takers(colleagues=tuple(sorted(colleagues, key=lambda one: (not one.here, one.name))), units=tuple(units))


@on("hand_over:ask", gate=contact_gate(reads=False))
async def ask(call: Call, body: AskForCase, access: ContactAccess) -> Committed:
    """Ask who holds the contact for it."""
    done = await call.node.hand_overs.ask(access, body.reason, client_id=check_client_id(body.client_id))
    return committed(access.actor, access.contact_id, done)


@on("hand_over:give", gate=contact_gate(reads=False))
async def give(call: Call, body: GiveCase, access: ContactAccess) -> Committed:
    """Give the contact to a colleague who has asked for it, and may still hold contacts of its unit."""
    at_unit = await call.node.directory.staff_at(access.head.scope.unit_id)
    if not any(one.staff_id == body.to_staff and may_take(one.role) for one in at_unit):
        raise FyrError("bad_request", where="$.to_staff", what="nobody of the unit who could take over")
    client_id = check_client_id(body.client_id)
    done = await call.node.hand_overs.give(access, body.to_staff, body.claim_no, client_id=client_id)
    return committed(access.actor, access.contact_id, done)


@on("hand_over:refuse", gate=contact_gate(reads=False))
async def refuse(call: Call, body: RefuseCase, access: ContactAccess) -> Committed:
    """Keep the contact, and tell who asked why."""
    refused = CaseRefused(staff_id=body.to_staff, reason=body.reason)
    client_id = check_client_id(body.client_id)
    done = await call.node.hand_overs.refuse(access, refused, body.claim_no, client_id=client_id)
    return committed(access.actor, access.contact_id, done)
