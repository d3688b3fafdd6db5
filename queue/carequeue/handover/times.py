"""How soon an offered contact is to be answered, and where it goes then, from `content/`, checked whole at start."""

from collections.abc import Iterator
from importlib import resources
from itertools import pairwise
from pathlib import Path
from typing import Literal

import msgspec

from carequeue.deadlines import LEVELS, MINUTE_MS, LevelFault
from core.content_file import parse_content
from core.errors import FyrError
from triage.entries import Level

LONGEST_MIN = 24 * 60
"""Nobody is left between two nurses for longer than a day: a larger number is a slip of the keyboard."""


class Answering(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One unit's times, in minutes."""

    answer_min: dict[Level, int]
    """An offer or a request not answered by then is passed on."""
    beside_min: int
    """How long who has handed over warmly may still write to the patient."""
    then: Literal["queue", "lead"]
    """Where an offer goes that nobody at the unit has answered."""


class Times(Answering, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The same with where the numbers come from."""

    source: str
    review: Literal["proposed", "reviewed", "approved"]


class _Content(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    version: int
    standard: Times
    units: dict[str, Times]


class HandOverTimes:
    """The times in force: a standard, and what single units have instead."""

    def __init__(self, content: _Content) -> None:
        """Raises `content_invalid` with every problem found."""
        self._standard, self._units = content.standard, content.units
        tables = {"standard": content.standard, **{f"units.{unit}": one for unit, one in content.units.items()}}
        problems = [f"hand_over {name}: {problem}" for name, one in tables.items() for problem in _faults(one)]
        if problems:
            raise FyrError("content_invalid", problems=problems)
        self._of_files = dict(self._units)

    def take(self, unit_id: str, times: Times | None) -> None:
        """A unit goes by this from now on; None: as the files say."""
        self._units = {**self._units, unit_id: times or self.of_files(unit_id)}

    def of_files(self, unit_id: str) -> Times:
        """What the files say of a unit, whatever it has decided since."""
        return self._of_files.get(unit_id, self._standard)

    def of(self, unit_id: str) -> Times:
        """This unit's."""
        return self._units.get(unit_id, self._standard)

    def answer_ms(self, unit_id: str, level: Level) -> int:
        """How long someone has to answer at this unit."""
        return self.of(unit_id).answer_min[level] * MINUTE_MS

    def beside_ms(self, unit_id: str) -> int:
        """How long who has handed over stays beside at this unit."""
        return self.of(unit_id).beside_min * MINUTE_MS


def load_hand_over_times(own: Path | None = None) -> HandOverTimes:
    """A deployment's own times, else those this version ships with. Raises `content_invalid`."""
    shipped = resources.files("carequeue.handover").joinpath("content", "hand_over.yaml")
    return parse_hand_over_times((own or shipped).read_text("utf-8"))


def parse_hand_over_times(text: str) -> HandOverTimes:
    """Times from YAML. Raises `content_invalid` with every problem found."""
    return HandOverTimes(parse_content(text, _Content, "hand_over"))


def _faults(times: Times) -> list[str]:
    found = [] if times.source.strip() else ["no source"]
    return [*found, *(fault.text for fault in hand_over_faults(times))]


def hand_over_faults(times: Answering) -> Iterator[LevelFault]:
    """What is wrong with a unit's times."""
    missing = [level for level in LEVELS if level not in times.answer_min]
    yield from (LevelFault("needed", f"answer_min.{level}", f"{level} is missing") for level in missing)
    if missing:
        return
    minutes = {f"answer_min.{level}": one for level, one in times.answer_min.items()} | {"beside_min": times.beside_min}
    for where, one in minutes.items():
        if not 0 < one <= LONGEST_MIN:
            yield LevelFault("not_in_range", where, f"{where}: a time is not between a minute and a day")
    for higher, lower in pairwise(LEVELS):
        if times.answer_min[higher] > times.answer_min[lower]:
            text = f"{lower}: a more urgent level waits longer for an answer"
            yield LevelFault("more_urgent_later", f"answer_min.{lower}", text)
