"""The body of an audit entry; actor, purpose and time are in its header, the chain makes it tamper-evident."""

from typing import Any, Literal

from core.log.body import Body
from core.log.entry import Header
from core.log.kinds import Kind
from core.log.state import Part


class Accessed(Body, tag="accessed", frozen=True, kw_only=True):
    """Someone looked, or tried to. Sweden: HSLF-FS 2016:40, 4 kap. 9 §; Norway: Normen 5.4.4."""

    action: str
    """The route or socket event."""
    about: str
    """What it concerned: a stream, a unit, oneself."""
    person_id: str = ""
    unit_id: str = ""
    provider_id: str = ""
    outcome: Literal["allowed", "refused"]


class AuditTally(Part, tag="audit", frozen=True, kw_only=True):
    """How many refusals lie in an audit stream."""

    refused: int = 0


def fold_accessed(part: AuditTally, body: Accessed, _: Header) -> AuditTally:
    """Count refusals."""
    return AuditTally(refused=part.refused + (body.outcome == "refused"))


KINDS: tuple[Kind[Any, Any], ...] = (Kind(body=Accessed, part=AuditTally, fold=fold_accessed),)
