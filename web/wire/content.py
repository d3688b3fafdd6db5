"""Content sets: how they stand, approving one, taking one back."""

from triage.versions.entries import Rehearsed
from triage.versions.kinds import Status
from web.wire.base import Wire


class ListContentSets(Wire, frozen=True, kw_only=True):
    """`content:list`: the sets that were proposed, the newest first, and the one this node judges by."""


class ContentSetShown(Wire, frozen=True, kw_only=True):
    """One set."""

    version: str
    sha256: str
    """Of its files: what an approval names."""
    status: Status
    proposed_by: str
    proposed_at: str
    reason: str
    rehearsed: Rehearsed
    approved_by: tuple[str, ...]
    """The names of those who have approved it since."""
    in_force_since: str = ""
    """When the last of them did; empty when it is not the set in force."""
    may_approve: bool
    """False for whoever proposed or has approved it, and when there is nothing to approve."""


class ContentSets(Wire, frozen=True, kw_only=True):
    """Answer to `content:list`."""

    judging: str
    """The version this node judges by: that in force when it was started."""
    sets: tuple[ContentSetShown, ...]


class ApproveContentSet(Wire, frozen=True, kw_only=True):
    """`content:approve`: one person's approval of exactly these files. With the second it is in force."""

    client_id: str
    content_version: str
    sha256: str


class WithdrawContentSet(Wire, frozen=True, kw_only=True):
    """`content:withdraw`: take back what is not in force, and why."""

    client_id: str
    content_version: str
    reason: str
