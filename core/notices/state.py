"""What is kept of the choice."""

from core.log.state import Part
from core.notices.entries import ChannelName, Subscription


class NoticeWish(Part, tag="notice", frozen=True, kw_only=True):
    """How this patient is told; by nothing until they have chosen."""

    channel: ChannelName | None = None
    address: str = ""
    chosen_ms: int = 0
    """When the patient last chose; the service itself may take back an address that is no more."""
    push: Subscription | None = None
    by: str = ""
    """Id of the actor who chose: told only for as long as they may see the contact."""
