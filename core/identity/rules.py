"""The dated rules of identity numbers, read from `content/numbers.yaml` and checked whole at the start."""

import functools
from collections.abc import Iterator
from datetime import date
from importlib import resources
from itertools import pairwise
from typing import Literal

import msgspec

from core.content_file import parse_content
from core.errors import FyrError

Review = Literal["proposed", "reviewed", "approved"]
MONTHS = 12


class NorwegianRule(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, rename={"from_day": "from"}):
    """How numbers are read from a day on."""

    from_day: date
    first_control: tuple[int, ...]
    """What may be left of the first check modulo 11."""
    tells_sex: bool
    tells_century: bool
    source: str
    review: Review


class SyntheticMonth(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What is added to the month of a number that nobody has."""

    plus: int
    who: str
    source: str
    review: Review


class TestNumbers(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Swedish numbers that nobody has, one by one."""

    numbers: frozenset[str]
    source: str
    review: Review


class TestSeries(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Series of Swedish reserve numbers that nobody has."""

    centuries: frozenset[str]
    source: str
    review: Review


class NumberRules(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`numbers.yaml` as it is written."""

    version: int
    norway: tuple[NorwegianRule, ...]
    synthetic_months: tuple[SyntheticMonth, ...]
    sweden_test_numbers: TestNumbers
    sweden_test_series: TestSeries

    def norwegian(self, on: date) -> NorwegianRule:
        """The rule in force on a day."""
        return next((rule for rule in reversed(self.norway) if rule.from_day <= on), self.norway[0])


@functools.cache
def number_rules() -> NumberRules:
    """The rules this version ships with. Raises `content_invalid`."""
    return parse_rules(resources.files("core.identity").joinpath("content/numbers.yaml").read_text("utf-8"))


def parse_rules(text: str) -> NumberRules:
    """Rules from YAML. Raises `content_invalid` with every problem found."""
    rules = parse_content(text, NumberRules, "numbers.yaml")
    problems = list(_problems(rules))
    if problems:
        raise FyrError("content_invalid", problems=[f"numbers.yaml: {problem}" for problem in problems])
    return rules


def _problems(rules: NumberRules) -> Iterator[str]:
    days = [rule.from_day for rule in rules.norway]
    if not days or any(later <= earlier for earlier, later in pairwise(days)):
        yield "norway: one rule at least, in the order of their days"
    if any(0 not in rule.first_control or not 0 <= min(rule.first_control) <= 10 for rule in rules.norway):
        yield "norway: what is left of a control is 0 or more, and 0 is always allowed"
    added = sorted(month.plus for month in rules.synthetic_months)
    if any(later - earlier < MONTHS for earlier, later in pairwise([0, *added])):
        yield "synthetic_months: two of them would mean different months"
    sources = [row.source for row in rules.norway] + [row.source for row in rules.synthetic_months]
    if not all(text.strip() for text in (*sources, rules.sweden_test_numbers.source, rules.sweden_test_series.source)):
        yield "a row without source"
