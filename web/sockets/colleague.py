"""Socket calls by which staff speak to each other in a contact."""

from chat.entries import ColleagueAsked
from core.access.gates import ContactAccess, UnitAccess
from core.errors import FyrError
from web.gates import contact_gate, unit_gate
from web.registry import Call, on
from web.sockets.contact import check_client_id, committed
from web.wire.contact import Committed
from web.wire.talk import AddNote, AnswerColleague, AskColleague, Colleague, ColleagueList, ListColleagues


@on("note:add", gate=contact_gate(reads=False))
async def add_note(call: Call, body: AddNote, access: ContactAccess) -> Committed:
    """A private note."""
    client_id = check_client_id(body.client_id)
    if body.sentences:
        done = await call.node.colleagues.note_in_parts(access, body.sentences, lang=body.lang, client_id=client_id)
    else:
        done = await call.node.colleagues.note(access, body.text, client_id=client_id)
    return committed(access.actor, access.contact_id, done)


@on("colleague:ask", gate=contact_gate(reads=False))
async def ask_colleague(call: Call, body: AskColleague, access: ContactAccess) -> Committed:
    """Ask a colleague who may enter the contact, or a role that someone has at its unit."""
    at_unit = await call.node.directory.staff_at(access.head.scope.unit_id)
    named = next((one for one in at_unit if one.staff_id == body.to_staff), None)
    if named is None and (body.to_staff is not None or all(one.role != body.to_role for one in at_unit)):
        raise FyrError("bad_request", where="$.to_staff", what="nobody of the unit")
    asked = ColleagueAsked(
        text=body.text, to_staff=body.to_staff, to_name=named.name if named else "", to_role=body.to_role
    )
    done = await call.node.colleagues.ask(access, asked, client_id=check_client_id(body.client_id))
    return committed(access.actor, access.contact_id, done)


@on("colleague:answer", gate=contact_gate(reads=False))
async def answer_colleague(call: Call, body: AnswerColleague, access: ContactAccess) -> Committed:
    """Answer an open question."""
    done = await call.node.colleagues.answer(
        access, body.question_no, body.text, client_id=check_client_id(body.client_id)
    )
    return committed(access.actor, access.contact_id, done)


@on("colleague:list", gate=unit_gate)
async def list_colleagues(call: Call, _: ListColleagues, access: UnitAccess) -> ColleagueList:
    """Who may be asked at the unit."""
    found = await call.node.directory.staff_at(access.unit_id)
    return ColleagueList(
        colleagues=tuple(Colleague(staff_id=one.staff_id, name=one.name, role=one.role) for one in found)
    )
