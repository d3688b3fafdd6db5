"""Norwegian numbers: fødselsnummer and D-nummer, and those that nobody has.

Sources: folkeregisterforskriften § 2-2; Skatteetaten's documentation of the register (numbers from 2032; series of
D-numbers since August 2021). An auxiliary number (H-nummer) is one organisation's own and is not read here.
"""

import re
from datetime import date
from typing import Literal, NamedTuple

from core.identity.number import IdentityNumber, invalid, possible_days
from core.identity.rules import NorwegianRule, number_rules

WRITTEN = re.compile(r"(\d{6}) ?(\d{5})")
FIRST = (3, 7, 6, 1, 8, 9, 4, 5, 2)
SECOND = (5, 4, 3, 2, 7, 6, 5, 4, 3, 2)
D_DAY = 40
CENTURIES = (1800, 1900, 2000)
FnrSeries = tuple[tuple[int, int], tuple[int, int], int]
SERIES: tuple[FnrSeries, ...] = (
    ((500, 749), (54, 99), 1800),
    ((0, 499), (0, 99), 1900),
    ((900, 999), (40, 99), 1900),
    ((500, 999), (0, 39), 2000),
)
"""Individual number, year of two digits, century: of a fødselsnummer."""
D_SERIES: tuple[FnrSeries, ...] = (
    *SERIES,
    ((600, 999), (40, 99), 1900),
    ((200, 499), (0, 39), 2000),
)
"""Series moved in August 2021: a D-number of before and one of after may leave the century open."""


class _Digits(NamedTuple):
    """The parts of a number, with what is added to mark its kind taken off."""

    of_month: int
    month: int
    year: int
    individual: int
    d_number: bool
    synthetic: bool


def looks_norwegian(text: str) -> bool:
    """Whether it has the form of a Norwegian number, right or wrong."""
    return WRITTEN.fullmatch(text) is not None


def norwegian(text: str, *, today: date) -> IdentityNumber:
    """The number in `text`, by the rule in force today. Raises `identity_invalid`."""
    if not looks_norwegian(text):
        raise invalid("shape")
    value, rule = text.replace(" ", ""), number_rules().norwegian(today)
    digits = _parts(value)
    born_on = _born_on(digits, rule, today=today)
    if not _controls_hold(value, rule):
        raise invalid("control")
    sex: Literal["f", "m"] = "m" if digits.individual % 2 else "f"
    return IdentityNumber(
        kind="d_nummer" if digits.d_number else "fodselsnummer",
        value=value,
        born_on=born_on,
        sex=sex if rule.tells_sex else None,
        synthetic=digits.synthetic,
    )


def _parts(value: str) -> _Digits:
    of_month, month = int(value[:2]), int(value[2:4])
    added = next((one.plus for one in number_rules().synthetic_months if 0 < month - one.plus <= 12), 0)
    d_number = of_month > D_DAY
    return _Digits(of_month - D_DAY * d_number, month - added, int(value[4:6]), int(value[6:9]), d_number, bool(added))


def _born_on(digits: _Digits, rule: NorwegianRule, *, today: date) -> date | None:
    """The day of birth; None when more than one century is possible."""
    centuries = _centuries(digits, rule)
    if not centuries:
        raise invalid("series")
    years = [century + digits.year for century in centuries]
    days = possible_days(years, digits.month, digits.of_month, today=today)
    return days[0] if len(days) == 1 else None


def _centuries(digits: _Digits, rule: NorwegianRule) -> tuple[int, ...]:
    if not rule.tells_century:
        return CENTURIES
    return tuple(
        century
        for (low, high), (first, last), century in (D_SERIES if digits.d_number else SERIES)
        if low <= digits.individual <= high and first <= digits.year <= last
    )


def _controls_hold(value: str, rule: NorwegianRule) -> bool:
    digits = [int(digit) for digit in value]
    first = sum(weight * digit for weight, digit in zip((*FIRST, 1), digits, strict=False)) % 11
    second = sum(weight * digit for weight, digit in zip((*SECOND, 1), digits, strict=True)) % 11
    return first in rule.first_control and second == 0
