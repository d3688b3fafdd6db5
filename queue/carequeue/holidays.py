"""Public holidays, computed for any year: days on which a unit keeps Sunday hours unless it says otherwise."""

from datetime import date, timedelta
from functools import cache
from typing import Literal

Country = Literal["se", "no"]
Eve = Literal[
    "twelfth_night_eve",  # 5 January
    "maundy_thursday_eve",  # Wednesday before Easter
    "maundy_thursday",
    "easter_eve",
    "walpurgis_eve",  # 30 April
    "ascension_eve",
    "whitsun_eve",
    "midsummer_eve",
    "all_saints_eve",
    "little_christmas_eve",  # 23 December
    "christmas_eve",
    "new_years_eve",
]
"""Days before holidays, on which units often close early; the law makes holidays of none of them."""
SATURDAY, SUNDAY = 5, 6


def easter_sunday(year: int) -> date:
    """Easter by the Gregorian calendar (the anonymous algorithm printed in Nature, 20 April 1876)."""
    century, of_century = divmod(year, 100)
    leap_centuries, rest = divmod(century, 4)
    correction = (century - (century + 8) // 25 + 1) // 3
    moon = (19 * (year % 19) + century - leap_centuries - correction + 15) % 30
    leaps, rest_of_four = divmod(of_century, 4)
    weekday = (32 + 2 * rest + 2 * leaps - moon - rest_of_four) % 7
    late = (year % 19 + 11 * moon + 22 * weekday) // 451
    month, day = divmod(moon + weekday - 7 * late + 114, 31)
    return date(year, month, day + 1)


@cache
def public_holidays(country: Country, year: int) -> frozenset[date]:
    """The public holidays of a year; Sundays as such are not listed.

    Sweden: lag (1989:253) om allmänna helgdagar. Norway: LOV-1995-02-24-12 § 2, and LOV-1947-04-26-1 for 1 and 17 May.
    """
    easter = easter_sunday(year)
    return _swedish(easter) if country == "se" else _norwegian(easter)


@cache
def eves(country: Country, year: int) -> dict[date, Eve]:
    """The eves of a year, by day; midsummer's and All Saints' are Sweden's alone."""
    easter = easter_sunday(year)
    found: dict[date, Eve] = {
        date(year, 1, 5): "twelfth_night_eve",
        easter + timedelta(days=-4): "maundy_thursday_eve",
        easter + timedelta(days=-3): "maundy_thursday",
        easter + timedelta(days=-1): "easter_eve",
        date(year, 4, 30): "walpurgis_eve",
        easter + timedelta(days=38): "ascension_eve",
        easter + timedelta(days=48): "whitsun_eve",
        date(year, 12, 23): "little_christmas_eve",
        date(year, 12, 24): "christmas_eve",
        date(year, 12, 31): "new_years_eve",
    }
    if country == "se":
        found[_first_saturday(date(year, 6, 20)) - timedelta(days=1)] = "midsummer_eve"
        found[_first_saturday(date(year, 10, 31)) - timedelta(days=1)] = "all_saints_eve"
    return found


def kind_of_day(day: date, country: Country | None) -> int:
    """The weekday that a day is like, Monday being 0: a public holiday is like a Sunday. None: nobody's are kept."""
    if country is not None and day in public_holidays(country, day.year):
        return SUNDAY
    return day.weekday()


def _swedish(easter: date) -> frozenset[date]:
    fixed = _dates(easter.year, (1, 1), (1, 6), (5, 1), (6, 6), (12, 25), (12, 26))
    midsummer = _first_saturday(date(easter.year, 6, 20))
    all_saints = _first_saturday(date(easter.year, 10, 31))
    return fixed | _after(easter, -2, 0, 1, 39, 49) | {midsummer, all_saints}


def _norwegian(easter: date) -> frozenset[date]:
    fixed = _dates(easter.year, (1, 1), (5, 1), (5, 17), (12, 25), (12, 26))
    return fixed | _after(easter, -3, -2, 0, 1, 39, 49, 50)


def _dates(year: int, *days: tuple[int, int]) -> frozenset[date]:
    return frozenset(date(year, month, day) for month, day in days)


def _after(easter: date, *days: int) -> frozenset[date]:
    return frozenset(easter + timedelta(days=number) for number in days)


def _first_saturday(on_or_after: date) -> date:
    return on_or_after + timedelta(days=(SATURDAY - on_or_after.weekday()) % 7)
