"""What a unit decides of who is told when somebody waits too long, and of the unit that stands in for it."""

from collections.abc import Iterator
from typing import Any

import msgspec

from carequeue.deadlines import LEVELS
from carequeue.late.times import LateLevel, LateRules, LateTimes, late_faults
from core.sheets.sheet import Around, Fault, Sheet, decided, only
from triage.entries import Level


class LateSheet(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The steps of each level."""

    levels: dict[Level, LateLevel]
    stands_in: str = ""
    """The unit that gets what this one does not come to; empty: none."""

    def times(self) -> dict[Level, LateTimes]:
        """As they are gone by."""
        return {level: decided(LateTimes, one) for level, one in self.levels.items()}


def late_sheet(rules: LateRules) -> Sheet[Any]:
    """The sheet."""

    def standard(unit_id: str) -> LateSheet:
        levels, stands_in = rules.of_files(unit_id)
        return LateSheet(levels={level: only(LateLevel, one) for level, one in levels.items()}, stands_in=stands_in)

    def take(unit_id: str, sheet: LateSheet | None) -> None:
        rules.take(unit_id, sheet.times() if sheet else None, sheet.stands_in if sheet else "")

    return Sheet(
        name="late",
        subject="unit",
        value=LateSheet,
        lowerings={
            "lead_told_later": "who leads the unit is told later that somebody waits too long",
            "moved_later": "somebody who waits too long is given to the unit that stands in later than before",
            "stand_in_changed": "somebody who waits too long is given to another unit, or to none",
        },
        lowers=_lowers,
        faults=_faults,
        standard=standard,
        take=take,
    )


def _faults(sheet: LateSheet, around: Around) -> Iterator[Fault]:
    yield from (Fault(code=one.code, where=one.where) for one in late_faults(sheet.levels))
    if not sheet.stands_in:
        return
    here, there = around.units.get(around.subject_id), around.units.get(sheet.stands_in)
    if there is None or not there.takes_chat:
        yield Fault(code="no_such_unit", where="stands_in")
    elif sheet.stands_in == around.subject_id:
        yield Fault(code="itself", where="stands_in")
    elif here is None or here.provider_id != there.provider_id:
        yield Fault(code="of_another_provider", where="stands_in")


def _lowers(before: LateSheet | None, after: LateSheet, _: Around) -> Iterator[str]:
    assert before is not None
    for level in LEVELS:
        was, now = before.levels[level], after.levels[level]
        if now.lead_after_min > was.lead_after_min:
            yield "lead_told_later"
        if now.next_unit_after_min > was.next_unit_after_min:
            yield "moved_later"
    if before.stands_in != after.stands_in:
        yield "stand_in_changed"
