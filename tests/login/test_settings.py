"""The deployment's file of providers, and the rules of assurance, are checked whole before anybody signs in."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from joserfc.jwk import ECKey, RSAKey

from core.actor import Actor, Role
from core.clock import ManualClock, SystemClock
from core.errors import FyrError
from core.session.levels import SignInLevels, level_rules, parse_level_rules
from core.settings import load_settings
from web.login.keys import ClientKey
from web.login.profile import read_providers, shipped_profiles

GOOD = """
providers:
  - id: siths
    profile: siths
    issuer: https://idp.example.se
    client_id: fyr
    name: {sv: SITHS, nb: SITHS, en: SITHS}
"""
NURSE = Actor(id="staff:sara", kind="staff", roles=(Role(unit_id="hamnen", provider_id="region-fyr", role="nurse"),))


def read(tmp_path: Path, text: str) -> list[str]:
    """What is wrong with it."""
    path = tmp_path / "login.yaml"
    path.write_text(text)
    try:
        read_providers(path)
    except FyrError as refused:
        problems = refused.data["problems"]
        assert isinstance(problems, list)
        return problems
    return []


def test_a_file_that_is_right_is_taken(tmp_path: Path) -> None:
    assert read(tmp_path, GOOD) == []
    (siths,) = read_providers(tmp_path / "login.yaml")
    assert siths.profile.people == "staff"
    assert siths.level_of({"acr": "http://id.sambi.se/loa/loa3"}) == "substantial"
    assert siths.level_of({"acr": "whatever"}) == "none"


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("profile: siths", "profile: other", "no profile other"),
        ("https://idp", "http://idp", "https:"),
        ("client_id: fyr", "client_id: fyr\n    secret: x", "secret"),
        ("id: siths\n", "id: demo\n", "neither demo nor guest"),
        ("nb: SITHS, ", "", "sv, nb and en"),
        ("client_id: fyr", "client_id: fyr\n    algorithms: [none]", "algorithms"),
        ("client_id: fyr", "client_id: fyr\n    scopes: [profile]", "openid"),
        ("client_id: fyr", "client_id: fyr\n    par: sometimes", "par"),
        (GOOD, "providers: []", "no provider"),
    ],
)
def test_what_is_wrong_is_named(tmp_path: Path, old: str, new: str, told: str) -> None:
    problems = read(tmp_path, GOOD.replace(old, new, 1))
    assert any(told in problem for problem in problems), problems


def test_every_profile_has_a_source_and_knows_who_people_are() -> None:
    profiles = shipped_profiles()
    assert profiles.keys() == {"bankid_broker", "freja_broker", "siths", "helseid", "id_porten", "plain"}
    for profile in profiles.values():
        assert profile.source
        assert profile.identity
        assert "openid" in profile.scopes
    helse = profiles["helseid"]
    assert (helse.par, helse.dpop) == ("required", "required")


def test_providers_need_a_key_and_an_address(tmp_path: Path) -> None:
    (tmp_path / "login.yaml").write_text(GOOD)
    with pytest.raises(FyrError, match="FYR_LOGIN_KEY and FYR_PUBLIC_URL"):
        load_settings({"FYR_LOGIN": str(tmp_path / "login.yaml")})


@pytest.mark.parametrize(
    "pem",
    [
        RSAKey.generate_key(2048).as_pem(private=True),
        ECKey.generate_key("P-256").as_pem(private=False),
        ECKey.generate_key("P-384").as_pem(private=True),
        b"nothing",
    ],
    ids=["rsa", "public", "another curve", "no key"],
)
def test_a_key_of_another_kind_is_refused(tmp_path: Path, pem: bytes) -> None:
    (tmp_path / "key.pem").write_bytes(pem)
    with pytest.raises(FyrError, match="P-256"):
        ClientKey.read(tmp_path / "key.pem", SystemClock())


RULES = """
- {from: 2024-01-01, patient: low, staff: substantial, roles: {auditor: high}, fresh_min: {}, source: a}
- {from: 2027-01-01, patient: substantial, staff: high, roles: {}, fresh_min: {access:open: 5}, source: b}
"""


def test_the_rule_of_the_day_counts_and_the_highest_of_ones_roles() -> None:
    clock = ManualClock(datetime(2026, 12, 31, 22, 59, tzinfo=UTC))
    levels = SignInLevels(parse_level_rules(RULES, "rules"), "se", demo=False, clock=clock)
    patient = Actor(id="patient:astrid", kind="patient")
    auditor = Actor(
        id="staff:eva", kind="staff", roles=(*NURSE.roles, Role(unit_id="h", provider_id="r", role="auditor"))
    )
    assert [levels.needed(one) for one in (patient, NURSE, auditor)] == ["low", "substantial", "high"]
    clock.advance(minutes=1)  # midnight in Sweden
    assert [levels.needed(one) for one in (patient, NURSE, auditor)] == ["substantial", "high", "high"]
    levels.require(NURSE.proved("high", clock.ms()), "access:open")
    with pytest.raises(FyrError, match="within_min=5"):
        levels.require(NURSE.proved("high", clock.ms() - 301_000), "access:open")
    with pytest.raises(FyrError, match="needed=high"):
        levels.require(NURSE.proved("substantial", clock.ms()), "message:post")


def test_only_a_demonstration_lets_people_be_who_proved_nothing() -> None:
    clock = SystemClock()
    SignInLevels(level_rules("se"), "se", demo=True, clock=clock).require(NURSE, "access:open")
    with pytest.raises(FyrError, match="assurance_too_low"):
        SignInLevels(level_rules("se"), "se", demo=False, clock=clock).require(NURSE, "message:post")


@pytest.mark.parametrize("country", ["se", "no"])
def test_the_rules_of_a_country_are_there_with_their_source(country: str) -> None:
    rules = level_rules(country)  # type: ignore[arg-type]
    assert all(rule.source and rule.from_day <= date(2026, 1, 1) for rule in rules)


@pytest.mark.parametrize("text", ["[]", RULES.replace("source: a", 'source: ""'), RULES.replace("2027", "2024")])
def test_rules_without_source_or_twice_a_day_are_refused(text: str) -> None:
    with pytest.raises(FyrError, match="content_invalid"):
        parse_level_rules(text, "rules")
