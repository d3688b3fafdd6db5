"""What a unit decides of patients who wait or are silent, level by level, while the service runs."""

from collections.abc import Iterator
from itertools import zip_longest

import msgspec

from chat.waiting.times import LEVELS, LevelTimes, Times, WaitingTimes, times_faults
from core.sheets.sheet import Around, Fault, Sheet, decided, only
from triage.entries import Level

LATER = (
    *("unanswered_call_after_min", "question_after_min", "confirm_after_min"),
    *("told_after_min", "safety_net_after_min"),
)
"""What comes later than before comes later to somebody who needs it."""
SOONER = ("close_after_min", "reopen_within_min")
"""What ends sooner than before ends for somebody who would still have come."""


class SilenceSheet(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The times of each level."""

    levels: dict[Level, LevelTimes]

    def times(self) -> dict[Level, Times]:
        """As they are gone by."""
        return {level: decided(Times, one) for level, one in self.levels.items()}


def silence_sheet(times: WaitingTimes) -> Sheet[SilenceSheet]:
    """The sheet."""

    def standard(unit_id: str) -> SilenceSheet:
        return SilenceSheet(levels={level: only(LevelTimes, one) for level, one in times.of_files(unit_id).items()})

    return Sheet(
        name="silence",
        subject="unit",
        value=SilenceSheet,
        lowerings={
            "told_later": "a patient who waits or is silent is told, asked, called or advised later, or fewer times",
            "ends_sooner": "a silent patient's contact closes sooner, or may be opened again for a shorter time",
            "fewer_calls": "fewer calls are made, or in a shorter time, before a patient counts as not reached",
        },
        lowers=_lowers,
        faults=_faults,
        standard=standard,
        take=lambda unit_id, sheet: times.take(unit_id, sheet.times() if sheet else None),
    )


def _faults(sheet: SilenceSheet, _: Around) -> Iterator[Fault]:
    for level in LEVELS:
        times = sheet.levels.get(level)
        if times is None:
            yield Fault(code="needed", where=level)
        else:
            yield from (Fault(code=code, where=f"{level}.{where}") for code, where, _ in times_faults(times))


def _lowers(before: SilenceSheet | None, after: SilenceSheet, _: Around) -> Iterator[str]:
    assert before is not None
    for level in LEVELS:
        was, now = before.levels[level], after.levels[level]
        if _is_later(was, now):
            yield "told_later"
        if any(getattr(now, name) < getattr(was, name) for name in SOONER):
            yield "ends_sooner"
        if now.attempts < was.attempts or now.attempts_within_min < was.attempts_within_min:
            yield "fewer_calls"


def _is_later(was: LevelTimes, now: LevelTimes) -> bool:
    calls = [one.call_after_min if one.call_after_min is not None else float("inf") for one in (was, now)]
    steps = [
        *zip_longest(was.still_waiting_after_min, now.still_waiting_after_min, fillvalue=float("inf")),
        *zip_longest(was.reminded_after_min, now.reminded_after_min, fillvalue=float("inf")),
        *((getattr(was, name), getattr(now, name)) for name in LATER),
        (calls[0], calls[1]),
    ]
    return any(later > before for before, later in steps)
