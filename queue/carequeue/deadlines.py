"""The promised time to first human contact for each level, from `content/`, checked whole at start.

Says when, not who: that is `order`.
"""

from collections.abc import Iterator, Mapping
from importlib import resources
from itertools import pairwise
from typing import Literal, NamedTuple, TypeVar, get_args

import msgspec

from carequeue.holidays import Country
from carequeue.hours import Hours, OpeningHours
from core.content_file import parse_content
from core.errors import FyrError
from triage.entries import Level

T = TypeVar("T")
LEVELS: tuple[Level, ...] = get_args(Level)
"""From the most urgent to the least."""
TIERS: dict[Level, int] = {"immediate": 0, "very_urgent": 1, "urgent": 2, "within_24h": 2, "routine": 2, "self_care": 2}
"""Whoever is in a lower tier is served before everybody in a higher one, however late those are."""
LETTER_LEVELS: frozenset[Level] = frozenset({"routine", "self_care"})
"""At which a letter may wait as letters do. What is more urgent is promised, and stands in the order, as in a chat."""
MINUTE_MS = 60_000
LONGEST_MIN = 14 * 24 * 60
"""No promise or grace is longer than two weeks: a larger number is a slip of the keyboard."""


class Promised(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What one level promises. Minutes run day and night, or in opening time."""

    target_min: int
    grace_min: int
    round_the_clock: bool


class Deadline(Promised, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The same with where the numbers come from."""

    source: str
    review: Literal["proposed", "reviewed", "approved"]


class _Levels(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`deadlines.yaml` as it is written."""

    version: int
    levels: dict[Level, Deadline]
    letter: Deadline | None = None
    """What a letter that is not urgent is promised; None: what a chat is."""
    units: dict[str, dict[Level, Deadline]]


class _Hours(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`hours_….yaml` as it is written."""

    version: int
    standard: Hours
    units: dict[str, Hours]


class Deadlines:
    """The deadlines in force: a standard, and what single units promise instead."""

    def __init__(self, levels: _Levels, hours: _Hours) -> None:
        """Raises `content_invalid` when a level is missing or a lower level would go before a higher one."""
        self.standard, self.standard_letter = levels.levels, levels.letter
        self._letters: dict[str, Deadline] = {}
        self._units = {unit: {**levels.levels, **own} for unit, own in levels.units.items()}
        tables = {"levels": self.standard, **{f"units.{unit}": table for unit, table in self._units.items()}}
        problems = [f"{name}: {problem}" for name, table in tables.items() for problem in level_problems(table)]
        if levels.letter is not None and not problems:
            faults = [fault for table in tables.values() for fault in letter_faults(table, levels.letter)]
            problems += [f"letter: {fault.text}" for fault in faults]
        self._hours: dict[str, OpeningHours] = {}
        for unit, written in {"": hours.standard, **hours.units}.items():
            try:
                self._hours[unit] = OpeningHours(written)
            except ValueError as problem:
                problems.append(f"hours {unit}: {problem}")
        if problems:
            raise FyrError("content_invalid", problems=problems)
        self._of_files = dict(self._units), dict(self._hours)

    def take_levels(
        self, unit_id: str, levels: Mapping[Level, Deadline] | None, letter: Deadline | None = None
    ) -> None:
        """A unit promises this from now on; None: as the files say. Whoever holds this object counts by it at once."""
        own = {**self.standard, **levels} if levels is not None else self._of_files[0].get(unit_id)
        _put(self._units, unit_id, own)
        _put(self._letters, unit_id, letter)

    def take_hours(self, unit_id: str, hours: Hours | None) -> None:
        """The same of when it is open. Raises `HoursError`."""
        own = OpeningHours(hours) if hours is not None else self._of_files[1].get(unit_id)
        _put(self._hours, unit_id, own)

    def levels_of_files(self, unit_id: str) -> Mapping[Level, Deadline]:
        """What the files say that the unit promises, whatever it has decided since."""
        return self._of_files[0].get(unit_id, self.standard)

    def hours_of_files(self, unit_id: str) -> OpeningHours:
        """The same of when it is open."""
        return self._of_files[1].get(unit_id) or self._of_files[1][""]

    def of(self, unit_id: str, level: Level, *, letter: bool = False) -> Deadline:
        """What this unit promises for this level, in a letter where it is one and that may wait."""
        promised = self.letter(unit_id) if letter and level in LETTER_LEVELS else None
        return promised or self._units.get(unit_id, self.standard)[level]

    def letter(self, unit_id: str) -> Deadline | None:
        """What this unit promises a letter that is not urgent; None: what a chat is."""
        return self._letters.get(unit_id, self.standard_letter)

    def hours(self, unit_id: str = "") -> OpeningHours:
        """When the unit is open; of no unit in particular the standard."""
        return self._hours.get(unit_id) or self._hours[""]

    def target_ms(self, unit_id: str, level: Level, *, arrived_ms: int, letter: bool = False) -> int:
        """When first human contact is promised to one who arrived then."""
        deadline = self.of(unit_id, level, letter=letter)
        return self._after(unit_id, deadline, arrived_ms=arrived_ms, minutes=deadline.target_min)

    def due_ms(self, unit_id: str, level: Level, *, arrived_ms: int, letter: bool = False) -> int:
        """When the grace is over as well: until then a more urgent contact may still go before."""
        deadline = self.of(unit_id, level, letter=letter)
        minutes = deadline.target_min + deadline.grace_min
        return self._after(unit_id, deadline, arrived_ms=arrived_ms, minutes=minutes)

    def later_ms(self, unit_id: str, level: Level, *, start_ms: int, minutes: int) -> int:
        """So many of the level's own minutes after a moment: day and night, or opening time."""
        return self._after(unit_id, self.of(unit_id, level), arrived_ms=start_ms, minutes=minutes)

    def opens_ms(self, unit_id: str, at_ms: int) -> int | None:
        """From when on the unit is open by its hours, `at_ms` itself while it is; None when it opens within no year."""
        return self.hours(unit_id).opens_ms(at_ms)

    def day_start_ms(self, unit_id: str, at_ms: int) -> int:
        """The midnight that began the day of this moment, at the unit."""
        return self.hours(unit_id).day_start_ms(at_ms)

    def _after(self, unit_id: str, deadline: Deadline, *, arrived_ms: int, minutes: int) -> int:
        if deadline.round_the_clock:
            return arrived_ms + minutes * MINUTE_MS
        return self.hours(unit_id).after(arrived_ms, minutes * MINUTE_MS)


def load_deadlines(country: Country = "se") -> Deadlines:
    """The deadlines this version ships with, and the opening hours of a country. Raises `content_invalid`."""
    content = resources.files("carequeue").joinpath("content")
    hours = content.joinpath(f"hours_{country}.yaml").read_text("utf-8")
    return parse_deadlines(content.joinpath("deadlines.yaml").read_text("utf-8"), hours)


def parse_deadlines(levels: str, hours: str) -> Deadlines:
    """Deadlines from YAML. Raises `content_invalid` with every problem found."""
    return Deadlines(parse_content(levels, _Levels, "deadlines.yaml"), parse_content(hours, _Hours, "hours.yaml"))


def _put(table: dict[str, T], unit_id: str, value: T | None) -> None:
    if value is None:
        table.pop(unit_id, None)
    else:
        table[unit_id] = value


class LevelFault(NamedTuple):
    """What is wrong with one level's promise: a code, the level and its field, and both in words."""

    code: str
    where: str
    text: str


def level_problems(table: Mapping[Level, Deadline]) -> list[str]:
    """What is wrong with a table of all levels, in words."""
    return [fault.text for fault in level_faults(table)]


def level_faults(table: Mapping[Level, Deadline]) -> list[LevelFault]:
    """What is wrong with a table of all levels."""
    missing = [level for level in LEVELS if level not in table]
    if missing:
        return [LevelFault("needed", level, f"{level} is missing") for level in missing]
    found = [fault for level, deadline in table.items() for fault in _faults(level, deadline)]
    for higher, lower in pairwise(LEVELS):
        if _place(higher, table[higher]) > _place(lower, table[lower]):
            text = f"{lower} would be served before {higher}"
            found.append(LevelFault("before_more_urgent", f"{lower}.grace_min", text))
        if table[higher].target_min > table[lower].target_min:
            text = f"{lower} promises an answer sooner than {higher}"
            found.append(LevelFault("sooner_than_more_urgent", f"{lower}.target_min", text))
        if table[lower].round_the_clock and not table[higher].round_the_clock:
            text = f"{lower} runs day and night and {higher} does not"
            found.append(LevelFault("clock_of_more_urgent", f"{lower}.round_the_clock", text))
    return found


def letter_faults(table: Mapping[Level, Deadline], letter: Deadline) -> list[LevelFault]:
    """What is wrong with the promise to a letter beside a table of all levels: it stands where a routine chat does."""
    ruled: Level = "routine"
    beside = level_faults({**table, **dict.fromkeys(LETTER_LEVELS, letter)})
    found = [fault for fault in beside if fault.where.startswith(f"{ruled}.")]
    return [LevelFault(one.code, f"letter{one.where[len(ruled) :]}", one.text) for one in found]


def _place(level: Level, deadline: Deadline) -> tuple[int, int]:
    return TIERS[level], deadline.target_min + deadline.grace_min


def _faults(level: Level, deadline: Deadline) -> Iterator[LevelFault]:
    if not deadline.source.strip():
        yield LevelFault("needed", f"{level}.source", f"{level}: no source")
    if not 0 < deadline.target_min <= LONGEST_MIN:
        text = f"{level}: target_min is not between 1 and two weeks"
        yield LevelFault("not_in_range", f"{level}.target_min", text)
    if not 0 <= deadline.grace_min <= LONGEST_MIN:
        text = f"{level}: grace_min is not between 0 and two weeks"
        yield LevelFault("not_in_range", f"{level}.grace_min", text)
