"""Swedish numbers: personnummer, samordningsnummer, nationellt reservnummer.

Sources: folkbokföringslagen (1991:481) 18, 18 a §§; Skatteverket SKV 704 and SKV 707 (ten digits, a hyphen or, from the
year one turns 100, a plus; control by Luhn; day and 60 in a samordningsnummer); Inera, Nationellt ReservID 1.0.
"""

import re
from datetime import date
from typing import Literal

from core.identity.number import IdentityNumber, day, invalid
from core.identity.rules import number_rules

WRITTEN = re.compile(
    r"(?P<century>18|19|20)?(?P<year>\d\d)(?P<month>\d\d)(?P<day>\d\d)(?P<sign>[-+]?)(?P<serial>\d{3})\d"
)
RESERVE = re.compile(r"(\d\d)(\d\d)(\d\d)(\d\d)-?([A-HJ-NPR-UXYZ]{2})([\dA-HJ-NPR-UXYZ])(\d)")
"""Two letters without I, O, Q, V, W; a digit tells the sex, a letter that it is not known."""
COORDINATION = 60
UNKNOWN_BIRTH = "00"
FIRST_SERIES = 22
FIRST_CENTURY, CENTURIES = 19, 3


def looks_swedish(text: str) -> bool:
    """Whether it has the form of any Swedish number, right or wrong."""
    return bool(WRITTEN.fullmatch(text) or RESERVE.fullmatch(text))


def swedish(text: str, *, today: date) -> IdentityNumber:
    """The number in `text`. Raises `identity_invalid`."""
    if RESERVE.fullmatch(text):
        return _reserve(text, today)
    found = WRITTEN.fullmatch(text)
    if found is None:
        raise invalid("shape")
    of_month = int(found["day"])
    coordination = of_month > COORDINATION
    month, of_month = int(found["month"]), of_month - COORDINATION * coordination
    year = int(found["century"] + found["year"]) if found["century"] else _year(found, month, of_month, today=today)
    born_on = day(year, month, of_month)
    if born_on > today:
        raise invalid("future")
    if found["serial"] == "000":
        raise invalid("series")
    digits = re.sub(r"[-+]", "", text)
    if luhn(digits[-10:]) != 0:
        raise invalid("control")
    value = f"{year // 100}{digits[-10:]}"
    return IdentityNumber(
        kind="samordningsnummer" if coordination else "personnummer",
        value=value,
        born_on=born_on,
        sex=_sex(found["serial"][2]),
        synthetic=value in number_rules().sweden_test_numbers.numbers,
    )


def _year(found: re.Match[str], month: int, of_month: int, *, today: date) -> int:
    """Without a century: the last such day that has been, or with a plus the one a hundred years before."""
    short = int(found["year"])
    year = today.year - (today.year - short) % 100
    if (year, month, of_month) > (today.year, today.month, today.day):
        year -= 100
    return year - 100 if found["sign"] == "+" else year


def _reserve(text: str, today: date) -> IdentityNumber:
    value = text.replace("-", "")
    if luhn(value) != 0:
        raise invalid("control")
    series, sex = value[:2], value[10]
    return IdentityNumber(
        kind="reservnummer",
        value=value,
        born_on=_reserve_born_on(value, today),
        sex=_sex(sex) if sex.isdigit() else None,
        synthetic=series in number_rules().sweden_test_series.centuries,
    )


def _reserve_born_on(value: str, today: date) -> date | None:
    series, year, month, of_month = value[:2], value[2:4], value[4:6], value[6:8]
    if series == UNKNOWN_BIRTH:
        if not (20 <= int(month) <= 99 and 40 <= int(of_month) <= 59):
            raise invalid("series")
        return None
    if int(series) < FIRST_SERIES:
        raise invalid("series")
    century = (int(series) - FIRST_CENTURY) % CENTURIES + FIRST_CENTURY
    born_on = day(century * 100 + int(year), int(month), int(of_month))
    if born_on > today:
        raise invalid("future")
    return born_on


def luhn(text: str) -> int:
    """Luhn's sum modulo 10 (ISO/IEC 7812-1, annex B): 0 when the last digit holds. A letter is its ASCII code."""
    total = 0
    for place, letter in enumerate(reversed(text)):
        worth = int(letter) if letter.isdigit() else ord(letter)
        total += sum(map(int, str(worth * (1 + place % 2))))
    return total % 10


def _sex(digit: str) -> Literal["f", "m"]:
    return "m" if int(digit) % 2 else "f"
