"""Who stands for whom: the dated rules of both countries, at every birthday, to the millisecond."""

from datetime import UTC, date, datetime, timedelta
from importlib import resources

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.actor import FOR_EVER_MS, Represented
from core.clock import from_ms, to_ms
from core.errors import FyrError
from core.identity.age_rules import AgeRules, Country, age_rules, parse_age_rules
from core.identity.entries import ProxyBasis
from core.identity.proxy import Hindrance, Party, Proxy, birthday, judged, may_act_alone
from core.zones import ZONES

ADULT = Party(person_id="adult", born_on=date(1985, 5, 5), protected=False)
NOON = datetime(2026, 11, 26, 11, tzinfo=UTC)


def child(born_on: date, *, protected: bool = False) -> Party:
    return Party(person_id="child", born_on=born_on, protected=protected)


def proxy(basis: ProxyBasis = "guardian", *, shares_address: bool = True, until_ms: int | None = None) -> Proxy:
    return Proxy(person_id="child", proxy_id="adult", basis=basis, shares_address=shares_address, until_ms=until_ms)


def asked(
    country: Country, person: Party, *, by: Party = ADULT, held: Proxy | None = None, now: datetime = NOON
) -> Represented | None:
    found = judged(age_rules(country), held or proxy(), person=person, by=by, now=now, zone=ZONES[country])
    return found if isinstance(found, Represented) else None


@pytest.mark.parametrize(
    ("country", "hindrance", "person", "held"),
    [
        ("se", "no_rule", child(date(1950, 1, 1)), proxy("power_of_attorney")),
        ("no", "protected", child(date(2020, 1, 1), protected=True), proxy()),
        ("no", "address", child(date(2020, 1, 1)), proxy(shares_address=False)),
        ("no", "too_young", child(date(2020, 1, 1)), proxy("power_of_attorney")),
        ("se", "too_old", child(date(2013, 11, 26)), proxy()),
        ("se", "ended", child(date(2020, 1, 1)), proxy(until_ms=to_ms(NOON))),
    ],
)
def test_whoever_does_not_stand_is_told_what_is_in_the_way(
    country: Country, hindrance: Hindrance, person: Party, held: Proxy
) -> None:
    found = judged(age_rules(country), held, person=person, by=ADULT, now=NOON, zone=ZONES[country])
    assert found == hindrance
    young = Party(person_id="adult", born_on=date(2010, 1, 1), protected=False)
    assert judged(age_rules("se"), proxy(), person=child(date(2020, 1, 1)), by=young, now=NOON, zone=ZONES["se"]) == (
        "proxy_too_young"
    )


@pytest.mark.parametrize(("country", "age_y"), [("se", 13), ("no", 12)])
@given(st.dates(date(2015, 1, 1), date(2025, 12, 31)))
def test_a_guardian_stands_until_the_first_moment_of_the_birthday(country: Country, age_y: int, born_on: date) -> None:
    day = birthday(born_on, age_y)
    midnight = datetime(day.year, day.month, day.day, tzinfo=ZONES[country])
    before = midnight.astimezone(UTC) - timedelta(milliseconds=1)
    found = asked(country, child(born_on), now=before)
    assert found == Represented(person_id="child", until_ms=to_ms(midnight), may_block=country == "no")
    assert asked(country, child(born_on), now=midnight) is None
    assert asked(country, child(born_on), now=midnight + timedelta(days=365)) is None


@given(st.dates(date(2014, 1, 1), date(2026, 11, 26)), st.integers(0, 40 * 366))
def test_whatever_is_answered_holds_until_it_ends_and_not_a_moment_longer(born_on: date, days_on: int) -> None:
    now = NOON + timedelta(days=days_on)
    for country in ZONES:
        found = asked(country, child(born_on), now=now)
        if found is not None:
            assert to_ms(now) < found.until_ms
            last = from_ms(found.until_ms - 1)
            assert asked(country, child(born_on), now=last) == found
            assert asked(country, child(born_on), now=from_ms(found.until_ms)) != found


def test_a_child_of_a_leap_day_is_thirteen_on_the_earlier_of_two_days() -> None:
    assert birthday(date(2016, 2, 29), 13) == date(2029, 2, 28)
    assert birthday(date(2016, 2, 29), 12) == date(2028, 2, 29)


def test_midnight_is_that_of_the_place_in_summer_and_winter() -> None:
    summer, winter = asked("se", child(date(2015, 7, 1))), asked("se", child(date(2015, 1, 15)))
    assert summer is not None
    assert winter is not None
    assert from_ms(summer.until_ms) == datetime(2028, 6, 30, 22, tzinfo=UTC)
    assert from_ms(winter.until_ms) == datetime(2028, 1, 14, 23, tzinfo=UTC)


@pytest.mark.parametrize("country", ["se", "no"])
def test_whoever_is_protected_neither_stands_nor_is_stood_for(country: Country) -> None:
    young = date(2020, 1, 1)
    assert asked(country, child(young)) is not None
    assert asked(country, child(young, protected=True)) is None
    hidden = Party(person_id="adult", born_on=ADULT.born_on, protected=True)
    assert asked(country, child(young), by=hidden) is None
    power = proxy("power_of_attorney")
    assert asked(country, child(date(1990, 1, 1), protected=True), held=power) is None


def test_norway_asks_for_a_shared_address_and_sweden_does_not() -> None:
    apart = proxy(shares_address=False)
    assert asked("no", child(date(2020, 1, 1)), held=apart) is None
    assert asked("se", child(date(2020, 1, 1)), held=apart) is not None


@pytest.mark.parametrize(
    ("person_born", "proxy_born", "stands"),
    [
        (date(2010, 11, 26), date(2000, 1, 1), True),
        (date(2010, 11, 27), date(2000, 1, 1), False),
        (date(1950, 1, 1), date(2008, 11, 26), True),
        (date(1950, 1, 1), date(2008, 11, 27), False),
    ],
)
def test_a_power_of_attorney_in_norway(person_born: date, proxy_born: date, stands: bool) -> None:
    by = Party(person_id="adult", born_on=proxy_born, protected=False)
    found = asked("no", child(person_born), by=by, held=proxy("power_of_attorney", shares_address=False))
    assert (found is not None) == stands
    assert asked("se", child(person_born), by=by, held=proxy("power_of_attorney")) is None


def test_a_power_of_attorney_ends_when_it_says() -> None:
    until_ms = to_ms(NOON) + 1000
    held = proxy("power_of_attorney", until_ms=until_ms)
    assert asked("no", child(date(1950, 1, 1)), held=held) == Represented(person_id="child", until_ms=until_ms)
    assert asked("no", child(date(1950, 1, 1)), held=held, now=NOON + timedelta(seconds=1)) is None
    for_ever = asked("no", child(date(1950, 1, 1)), held=proxy("power_of_attorney"))
    assert for_ever is not None
    assert for_ever.until_ms <= FOR_EVER_MS


def test_an_unknown_basis_lets_nobody_in() -> None:
    assert asked("se", child(date(2020, 1, 1)), held=proxy("neighbour")) is None  # type: ignore[arg-type]  # what the database might hold


@pytest.mark.parametrize(("born_on", "alone"), [(date(2013, 11, 26), True), (date(2013, 11, 27), False)])
@pytest.mark.parametrize("country", ["se", "no"])
def test_one_acts_alone_from_thirteen(country: Country, born_on: date, alone: bool) -> None:
    assert may_act_alone(age_rules(country), born_on, on=NOON.date()) == alone


def rules_text(country: Country) -> str:
    return resources.files("core.identity").joinpath(f"content/age_rules_{country}.yaml").read_text("utf-8")


def later_rule() -> AgeRules:
    """Sweden with a rule of 15 years from the new year on."""
    line = next(line for line in rules_text("se").splitlines() if "basis: guardian" in line)
    newer = line.replace("from: 2014-01-01", "from: 2027-01-01").replace("person_until_y: 13", "person_until_y: 15")
    return parse_age_rules(rules_text("se").replace(line, f"{line}\n{newer}"), "age_rules_se.yaml")


def test_a_new_rule_counts_from_its_day_and_is_asked_for_anew_then() -> None:
    rules, zone = later_rule(), ZONES["se"]
    new_year = datetime(2027, 1, 1, tzinfo=zone)
    person, held = child(date(2014, 6, 1)), proxy()
    before = judged(rules, held, person=person, by=ADULT, now=NOON, zone=zone)
    assert before == Represented(person_id="child", until_ms=to_ms(new_year))
    after = judged(rules, held, person=person, by=ADULT, now=new_year, zone=zone)
    assert after == Represented(person_id="child", until_ms=to_ms(datetime(2029, 6, 1, tzinfo=zone)))


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("person_until_y: 13", "person_until_y: 0", "ages that cannot be"),
        ("proxy_from_y: 18", "proxy_from_y: 0", "ages that cannot be"),
        ("basis: guardian", "basis: neighbour", "Invalid enum value"),
        ("version: 1", "version: 1\nprotected_may: true", "unknown field"),
        ('  source: "Inera', '  source: "" #', "without source"),
    ],
)
def test_rules_that_cannot_be_stop_the_start(old: str, new: str, problem: str) -> None:
    assert old in rules_text("se")
    with pytest.raises(FyrError) as refused:
        parse_age_rules(rules_text("se").replace(old, new, 1), "age_rules_se.yaml")
    assert problem in str(refused.value)
