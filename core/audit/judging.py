"""A spot check as entries: which looks were drawn and from how many, and what an auditor judged of each. Append-only.

A check has a stream of its own among those of the audit, so that it is chained, signed, checked and kept as they are.
"""

from typing import Any, Literal, get_args

import msgspec

from core.log.body import Body
from core.log.entry import Header
from core.log.kinds import Kind
from core.log.state import Part

CHECK = "audit:check:"
"""Before the legal care giver and the id, in the name of a check's stream."""
Verdict = Literal["in_order", "not_in_order", "ask_manager"]
Stratum = Literal["refused", "emergency", "self", "colleague", "protected", "surname", "door", "other"]
"""What a spot check tells apart; a look belongs to the first that fits. Refused; through a door that life opened; at
oneself, a colleague, somebody protected, somebody of one's surname; through another door; the rest."""
STRATA: tuple[Stratum, ...] = get_args(Stratum)


class Cell(msgspec.Struct, frozen=True, kw_only=True):
    """How many looks there were of a stratum at a unit."""

    stratum: Stratum
    unit_id: str
    looks: int


class Drawn(msgspec.Struct, frozen=True, kw_only=True):
    """A look that was drawn: its place, and what it is counted under."""

    stream: str
    no: int
    at_ms: int
    stratum: Stratum
    unit_id: str
    actor_id: str


class CheckDrawn(Body, tag="check_drawn", frozen=True, kw_only=True):
    """Looks were drawn by lot. Whoever has the seed and the looks draws the same."""

    provider_id: str
    from_ms: int
    until_ms: int
    unit_id: str = ""
    """Empty: every unit of the legal care giver."""
    seed: str
    per_stratum: int
    population: tuple[Cell, ...]
    items: tuple[Drawn, ...]


class LookJudged(Body, tag="look_judged", frozen=True, kw_only=True):
    """An auditor judged a look that was drawn. A later judgement counts; the earlier stays."""

    item: int
    """Its place among the drawn, from 0."""
    verdict: Verdict
    reason: str = ""
    """In the auditor's words; none is needed where all is in order."""


class Judgement(msgspec.Struct, frozen=True, kw_only=True):
    """What counts of an item now."""

    verdict: Verdict
    reason: str
    at_ms: int
    by: str


class SpotCheck(Part, tag="spot_check", frozen=True, kw_only=True):
    """A check as it stands."""

    drawn_ms: int = 0
    drawn_by: str = ""
    provider_id: str = ""
    from_ms: int = 0
    until_ms: int = 0
    unit_id: str = ""
    seed: str = ""
    per_stratum: int = 0
    population: tuple[Cell, ...] = ()
    items: tuple[Drawn, ...] = ()
    judged: dict[int, Judgement] = {}


def _drawn(_: SpotCheck, body: CheckDrawn, header: Header) -> SpotCheck:
    return SpotCheck(
        drawn_ms=header.at_ms,
        drawn_by=header.actor_id,
        provider_id=body.provider_id,
        from_ms=body.from_ms,
        until_ms=body.until_ms,
        unit_id=body.unit_id,
        seed=body.seed,
        per_stratum=body.per_stratum,
        population=body.population,
        items=body.items,
    )


def _judged(part: SpotCheck, body: LookJudged, header: Header) -> SpotCheck:
    one = Judgement(verdict=body.verdict, reason=body.reason, at_ms=header.at_ms, by=header.actor_id)
    return msgspec.structs.replace(part, judged={**part.judged, body.item: one})


CHECKS: tuple[Kind[Any, Any], ...] = (
    Kind(body=CheckDrawn, part=SpotCheck, fold=_drawn),
    Kind(body=LookJudged, part=SpotCheck, fold=_judged),
)
