"""Which of core's gates a call goes through, as the registry's decorators name them."""

from typing import Any

from core.access.gates import ContactAccess, UnitAccess
from core.access.rule import holds
from core.actor import Actor
from core.errors import FyrError
from core.log.entry import Scope
from web.registry import Call, Gate


def contact_gate(*, reads: bool, rechecked: bool = False) -> Gate:
    """The contact named in the body. With `reads`, the look is recorded; a write is recorded by its own entry.

    `rechecked`: the handler does nothing but a write that requires `access.allowed`.
    """

    async def gate(call: Call, body: Any) -> ContactAccess:
        return await call.node.gates.access_contact(
            call.actor, body.contact_id, right=call.right, action=call.name, reads=reads, rechecked=rechecked
        )

    return gate


async def unit_gate(call: Call, body: Any) -> UnitAccess:
    """The unit named in the body."""
    return await call.node.gates.access_unit(call.actor, body.unit_id, right=call.right, action=call.name)


async def preview_gate(call: Call, body: Any) -> UnitAccess:
    """The same, for a handler that records by `previewed` how many contacts it hands out."""
    return await call.node.gates.access_unit(
        call.actor, body.unit_id, right=call.right, action=call.name, previews=True
    )


async def units_gate(call: Call, body: Any) -> tuple[UnitAccess, ...]:
    """Every unit named in the body; one that is not the actor's refuses the whole."""
    if not body.unit_ids:
        raise FyrError("empty", field="unit_ids")
    gates, right = call.node.gates, call.right
    opened = [await gates.access_unit(call.actor, one, right=right, action=call.name) for one in body.unit_ids]
    return tuple(opened)


async def staff_gate(call: Call, _: Any) -> Actor:
    """Staff with the right at any unit, for a handler that records what was asked and what was found."""
    if not any(holds(call.actor, call.right, unit_id=role.unit_id) for role in call.actor.roles):
        await call.node.gates.refuse(call.actor, action=call.name)
    return call.actor


async def guest_gate(call: Call, _: Any) -> ContactAccess:
    """The contact whose visit a guest is let to, for that visit alone; the look is recorded."""
    return await call.node.gates.access_contact(
        call.actor, call.actor.contact_id, right="visit", action=call.name, reads=True
    )


async def own_gate(call: Call, _: Any) -> Actor:
    """What is the actor's own."""
    return await call.node.gates.access_own(call.actor, action=call.name)


def person_gate(*, about: str = "", blocks: bool = False) -> Gate:
    """What is one's own, or that of the person named in `for_person`, whom one stands for now; gives whose. Recorded.

    With `blocks` only where the age rules in force let one decide what is kept from whom.
    """

    async def gate(call: Call, body: Any) -> str:
        actor, person_id, now_ms = call.actor, body.for_person, call.node.now_ms()
        if person_id in ("", actor.person_id):
            await own_gate(call, body)
            return actor.person_id or ""
        stands = any(one.person_id == person_id and now_ms < one.until_ms for one in actor.represents)
        if not stands or (blocks and not actor.may_block_for(person_id, now_ms=now_ms)):
            await call.node.gates.refuse(actor, action=call.name)
        await call.node.trail.record(
            actor,
            action=call.name,
            about=about or actor.id,
            scope=Scope(person_id=person_id),
            outcome="allowed",
            basis="represents",
        )
        return str(person_id)

    return gate


async def public_gate(call: Call, _: Any) -> Actor:
    """Nothing about any person: open to anyone, recorded nowhere. The list of such routes is in the tests."""
    return call.actor
