"""How surely, and how lately, someone must have proved who they are for what they do. Dated rules, read as data."""

from datetime import date, datetime, time, timedelta
from importlib.resources import files

import msgspec

from core.access.rights import RoleName
from core.actor import Actor, Assurance
from core.clock import Clock, to_ms
from core.content_file import parse_content
from core.errors import FyrError
from core.session.proof import LEVELS, enough
from core.settings import Country
from core.zones import ZONES

MINUTE_MS = 60_000
PASSED = 10_000
"""Actors of the day who are remembered to be known well enough."""


class LevelRule(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, rename={"from_day": "from"}):
    """What is asked from a day on."""

    from_day: date
    patient: Assurance
    staff: Assurance
    roles: dict[RoleName, Assurance]
    """Where a role needs more than staff do in general."""
    fresh_min: dict[str, int]
    """Calls for which the sign-in may be no older than so many minutes."""
    source: str


class SignInLevels:
    """The rules of a country. In a demonstration nobody proves anything: nobody is asked."""

    def __init__(self, rules: tuple[LevelRule, ...], country: Country, *, demo: bool, clock: Clock) -> None:
        self._rules = sorted(rules, key=lambda rule: rule.from_day, reverse=True)
        self._zone = ZONES[country]
        self._demo = demo
        self._clock = clock
        self._today_ms = (0, 0)
        """From when until when the rule is in force that was looked up last."""
        self._in_force = self._rules[-1]
        self._passed: dict[int, Actor] = {}
        """By identity: a call's actor is the same object as long as nothing about them has changed."""

    def of_kind(self, people: str) -> Assurance:
        """What everybody of a kind must reach."""
        return self._rule().patient if people == "patient" else self._rule().staff

    def needed(self, actor: Actor) -> Assurance:
        """The level this actor's kind and roles ask for; a guest of a visit proves nothing but a code."""
        rule = self._rule()
        if actor.kind == "patient":
            return rule.patient
        if actor.kind != "staff":
            return "none"
        levels = [rule.staff, *(rule.roles.get(role.role, "none") for role in actor.roles)]
        return max(levels, key=LEVELS.index)

    def require(self, actor: Actor, name: str) -> None:
        """Raises `assurance_too_low` with what is needed to go on with this call."""
        if self._demo and actor.assurance == "none":
            return
        rule = self._rule()
        if self._passed.get(id(actor)) is not actor:
            self._require_enough(actor)
        minutes = rule.fresh_min.get(name)
        if minutes is not None:
            self.require_fresh(actor, minutes)

    def _require_enough(self, actor: Actor) -> None:
        needed = self.needed(actor)
        if not enough(actor.assurance, needed):
            raise FyrError("assurance_too_low", needed=needed)
        if len(self._passed) >= PASSED:
            self._passed.clear()
        self._passed[id(actor)] = actor

    def known_enough(self, actor: Actor, name: str) -> bool:
        """Whether `require` would let the call through."""
        known = self._passed.get(id(actor)) is actor and name not in self._in_force.fresh_min
        if known and self._clock.ms() < self._today_ms[1]:
            return True
        try:
            self.require(actor, name)
        except FyrError:
            return False
        return True

    def require_fresh(self, actor: Actor, within_min: int) -> None:
        """Raises `assurance_too_low` with `within_min` when they proved who they are longer ago than that."""
        if self._demo and actor.assurance == "none":
            return
        if self._clock.ms() - actor.proved_ms > within_min * MINUTE_MS:
            raise FyrError("assurance_too_low", needed=self.needed(actor), within_min=within_min)

    def _rule(self) -> LevelRule:
        """Looked up once a day: it is asked with every call."""
        from_ms, until_ms = self._today_ms
        if not from_ms <= self._clock.ms() < until_ms:
            today = self._clock.now().astimezone(self._zone).date()
            midnights = (datetime.combine(day, time(), self._zone) for day in (today, today + timedelta(days=1)))
            self._in_force = next(rule for rule in self._rules if rule.from_day <= today)
            self._passed.clear()
            self._today_ms = (*map(to_ms, midnights),)  # type: ignore[assignment]
        return self._in_force


def level_rules(country: Country) -> tuple[LevelRule, ...]:
    """The rules that come with the service. Raises `content_invalid`."""
    name = f"levels_{country}.yaml"
    return parse_level_rules((files("core.session.content") / name).read_text("utf-8"), name)


def parse_level_rules(text: str, name: str) -> tuple[LevelRule, ...]:
    """The rules in a text, none of them without a source. Raises `content_invalid`."""
    rules = parse_content(text, tuple[LevelRule, ...], name)
    if not rules or not all(rule.source for rule in rules) or len({rule.from_day for rule in rules}) < len(rules):
        raise FyrError("content_invalid", problems=[f"{name}: each rule has a day of its own and a source"])
    return rules
