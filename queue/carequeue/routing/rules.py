"""What routing goes by, unit by unit, from `content/routing.yaml` or a deployment's own file (`FYR_ROUTING`).

Opening hours are not here: they lie in `carequeue/content/hours_….yaml` and are asked of `Deadlines`.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from importlib import resources
from pathlib import Path
from typing import Any, Literal, get_args

import msgspec

from carequeue.deadlines import LEVELS, Deadlines
from core.content_file import parse_content
from core.directory.store import Unit
from core.errors import FyrError
from triage.entries import Level

Lang = Literal["sv", "nb", "en"]
Responsible = Literal["gp", "municipality", "hospital"]
"""Who answers for a service: where the patient is registered, their municipality, the hospital of their area."""
NEED = re.compile(r"(lang|skill):[a-z0-9_-]{1,40}")
OF_ONE = "staff:"
"""Begins the need of one nurse by name: who held the patient's contact before."""
HELD_BACK_BY: tuple[Level, ...] = ("very_urgent", "urgent", "within_24h", "routine", "self_care")
"""An immediate contact needs nothing."""
CAPPED: tuple[Level, ...] = ("within_24h", "routine", "self_care")
"""What a full day holds back, and one nurse is waited for; nobody urgent, and nobody who is not understood."""
LONGEST_SHARE = 0.5
"""Of the promised time, that a need may hold a contact back from who could take it."""


class Competence(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A skill that is needed for some: every condition that is given must hold."""

    need: str
    below_y: int | None = None
    """For whom is younger, in years."""
    service: str = ""

    def is_for(self, *, age_y: int | None, service: str | None) -> bool:
        """Whether it is needed for somebody of this age who seeks this service."""
        young = self.below_y is None or (age_y is not None and age_y < self.below_y)
        return young and self.service in ("", service)


class UnitRouting(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One unit's rows."""

    municipality: str = ""
    hospital: str = ""
    """The hospital whose area it lies in."""
    languages: tuple[str, ...]
    """Those in which anyone at the unit answers; another is asked for."""
    competence: tuple[Competence, ...] = ()
    overflow: tuple[str, ...] = ()
    """Units that take what this one does not, the first of them first."""
    daily_cap: int = 0
    """So many below urgent a day; 0: no cap."""
    continuity_min: int
    """So long a contact is kept for the nurse who knows the patient; 0: not at all."""
    continuity_days: int = 90
    """An earlier contact counts for so long."""
    language_min: dict[Level, int]
    competence_min: dict[Level, int]
    """So long a contact waits for who has the language or skill, by level; then anyone may take it."""
    closed_text: dict[Lang, str] = {}
    """Told before one writes while the unit is closed: where to turn. Empty: the page's own words."""
    full_text: dict[Lang, str] = {}
    """The same while it has as many as it takes that day."""


class UnitRules(UnitRouting, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The same with where they come from."""

    source: str
    review: Literal["proposed", "reviewed", "approved"]


class Service(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Something care is sought for, that certain units offer."""

    id: str
    name: dict[Lang, str]
    responsible: Responsible
    units: tuple[str, ...]


class _Written(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`routing.yaml` as it is written; a unit's row says only what differs from the standard."""

    version: int
    standard: UnitRules
    units: dict[str, dict[str, Any]] = {}
    services: tuple[Service, ...] = ()
    staff: dict[str, tuple[str, ...]] = {}


class RoutingRules:
    """The rules in force: a standard, what single units have instead, services, and who is able to do what."""

    def __init__(self, written: _Written) -> None:
        """Raises `content_invalid` with every problem found."""
        self._standard, self._units, problems = written.standard, {}, []
        for unit_id, row in written.units.items():
            try:
                whole = {**msgspec.to_builtins(written.standard), "source": "", **row}
                self._units[unit_id] = msgspec.convert(whole, UnitRules)
            except msgspec.ValidationError as failure:
                problems.append(f"routing units.{unit_id}: {failure}")
        self.services: Mapping[str, Service] = {one.id: one for one in written.services}
        self._staff = {staff_id: frozenset(able) for staff_id, able in written.staff.items()}
        self._known: Mapping[str, frozenset[str]] = {}
        named = {"standard": written.standard, **{f"units.{name}": one for name, one in self._units.items()}}
        problems += [f"routing {name}: {problem}" for name, one in named.items() for problem in _faults(one)]
        problems += [f"routing {problem}" for problem in _in_common(written)]
        if problems:
            raise FyrError("content_invalid", problems=problems)
        self._of_files = dict(self._units)

    def take(self, unit_id: str, rules: UnitRules | None) -> None:
        """A unit goes by these from now on; None: as the files say."""
        self._units = {**self._units, unit_id: rules or self.of_files(unit_id)}

    def of_files(self, unit_id: str) -> UnitRules:
        """What the files say of a unit, whatever it has decided since."""
        return self._of_files.get(unit_id, self._standard)

    def of(self, unit_id: str) -> UnitRules:
        """This unit's."""
        return self._units.get(unit_id, self._standard)

    def abilities(self, staff_id: str) -> frozenset[str]:
        """The skills and languages of one member of staff."""
        return self._staff.get(staff_id, frozenset()) | self._known.get(staff_id, frozenset())

    def know(self, staff: Mapping[str, frozenset[str]]) -> None:
        """What the directory has of everybody's skills and languages, beside what the file says."""
        self._known = staff

    def require_whole(self, units: Sequence[Unit], deadlines: Deadlines) -> None:
        """Refuse, with `content_invalid`, units that do not exist and needs that hold somebody back for too long."""
        known = {unit.id for unit in units}
        named = {*self._units, *(unit for one in self.services.values() for unit in one.units)}
        named |= {unit for one in (self._standard, *self._units.values()) for unit in one.overflow}
        problems = [f"routing: there is no unit {unit}" for unit in sorted(named - known)] if known else []
        problems += [f"routing {unit}: {problem}" for unit in sorted(known) for problem in self._slow(unit, deadlines)]
        if problems:
            raise FyrError("content_invalid", problems=problems)

    def _slow(self, unit_id: str, deadlines: Deadlines) -> Iterator[str]:
        rules = self.of(unit_id)
        for level in HELD_BACK_BY:
            longest = longest_min(unit_id, level, deadlines)
            longest_of = {"language_min": rules.language_min[level], "competence_min": rules.competence_min[level]}
            if level in CAPPED:
                longest_of["continuity_min"] = rules.continuity_min
            for name, minutes in longest_of.items():
                if minutes > longest:
                    yield f"{name} {level}: more than half of the promised time"


def longest_min(unit_id: str, level: Level, deadlines: Deadlines) -> int:
    """For how many of the level's own minutes a need may hold a contact back, by what the unit promises now."""
    return int(deadlines.of(unit_id, level).target_min * LONGEST_SHARE)


def holding_back(needs: Iterable[str], level: Level) -> tuple[str, ...]:
    """Those of the needs that hold a contact of this level back.

    None does an immediate one; and only who can wait is kept for one nurse.
    """
    if level == "immediate":
        return ()
    return tuple(need for need in needs if level in CAPPED or not need.startswith(OF_ONE))


def load_routing(own: Path | None = None) -> RoutingRules:
    """A deployment's own rules, else those this version ships with. Raises `content_invalid`."""
    shipped = resources.files("carequeue.routing").joinpath("content", "routing.yaml")
    return parse_routing((own or shipped).read_text("utf-8"))


def parse_routing(text: str) -> RoutingRules:
    """Rules from YAML. Raises `content_invalid` with every problem found."""
    return RoutingRules(parse_content(text, _Written, "routing"))


def _faults(rules: UnitRules) -> Iterator[str]:
    if not rules.source.strip():
        yield "no source"
    if not rules.languages:
        yield "languages: in none anybody is answered"
    if rules.daily_cap < 0 or rules.continuity_min < 0 or rules.continuity_days < 1:
        yield "a number is below nothing"
    for name, minutes in (("language_min", rules.language_min), ("competence_min", rules.competence_min)):
        if missing := [level for level in HELD_BACK_BY if minutes.get(level, 0) < 1]:
            yield f"{name}: no minute for {', '.join(missing)}"
        elif any(minutes[HELD_BACK_BY[n]] > minutes[HELD_BACK_BY[n + 1]] for n in range(len(HELD_BACK_BY) - 1)):
            yield f"{name}: a more urgent level is held back for longer"
        if set(minutes) - set(HELD_BACK_BY):
            yield f"{name}: an immediate contact needs nothing"
    yield from (f"competence: {one.need} is no skill" for one in rules.competence if not NEED.fullmatch(one.need))
    for name, told in (("closed_text", rules.closed_text), ("full_text", rules.full_text)):
        if told and set(told) != set(get_args(Lang)):
            yield f"{name}: not in every language"


def _in_common(written: _Written) -> Iterator[str]:
    for unit_id, row in written.units.items():
        if unit_id in row.get("overflow", ()):
            yield f"units.{unit_id}: overflows into itself"
    ids = [one.id for one in written.services]
    if len(set(ids)) < len(ids):
        yield "services: two of one name"
    yield from (f"services.{one.id}: no units" for one in written.services if not one.units)
    yield from (
        f"services.{one.id}: not in every language" for one in written.services if set(one.name) != set(get_args(Lang))
    )
    for staff_id, able in written.staff.items():
        yield from (f"staff.{staff_id}: {one} is no language or skill" for one in able if not NEED.fullmatch(one))
    rows = (written.standard.competence, *(row.get("competence", ()) for row in written.units.values()))
    sought = {one.get("service", "") if isinstance(one, dict) else one.service for some in rows for one in some}
    yield from (f"competence: there is no service {one}" for one in sorted(sought - {"", *ids}))


assert set(HELD_BACK_BY) | {"immediate"} == set(LEVELS)
