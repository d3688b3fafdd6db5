"""The unit's times for patients who wait or are silent, from `content/`, checked whole at start."""

from collections.abc import Iterator, Mapping
from importlib import resources
from itertools import pairwise
from pathlib import Path
from typing import Literal, get_args

import msgspec

from core.content_file import parse_content
from core.errors import FyrError
from core.transcript.line import LANGS
from triage.entries import Level

LEVELS: tuple[Level, ...] = get_args(Level)
LONGEST_MIN = 30 * 24 * 60
"""No time is longer than thirty days: a larger number is a slip of the keyboard."""
MOST_ATTEMPTS = 10
Country = Literal["se", "no"]


class LevelTimes(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One level's times in minutes. The order of the steps is the order of the fields."""

    still_waiting_after_min: tuple[float, ...]
    """Reminders to one who waits for a first answer, counted from the arrival."""
    unanswered_call_after_min: float
    """When one whom nobody has answered comes on the call-back list."""
    question_after_min: float = 30
    """When a question left unanswered raises one who waits by one level, once, and puts them on the call-back list."""
    confirm_after_min: float = 60
    """When a patient who has not confirmed what to do if it gets worse comes on the call-back list."""
    told_after_min: float
    """When an answer that was not read is told of."""
    reminded_after_min: tuple[float, ...]
    """Reminders to answer, counted from the patient's last sign of life."""
    call_after_min: float | None
    """When a silent patient comes on the call-back list; null: only those who may not be closed by themselves."""
    safety_net_after_min: float
    """When advice for getting worse is sent to a silent patient whose contact may close by itself."""
    close_after_min: float
    """When that contact closes."""
    attempts: int
    """Calls that are made before nobody can be reached."""
    attempts_within_min: float
    """The time those calls are spread over."""
    reopen_within_min: float
    """How long after closing the patient may open the contact again."""


class Times(LevelTimes, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The same with where they come from."""

    source: str
    review: Literal["proposed", "reviewed", "approved"]


class _Content(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`waiting_….yaml` as it is written."""

    version: int
    levels: dict[Level, Times]
    safety_net: dict[str, str]
    """What is written to a silent patient before the contact closes, by language; {emergency} and {advice} are the
    country's numbers, {time} how long the contact may be opened again."""
    units: dict[str, dict[Level, Times]]


class WaitingTimes:
    """The times in force: a standard, and what single units have instead."""

    def __init__(self, content: _Content) -> None:
        """Raises `content_invalid` with every problem found."""
        self._standard = content.levels
        self._units = {unit: {**content.levels, **own} for unit, own in content.units.items()}
        self._of_files = dict(self._units)
        self._safety_net = content.safety_net
        tables = {"levels": self._standard, **{f"units.{unit}": table for unit, table in self._units.items()}}
        problems = [f"{name}.{problem}" for name, table in tables.items() for problem in _problems(table)]
        problems += [f"safety_net: {lang} is missing" for lang in LANGS if not content.safety_net.get(lang, "").strip()]
        problems += [f"safety_net: {problem}" for problem in map(_unfilled, content.safety_net.values()) if problem]
        if problems:
            raise FyrError("content_invalid", problems=problems)

    def take(self, unit_id: str, levels: Mapping[Level, Times] | None) -> None:
        """A unit has these from now on; None: as the files say. Whoever holds this object goes by it at once."""
        own = {**self._standard, **levels} if levels is not None else self._of_files.get(unit_id)
        if own is None:
            self._units.pop(unit_id, None)
        else:
            self._units[unit_id] = own

    def of_files(self, unit_id: str) -> Mapping[Level, Times]:
        """What the files say of a unit, whatever it has decided since."""
        return self._of_files.get(unit_id, self._standard)

    def of(self, unit_id: str, level: Level) -> Times:
        """The times of this unit for this level."""
        return self._units.get(unit_id, self._standard)[level]

    def safety_net(self, lang: str, *, emergency: str, advice: str, time: str) -> str:
        """The advice before a contact closes by itself, in the contact's language."""
        pattern = self._safety_net.get(lang, self._safety_net["en"])
        return pattern.format(emergency=emergency, advice=advice, time=time)


def load_waiting_times(country: Country, own: Path | None = None) -> WaitingTimes:
    """A deployment's own times, else those this version ships with for a country. Raises `content_invalid`."""
    if own is not None:
        return parse_waiting_times(own.read_text("utf-8"))
    content = resources.files("chat.waiting").joinpath("content", f"waiting_{country}.yaml")
    return parse_waiting_times(content.read_text("utf-8"))


def parse_waiting_times(text: str) -> WaitingTimes:
    """Times from YAML. Raises `content_invalid` with every problem found."""
    return WaitingTimes(parse_content(text, _Content, "waiting"))


def _unfilled(pattern: str) -> str:
    try:
        pattern.format(emergency="", advice="", time="")
    except (KeyError, IndexError, ValueError):
        return "a field other than emergency, advice, time"
    return ""


def _problems(table: dict[Level, Times]) -> list[str]:
    found = [f"{level}: is missing" for level in LEVELS if level not in table]
    found += [f"{level}: no source" for level, times in table.items() if not times.source.strip()]
    return found + [f"{level}: {text}" for level, times in table.items() for _, _, text in times_faults(times)]


def times_faults(times: LevelTimes) -> Iterator[tuple[str, str, str]]:
    """What is wrong with one level's times: a code, the field, and both in words."""
    call = () if times.call_after_min is None else (times.call_after_min,)
    silent = (times.told_after_min, *times.reminded_after_min, *call, times.safety_net_after_min, times.close_after_min)
    lists = (
        "unanswered_call_after_min",
        "question_after_min",
        "confirm_after_min",
        "reopen_within_min",
        "attempts_within_min",
    )
    groups: dict[str, tuple[float, ...]] = {
        "told_after_min": silent,
        "still_waiting_after_min": times.still_waiting_after_min,
        **{name: (getattr(times, name),) for name in lists},
    }
    for name, steps in groups.items():
        if any(not 0 < minutes <= LONGEST_MIN for minutes in steps):
            yield "not_in_range", name, f"{name}: a time is not above 0 and at most thirty days"
        if any(later <= earlier for earlier, later in pairwise(steps)):
            yield "not_in_order", name, "the steps do not follow each other in time"
    if not 1 <= times.attempts <= MOST_ATTEMPTS:
        yield "not_in_range", "attempts", f"attempts is not between 1 and {MOST_ATTEMPTS}"
