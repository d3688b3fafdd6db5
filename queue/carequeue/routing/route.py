"""The values routing goes by and what it makes: who seeks care, how units stand now, and the way found so far. Pure."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import NamedTuple

from carequeue.routing.entries import Outcome, PolicyName, RouteStep
from carequeue.routing.rules import Service, UnitRules
from core.directory.store import Unit
from triage.entries import Level
from triage.urgency import RANK


class Seeker(NamedTuple):
    """Who seeks care, as far as it decides where they go."""

    level: Level
    """What they are sorted by: as long as nobody has understood them, urgent at least."""
    lang: str = ""
    age_y: int | None = None
    chosen: str | None = None
    """The unit they have chosen."""
    service: str | None = None
    registered: str | None = None
    known_to: tuple[str, ...] = ()
    """Staff ids of who had contacts of theirs, the newest first."""
    agreed: frozenset[str] = frozenset()
    """Units that let them seek care by chat because they were invited and have accepted."""

    @property
    def can_wait(self) -> bool:
        """Whether they are below urgent."""
        return RANK[self.level] > RANK["urgent"]


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitNow:
    """A unit as it stands now."""

    unit: Unit
    rules: UnitRules
    is_open: bool = True
    """By its hours, or because somebody is on duty all the same."""
    manned: bool = True
    """Whether somebody is on duty."""
    today: int = 0
    """How many below urgent came to it today."""

    @property
    def is_full(self) -> bool:
        """Whether it has as many as it takes in a day."""
        return 0 < self.rules.daily_cap <= self.today


class RegionNow(NamedTuple):
    """Every unit, and how one stands now. A unit is looked at when it is asked for."""

    units: Mapping[str, Unit]
    """By id, in the order in which they are tried."""
    now: Callable[[str], UnitNow]
    services: Mapping[str, Service]
    may_go: Callable[[str], bool] = lambda _: True
    """Whether a contact may go there: of one that is in care already, not to another legal care giver."""


class Team(NamedTuple):
    """Who could take a contact at the unit it goes to."""

    rules: UnitRules
    able: Mapping[str, frozenset[str]]
    """Staff ids of who is on duty, or works there while nobody is, with all they are able to do."""
    free: frozenset[str] = frozenset()
    """Those of them who are on duty and have room."""

    def has(self, needs: frozenset[str]) -> bool:
        """Whether any one of them is able to do all of this."""
        return any(able >= needs for able in self.able.values())


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """The way so far: where to, what is needed there, and each step that was taken."""

    unit_id: str = ""
    """Empty while no policy has found a unit."""
    needs: frozenset[str] = frozenset()
    steps: tuple[RouteStep, ...] = ()

    def to(self, unit: Unit, policy: PolicyName, outcome: Outcome) -> "Route":
        """It goes to this unit."""
        return replace(self.saying(policy, outcome, unit=unit), unit_id=unit.id)

    def needing(self, need: str, policy: PolicyName, outcome: Outcome = "needs") -> "Route":
        """Whoever takes it must be able to do this as well."""
        return replace(self.saying(policy, outcome, need=need), needs=self.needs | {need})

    def saying(self, policy: PolicyName, outcome: Outcome, *, unit: Unit | None = None, need: str = "") -> "Route":
        """The same with one more step told."""
        step = RouteStep(
            policy=policy,
            outcome=outcome,
            unit_id=unit.id if unit else "",
            unit_name=unit.name if unit else "",
            need=need,
        )
        return replace(self, steps=(*self.steps, step))
