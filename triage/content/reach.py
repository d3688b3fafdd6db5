"""Can a rule ever fire, and does it ever change a level? Judged by the form of its condition alone.

A condition is opened into its ways to hold: each way is a set of single conditions that must hold together.
"""

import re
from collections.abc import Iterable, Iterator
from itertools import product

from triage.content.schema import Condition, Rule
from triage.ids import ConceptId
from triage.urgency import RANK

Atom = tuple[str, ...]
Way = frozenset[Atom]
MOST_WAYS = 5_000
COMPARISON = re.compile(r"(<=|>=|<|>|=)?\s*(-?\d+(?:\.\d+)?)")
RANGES = ("age_y", "age_m", "age_d", "dur_h", "sev", "preg_w")


def problem_of(condition: Condition) -> str | None:
    """Why the condition can never hold or cannot be read, or None."""
    for atom in _atoms_inside(condition):
        unread = _unread(atom)
        if unread:
            return unread
    ways = ways_of(condition)
    if ways and all(not way for way in ways):
        return "has no condition"
    if all(_contradicts(way) for way in ways):
        return "can never fire"
    return None


def shadows(rules: Iterable[Rule]) -> Iterator[tuple[Rule, Rule]]:
    """Each rule that never changes a level, with another at least as urgent that fires whenever it does."""
    ways = [(rule, ways_of(rule.when)) for rule in rules if rule.urgency is not None]
    for rule, own in ways:
        for other, wider in ways:
            if other is not rule and _as_urgent(other, rule) and _contains(wider, own):
                yield rule, other
                break


def _as_urgent(one: Rule, other: Rule) -> bool:
    return one.urgency is not None and other.urgency is not None and RANK[one.urgency] <= RANK[other.urgency]


def _contains(wider: tuple[Way, ...], ways: tuple[Way, ...]) -> bool:
    """Every way of the one holds some way of the other."""
    return bool(ways) and all(any(wide <= way for wide in wider) for way in ways)


def ways_of(condition: Condition) -> tuple[Way, ...]:
    """Every way the condition can hold; cut at `MOST_WAYS`."""
    parts: list[tuple[Way, ...]] = [(frozenset([atom]),) for atom in _atoms(condition)]
    parts += [ways_of(part) for part in condition.all]
    if condition.any:
        parts.append(tuple(way for part in condition.any for way in ways_of(part)))
    parts += [(frozenset([("none", repr(part))]),) for part in condition.none]
    ways: list[Way] = []
    for chosen in product(*parts):
        ways.append(frozenset().union(*chosen))
        if len(ways) == MOST_WAYS:
            break
    return tuple(ways)


def _atoms(condition: Condition) -> Iterator[Atom]:
    if condition.c:
        held = [("onset", condition.onset), ("dur_h", condition.dur_h), ("sev", condition.sev)]
        held += [("course", condition.course), ("res", "yes" if condition.res else None)]
        yield ("c", condition.c)
        yield from (("c", condition.c, name, value) for name, value in held if value)
    if condition.ctx:
        yield ("ctx", condition.ctx)
    for name in ("age_y", "age_m", "age_d", "preg_w", "sex"):
        value = getattr(condition, name)
        if value:
            yield (name, value)
    if condition.preg_possible is not None:
        yield ("preg_possible", str(condition.preg_possible))
    for name, value in (("v", condition.v), ("score", condition.score), ("a", condition.a)):
        if value:
            yield (name, value, str(condition.is_))


def _atoms_inside(condition: Condition) -> Iterator[Atom]:
    yield from _atoms(condition)
    for part in (*condition.all, *condition.any, *condition.none):
        yield from _atoms_inside(part)


def _unread(atom: Atom) -> str | None:
    name, value = (atom[2], atom[3]) if len(atom) == 4 else (atom[0], atom[-1])
    if name in RANGES and not COMPARISON.fullmatch(value):
        return f"{name} {value!r} is no comparison"
    return None


def _contradicts(way: Way) -> bool:
    sexes = {atom[1] for atom in way if atom[0] == "sex"}
    denied = {atom[1] for atom in way if atom[0] == "none"}
    if len(sexes) > 1 or any(repr(Condition(c=ConceptId(atom[1]))) in denied for atom in way if atom[0] == "c"):
        return True
    return any(_empty([atom[1] for atom in way if atom[0] == name]) for name in ("age_y", "age_m", "age_d", "preg_w"))


def _empty(comparisons: list[str]) -> bool:
    low, high = float("-inf"), float("inf")
    strict = False
    for comparison in comparisons:
        sign, number = COMPARISON.fullmatch(comparison).groups()  # type: ignore[union-attr]
        if sign in (">", ">=", "=", None):
            low = max(low, float(number))
        if sign in ("<", "<=", "=", None):
            high = min(high, float(number))
        strict = strict or sign in ("<", ">")
    return low > high or (strict and low == high)
