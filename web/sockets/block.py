"""Who may see what is known of a patient, and what they keep from whom; for a child, whoever may by the rules."""

from core.errors import FyrError
from web.gates import person_gate
from web.push.views import wire_time
from web.registry import Call, on
from web.sockets.contact import check_client_id
from web.wire.access import BlockUnit, DoorToMine, ListAccess, OwnAccess, ProviderKnows, UnitKnows


@on("access:block", gate=person_gate(blocks=True))
async def block_unit(call: Call, body: BlockUnit, person_id: str) -> OwnAccess:
    """Keep it to the unit or care giver, or let others see it again. Raises `not_found` for who knows nothing."""
    if bool(body.unit_id) == bool(body.provider_id):
        raise FyrError("bad_request", where="$", what="either unit_id or provider_id")
    scopes = await _scopes(call, person_id)
    provider_id = body.provider_id or scopes.get(body.unit_id, "")
    if provider_id not in scopes.values():
        raise FyrError("not_found")
    change = call.node.doorkeeper.block if body.blocked else call.node.doorkeeper.unblock
    client_id = check_client_id(body.client_id)
    await change(call.actor, person_id, unit_id=body.unit_id, provider_id=provider_id, client_id=client_id)
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
