"""Socket calls of forms: staff send and take back, the patient saves and submits."""

from care.forms.assignments import assignment_of, form_named, lang_of
from care.forms.library import library
from care.forms.questionnaire import questions
from chat.form.kinds import FormNews
from core.access.gates import ContactAccess
from core.actor import Actor
from web.gates import contact_gate, own_gate
from web.offered import require_forms
from web.registry import Call, on
from web.sockets.contact import check_client_id, committed
from web.sockets.message import claim_guard
from web.wire.contact import Committed
from web.wire.form import AssignForm, FormList, FormRow, ListForms, SaveForm, SubmitForm, WithdrawForm


@on("form:list", gate=own_gate)
async def list_forms(_: Call, __: ListForms, ___: Actor) -> FormList:
    """The forms that come with the service, each with where its words come from and whether they were confirmed."""
    return FormList(
        forms=tuple(
            FormRow(
                form_id=one.id,
                version=one.version,
                title=one.title,
                description=one.description,
                origin=one.origin,
                review=one.review,
                questions=len(questions(one)),
            )
            for one in library().values()
        )
    )


@on("form:assign", gate=contact_gate(reads=False))
async def assign_form(call: Call, body: AssignForm, access: ContactAccess) -> Committed:
    """Send a form; staff do under their claim, or beside who holds it. Raises `function_off`."""
    await require_forms(call.node, access)
    news = FormNews(what="sent", title=form_named(body.form_id).title)
    done = await call.node.forms.assign(
        access,
        body.form_id,
        beside=(news,),
        guard=claim_guard(call, body.claim_no, access),
        client_id=check_client_id(body.client_id),
    )
    return committed(access.actor, access.contact_id, done)


@on("form:save", gate=contact_gate(reads=False))
async def save_form(call: Call, body: SaveForm, access: ContactAccess) -> Committed:
    """Keep what has been answered so far."""
    once = check_client_id(body.client_id)
    done = await call.node.forms.save(access, body.assignment_id, body.answers, client_id=once)
    return committed(access.actor, access.contact_id, done)


@on("form:submit", gate=contact_gate(reads=False))
async def submit_form(call: Call, body: SubmitForm, access: ContactAccess) -> Committed:
    """Send the answers."""
    news = FormNews(what="answered", title=assignment_of(access, body.assignment_id).title)
    done = await call.node.forms.submit(
        access,
        body.assignment_id,
        body.answers,
        lang=lang_of(body.lang),
        beside=(news,),
        client_id=check_client_id(body.client_id),
    )
    return committed(access.actor, access.contact_id, done)


@on("form:withdraw", gate=contact_gate(reads=False))
async def withdraw_form(call: Call, body: WithdrawForm, access: ContactAccess) -> Committed:
    """Take a form back."""
    done = await call.node.forms.withdraw(
        access,
        body.assignment_id,
        guard=claim_guard(call, body.claim_no, access),
        client_id=check_client_id(body.client_id),
    )
    return committed(access.actor, access.contact_id, done)
