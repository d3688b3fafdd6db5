"""Agreements of units and patients: staff invite to digital services, patients accept or decline, either ends it."""

from care.agreement.state import Standing
from core.rollout.functions import Function, Lang
from web.wire.base import Wire
from web.wire.row import SocketCall


class AgreedService(Wire, frozen=True, kw_only=True):
    """How one service stands."""

    function: Function
    standing: Standing
    since: str
    by_staff: bool
    """Whether the unit brought it there."""
    begins_on: str = ""
    """The day from which it can be used; empty: it can be already."""


class ListAgreements(Wire, frozen=True, kw_only=True):
    """`agreement:list`: what the unit may invite to, and whom it has invited, the newest change first."""

    unit_id: str
    person_id: str = ""
    """Only what there is with this patient."""


class UnitAgreement(Wire, frozen=True, kw_only=True):
    """What the unit has agreed on with one patient."""

    agreement_id: str
    person_id: str
    name: str
    services: tuple[AgreedService, ...]
    until: str
    """Until when the newest invitation can be accepted."""


class AgreementList(Wire, frozen=True, kw_only=True):
    """Answer to `agreement:list` and `agreement:revoke`; at most two hundred."""

    functions: tuple[Function, ...]
    """What the unit may invite to."""
    agreements: tuple[UnitAgreement, ...]


class InvitePatient(Wire, frozen=True, kw_only=True):
    """`agreement:invite`: a patient of one's own legal care giver, to services that are on for who was invited.

    The code goes where `to` says, a telephone number or an e-mail address, which is kept nowhere. Refused with
    `function_off` for what the unit does not invite to.
    """

    client_id: str
    unit_id: str
    person_id: str
    functions: tuple[Function, ...]
    told_in: Lang
    to: str = ""
    """Empty: nothing is sent; the code is for a letter, or to be told across the desk."""


class InvitationMade(Wire, frozen=True, kw_only=True):
    """Answer to `agreement:invite`."""

    sent: bool
    code: str
    """What the patient types when they accept, told this once; empty where it was sent."""
    until: str


class RevokeAgreement(Wire, frozen=True, kw_only=True):
    """`agreement:revoke`: the unit ends services, or takes back what it invited to."""

    client_id: str
    unit_id: str
    agreement_id: str
    functions: tuple[Function, ...]


class AskAgreements(Wire, frozen=True, kw_only=True):
    """`agreement:mine`: what one was invited to and has agreed on."""

    for_person: str = ""
    """Somebody one represents."""


class OwnAgreement(Wire, frozen=True, kw_only=True):
    """What one unit has invited one to."""

    agreement_id: str
    unit_id: str
    unit: str
    phone: str
    services: tuple[AgreedService, ...]
    until: str
    """Until when the code can be used."""
    open: bool
    """Whether it still can."""


class OwnAgreements(Wire, frozen=True, kw_only=True):
    """Answer to `agreement:mine` and to whatever changes it."""

    agreements: tuple[OwnAgreement, ...]


class AnswerInvitation(Wire, frozen=True, kw_only=True):
    """`agreement:answer`: accept some, decline others. What is accepted takes the code: `code_wrong` without it."""

    client_id: str
    agreement_id: str
    accepted: tuple[Function, ...] = ()
    declined: tuple[Function, ...] = ()
    code: str = ""
    for_person: str = ""


class EndAgreement(Wire, frozen=True, kw_only=True):
    """`agreement:end`: use these services no more."""

    client_id: str
    agreement_id: str
    functions: tuple[Function, ...]
    for_person: str = ""


CALLS = (
    SocketCall("agreement:list", ListAgreements, AgreementList, "staff", "write"),
    SocketCall("agreement:invite", InvitePatient, InvitationMade, "staff", "write"),
    SocketCall("agreement:revoke", RevokeAgreement, AgreementList, "staff", "write"),
    SocketCall("agreement:mine", AskAgreements, OwnAgreements, "patient"),
    SocketCall("agreement:answer", AnswerInvitation, OwnAgreements, "patient"),
    SocketCall("agreement:end", EndAgreement, OwnAgreements, "patient"),
)
"""What units and patients do about agreements."""
