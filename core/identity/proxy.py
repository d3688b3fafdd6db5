"""Who stands for whom, and until when: a function of who they are, the rules and the day. Asked at every access.

Whoever is protected stands for nobody and is stood for by nobody. Nothing is kept from one access to the next: a
birthday, a new rule, an ended proxy, a protection count from the moment they are there.
"""

from datetime import date, datetime, time, tzinfo
from typing import Literal

import msgspec

from core.actor import FOR_EVER_MS, Represented
from core.clock import to_ms
from core.identity.age_rules import AgeRules, StandInRule
from core.identity.entries import ProxyBasis

Hindrance = Literal["no_rule", "protected", "address", "too_young", "too_old", "proxy_too_young", "ended"]
"""Why somebody may not stand for a person now."""


class Party(msgspec.Struct, frozen=True, kw_only=True):
    """One of the two, as far as the rules ask."""

    person_id: str
    born_on: date
    protected: bool


class Proxy(msgspec.Struct, frozen=True, kw_only=True):
    """What the register says: who stands for whom, on which basis."""

    person_id: str
    proxy_id: str
    basis: ProxyBasis
    shares_address: bool
    until_ms: int | None


def birthday(born_on: date, age_y: int) -> date:
    """The day an age is reached. Born on 29 February: the day before 1 March, the earlier of two readings."""
    try:
        return born_on.replace(year=born_on.year + age_y)
    except ValueError:
        return date(born_on.year + age_y, 2, 28)


def has_age(born_on: date, age_y: int, *, on: date) -> bool:
    """Whether the age is reached on the day."""
    return birthday(born_on, age_y) <= on


def may_act_alone(rules: AgeRules, born_on: date, *, on: date) -> bool:
    """Whether somebody is old enough to use the service for themselves."""
    age_y = rules.own_from_y(on)
    return age_y is not None and has_age(born_on, age_y, on=on)


def judged(
    rules: AgeRules, proxy: Proxy, *, person: Party, by: Party, now: datetime, zone: tzinfo
) -> Represented | Hindrance:
    """The person as represented by the proxy now, with the moment it ends; else what keeps them from it."""
    on = now.astimezone(zone).date()
    found = rules.stand_in_rule(proxy.basis, on)
    if found is None:
        return "no_rule"
    rule, next_rule_on = found
    hindrance = _hindrance(rule, proxy, person=person, by=by, on=on)
    if hindrance is not None:
        return hindrance
    ends = [proxy.until_ms if proxy.until_ms is not None else FOR_EVER_MS]
    ends += [begins_ms(day, zone) for day in (_last(person.born_on, rule.person_until_y), next_rule_on) if day]
    until_ms = min(ends)
    if to_ms(now) >= until_ms:
        return "ended"
    return Represented(person_id=person.person_id, until_ms=until_ms, may_block=rule.may_block)


def _hindrance(rule: StandInRule, proxy: Proxy, *, person: Party, by: Party, on: date) -> Hindrance | None:
    if person.protected or by.protected:
        return "protected"
    if rule.shares_address and not proxy.shares_address:
        return "address"
    if not has_age(person.born_on, rule.person_from_y, on=on):
        return "too_young"
    last = _last(person.born_on, rule.person_until_y)
    if last is not None and last <= on:
        return "too_old"
    return None if has_age(by.born_on, rule.proxy_from_y, on=on) else "proxy_too_young"


def _last(born_on: date, age_y: int) -> date | None:
    return birthday(born_on, age_y) if born_on.year + age_y <= date.max.year else None


def begins_ms(day: date, zone: tzinfo) -> int:
    """The first moment of a day on the wall of the place."""
    return to_ms(datetime.combine(day, time(0), zone))
