"""What the log says of attachments: that one was sent, and how it went with it."""

from typing import Literal

from core.attachments.limits import KeptType, Why
from core.log.body import Body

Progress = Literal["received", "waiting", "clean", "refused", "withdrawn", "erased"]


class Attached(Body, tag="attached", frozen=True, kw_only=True):
    """Someone began to send a file. Committed before its bytes come: what is said with it must not wait for them."""

    attachment: str
    """Its id, for the routes under /api/attachments."""
    name: str
    """As the sender's device called it, made safe to show."""
    size: int
    """Bytes that will be sent."""
    caption: str = ""
    """What the sender says of it; a patient's is read like any other of their words."""
    lang: str | None = None


class AttachmentTold(Body, tag="attachment_told", frozen=True, kw_only=True):
    """How it went with an attachment. Its content is given out from `clean` on, and never before."""

    attachment: str
    state: Progress
    why: Why | None = None
    """Why it was refused or taken away."""
    type: KeptType | None = None
    size: int = 0
    """Bytes as it is kept."""
    digest: str = ""
    """SHA-256 of what is kept, hexadecimal."""
    width: int = 0
    """Pixels; of a document, those of its thumbnail."""
    height: int = 0
    pages: int = 0
