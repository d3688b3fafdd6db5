"""When what is late is told further, from `content/`, checked whole at start."""

from importlib import resources
from itertools import pairwise
from typing import Literal

import msgspec

from carequeue.deadlines import LEVELS, LONGEST_MIN
from carequeue.late.entries import LateStep
from core.content_file import parse_content
from core.errors import FyrError
from triage.entries import Level


class LateTimes(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One level's, in minutes after the promised time."""

    lead_after_min: int
    next_unit_after_min: int
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

    def of(self, unit_id: str, level: Level) -> LateTimes:
        """This unit's for this level."""
        return self._units.get(unit_id, self._standard)[level]

    def stands_in_for(self, unit_id: str) -> str | None:
        """The unit that takes what this one does not come to."""
        return self._stands_in.get(unit_id)


def load_late_rules() -> LateRules:
    """The rules this version ships with. Raises `content_invalid`."""
    return parse_late_rules(resources.files("carequeue.late").joinpath("content", "late.yaml").read_text("utf-8"))


def parse_late_rules(text: str) -> LateRules:
    """Rules from YAML. Raises `content_invalid` with every problem found."""
    return LateRules(parse_content(text, _Content, "late"))


def _problems(table: dict[Level, LateTimes]) -> list[str]:
    found = [f"{level}: is missing" for level in LEVELS if level not in table]
    if found:
        return found
    for level, times in table.items():
        if not times.source.strip():
            found.append(f"{level}: no source")
        if not 0 < times.lead_after_min < times.next_unit_after_min <= LONGEST_MIN:
            found.append(f"{level}: the steps do not follow each other within two weeks")
    for higher, lower in pairwise(LEVELS):
        if table[higher].lead_after_min > table[lower].lead_after_min:
            found.append(f"{lower}: is told sooner than {higher}")
    return found
