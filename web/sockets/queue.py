"""Socket calls about the board and the claim."""

from core.access.gates import ContactAccess, UnitAccess
from core.ids import StreamId, UnitId, contact_stream
from web.gates import contact_gate, preview_gate, units_gate
from web.push.board import board_row
from web.registry import Call, on
from web.sockets.contact import check_client_id, committed
from web.wire.contact import Committed
from web.wire.queue import Board, Claim, ClaimContact, ClaimNext, FollowBoard, HandBack


@on("board:follow", gate=preview_gate)
async def follow_board(call: Call, body: FollowBoard, access: UnitAccess) -> Board:
    """The rows that changed after `after` (at first: every open one), and from then on as they change."""
    shown = await _shown(call, access.unit_id, body.after)
    await call.node.gates.previewed(access, action=call.name, contacts=len(shown))
    call.node.follows.follow_board(call.sid, access.unit_id)
    call.node.fanout.changed()
    changes = await call.node.log.changed_streams(access.unit_id, body.after)
    wanted = list(changes.streams) if body.after else await _open_streams(call, access.unit_id)
    heads = await call.node.log.heads(wanted)
    rows = [
        board_row(head, changes.streams.get(name, 0), call.node.deadlines, protected=call.node.is_protected(head))
        for name, head in heads.items()
    ]
    gone = tuple(row.contact_id for row in rows if row.unit_id != access.unit_id)
    own = sorted((row for row in rows if row.unit_id == access.unit_id), key=lambda row: row.order)
    unit, leases = call.node.unit_name(access.unit_id), call.node.leases.at(access.unit_id)
    return Board(unit_id=access.unit_id, unit=unit, no=changes.no, rows=tuple(own), gone=gone, leases=leases)


async def _shown(call: Call, unit_id: str, after: int) -> list[StreamId]:
    """What is about to be handed out, as near as can be told before the socket hears of changes."""
    if after:
        return list((await call.node.log.changed_streams(unit_id, after)).streams)
    return await _open_streams(call, unit_id)


async def _open_streams(call: Call, unit_id: str) -> list[StreamId]:
    return [contact_stream(contact_id) for contact_id in await call.node.places.open_contacts(UnitId(unit_id))]


@on("queue:claim_next", gate=units_gate)
async def claim_next(call: Call, body: ClaimNext, units: tuple[UnitAccess, ...]) -> Claim:
    """Take the first contact of the units."""
    unit_ids = [UnitId(unit.unit_id) for unit in units]
    abilities = tuple(call.node.router.rules.abilities(call.actor.staff_id or ""))
    client_id = check_client_id(body.client_id)
    claimed = await call.node.claims.claim_next(call.actor, unit_ids, client_id=client_id, abilities=abilities)
    return Claim(contact_id=claimed.contact_id, claim_no=claimed.claim_no)


@on("queue:claim", gate=contact_gate(reads=False))
async def claim_this(call: Call, body: ClaimContact, access: ContactAccess) -> Claim:
    """Take this contact."""
    claimed = await call.node.claims.claim_this(
        access.actor, access.contact_id, client_id=check_client_id(body.client_id)
    )
    return Claim(contact_id=claimed.contact_id, claim_no=claimed.claim_no)


@on("queue:hand_back", gate=contact_gate(reads=False))
async def hand_back(call: Call, body: HandBack, access: ContactAccess) -> Committed:
    """Give the contact back to its old place."""
    done = await call.node.claims.hand_back(
        access.actor,
        access.contact_id,
        claim_no=body.claim_no,
        reason=body.reason,
        client_id=check_client_id(body.client_id),
    )
    return committed(access.actor, access.contact_id, done)
