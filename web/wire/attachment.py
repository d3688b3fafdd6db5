"""Sending files. Their bytes go by the tus 1.0.0 protocol; what is said of them is a struct like everything else."""

from web.wire.base import Wire
from web.wire.session import Language


class StartAttachment(Wire, frozen=True, kw_only=True):
    """`POST /api/attachments`: announce a file. Sent again with the same `client_id` it is the same file."""

    contact_id: str
    client_id: str
    name: str
    size: int
    """In bytes."""
    caption: str = ""
    """What it shows, in the sender's words; a patient's are read like a message."""
    lang: Language | None = None
    claim_no: int | None = None
    """Staff: the claim it is sent under."""
    seen_no: int | None = None
    """Staff: the newest entry on the screen; behind it, the file is refused with `behind`."""


class UploadState(Wire, frozen=True, kw_only=True):
    """How far an upload has come."""

    attachment: str
    offset: int
    """Bytes that are committed: where to go on."""
    size: int


class FindAttachment(Wire, frozen=True, kw_only=True):
    """One attachment of one contact, as a path names it."""

    contact_id: str
    attachment_id: str
