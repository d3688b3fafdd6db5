"""How much one nurse is given at once, from `content/`. Who is next is not decided here: that is `order`.

`live/park_next.lua` decides by the same rule; a test holds the two against each other.
"""

from collections.abc import Collection
from importlib import resources
from typing import Literal

import msgspec

from core.content_file import parse_content
from core.errors import FyrError
from triage.entries import Level

IMMEDIATE: Level = "immediate"


class Limit(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How many contacts a nurse holds at most for `next` to give another one, with where the numbers come from."""

    at_once: int
    with_immediate: int
    source: str
    review: Literal["proposed", "reviewed", "approved"]


class _Limits(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`capacity.yaml` as it is written."""

    version: int
    standard: Limit
    units: dict[str, Limit]


class Capacity:
    """The limits in force: a standard, and what single units have instead."""

    def __init__(self, limits: _Limits) -> None:
        """Raises `content_invalid` when a limit keeps nurses from everybody, or is wider with an immediate open."""
        self._standard = limits.standard
        self._units = limits.units
        named = {"standard": limits.standard, **{f"units.{unit}": limit for unit, limit in limits.units.items()}}
        if problems := [f"{name}: {problem}" for name, limit in named.items() for problem in _faults(limit)]:
            raise FyrError("content_invalid", problems=problems)

    def limit(self, unit_id: str, *, with_immediate: bool = False) -> int:
        """How many contacts may be held for one more of this unit, unless it is immediate."""
        limit = self._units.get(unit_id, self._standard)
        return limit.with_immediate if with_immediate else limit.at_once

    def has_room(self, unit_id: str, held: Collection[Level]) -> bool:
        """Whether who holds contacts of these levels is given one of this unit as well. An immediate one they are."""
        return len(held) < self.limit(unit_id, with_immediate=IMMEDIATE in held)


def load_capacity() -> Capacity:
    """The limits this version ships with. Raises `content_invalid`."""
    return parse_capacity(resources.files("carequeue").joinpath("content", "capacity.yaml").read_text("utf-8"))


def parse_capacity(text: str) -> Capacity:
    """Limits from YAML. Raises `content_invalid` with every problem found."""
    return Capacity(parse_content(text, _Limits, "capacity.yaml"))


def _faults(limit: Limit) -> list[str]:
    found = [] if limit.source.strip() else ["no source"]
    if not 1 <= limit.with_immediate <= limit.at_once:
        found.append("with_immediate is not between 1 and at_once")
    return found
