"""Socket calls about what units and patients have agreed on."""

from care.agreement.agreements import Answer, Invitation
from care.agreement.store import AgreementRow
from core.access.gates import UnitAccess
from core.errors import FyrError
from web.agreed import MOST_SHOWN, agreement_list, own_agreements
from web.gates import person_gate, preview_gate, unit_gate
from web.persons import known_to
from web.push.views import wire_time
from web.registry import Call, on
from web.sockets.contact import check_client_id
from web.wire.agreement import (
    AgreementList,
    AnswerInvitation,
    AskAgreements,
    EndAgreement,
    InvitationMade,
    InvitePatient,
    ListAgreements,
    OwnAgreements,
    RevokeAgreement,
)


@on("agreement:list", gate=preview_gate)
async def list_agreements(call: Call, body: ListAgreements, access: UnitAccess) -> AgreementList:
    """The unit's; how many patients were shown is recorded before they are."""
    node = call.node
    if body.person_id:
        rows = await node.agreements.rows.of_persons(await node.register.rows.same(body.person_id))
    else:
        rows = await node.agreements.rows.of_unit(access.unit_id, limit=MOST_SHOWN)
    shown = await agreement_list(node, access, rows)
    await node.gates.previewed(access, action=call.name, contacts=len(shown.agreements))
    return shown


@on("agreement:invite", gate=unit_gate)
async def invite_patient(call: Call, body: InvitePatient, access: UnitAccess) -> InvitationMade:
    """Invite a patient of one's own legal care giver. Raises `not_found`, `empty`, `function_off`, `bad_request`."""
    node, functions = call.node, tuple(dict.fromkeys(body.functions))
    if not functions:
        raise FyrError("empty", field="functions")
    for function in functions:
        if function not in node.functions.invitable(access.unit_id, at_ms=node.now_ms()):
            raise FyrError("function_off", function=function, text={})
    known = await known_to(node, call.actor, body.person_id, right="find")
    if known is None or body.person_id in call.actor.kept_from:
        raise FyrError("not_found")
    if body.to.strip() and not node.notices.may_reach(body.to):
        raise FyrError("bad_request", where="$.to", what="not an address of a channel there is")
    invitation = Invitation(
        unit_id=access.unit_id,
        provider_id=access.provider_id,
        person_id=await node.register.rows.survivor(body.person_id),
        functions=functions,
        lang=body.told_in,
    )
    made = await node.agreements.invite(call.actor, invitation, client_id=check_client_id(body.client_id))
    sent = await _send(call, body, code=made.code)
    return InvitationMade(sent=sent, code="" if sent else made.code, until=wire_time(made.until_ms))


async def _send(call: Call, body: InvitePatient, *, code: str) -> bool:
    """Whether it has left: the log of notices names the unit, never whom it went to."""
    if not body.to.strip():
        return False
    url = call.node.settings.public_url
    return await call.node.notices.hand_over(
        "services_invited", body.to.strip(), body.unit_id, lang=body.told_in, url=url, code=code
    )


@on("agreement:revoke", gate=unit_gate)
async def revoke_agreement(call: Call, body: RevokeAgreement, access: UnitAccess) -> AgreementList:
    """End services of a patient of the unit."""
    row, client_id = await _row(call, body.agreement_id), check_client_id(body.client_id)
    if row.unit_id != access.unit_id or row.person_id in call.actor.kept_from:
        raise FyrError("not_found")
    await call.node.agreements.end(call.actor, row.agreement_id, body.functions, client_id=client_id)
    return await agreement_list(call.node, access, [row])


@on("agreement:mine", gate=person_gate())
async def ask_agreements(call: Call, _: AskAgreements, person_id: str) -> OwnAgreements:
    """What the person was invited to and has agreed on."""
    return await own_agreements(call.node, person_id)


@on("agreement:answer", gate=person_gate())
async def answer_invitation(call: Call, body: AnswerInvitation, person_id: str) -> OwnAgreements:
    """Accept and decline."""
    row, client_id = await _own_row(call, body.agreement_id, person_id), check_client_id(body.client_id)
    answer = Answer(tuple(dict.fromkeys(body.accepted)), tuple(dict.fromkeys(body.declined)), body.code)
    await call.node.agreements.answer(call.actor, row.agreement_id, answer, client_id=client_id)
    return await own_agreements(call.node, person_id)


@on("agreement:end", gate=person_gate())
async def end_agreement(call: Call, body: EndAgreement, person_id: str) -> OwnAgreements:
    """Use services no more."""
    row, client_id = await _own_row(call, body.agreement_id, person_id), check_client_id(body.client_id)
    await call.node.agreements.end(call.actor, row.agreement_id, body.functions, client_id=client_id)
    return await own_agreements(call.node, person_id)


async def _row(call: Call, agreement_id: str) -> AgreementRow:
    row = await call.node.agreements.rows.one(agreement_id)
    if row is None:
        raise FyrError("not_found")
    return row


async def _own_row(call: Call, agreement_id: str, person_id: str) -> AgreementRow:
    row = await _row(call, agreement_id)
    if not person_id or row.person_id not in await call.node.register.rows.same(person_id):
        raise FyrError("not_found")
    return row
