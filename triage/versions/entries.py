"""What is said of a content set, each in a stream of its own: who proposed it, who approved it, who took it back."""

import msgspec

from core.log.body import Body


class Rehearsed(msgspec.Struct, frozen=True, kw_only=True):
    """What a set would have said of past contacts, counted: nobody approves what has not been tried."""

    against: str = ""
    """The version that was in force."""
    cases: int = 0
    up: int = 0
    """Contacts that it would have put higher."""
    down: int = 0


class ContentProposed(Body, tag="content_proposed", frozen=True, kw_only=True):
    """The set is there to be approved. Proposed again, it needs its approvals again."""

    version: str
    sha256: str
    reason: str
    rehearsed: Rehearsed


class ContentApproved(Body, tag="content_approved", frozen=True, kw_only=True):
    """One person has looked at it and answers for it. With the second person's it is in force."""

    sha256: str


class ContentWithdrawn(Body, tag="content_withdrawn", frozen=True, kw_only=True):
    """It is not to be approved."""

    reason: str
