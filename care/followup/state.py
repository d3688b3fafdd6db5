"""What is kept of a follow-up: how it stands, the plan in force, and as much of what was told as judging needs."""

from typing import Literal

import msgspec

from core.log.state import Part
from triage.thresholds.judge import OF_LAST
from triage.thresholds.measures import MEASURES
from triage.thresholds.plan import Plan
from triage.thresholds.reading import DAY_MS, HOUR_MS, Answer, Reading, Told, newest_answers, sittings

Status = Literal["", "included", "followed", "ended"]
LONGEST_H = 168
"""No limit of a plan looks further back for a change: a week."""
MOST_KEPT = 300
"""Readings of one measure that are judged together; whoever sends more within ten days is judged by the newest."""


class Record(Part, tag="follow_up", frozen=True, kw_only=True):
    """One patient at one unit. Everything that ever came lies in the entries."""

    person_id: str = ""
    unit_id: str = ""
    provider_id: str = ""
    lang: str = "sv"
    programme: str = ""
    status: Status = ""
    """`included`: without a plan that is in force; `followed`: with one."""
    included_no: int = 0
    proposed_version: int = 0
    proposed_no: int = 0
    plan: Plan | None = None
    plan_version: int = 0
    plan_no: int = 0
    """Number of the entry that signed it."""
    kept: Told = Told()
    told: dict[str, int] = {}
    """What a contact has been told, and when: it is told once."""
    contact_id: str = ""
    """The contact that was told last."""
    alarms: int = 0
    last_ms: int = 0
    """When anything last happened: up to then the state is judged."""
    readings: int = 0
    read_no: int = 0
    """Number of the newest entry with readings."""
    seen_no: int = 0
    """Up to which entry staff have looked."""
    seen_ms: int = 0
    seen_role: str = ""
    seen_as_usual: bool = False


def with_told(kept: Told, readings: tuple[Reading, ...], answers: tuple[Answer, ...], *, now_ms: int) -> Told:
    """With these, less what no judgement needs any more: it gives what it would from everything that ever came."""
    measures = {one.measure for one in readings}
    others = [one for one in kept.readings if one.measure not in measures]
    everything = (*kept.readings, *readings)
    needed = [one for name in MEASURES if name in measures for one in _needed(everything, name, now_ms)]
    newest = newest_answers((*kept.answers, *answers))
    return msgspec.structs.replace(kept, readings=(*others, *needed), answers=tuple(newest.values()))


def _needed(readings: tuple[Reading, ...], measure: str, now_ms: int) -> list[Reading]:
    """Of the last three sittings and of a day, and as far back from there as a limit may look; whole sittings."""
    own = sittings(readings, measure)  # type: ignore[arg-type]  # a measure's name
    first_ms = min(now_ms - DAY_MS, own[-OF_LAST:][0].readings[0].at_ms)
    since_ms = first_ms - LONGEST_H * HOUR_MS
    return [one for sitting in own if sitting.at_ms >= since_ms for one in sitting.readings][-MOST_KEPT:]
