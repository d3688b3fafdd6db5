"""How an agreement stands, and what each entry makes of it. Pure."""

from typing import Any, Literal

import msgspec
from msgspec.structs import replace

from care.agreement.entries import PatientInvited, ServicesAnswered, ServicesEnded
from core.log.entry import Header
from core.log.kinds import Kind
from core.log.state import Part
from core.rollout.functions import Function

Standing = Literal["invited", "accepted", "declined", "ended"]


class Service(msgspec.Struct, frozen=True, kw_only=True):
    """How one service stands between the unit and the patient."""

    standing: Standing
    since_ms: int
    by_staff: bool = False


class Agreement(Part, tag="agreement", frozen=True, kw_only=True):
    """What one unit and one patient have agreed on, service by service."""

    person_id: str = ""
    unit_id: str = ""
    services: dict[Function, Service] = {}
    code: str = ""
    until_ms: int = 0
    changed_ms: int = 0

    def which(self, *standings: Standing) -> tuple[Function, ...]:
        """The services that stand so."""
        return tuple(one for one, service in self.services.items() if service.standing in standings)


def _invited(part: Agreement, body: PatientInvited, header: Header) -> Agreement:
    accepted = set(part.which("accepted"))
    new = tuple(one for one in body.functions if one not in accepted)
    known = replace(part, person_id=body.person_id, unit_id=body.unit_id, code=body.code, until_ms=body.until_ms)
    return _with(known, new, "invited", header=header)


def _answered(part: Agreement, body: ServicesAnswered, header: Header) -> Agreement:
    return _with(_with(part, body.accepted, "accepted", header=header), body.declined, "declined", header=header)


def _ended(part: Agreement, body: ServicesEnded, header: Header) -> Agreement:
    return _with(part, body.functions, "ended", header=header)


def _with(part: Agreement, functions: tuple[Function, ...], standing: Standing, *, header: Header) -> Agreement:
    now = Service(standing=standing, since_ms=header.at_ms, by_staff=header.author.kind == "staff")
    return replace(part, services=part.services | dict.fromkeys(functions, now), changed_ms=header.at_ms)


KINDS: tuple[Kind[Any, Any], ...] = (
    Kind(body=PatientInvited, part=Agreement, fold=_invited),
    Kind(body=ServicesAnswered, part=Agreement, fold=_answered),
    Kind(body=ServicesEnded, part=Agreement, fold=_ended),
)
"""They have no views: pages are told by calls, through the gate."""
