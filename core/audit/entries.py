"""The body of an audit entry; actor, purpose and time are in its header, the chain makes it tamper-evident."""

from typing import Any, Literal

from core.audit.judging import CHECKS
from core.log.body import Body
from core.log.entry import Header
from core.log.kinds import Kind
from core.log.state import Part

Outcome = Literal["allowed", "refused"]
Tie = Literal["self", "colleague", "surname", "protected"]
"""What may tempt to look without need: it is oneself, a colleague, somebody of one's surname, somebody protected."""


class Accessed(Body, tag="accessed", frozen=True, kw_only=True, omit_defaults=True):
    """Someone looked, or tried to. Sweden: HSLF-FS 2016:40, 4 kap. 9 §; Norway: Normen 5.4.4.

    No words of a patient, and none that were searched for: an auditor who reads it learns who looked, not at what.
    """

    action: str
    """The route or socket event."""
    about: str
    """What it concerned: a stream, a unit, oneself."""
    person_id: str = ""
    """Whom it concerned."""
    opener_id: str = ""
    """The actor who opened the contact, where it concerns nobody who is known."""
    unit_id: str = ""
    provider_id: str = ""
    outcome: Outcome
    role: str = ""
    """The role acted under, and the unit and provider where it is held."""
    role_unit_id: str = ""
    role_provider_id: str = ""
    address: str = ""
    """Where from: the nearest hop that is no proxy of ours."""
    session: str = ""
    """The session's name; nobody can sign in with it."""
    basis: str = ""
    """What let them in: `own_unit`, `own`, `represents`, or what opened a door that is otherwise shut."""
    found: int | None = None
    """How many were handed out: hits of a search, contacts on a board."""
    searched: str = ""
    """A keyed digest of what was searched for: tells that two searches were the same, and nothing else."""
    ties: tuple[Tie, ...] = ()
    """Between a member of staff and whom it concerned, as they were known when they looked."""


class AuditTally(Part, tag="audit", frozen=True, kw_only=True):
    """How many refusals lie in an audit stream."""

    refused: int = 0


def fold_accessed(part: AuditTally, body: Accessed, _: Header) -> AuditTally:
    """Count refusals."""
    return AuditTally(refused=part.refused + 1) if body.outcome == "refused" else part


KINDS: tuple[Kind[Any, Any], ...] = (Kind(body=Accessed, part=AuditTally, fold=fold_accessed), *CHECKS)
