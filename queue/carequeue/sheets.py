"""What a unit decides of its queue while the service runs: opening hours, promises by level, how much a nurse is given.

Each sheet says which of its changes can lower safety. In doubt a change is taken for one that can.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import msgspec

from carequeue.capacity import Capacity, Limit
from carequeue.deadlines import LEVELS, TIERS, Deadline, Deadlines, Promised, letter_faults, level_faults
from carequeue.holidays import Country
from carequeue.hours import Hours, HoursError, Opening, OpeningHours
from core.on_call.port import OnCallReach
from core.sheets.sheet import OWN, Around, Fault, Sheet, decided, only
from triage.entries import Level

FURTHEST = timedelta(days=3 * 366)
"""A day or a closing further off is a slip of the keyboard."""
MOST_AT_ONCE = 50
LANGS = frozenset({"sv", "nb", "en"})
TEXT_LIMIT = 500


class TargetsSheet(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What each level promises at the unit."""

    levels: dict[Level, Promised]
    letter: Promised | None = None
    """What a letter is promised that is not urgent; None: as the files say."""

    def deadlines(self) -> dict[Level, Deadline]:
        """As they are counted by."""
        return {level: decided(Deadline, one) for level, one in self.levels.items()}

    def of_letter(self) -> Deadline | None:
        """The same of letters."""
        return decided(Deadline, self.letter) if self.letter is not None else None


class CapacitySheet(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How many contacts one nurse of the unit is given."""

    at_once: int
    with_immediate: int

    def limit(self) -> Limit:
        """As it is counted by."""
        return Limit(at_once=self.at_once, with_immediate=self.with_immediate, source=OWN, review="approved")


def queue_sheets(deadlines: Deadlines, capacity: Capacity, country: Country) -> tuple[Sheet[Any], ...]:
    """The sheets, with what holds where a unit has decided nothing."""
    return (_hours(deadlines, country), _targets(deadlines), _capacity(capacity))


def _hours(deadlines: Deadlines, country: Country) -> Sheet[Opening]:
    def written(opening: Opening) -> Hours:
        return hours_of(opening, country)

    def lowers(before: Opening | None, after: Opening, around: Around) -> Iterator[str]:
        assert before is not None
        return hours_lowerings(OpeningHours(written(before)), OpeningHours(written(after)), around)

    def faults(opening: Opening, around: Around) -> Iterator[Fault]:
        try:
            OpeningHours(written(opening))
        except HoursError as wrong:
            yield Fault(code=wrong.code, where=wrong.where)
        yield from _too_far(opening, around.today)
        yield from _untold(opening)

    def take(unit_id: str, opening: Opening | None) -> None:
        deadlines.take_hours(unit_id, written(opening) if opening else None)

    return Sheet(
        name="hours",
        subject="unit",
        value=Opening,
        lowerings={
            "fewer_hours": "the unit is closed at some time at which it was open",
            "longer_without_on_call": "patients may write at more hours to a unit that has nobody on call to be told",
            "closed_text_changed": "patients are told something else while it is closed",
        },
        lowers=lowers,
        faults=faults,
        standard=lambda unit_id: as_opening(deadlines.hours_of_files(unit_id).written),
        take=take,
    )


def hours_of(opening: Opening, country: Country) -> Hours:
    """Hours as they are counted by."""
    return Hours(**{name: getattr(opening, name) for name in Opening.__struct_fields__}, country=country, source=OWN)


def as_opening(hours: Hours) -> Opening:
    """What of them a unit writes."""
    return only(Opening, hours)


def hours_lowerings(before: OpeningHours, after: OpeningHours, around: Around) -> Iterator[str]:
    """What of a change of hours can lower safety."""
    if not after.covers(before, since=around.today):
        yield "fewer_hours"
    if not before.covers(after, since=around.today) and not _is_reached(around.own.get("on_call")):
        yield "longer_without_on_call"
    if not after.tells_as(before):
        yield "closed_text_changed"


def _is_reached(reach: OnCallReach | None) -> bool:
    return reach is not None and bool(reach.webhook or reach.sms)


def _too_far(opening: Opening, today: date) -> Iterator[Fault]:
    for day in opening.days:
        if day > today + FURTHEST:
            yield Fault(code="too_far", where=f"days.{day}")
    for n, one in enumerate(opening.closed):
        if one.ends.date() > today + FURTHEST:
            yield Fault(code="too_far", where=f"closed.{n}")


def _untold(opening: Opening) -> Iterator[Fault]:
    begun = [one.begins for one in opening.closed]
    for n, one in enumerate(opening.closed):
        if one.begins in begun[:n]:  # only one of them would be told
            yield Fault(code="overlap", where=f"closed.{n}")
        if not one.why.strip():
            yield Fault(code="empty", where=f"closed.{n}.why")
        if one.text and (set(one.text) != LANGS or not all(text.strip() for text in one.text.values())):
            yield Fault(code="not_in_every_language", where=f"closed.{n}.text")
        if any(len(text) > TEXT_LIMIT for text in one.text.values()):
            yield Fault(code="too_long", where=f"closed.{n}.text")


def _targets(deadlines: Deadlines) -> Sheet[TargetsSheet]:
    return Sheet(
        name="targets",
        subject="unit",
        value=TargetsSheet,
        lowerings={
            "longer_target": "somebody is promised an answer later than before",
            "grace_changed": "whoever is less urgent waits longer, or passes somebody more urgent sooner",
        },
        lowers=_targets_lower,
        faults=lambda sheet, _: _targets_faults(sheet, deadlines.standard_letter),
        standard=lambda unit_id: TargetsSheet(
            levels={level: only(Promised, one) for level, one in deadlines.levels_of_files(unit_id).items()},
            letter=only(Promised, deadlines.standard_letter) if deadlines.standard_letter else None,
        ),
        take=lambda unit_id, sheet: deadlines.take_levels(
            unit_id, sheet.deadlines() if sheet else None, sheet.of_letter() if sheet else None
        ),
    )


def _targets_faults(sheet: TargetsSheet, standard_letter: Deadline | None) -> Iterator[Fault]:
    levels, letter = sheet.deadlines(), sheet.of_letter() or standard_letter
    found = level_faults(levels)
    if letter is not None and not found:
        found = letter_faults(levels, letter)
    return (Fault(code=one.code, where=one.where) for one in found)


def _targets_lower(before: TargetsSheet | None, after: TargetsSheet, _: Around) -> Iterator[str]:
    assert before is not None
    for level in LEVELS:
        was, now = before.levels[level], after.levels[level]
        if now.target_min > was.target_min or (was.round_the_clock and not now.round_the_clock):
            yield "longer_target"
        moved = now.target_min + now.grace_min - was.target_min - was.grace_min
        sooner = moved < 0 or (now.round_the_clock and not was.round_the_clock)
        if moved > 0 or (sooner and not _leads_its_tier(level)):
            yield "grace_changed"
    yield from _letter_lowers(before.letter, after.letter)


def _letter_lowers(was: Promised | None, now: Promised | None) -> Iterator[str]:
    """In doubt (one of them is the files' to say) a change is taken for one that can."""
    if was == now:
        return
    if was is None or now is None or now.target_min > was.target_min or now.round_the_clock != was.round_the_clock:
        yield "longer_target"
    if was is None or now is None or now.grace_min != was.grace_min or now.target_min < was.target_min:
        yield "grace_changed"


def _leads_its_tier(level: Level) -> bool:
    """Whether nobody more urgent could be passed by who is of this level."""
    return not any(TIERS[higher] == TIERS[level] for higher in LEVELS[: LEVELS.index(level)])


def _as_sheet(limit: Limit) -> CapacitySheet:
    return CapacitySheet(at_once=limit.at_once, with_immediate=limit.with_immediate)


def _capacity(capacity: Capacity) -> Sheet[CapacitySheet]:
    def faults(sheet: CapacitySheet, _: Around) -> Iterator[Fault]:
        if not 1 <= sheet.at_once <= MOST_AT_ONCE:
            yield Fault(code="not_in_range", where="at_once")
        if not 1 <= sheet.with_immediate <= sheet.at_once:
            yield Fault(code="not_in_range", where="with_immediate")

    def lowers(before: CapacitySheet | None, after: CapacitySheet, _: Around) -> Iterator[str]:
        assert before is not None
        if after.at_once > before.at_once or after.with_immediate > before.with_immediate:
            yield "more_at_once"

    return Sheet(
        name="capacity",
        subject="unit",
        value=CapacitySheet,
        lowerings={"more_at_once": "a nurse is given more contacts at once than before"},
        lowers=lowers,
        faults=faults,
        standard=lambda unit_id: _as_sheet(capacity.of_files(unit_id)),
        take=lambda unit_id, sheet: capacity.take(unit_id, sheet.limit() if sheet else None),
    )
