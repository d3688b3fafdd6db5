"""The kinds of entry with which a unit is steered."""

from typing import Any

from msgspec.structs import replace

from carequeue.steering.entries import OutageSet, SurgeSet
from carequeue.steering.state import Outage, Steering, Surge
from core.log.entry import Header
from core.log.kinds import Kind


def fold_surge(part: Steering, body: SurgeSet, header: Header) -> Steering:
    """On until then, or off."""
    if body.until_ms <= header.at_ms:
        return replace(part, surge=None)
    surge = Surge(since_ms=header.at_ms, until_ms=body.until_ms, name=body.name, reason=body.reason)
    return replace(part, surge=surge)


def fold_outage(part: Steering, body: OutageSet, header: Header) -> Steering:
    """Shown until then, or no more."""
    if body.until_ms <= header.at_ms:
        return replace(part, outage=None)
    outage = Outage(since_ms=header.at_ms, until_ms=body.until_ms, name=body.name, texts=body.texts)
    return replace(part, outage=outage)


KINDS: tuple[Kind[Any, Any], ...] = (
    Kind(body=SurgeSet, part=Steering, fold=fold_surge),
    Kind(body=OutageSet, part=Steering, fold=fold_outage),
)
