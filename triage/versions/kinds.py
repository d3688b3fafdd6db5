"""How content sets fold: in force is what two different persons have approved since it was proposed."""

from typing import Any, Literal

from msgspec.structs import replace

from core.log.entry import Header
from core.log.kinds import Kind
from core.log.state import Part
from triage.versions.entries import ContentApproved, ContentProposed, ContentWithdrawn, Rehearsed

APPROVALS = 2
"""Of different persons, none of them the one who proposed it."""
Status = Literal["proposed", "approved", "withdrawn"]


class ContentSet(Part, tag="content_set", frozen=True, kw_only=True):
    """A content set as it stands."""

    status: Status = "withdrawn"
    version: str = ""
    sha256: str = ""
    proposed_by: str = ""
    """The actor."""
    proposer: str = ""
    """Their name."""
    proposed_ms: int = 0
    reason: str = ""
    rehearsed: Rehearsed = Rehearsed()
    approved_by: tuple[str, ...] = ()
    approvers: tuple[str, ...] = ()
    """Their names."""
    approved_ms: int = 0
    """When it came in force the last time. The set with the greatest is the one in force."""


def _proposed(part: ContentSet, body: ContentProposed, header: Header) -> ContentSet:
    return ContentSet(
        status="proposed",
        version=body.version,
        sha256=body.sha256,
        proposed_by=header.actor_id,
        proposer=header.author.name,
        proposed_ms=header.at_ms,
        reason=body.reason,
        rehearsed=body.rehearsed,
        approved_ms=part.approved_ms,
    )


def _approved(part: ContentSet, body: ContentApproved, header: Header) -> ContentSet:
    counts = part.status == "proposed" and body.sha256 == part.sha256 and header.actor_id != part.proposed_by
    if not counts or header.actor_id in part.approved_by:
        return part
    part = replace(
        part,
        approved_by=(*part.approved_by, header.actor_id),
        approvers=(*part.approvers, header.author.name),
    )
    if len(part.approved_by) < APPROVALS:
        return part
    return replace(part, status="approved", approved_ms=header.at_ms)


def _withdrawn(part: ContentSet, _: ContentWithdrawn, __: Header) -> ContentSet:
    return replace(part, status="withdrawn") if part.status == "proposed" else part


KINDS: tuple[Kind[Any, Any], ...] = (
    Kind(body=ContentProposed, part=ContentSet, fold=_proposed),
    Kind(body=ContentApproved, part=ContentSet, fold=_approved),
    Kind(body=ContentWithdrawn, part=ContentSet, fold=_withdrawn),
)
