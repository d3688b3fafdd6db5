"""How doors, blocks and agreements fold. Their state is what the tables of `core.access.store` are made from."""

from typing import Any, Literal

import msgspec

from core.access.entries import Blocked, BlockLifted, DoorClosed, DoorOpened, LookedIn, ShareAgreed, ShareEnded
from core.access.transcript import say_looked_in
from core.log.entry import Header
from core.log.kinds import SHOWN_TO_ALL, Kind
from core.log.state import Part
from core.transcript.line import to_all


class Door(Part, tag="door", frozen=True, kw_only=True):
    """A door as it stands. An agreement is a door too: `staff_id` is empty, the care staff of the unit have it."""

    staff_id: str = ""
    person_id: str = ""
    at_unit_id: str = ""
    basis: Literal["", "care", "consent", "shared", "emergency"] = ""
    unit_id: str = ""
    provider_id: str = ""
    from_ms: int = 0
    until_ms: int = 0
    """Moved to the present when it is closed."""
    changed_ms: int = 0


class Block(Part, tag="block", frozen=True, kw_only=True):
    """A block as it stands."""

    person_id: str = ""
    provider_id: str = ""
    unit_id: str = ""
    staff_id: str = ""
    in_force: bool = False
    changed_ms: int = 0


def _opened(_: Door, body: DoorOpened, header: Header) -> Door:
    return Door(
        staff_id=body.staff_id,
        person_id=body.person_id,
        at_unit_id=body.at_unit_id,
        basis=body.basis,
        unit_id=body.unit_id,
        provider_id=body.provider_id,
        from_ms=header.at_ms,
        until_ms=body.until_ms,
        changed_ms=header.at_ms,
    )


def _agreed(_: Door, body: ShareAgreed, header: Header) -> Door:
    return Door(
        person_id=body.person_id,
        at_unit_id=body.with_unit_id,
        basis="shared",
        unit_id=body.unit_id,
        provider_id=body.provider_id,
        from_ms=header.at_ms,
        until_ms=body.until_ms,
        changed_ms=header.at_ms,
    )


def _closed(part: Door, _: DoorClosed | ShareEnded, header: Header) -> Door:
    return msgspec.structs.replace(part, until_ms=min(part.until_ms, header.at_ms), changed_ms=header.at_ms)


def _blocked(_: Block, body: Blocked, header: Header) -> Block:
    return Block(
        person_id=body.person_id,
        provider_id=body.provider_id,
        unit_id=body.unit_id,
        staff_id=body.staff_id,
        in_force=True,
        changed_ms=header.at_ms,
    )


def _lifted(part: Block, _: BlockLifted, header: Header) -> Block:
    return msgspec.structs.replace(part, in_force=False, changed_ms=header.at_ms)


class Looks(Part, tag="looks", frozen=True, kw_only=True):
    """How often staff from elsewhere have opened a contact in an emergency."""

    emergency: int = 0


def _looked(part: Looks, _: LookedIn, __: Header) -> Looks:
    return Looks(emergency=part.emergency + 1)


KINDS: tuple[Kind[Any, Any], ...] = (
    Kind(body=DoorOpened, part=Door, fold=_opened, topics=("door",)),
    Kind(body=DoorClosed, part=Door, fold=_closed),
    Kind(body=ShareAgreed, part=Door, fold=_agreed),
    Kind(body=ShareEnded, part=Door, fold=_closed),
    Kind(body=Blocked, part=Block, fold=_blocked),
    Kind(body=BlockLifted, part=Block, fold=_lifted),
    Kind(body=LookedIn, part=Looks, fold=_looked, views=SHOWN_TO_ALL, reads=to_all(say_looked_in)),
)
