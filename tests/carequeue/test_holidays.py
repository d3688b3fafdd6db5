"""Holidays as the almanac has them."""

from datetime import date

import pytest

from carequeue.holidays import Country, easter_sunday, public_holidays


@pytest.mark.parametrize(
    "day",
    ["1961-04-02", "2000-04-23", "2008-03-23", "2024-03-31", "2025-04-20", "2026-04-05", "2027-03-28", "2038-04-25"],
)
def test_easter(day: str) -> None:
    assert easter_sunday(int(day[:4])) == date.fromisoformat(day)


SWEDEN_2026 = "01-01 01-06 04-03 04-05 04-06 05-01 05-14 05-24 06-06 06-20 10-31 12-25 12-26"
NORWAY_2026 = "01-01 04-02 04-03 04-05 04-06 05-01 05-14 05-17 05-24 05-25 12-25 12-26"
SWEDEN_2025 = "01-01 01-06 04-18 04-20 04-21 05-01 05-29 06-06 06-08 06-21 11-01 12-25 12-26"


@pytest.mark.parametrize(
    ("country", "year", "days"), [("se", 2026, SWEDEN_2026), ("no", 2026, NORWAY_2026), ("se", 2025, SWEDEN_2025)]
)
def test_a_year(country: Country, year: int, days: str) -> None:
    assert sorted(public_holidays(country, year)) == [date.fromisoformat(f"{year}-{day}") for day in days.split()]
