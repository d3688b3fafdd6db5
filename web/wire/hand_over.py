"""Handing a contact over: to a colleague, to a unit, or to who asks for it."""

from carequeue.handover.state import Stage
from triage.entries import Level
from web.wire.base import Wire


class OfferHandOver(Wire, frozen=True, kw_only=True):
    """`hand_over:offer`: offer the contact one holds, with SBAR. One holds it until somebody accepts."""

    contact_id: str
    client_id: str
    claim_no: int
    unit_id: str = ""
    """The unit asked; empty: the contact's own. Only units of the same legal care giver."""
    to_staff: str | None = None
    """A colleague at the contact's own unit; none: anyone at the unit asked who may take contacts."""
    warm: bool = False
    """Both in: the colleague may write to the patient at once, and oneself for a while after."""
    situation: str
    background: str
    assessment: str
    recommendation: str
    seen_no: int | None = None
    """The newest entry on the screen; behind it, the offer is refused with `behind`."""


class WithdrawOffer(Wire, frozen=True, kw_only=True):
    """`hand_over:withdraw`: keep the contact after all."""

    contact_id: str
    client_id: str
    claim_no: int


class ListOffers(Wire, frozen=True, kw_only=True):
    """`hand_over:list`: what is offered to oneself, or to anyone, at a unit."""

    unit_id: str


class OfferView(Wire, frozen=True, kw_only=True):
    """One contact that is offered: what is needed to answer, and no more of it until one has accepted."""

    offer_id: str
    contact_id: str
    unit_id: str
    """The unit that is asked."""
    from_name: str
    from_unit: str
    to_me: bool
    warm: bool
    urgency: Level
    age_y: int | None
    age_m: int | None
    offered_at: str
    answer_by: str | None
    """When it is passed on if nobody answers."""
    situation: str
    background: str
    assessment: str
    recommendation: str


class OfferList(Wire, frozen=True, kw_only=True):
    """Answer to `hand_over:list`, the oldest first."""

    unit_id: str
    offers: tuple[OfferView, ...]


class AcceptOffer(Wire, frozen=True, kw_only=True):
    """`hand_over:accept`: take over what is offered at a unit; the contact belongs to that unit from then on."""

    unit_id: str
    offer_id: str
    client_id: str


class DeclineOffer(Wire, frozen=True, kw_only=True):
    """`hand_over:decline`: say no, with a reason."""

    unit_id: str
    offer_id: str
    client_id: str
    reason: str


class ListTakers(Wire, frozen=True, kw_only=True):
    """`hand_over:takers`: who could take over a contact of a unit."""

    unit_id: str


class Taker(Wire, frozen=True, kw_only=True):
    """A colleague who may hold contacts."""

    staff_id: str
    name: str
    role: str
    here: bool
    """Whether they have the unit's board open now."""


class TakingUnit(Wire, frozen=True, kw_only=True):
    """A unit of the same legal care giver that takes chats."""

    unit_id: str
    name: str


class Takers(Wire, frozen=True, kw_only=True):
    """Answer to `hand_over:takers`; oneself and the unit asked of are not among them."""

    colleagues: tuple[Taker, ...]
    units: tuple[TakingUnit, ...]


class AskForCase(Wire, frozen=True, kw_only=True):
    """`hand_over:ask`: ask who holds a contact for it."""

    contact_id: str
    client_id: str
    reason: str


class GiveCase(Wire, frozen=True, kw_only=True):
    """`hand_over:give`: give the contact to a colleague who has asked for it."""

    contact_id: str
    client_id: str
    claim_no: int
    to_staff: str


class RefuseCase(Wire, frozen=True, kw_only=True):
    """`hand_over:refuse`: keep the contact, with a reason for who asked."""

    contact_id: str
    client_id: str
    claim_no: int
    to_staff: str
    reason: str


class OffersChanged(Wire, frozen=True, kw_only=True):
    """Event `offers`: what is offered at a unit has changed; `hand_over:list` has it."""

    unit_id: str


class RowOffer(Wire, frozen=True, kw_only=True):
    """On a board: the contact is offered to somebody."""

    to: str
    """The colleague's name, or the unit's."""
    to_staff: str | None
    stage: Stage
    since: str


class RowRequest(Wire, frozen=True, kw_only=True):
    """On a board: a colleague has asked for the contact."""

    staff_id: str
    name: str
    role: str
    since: str
    passed_on: bool
    """True once nobody had answered in time."""
