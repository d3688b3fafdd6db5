"""When what is late is told further, from `content/`, checked whole at start, and what units decide instead."""

from collections.abc import Iterator, Mapping
from importlib import resources
from itertools import pairwise
from typing import Literal

import msgspec

from carequeue.deadlines import LEVELS, LONGEST_MIN, LevelFault
from carequeue.late.entries import LateStep
from core.content_file import parse_content
from core.errors import FyrError
from triage.entries import Level


class LateLevel(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One level's, in minutes after the promised time."""

    lead_after_min: int
    next_unit_after_min: int


class LateTimes(LateLevel, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The same with where the numbers come from."""

    source: str
    review: Literal["proposed", "reviewed", "approved"]

    def steps(self) -> tuple[tuple[LateStep, int], ...]:
        """Each step in order, with how long after the promised time."""
        return (("colleagues", 0), ("lead", self.lead_after_min), ("next_unit", self.next_unit_after_min))


class _Content(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    version: int
    levels: dict[Level, LateTimes]
    units: dict[str, dict[Level, LateTimes]]
    stands_in: dict[str, str]


class LateRules:
    """The rules in force: a standard, what single units have instead, and who stands in for whom."""

    def __init__(self, content: _Content) -> None:
        """Raises `content_invalid` with every problem found."""
        self._standard = content.levels
        self._units = {unit: {**content.levels, **own} for unit, own in content.units.items()}
        self._stands_in = content.stands_in
        tables = {"levels": self._standard, **{f"units.{unit}": table for unit, table in self._units.items()}}
        problems = [f"late {name}.{problem}" for name, table in tables.items() for problem in _problems(table)]
        problems += [f"late stands_in: {unit} for itself" for unit, other in content.stands_in.items() if unit == other]
        if problems:
            raise FyrError("content_invalid", problems=problems)
        self._of_files = dict(self._units), dict(self._stands_in)

    def take(self, unit_id: str, levels: Mapping[Level, LateTimes] | None, stands_in: str) -> None:
        """A unit goes by this from now on; without levels by what the files say, whatever `stands_in` is."""
        units, standing = self._of_files
        own = dict(levels) if levels is not None else units.get(unit_id)
        other = stands_in if levels is not None else standing.get(unit_id)
        self._units = {**self._units, unit_id: own or self._standard}
        self._stands_in = {**self._stands_in, unit_id: other or ""}

    def of_files(self, unit_id: str) -> tuple[Mapping[Level, LateTimes], str]:
        """What the files say of a unit, and who stands in for it, whatever it has decided since."""
        units, standing = self._of_files
        return units.get(unit_id, self._standard), standing.get(unit_id, "")

    def of(self, unit_id: str, level: Level) -> LateTimes:
        """This unit's for this level."""
        return self._units.get(unit_id, self._standard)[level]

    def stands_in_for(self, unit_id: str) -> str | None:
        """The unit that takes what this one does not come to."""
        return self._stands_in.get(unit_id) or None


def load_late_rules() -> LateRules:
    """The rules this version ships with. Raises `content_invalid`."""
    return parse_late_rules(resources.files("carequeue.late").joinpath("content", "late.yaml").read_text("utf-8"))


def parse_late_rules(text: str) -> LateRules:
    """Rules from YAML. Raises `content_invalid` with every problem found."""
    return LateRules(parse_content(text, _Content, "late"))


def _problems(table: Mapping[Level, LateTimes]) -> list[str]:
    found = [f"{level}: no source" for level, times in table.items() if not times.source.strip()]
    return [*found, *(fault.text for fault in late_faults(table))]


def late_faults(table: Mapping[Level, LateLevel]) -> Iterator[LevelFault]:
    """What is wrong with a table of all levels."""
    missing = [level for level in LEVELS if level not in table]
    yield from (LevelFault("needed", f"levels.{level}", f"{level}: is missing") for level in missing)
    if missing:
        return
    for level, times in table.items():
        if not 0 < times.lead_after_min < times.next_unit_after_min <= LONGEST_MIN:
            text = f"{level}: the steps do not follow each other within two weeks"
            yield LevelFault("not_in_order", f"levels.{level}", text)
    for higher, lower in pairwise(LEVELS):
        if table[higher].lead_after_min > table[lower].lead_after_min:
            yield LevelFault("more_urgent_later", f"levels.{lower}", f"{lower}: is told sooner than {higher}")
