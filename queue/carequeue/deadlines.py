"""The promised time to first human contact for each level, from `content/deadlines.yaml`, checked whole at start.

Says nothing of who is first in line: that is `order`.
"""

from importlib import resources
from itertools import pairwise
from typing import Literal, get_args

import msgspec
import yaml

from core.errors import FyrError
from triage.entries import Level

LEVELS: tuple[Level, ...] = get_args(Level)
"""From the most urgent to the least."""
TIERS: dict[Level, int] = {"immediate": 0, "very_urgent": 1, "urgent": 2, "within_24h": 2, "routine": 2, "self_care": 2}
"""Whoever is in a lower tier is served before everybody in a higher one, however late those are."""
MINUTE_MS = 60_000
LONGEST_MIN = 14 * 24 * 60
"""No promise or grace is longer than two weeks: a larger number is a slip of the keyboard."""

Minutes = int


class Deadline(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What one level promises, with where the numbers come from."""

    target_min: Minutes
    grace_min: Minutes
    round_the_clock: bool
    source: str
    review: Literal["proposed", "reviewed", "approved"]

    @property
    def target_ms(self) -> int:
        """Milliseconds from arrival to the promised first human contact."""
        return self.target_min * MINUTE_MS

    @property
    def yields_ms(self) -> int:
        """Milliseconds from arrival until the contact is served as if it were urgent and due."""
        return (self.target_min + self.grace_min) * MINUTE_MS


class _Content(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The file as it is written."""

    version: int
    levels: dict[Level, Deadline]
    units: dict[str, dict[Level, Deadline]]


class Deadlines:
    """The deadlines in force: a standard, and what single units promise instead."""

    def __init__(self, levels: dict[Level, Deadline], units: dict[str, dict[Level, Deadline]] | None = None) -> None:
        """Raises `content_invalid` when a level is missing or a lower level would go before a higher one."""
        self._standard = levels
        self._units = {unit: {**levels, **own} for unit, own in (units or {}).items()}
        tables = {"levels": levels, **{f"units.{unit}": table for unit, table in self._units.items()}}
        problems = [f"{name}: {problem}" for name, table in tables.items() for problem in _problems(table)]
        if problems:
            raise FyrError("content_invalid", problems=problems)

    def of(self, unit_id: str, level: Level) -> Deadline:
        """What this unit promises for this level."""
        return self._units.get(unit_id, self._standard)[level]


def load_deadlines() -> Deadlines:
    """The deadlines this version ships with. Raises `content_invalid`."""
    return parse_deadlines(resources.files("carequeue").joinpath("content/deadlines.yaml").read_text("utf-8"))


def parse_deadlines(text: str) -> Deadlines:
    """Deadlines from YAML. Raises `content_invalid` with every problem found."""
    try:
        content = msgspec.convert(yaml.safe_load(text), _Content)
    except (yaml.YAMLError, msgspec.ValidationError) as failure:
        raise FyrError("content_invalid", problems=[f"deadlines.yaml: {failure}"]) from None
    return Deadlines(content.levels, content.units)


def _problems(table: dict[Level, Deadline]) -> list[str]:
    missing = [level for level in LEVELS if level not in table]
    if missing:
        return [f"{level} is missing" for level in missing]
    found = [f"{level}: {problem}" for level, deadline in table.items() for problem in _faults(deadline)]
    for higher, lower in pairwise(LEVELS):
        if _place(higher, table[higher]) > _place(lower, table[lower]):
            found.append(f"{lower} would be served before {higher}")
        if table[higher].target_min > table[lower].target_min:
            found.append(f"{lower} promises an answer sooner than {higher}")
    return found


def _place(level: Level, deadline: Deadline) -> tuple[int, int]:
    return TIERS[level], deadline.yields_ms


def _faults(deadline: Deadline) -> list[str]:
    found = [] if deadline.source.strip() else ["no source"]
    if not 0 < deadline.target_min <= LONGEST_MIN:
        found.append("target_min is not between 1 and two weeks")
    if not 0 <= deadline.grace_min <= LONGEST_MIN:
        found.append("grace_min is not between 0 and two weeks")
    return found
