"""Socket calls about doors and agreements: what staff do about walls."""

from datetime import datetime

from carequeue.state import Place
from core.access.gates import ContactAccess, UnitAccess
from core.access.rule import ground_of
from core.actor import FOR_EVER_MS, Actor
from core.clock import to_ms
from core.errors import FyrError
from core.identity.shown import shown_unit
from core.ids import StreamId, contact_of
from core.log.append import Head
from core.log.entry import Scope
from web.gates import contact_gate, own_gate, preview_gate
from web.persons import not_there, person_of_number
from web.push.views import wire_time
from web.registry import Call, on
from web.sockets.contact import check_client_id
from web.wire.access import (
    BehindDoor,
    BehindDoors,
    CloseDoor,
    EndShare,
    ListDoors,
    ListShares,
    OpenDoor,
    OtherUnit,
    ShareContact,
    Shared,
    SharedWith,
    Shares,
)
from web.wire.contact import Empty


@on("access:open", gate=preview_gate)
async def open_door(call: Call, body: OpenDoor, access: UnitAccess) -> BehindDoors:
    """Open the doors, and let this socket through them at once. Recorded as a look at the person, also in vain."""
    person_id, number = "", ""
    try:
        person_id, number = await _whom(call, body)
        streams = await call.node.doorkeeper.open(
            call.actor,
            person_id,
            at_unit_id=access.unit_id,
            basis=body.basis,
            reason=body.reason,
            client_id=check_client_id(body.client_id),
        )
    except FyrError as refused:
        if refused.code == "not_found" and body.number:
            await not_there(call.node, call.actor)
        await _opened(call, access, person_id, body=body, searched=number, found=None)
        raise
    await _opened(call, access, person_id, body=body, searched=number, found=len(streams))
    await call.node.watch.look()
    return await _behind(call, await call.node.watch.reread(call.sid, call.actor), streams)


async def _opened(
    call: Call, access: UnitAccess, person_id: str, *, body: OpenDoor, searched: str, found: int | None
) -> None:
    """Nothing is handed out before this returns."""
    await call.node.trail.record(
        call.actor,
        action=call.name,
        about="door",
        scope=Scope(person_id=person_id, unit_id=access.unit_id, provider_id=access.provider_id),
        outcome="refused" if found is None else "allowed",
        basis="" if found is None else body.basis,
        found=found,
        searched=searched or body.number,
    )


async def _whom(call: Call, body: OpenDoor) -> tuple[str, str]:
    """The person it is about, and the number they were named by. Raises `bad_request`, `not_found` (no such person or
    contact, or it names nobody), `identity_invalid`, `locked_out`."""
    if [bool(body.person_id), bool(body.number), bool(body.contact_id)].count(True) != 1:
        raise FyrError("bad_request", where="$", what="one of person_id, number and contact_id")
    if body.number:
        person_id, number = await person_of_number(call.node, call.actor, body.number)
        if person_id is None:
            raise FyrError("not_found")
        return person_id, number.value
    if body.person_id:
        return body.person_id, ""
    known = await call.node.gates.access_contact(
        call.actor, body.contact_id, right="read", action=call.name, reads=True
    )
    if not known.head.scope.person_id:
        raise FyrError("not_found")
    return known.head.scope.person_id, ""


@on("access:list", gate=own_gate)
async def list_doors(call: Call, _: ListDoors, actor: Actor) -> BehindDoors:
    """What lies behind the doors that are open now."""
    streams: list[StreamId] = []
    for person_id in sorted({one for opening in actor.openings for one in (opening.person_id, *opening.also)}):
        streams += await call.node.log.streams_about(person_id)
    return await _behind(call, actor, streams)


async def _behind(call: Call, actor: Actor, streams: list[StreamId]) -> BehindDoors:
    """Those of the contacts that a door lets the actor see, and nothing of the others."""
    heads = await call.node.log.heads(streams)
    found = [_row(call, actor, heads[name]) for name in streams if name in heads]
    return BehindDoors(contacts=tuple(row for row in found if row is not None))


def _row(call: Call, actor: Actor, head: Head) -> BehindDoor | None:
    basis = ground_of(actor, head.scope, right="read", now_ms=call.node.now_ms())
    if basis not in ("care", "consent", "shared", "emergency"):
        return None
    place = head.state.get(Place)
    doors = [one for one in actor.openings if one.covers(head.scope)]
    return BehindDoor(
        contact_id=contact_of(head.stream),
        unit=shown_unit(call.node.unit_name(head.scope.unit_id), protected=call.node.is_protected(head)),
        opened_at=wire_time(place.arrived_ms),
        status=place.status,
        basis=basis,
        until=wire_time(max(one.until_ms for one in doors if one.basis == basis)),
        door_ids=tuple(one.opening_id for one in doors if one.basis != "shared"),
    )


@on("access:close", gate=own_gate)
async def close_door(call: Call, body: CloseDoor, actor: Actor) -> Empty:
    """Nobody sees anything through it from now on."""
    await call.node.doorkeeper.close(actor, body.door_id, client_id=check_client_id(body.client_id))
    await call.node.watch.look()
    return Empty()


@on("access:share", gate=contact_gate(reads=False))
async def share_contact(call: Call, body: ShareContact, access: ContactAccess) -> Shared:
    """Two units answer for the contact's person together."""
    if call.node.unit_provider(body.with_unit_id) is None:
        raise FyrError("not_found")
    door_id = await call.node.doorkeeper.share(
        access,
        body.with_unit_id,
        until_ms=_moment(body.until),
        reason=body.reason,
        client_id=check_client_id(body.client_id),
    )
    await call.node.watch.look()
    return Shared(door_id=door_id)


def _moment(text: str) -> int:
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        raise FyrError("bad_request", where="$.until", what="a time, as 2027-01-31T12:00:00Z") from None
    if at.tzinfo is None:
        raise FyrError("bad_request", where="$.until", what="a time with its zone")
    return min(to_ms(at), FOR_EVER_MS)


@on("access:shares", gate=contact_gate(reads=True))
async def list_shares(call: Call, _: ListShares, access: ContactAccess) -> Shares:
    """What the contact's own unit has agreed to; what others have is theirs."""
    node, scope = call.node, access.head.scope
    doors = await node.doors.concerning(scope.person_id, now_ms=node.now_ms()) if scope.person_id else []
    agreed = [row for row in doors if row.basis == "shared" and row.unit_id == scope.unit_id]
    providers = await node.directory.provider_names()
    others = [unit for unit in await node.directory.units() if unit.id != scope.unit_id]
    return Shares(
        agreements=tuple(
            SharedWith(door_id=row.door_id, unit=node.unit_name(row.at_unit_id), until=wire_time(row.until_ms))
            for row in agreed
        ),
        units=tuple(
            OtherUnit(unit_id=unit.id, unit=unit.name, provider=providers.get(unit.provider_id, "")) for unit in others
        ),
    )


@on("access:unshare", gate=own_gate)
async def end_share(call: Call, body: EndShare, actor: Actor) -> Empty:
    """They do no more."""
    await call.node.doorkeeper.end_share(actor, body.door_id, client_id=check_client_id(body.client_id))
    await call.node.watch.look()
    return Empty()
