"""Socket calls about reply templates."""

from typing import Any

from chat.template import Template, check_template
from core.access.gates import ContactAccess
from core.access.rule import holds
from core.actor import Actor
from core.errors import FyrError
from web.gates import contact_gate, own_gate
from web.registry import Call, on
from web.shared_templates import share
from web.sockets.contact import check_client_id
from web.wire.template import Fills, ListTemplates, SavedTemplate, SaveTemplate, TemplateList


@on("template:list", gate=contact_gate(reads=True))
async def list_templates(call: Call, _: ListTemplates, access: ContactAccess) -> TemplateList:
    """What may be used in this contact."""
    unit_id = access.head.scope.unit_id
    return TemplateList(
        unit_id=unit_id,
        unit=call.node.unit_name(unit_id),
        may_share=holds(access.actor, "share", unit_id=unit_id),
        templates=await _usable(call, access.actor, unit_id),
        fills=await _fills(call, access),
    )


async def _usable(call: Call, actor: Actor, unit_id: str) -> tuple[Template, ...]:
    own = await call.node.templates.usable(_staff_id(actor), [])
    found = [*own, *call.node.shared_templates.at(unit_id)]
    return tuple(sorted(found, key=lambda one: (one.title, one.template_id)))


async def _fills(call: Call, access: ContactAccess) -> Fills:
    """The name is that of who opened the contact: it is they who read."""
    opener = await call.node.directory.actor(access.head.scope.opener_id)
    unit = await call.node.directory.unit(access.head.scope.unit_id)
    numbers = call.node.shell.numbers
    return Fills(
        name=opener.name if opener else "",
        unit=unit.name if unit else "",
        clinician=access.actor.name,
        phone=(unit.phone if unit else None) or "",
        emergency=numbers.emergency,
        advice=numbers.advice,
    )


async def _template_gate(call: Call, body: Any) -> Actor:
    """One's own, or a unit where one's role answers for what is said in common. Raises `not_found`."""
    if not body.shared_with:
        actor: Actor = await own_gate(call, body)
        return actor
    gates = call.node.gates
    return (await gates.access_unit(call.actor, body.shared_with, right="share", action=call.name)).actor


@on("template:save", gate=_template_gate)
async def save_template(call: Call, body: SaveTemplate, actor: Actor) -> SavedTemplate:
    """Keep a new version. A template stays where it was made: another's own, or another unit's, is not found."""
    template = Template(
        template_id=check_client_id(body.template_id),
        version=body.version + 1,
        unit_id=body.shared_with,
        owner_id=_staff_id(actor),
        owner_name=actor.name,
        lang=body.lang,
        abbreviation=body.abbreviation,
        title=body.title.strip(),
        text=body.text.strip(),
        review_on=body.review_on,
        removed=body.removed,
    )
    check_template(template)
    once = check_client_id(body.client_id)
    if body.shared_with:
        return SavedTemplate(template=template, waits=await share(call, template, once=once))
    _require_kept_by(await call.node.templates.versions(template.template_id), template)
    await call.node.templates.add(template, client_id=once)
    return SavedTemplate(template=template)


def _require_kept_by(versions: list[Template], new: Template) -> None:
    """The version that was changed is there and lies where the new one is to lie."""
    if new.version < 1 or len(versions) < new.version - 1:
        raise FyrError("not_found")
    for kept in versions:
        if kept.unit_id != new.unit_id or kept.owner_id != new.owner_id:
            raise FyrError("not_found")


def _staff_id(actor: Actor) -> str:
    return actor.staff_id or ""
