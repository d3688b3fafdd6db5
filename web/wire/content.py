"""Content sets: how they stand, approving one, taking one back."""

from triage.entries import Level
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


class AskShadow(Wire, frozen=True, kw_only=True):
    """`content:shadow`: what a proposed set has said beside the one in force, of contacts of one's own care givers."""

    content_version: str


class MovedLevel(Wire, frozen=True, kw_only=True):
    """How many contacts it would put from one level to another."""

    before: Level
    after: Level
    contacts: int


class MovedByRule(Wire, frozen=True, kw_only=True):
    """A rule that holds with one of the two sets only, and where its contacts would go."""

    rule: str
    up: int
    down: int
    same: int


class MovedContact(Wire, frozen=True, kw_only=True):
    """One contact it judges otherwise. Whether one may see it, its own gate says."""

    contact_id: str
    before: Level
    after: Level
    assessed: bool
    fires: tuple[str, ...]
    rests: tuple[str, ...]


class Shadowed(Wire, frozen=True, kw_only=True):
    """Answer to `content:shadow`: each contact by its newest assessment."""

    contacts: int
    """How many it has judged."""
    up: int
    down: int
    other_reasons: int
    """At the same level, by other rules."""
    levels: tuple[MovedLevel, ...]
    rules: tuple[MovedByRule, ...]
    moved: tuple[MovedContact, ...]
    """Those that would fall furthest first, a hundred at most."""


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
