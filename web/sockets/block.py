"""Who may see what is known of a patient, and what they keep from whom; for a child, whoever may by the rules."""

from typing import TYPE_CHECKING

from carequeue.lease.keeper import KEPT_OUT, give_back
from core.access.entries import Blocked
from core.errors import FyrError
from core.ids import contact_of
from web.gates import person_gate
from web.persons import contacts_about
from web.push.views import wire_time
from web.registry import Call, on
from web.sockets.contact import check_client_id
from web.wire.access import BlockUnit, DoorToMine, ListAccess, OwnAccess, ProviderKnows, StaffKnows, UnitKnows

if TYPE_CHECKING:
    from web.node import Node

STAFF = "staff:"


@on("access:block", gate=person_gate(blocks=True))
async def block_unit(call: Call, body: BlockUnit, person_id: str) -> OwnAccess:
    """Keep it to the unit or care giver, or let others see it again. Raises `not_found` for who knows nothing."""
    if sum(map(bool, (body.unit_id, body.provider_id, body.staff_id))) != 1:
        raise FyrError("bad_request", where="$", what="either unit_id, provider_id or staff_id")
    scopes, client_id = await _scopes(call, person_id), check_client_id(body.client_id)
    provider_id = body.provider_id or scopes.get(body.unit_id, "")
    known = body.staff_id in await _staff(call, person_id) if body.staff_id else provider_id in scopes.values()
    if not known:
        raise FyrError("not_found")
    blocked = Blocked(person_id=person_id, provider_id=provider_id, unit_id=body.unit_id, staff_id=body.staff_id)
    change = call.node.doorkeeper.block if body.blocked else call.node.doorkeeper.unblock
    await change(call.actor, blocked, client_id=client_id)
    if body.staff_id and body.blocked:
        await _take_from(call.node, person_id, body.staff_id)
    await call.node.watch.look()
    return await _own_access(call, person_id)


@on("access:mine", gate=person_gate())
async def own_access(call: Call, _: ListAccess, person_id: str) -> OwnAccess:
    """Who may see what is known of the person."""
    return await _own_access(call, person_id)


async def _own_access(call: Call, person_id: str) -> OwnAccess:
    node = call.node
    scopes = await _scopes(call, person_id)
    shut = {(one.provider_id, one.unit_id) for one in await node.doors.blocks_of(person_id)}
    names = await node.directory.provider_names()
    return OwnAccess(
        units=tuple(
            UnitKnows(
                unit_id=unit,
                unit=node.unit_name(unit),
                provider=names.get(provider, ""),
                blocked=(provider, unit) in shut,
            )
            for unit, provider in sorted(scopes.items())
        ),
        providers=tuple(
            ProviderKnows(provider_id=one, provider=names.get(one, ""), blocked=(one, "") in shut)
            for one in sorted(set(scopes.values()))
        ),
        staff=await _kept_out(call, person_id),
        doors=await _doors(call, person_id),
        may_block=call.actor.may_block_for(person_id, now_ms=node.now_ms()),
    )


async def _doors(call: Call, person_id: str) -> tuple[DoorToMine, ...]:
    node = call.node
    rows = await node.doors.concerning(person_id, now_ms=node.now_ms())
    return tuple(
        DoorToMine(
            door_id=row.door_id,
            from_unit=node.unit_name(row.at_unit_id),
            opens_unit=node.unit_name(row.unit_id) if row.unit_id else "",
            basis=row.basis,
            until=wire_time(row.until_ms),
        )
        for row in rows
    )


async def _scopes(call: Call, person_id: str) -> dict[str, str]:
    """The units that have contacts about the person, also from before a merge, with their legal care givers."""
    same = await call.node.register.rows.same(person_id)
    streams = [name for one in same for name in await call.node.log.streams_about(one)]
    numbers = await call.node.log.numbers(streams)
    return {one.scope.unit_id: one.scope.provider_id for one in numbers.values()}


async def _staff(call: Call, person_id: str) -> dict[str, str]:
    """Who may be kept out: staff who have written in the person's contacts by name, and who is kept out already."""
    node = call.node
    if not node.register.may_keep_out():
        return {}
    heads = await contacts_about(node, await node.register.rows.survivor(person_id))
    written = [entry.header for head in heads for entry in await node.log.entries(head.stream)]
    named = {one.actor_id.removeprefix(STAFF): one.author.name for one in written if one.actor_id.startswith(STAFF)}
    kept_out = dict.fromkeys(await node.doors.kept_out_by(person_id), "")
    return {**kept_out, **{staff_id: name for staff_id, name in named.items() if name}}


async def _kept_out(call: Call, person_id: str) -> tuple[StaffKnows, ...]:
    shut = set(await call.node.doors.kept_out_by(person_id))
    known = await _staff(call, person_id)
    return tuple(
        StaffKnows(staff_id=one, staff=name, blocked=one in shut)
        for one, name in sorted(known.items(), key=lambda item: item[1])
    )


async def _take_from(node: "Node", person_id: str, staff_id: str) -> None:
    """What they hold of the person waits again: nobody is left with who may not see them."""
    theirs = {contact_of(head.stream) for head in await contacts_about(node, person_id)}
    for row in await node.places.held(staff_id):
        if row.contact_id in theirs:
            await give_back(node.log, row, reason=KEPT_OUT)
