"""From which age people act for themselves, and until which others act for them: dated rules, checked at the start."""

import functools
from collections.abc import Iterator
from datetime import date
from importlib import resources
from typing import Literal

import msgspec

from core.content_file import parse_content
from core.errors import FyrError
from core.identity.entries import ProxyBasis
from core.identity.rules import Review

OLDEST_Y = 200
Country = Literal["se", "no"]


class OwnRule(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, rename={"from_day": "from"}):
    """From which age somebody uses the service for themselves."""

    from_day: date
    from_age_y: int
    source: str
    review: Review


class StandInRule(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, rename={"from_day": "from"}):
    """Who may stand for whom on one basis: until the birthday `person_until_y`, that day not included."""

    from_day: date
    basis: ProxyBasis
    person_from_y: int
    person_until_y: int
    proxy_from_y: int
    shares_address: bool
    """True when an address must be shared."""
    may_block: bool
    """Whether whoever stands for somebody may keep what care givers know of them to themselves."""
    source: str
    review: Review


class ProtectedRule(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Whoever is protected neither stands for anybody nor is stood for. No setting changes that."""

    source: str
    review: Review


class KeepOutRule(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, rename={"from_day": "from"}):
    """Whether a person may keep what is known of them from a named member of staff."""

    from_day: date
    source: str
    review: Review


class AgeRules(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One country's file."""

    version: int
    own: tuple[OwnRule, ...]
    stand_in: tuple[StandInRule, ...]
    protected: ProtectedRule
    keep_out: KeepOutRule | None = None
    """None: the country has no such rule."""

    def may_keep_out(self, on: date) -> bool:
        """Whether a person may keep named staff out on a day."""
        return self.keep_out is not None and self.keep_out.from_day <= on

    def own_from_y(self, on: date) -> int | None:
        """The age from which one uses the service oneself; None on a day before any rule."""
        ages = [rule.from_age_y for rule in self.own if rule.from_day <= on]
        return ages[-1] if ages else None

    def stand_in_rule(self, basis: str, on: date) -> tuple[StandInRule, date | None] | None:
        """The rule of a basis in force on a day, and the day on which another takes its place."""
        rules = [rule for rule in self.stand_in if rule.basis == basis]
        in_force = [rule for rule in rules if rule.from_day <= on]
        to_come = [rule.from_day for rule in rules if rule.from_day > on]
        return (in_force[-1], min(to_come, default=None)) if in_force else None


@functools.cache
def age_rules(country: Country) -> AgeRules:
    """A country's rules. Raises `content_invalid`."""
    name = f"age_rules_{country}.yaml"
    return parse_age_rules(resources.files("core.identity").joinpath(f"content/{name}").read_text("utf-8"), name)


def parse_age_rules(text: str, name: str) -> AgeRules:
    """Rules from YAML. Raises `content_invalid` with every problem found."""
    rules = parse_content(text, AgeRules, name)
    problems = list(_problems(rules))
    if problems:
        raise FyrError("content_invalid", problems=[f"{name}: {problem}" for problem in problems])
    return rules


def _problems(rules: AgeRules) -> Iterator[str]:
    if not rules.own:
        yield "own: no rule"
    days = [[rule.from_day for rule in rules.own]]
    days += [[r.from_day for r in rules.stand_in if r.basis == basis] for basis in {r.basis for r in rules.stand_in}]
    if any(sorted(set(row)) != row for row in days):
        yield "rules of one basis stand in the order of their days"
    for rule in rules.stand_in:
        if not 0 <= rule.person_from_y < rule.person_until_y <= OLDEST_Y or not 0 < rule.proxy_from_y <= OLDEST_Y:
            yield f"{rule.basis} from {rule.from_day}: ages that cannot be"
    whole = [rule for rule in (rules.protected, rules.keep_out) if rule is not None]
    if not all(rule.source.strip() for rule in (*rules.own, *rules.stand_in, *whole)):
        yield "a row without source"
