"""Whom something that is not committed is told to: a name that means the same on every node."""

from typing import NewType

from core.ids import ContactId
from core.log.kinds import Audience

Room = NewType("Room", str)
"""Opaque to everyone but `web.push.follows`."""


def contact_room(contact_id: ContactId, audience: Audience) -> Room:
    """Everyone of one audience who has the contact open."""
    return Room(f"contact/{contact_id}/{audience}")


def participant_room(contact_id: ContactId, visit_id: str, participant: str) -> Room:
    """One participant of a visit, on every device where they have the contact open."""
    return Room(f"participant/{contact_id}/{visit_id}/{participant}")


def board_room(unit_id: str) -> Room:
    """Everyone who has the unit's board open."""
    return Room(f"board/{unit_id}")


def actor_room(actor_id: str) -> Room:
    """Every line of one actor."""
    return Room(f"actor/{actor_id}")
