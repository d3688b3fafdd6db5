"""An identity number: read, checked, typed, and never shown by accident.

What the number itself tells (day of birth, sex) is what it was issued with; the register may know better. Nothing here
says that anybody has the number.
"""

from collections.abc import Iterable
from datetime import date
from typing import Literal

import msgspec

from core.errors import FyrError

NumberKind = Literal["personnummer", "samordningsnummer", "reservnummer", "fodselsnummer", "d_nummer"]
SYSTEMS: dict[NumberKind, str] = {
    "personnummer": "http://electronichealth.se/identifier/personnummer",
    "samordningsnummer": "http://electronichealth.se/identifier/samordningsnummer",
    "reservnummer": "http://electronichealth.se/identifier/nationelltReservnummer",
    "fodselsnummer": "urn:oid:2.16.578.1.12.4.1.4.1",
    "d_nummer": "urn:oid:2.16.578.1.12.4.1.4.2",
}
"""FHIR's name of each kind: HL7Sweden/basprofiler-r4, HL7Norway/basisprofiler-r4."""
OLDEST_Y = 130
Why = Literal["shape", "date", "future", "series", "control", "synthetic", "real"]
"""What is wrong: not the form of any number we know; no such day; a day to come; digits never issued; a control digit
that does not hold, so that a digit is wrong; a test number where people are real; a real one where nobody is."""


class IdentityNumber(msgspec.Struct, frozen=True, kw_only=True):
    """A number that holds. Printing the struct prints no digit: only `value` and `written` do."""

    kind: NumberKind
    value: str
    """Without separators: 12 characters in Sweden, 11 digits in Norway."""
    born_on: date | None
    """The day of birth it tells; None where it tells none, or leaves the century open."""
    sex: Literal["f", "m"] | None
    synthetic: bool
    """True for one that nobody has: for tests and demonstrations only."""

    @property
    def system(self) -> str:
        """The URI FHIR knows this kind by."""
        return SYSTEMS[self.kind]

    @property
    def written(self) -> str:
        """As people of its country write it."""
        swedish = len(self.value) == 12
        return f"{self.value[:8]}-{self.value[8:]}" if swedish else f"{self.value[:6]} {self.value[6:]}"

    def __repr__(self) -> str:
        return f"IdentityNumber({self.kind})"

    __str__ = __repr__


def invalid(why: Why) -> FyrError:
    """The refusal `identity_invalid`: it says what is wrong and never which number."""
    return FyrError("identity_invalid", why=why)


def require_of(number: IdentityNumber, *, demo: bool) -> IdentityNumber:
    """The number, where it belongs: real people's numbers in no demo, test numbers nowhere else.

    Raises `identity_invalid`.
    """
    if number.synthetic != demo:
        raise invalid("synthetic" if number.synthetic else "real")
    return number


def day(year: int, month: int, of_month: int) -> date:
    """A day of the calendar. Raises `identity_invalid`."""
    try:
        return date(year, month, of_month)
    except ValueError:
        raise invalid("date") from None


def possible_days(years: Iterable[int], month: int, of_month: int, *, today: date) -> list[date]:
    """The days among these years on which someone alive today may have been born. Raises `identity_invalid`."""
    days = []
    for year in years:
        try:
            days.append(date(year, month, of_month))
        except ValueError:
            continue
    if not days:
        raise invalid("date")
    possible = [one for one in days if one <= today and today.year - one.year <= OLDEST_Y]
    if not possible:
        raise invalid("future" if max(days) > today else "date")
    return possible
