"""How much one nurse is given at once, from `content/`. Who is next is not decided here: that is `order`.

`live/park_next.lua` decides by the same rule; a test holds the two against each other.
"""

from collections.abc import Callable, Collection, Sequence
from importlib import resources
from typing import Literal, NamedTuple

import msgspec

from core.content_file import parse_content
from core.errors import FyrError
from triage.entries import Level

IMMEDIATE: Level = "immediate"
Turn = Literal["patient", "staff"]
"""Who owes the next answer."""
WHOLE = 100
"""Weights are whole hundredths, so that every language adds them up alike."""


class Limit(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How many contacts a nurse holds at most for `next` to give another one, with where the numbers come from."""

    at_once: int
    with_immediate: int
    source: str
    review: Literal["proposed", "reviewed", "approved"]


class Weights(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How much a contact weighs that a nurse holds; one at urgent or below, in which staff owe the answer, weighs 1."""

    very_urgent: float = 1.0
    patients_turn: float = 1.0
    """The share that is left of it while the patient owes the answer."""
    source: str = "one contact is one"
    review: Literal["proposed", "reviewed", "approved"] = "proposed"


class Held(NamedTuple):
    """A contact that a nurse holds, as far as it counts."""

    level: Level
    turn: Turn = "staff"


class _Limits(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`capacity.yaml` as it is written."""

    version: int
    standard: Limit
    weights: Weights = Weights()
    units: dict[str, Limit]


class Capacity:
    """The limits in force: a standard, and what single units have instead."""

    def __init__(self, limits: _Limits) -> None:
        """Raises `content_invalid` when a limit keeps nurses from everybody, or is wider with an immediate open."""
        self.extra: Callable[[str], int] = lambda _: 0
        """How many more a unit's nurses are given at once for now; never while one of theirs is immediate."""
        self.standard = limits.standard
        self._units = dict(limits.units)
        self._of_files = limits.units
        self.weights = limits.weights
        named = {"standard": limits.standard, **{f"units.{unit}": limit for unit, limit in limits.units.items()}}
        problems = [f"{name}: {problem}" for name, limit in named.items() for problem in _faults(limit)]
        if problems := problems + [f"weights: {problem}" for problem in _odd(limits.weights)]:
            raise FyrError("content_invalid", problems=problems)

    def take(self, unit_id: str, limit: Limit | None) -> None:
        """A unit has this limit from now on; None: as the files say. Checked by who decides on it."""
        own = limit or self._of_files.get(unit_id)
        if own is None:
            self._units.pop(unit_id, None)
        else:
            self._units[unit_id] = own

    def of(self, unit_id: str) -> Limit:
        """This unit's."""
        return self._units.get(unit_id, self.standard)

    def of_files(self, unit_id: str) -> Limit:
        """The same as the files say, whatever the unit has decided since."""
        return self._of_files.get(unit_id, self.standard)

    def limit(self, unit_id: str, *, with_immediate: bool = False) -> int:
        """How many contacts may be held for one more of this unit, unless it is immediate."""
        limit = self.of(unit_id)
        return limit.with_immediate if with_immediate else limit.at_once + self.extra(unit_id)

    def weight(self, one: Held) -> int:
        """How much it counts, in hundredths. An immediate one is not weighed: it has a limit of its own."""
        weight = self.weights.very_urgent if one.level == "very_urgent" else 1.0
        return round(WHOLE * weight * (self.weights.patients_turn if one.turn == "patient" else 1.0))

    def has_room(self, unit_id: str, held: Collection[Level]) -> bool:
        """Whether who holds contacts of these levels, and owes each an answer, is given one of this unit as well."""
        return self.has_room_beside(unit_id, [Held(level) for level in held])

    def has_room_beside(self, unit_id: str, held: Sequence[Held]) -> bool:
        """Whether who holds these is given one of this unit as well. An immediate one they are."""
        if any(one.level == IMMEDIATE for one in held):
            return len(held) < self.limit(unit_id, with_immediate=True)
        return sum(map(self.weight, held)) < self.limit(unit_id) * WHOLE


def load_capacity() -> Capacity:
    """The limits this version ships with. Raises `content_invalid`."""
    return parse_capacity(resources.files("carequeue").joinpath("content", "capacity.yaml").read_text("utf-8"))


def capacity_of(limit: Limit, weights: Weights) -> Capacity:
    """One limit for every unit. Raises `content_invalid`."""
    return Capacity(_Limits(version=1, standard=limit, weights=weights, units={}))


def parse_capacity(text: str) -> Capacity:
    """Limits from YAML. Raises `content_invalid` with every problem found."""
    return Capacity(parse_content(text, _Limits, "capacity.yaml"))


def _faults(limit: Limit) -> list[str]:
    found = [] if limit.source.strip() else ["no source"]
    if not 1 <= limit.with_immediate <= limit.at_once:
        found.append("with_immediate is not between 1 and at_once")
    return found


def _odd(weights: Weights) -> list[str]:
    found = [] if weights.source.strip() else ["no source"]
    if not 1 <= weights.very_urgent <= 10:
        found.append("very_urgent weighs less than others, or more than ten")
    if not 0.1 <= weights.patients_turn <= 1:
        found.append("patients_turn is not between 0.1 and 1")
    return found
