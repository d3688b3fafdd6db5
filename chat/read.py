"""Read marks: how far someone has had the conversation on their screen. They are no content and hold nobody back."""

from collections.abc import Sequence
from itertools import takewhile

from carequeue.state import Place
from chat.entries import Amended, Message, Read
from chat.state import Conversation
from core.access.gates import ContactAccess
from core.ids import contact_stream
from core.log.append import Append
from core.log.entry import Entry
from core.log.log import Log


async def mark_read(log: Log, access: ContactAccess, up_to: int) -> bool:
    """Note that the reader has seen everything up to `up_to`, in their own numbering; true when it was noted.

    It is noted only when it tells the other side something: a message of theirs that this reader had not seen before.
    Of staff only the holder is noted: who else has looked is for the audit, and no promise to the patient.
    """
    place = access.head.state.get(Place)
    if access.audience == "staff" and (place.status != "held" or place.holder_id != access.actor.staff_id):
        return False
    stream = contact_stream(access.contact_id)
    before = access.head.state.get(Conversation).read_by.get(access.actor.id, 0)
    unread = await log.entries(stream, before)
    # Up to the first that was not on the screen: a note behind an unread message does not make that one read.
    seen = list(takewhile(lambda entry: _counted(entry, access) <= up_to, unread))
    if not any(_by_the_other_side(entry, access) for entry in seen):
        return False
    body = Read(up_to_no=seen[-1].no, up_to_patient_no=_newest_for_patient(seen))
    await log.append(Append(stream, (body,), access.actor, f"read:{access.contact_id}:{body.up_to_no}"))
    return True


def _counted(entry: Entry, access: ContactAccess) -> int:
    """The entry's number for this reader; what a patient does not see counts as what they saw before it."""
    return entry.no if access.audience == "staff" else entry.header.patient_no or 0


def _by_the_other_side(entry: Entry, access: ContactAccess) -> bool:
    return isinstance(entry.body, Message | Amended) and (entry.header.author.kind == "staff") != (
        access.audience == "staff"
    )


def _newest_for_patient(seen: Sequence[Entry]) -> int:
    return max(entry.header.patient_no or 0 for entry in seen)
