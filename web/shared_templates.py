"""A template that a unit shares, from who answers for what is said there: a change of the unit's sheet like any other.

What everybody would send and nobody else has read waits for an administrator's approval. Whoever changes several before
that has them in one proposal: of two made from the same sheet only one could ever be approved.
"""

import msgspec

from chat.template import Template
from chat.template_sheet import TemplatesSheet, as_shared, signed
from core.errors import FyrError
from core.sheets.administration import Asked, Key
from core.sheets.kinds import SheetsState
from core.sheets.sheet import plain, read
from web.registry import Call

SHEET = "templates"


async def share(call: Call, template: Template, *, once: str) -> bool:
    """Put up this version; gives whether it waits for a second person.

    Raises `not_found`, `behind` when another version is in force, and as `Administration.propose`.
    """
    node, key = call.node, Key("unit", template.unit_id)
    state = await node.administration.state(key)
    if not await node.administration.is_done(call.actor, key, once):
        held = _sheet(call, key, state.values().get(SHEET))
        mine = _own_waiting(state, call.actor.id)
        begun = _sheet(call, key, state.waiting[mine].value) if mine else held
        _require_kept(begun, held, template)
        changed = signed(_with(begun, template), held, by=(template.owner_id, template.owner_name))
        await node.administration.propose(
            call.actor,
            key,
            Asked(SHEET, plain(changed), state.base(SHEET)),
            reason=f"{template.title} /{template.abbreviation}",
            client_id=once,
            provider_id=node.unit_provider(template.unit_id) or "",
        )
        if mine:
            withdrawn = f"{once[:60]}/w"
            reason = f"→ {template.title} /{template.abbreviation}"  # the same person proposes it with more
            await node.administration.withdraw(call.actor, key, mine, reason=reason, client_id=withdrawn)
        await node.unit_sheets.look()
        node.fanout.order("sheets")
    now = (await node.administration.state(key)).waiting.values()
    return any(one.sheet == SHEET and one.proposed_by == call.actor.id for one in now)


def _sheet(call: Call, key: Key, value: object) -> TemplatesSheet:
    kind = call.node.sheets.named(SHEET, "unit")
    if value is None:
        return call.node.shared_templates.kept(key.subject_id)
    sheet: TemplatesSheet = read(kind, value)
    return sheet


def _own_waiting(state: SheetsState, actor_id: str) -> int:
    """What the same person has proposed and nobody has approved; 0: nothing."""
    mine = [
        no
        for no, one in state.waiting.items()
        if one.sheet == SHEET and one.proposed_by == actor_id and one.base == state.base(SHEET) and one.value
    ]
    return max(mine, default=0)


def _require_kept(begun: TemplatesSheet, held: TemplatesSheet, new: Template) -> None:
    """The version that was changed is the one in force, or what the same person has proposed of it.

    What is there no more may be put back, as something new.
    """
    known = [
        sheet.templates[new.template_id].version if new.template_id in sheet.templates else 0 for sheet in (held, begun)
    ]
    if max(known) == 0 and new.version > 1:
        return
    if new.version < 1 or new.version - 1 > max(known):
        raise FyrError("not_found")
    if new.version - 1 not in known:
        raise FyrError("behind", newer=1, head=max(known))


def _with(sheet: TemplatesSheet, new: Template) -> TemplatesSheet:
    others = {name: one for name, one in sheet.templates.items() if name != new.template_id}
    kept = others if new.removed else {**others, new.template_id: as_shared(new)}
    return msgspec.structs.replace(sheet, templates=kept)
