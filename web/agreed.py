"""What pages are shown of agreements: staff those of their unit, patients their own."""

from collections.abc import Collection
from datetime import date
from typing import TYPE_CHECKING, Literal

from care.agreement.agreements import Agreements
from care.agreement.code import AgreementCodes
from care.agreement.state import Agreement
from care.agreement.store import AgreementRow, AgreementRows
from core.access.gates import UnitAccess
from core.lockout.store import Lockouts
from core.rollout.functions import Function
from web.parts import Parts
from web.push.views import wire_time
from web.wire.agreement import AgreedService, AgreementList, OwnAgreement, OwnAgreements, UnitAgreement

if TYPE_CHECKING:
    from web.node import Node

MOST_SHOWN = 200


def agreements_of(parts: Parts, lockouts: Lockouts) -> Agreements:
    """The commands of a node."""
    rows, codes = AgreementRows(parts.database), AgreementCodes(parts.masters)
    return Agreements(parts.log, rows, codes, lockouts=lockouts, clock=parts.clock)


async def agreement_list(node: "Node", access: UnitAccess, rows: Collection[AgreementRow]) -> AgreementList:
    """These of the unit, but for patients who keep what is known of them from this very member of staff."""
    shown = [row for row in rows if row.unit_id == access.unit_id and row.person_id not in access.actor.kept_from]
    parts = await node.agreements.of_rows(shown)
    functions = node.functions.invitable(access.unit_id, at_ms=node.now_ms())
    return AgreementList(
        functions=functions,
        agreements=tuple([await _of_unit(node, name, part) for name, part in parts.items()]),
    )


async def _of_unit(node: "Node", agreement_id: str, part: Agreement) -> UnitAgreement:
    person = await node.directory.person(part.person_id)
    return UnitAgreement(
        agreement_id=agreement_id,
        person_id=part.person_id,
        name=person.name if person else "",
        services=_services(node, part, part.services),
        until=wire_time(part.until_ms),
    )


async def own_agreements(node: "Node", person_id: str) -> OwnAgreements:
    """Somebody's own. What the unit invites nobody to, or no more, is not shown."""
    rows = await node.agreements.rows.of_persons(await node.register.rows.same(person_id)) if person_id else []
    shown = [await _own(node, name, part) for name, part in (await node.agreements.of_rows(rows)).items()]
    return OwnAgreements(agreements=tuple(one for one in shown if one.services))


async def _own(node: "Node", agreement_id: str, part: Agreement) -> OwnAgreement:
    unit, now_ms = await node.directory.unit(part.unit_id), node.now_ms()
    invitable = node.functions.invitable(part.unit_id, at_ms=now_ms)
    return OwnAgreement(
        agreement_id=agreement_id,
        unit_id=part.unit_id,
        unit=node.unit_name(part.unit_id),
        phone=(unit.phone or "") if unit else "",
        services=_services(node, part, invitable),
        until=wire_time(part.until_ms),
        open=now_ms < part.until_ms,
    )


def _services(node: "Node", part: Agreement, wanted: Collection[Function]) -> tuple[AgreedService, ...]:
    def begins(function: Function) -> date | None:
        return node.functions.of(part.unit_id, function).begins(node.today())

    return tuple(
        AgreedService(
            function=function,
            standing=service.standing,
            since=wire_time(service.since_ms),
            by_staff=service.by_staff,
            begins_on=str(begins(function) or ""),
        )
        for function, service in part.services.items()
        if function in wanted
    )


async def services_now(node: "Node", persons: Collection[str]) -> Literal["none", "some", "waiting"]:
    """Whether any of these persons was invited to anything, and whether any of it can be accepted still."""
    owned = [one for person_id in persons for one in (await own_agreements(node, person_id)).agreements]
    if any(one.open and any(it.standing == "invited" for it in one.services) for one in owned):
        return "waiting"
    return "some" if owned else "none"
