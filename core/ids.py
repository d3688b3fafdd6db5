"""Names of things. Every id is opaque, unguessable and sorts by the time it was made."""

import os
import time
from typing import NewType

ContactId = NewType("ContactId", str)
PersonId = NewType("PersonId", str)
StaffId = NewType("StaffId", str)
UnitId = NewType("UnitId", str)
ProviderId = NewType("ProviderId", str)
VisitId = NewType("VisitId", str)
SessionId = NewType("SessionId", str)
StreamId = NewType("StreamId", str)
ClientId = NewType("ClientId", str)


def new_id() -> str:
    """A UUID version 7 (RFC 9562, section 5.7) as 32 hexadecimal digits: 48 bits of time in ms, 74 random bits."""
    value = int(time.time_ns() // 1_000_000) << 80 | int.from_bytes(os.urandom(10), "big")
    value = value & ~(0xF << 76) | 0x7 << 76
    value = value & ~(0x3 << 62) | 0x2 << 62
    return f"{value:032x}"


def contact_stream(contact_id: ContactId) -> StreamId:
    """The log stream of a contact."""
    return StreamId(f"contact:{contact_id}")


def contact_of(stream_id: StreamId) -> ContactId:
    """The contact whose stream this is."""
    return ContactId(stream_id.removeprefix("contact:"))
