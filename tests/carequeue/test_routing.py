"""Everyone gets to a unit that takes chats, and the log says by which steps. Each policy by itself, and their laws."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from carequeue.deadlines import LEVELS, load_deadlines
from carequeue.routing.entries import RouteStep
from carequeue.routing.policies import WHERE, WHO, at_last, where, where_again, who
from carequeue.routing.route import RegionNow, Route, Seeker, Team, UnitNow
from carequeue.routing.rules import RoutingRules, load_routing, parse_routing
from carequeue.routing.transcript import SAID
from core.clock import to_ms
from core.directory.store import Unit
from core.errors import FyrError
from core.zones import ZONES
from triage.entries import Level

RULES = """
version: 1
standard: &standard
  languages: [sv, en]
  continuity_min: 2
  language_min: {very_urgent: 1, urgent: 5, within_24h: 30, routine: 60, self_care: 60}
  competence_min: {very_urgent: 1, urgent: 5, within_24h: 30, routine: 60, self_care: 60}
  source: t
  review: proposed
units:
  hamnen: {overflow: [strand, lyktan], daily_cap: 3, municipality: kust, hospital: norr, source: t,
           competence: [{need: "skill:child", below_y: 2}, {need: "skill:midwife", service: birth}]}
  lyktan: {municipality: skog, hospital: norr, source: t}
  strand: {municipality: kust, hospital: syd, source: t}
services:
  - {id: birth, name: {sv: b, nb: b, en: b}, responsible: hospital, units: [strand, lyktan]}
  - {id: school, name: {sv: s, nb: s, en: s}, responsible: municipality, units: [lyktan, strand]}
  - {id: own, name: {sv: o, nb: o, en: o}, responsible: gp, units: [strand, hamnen]}
  - {id: quiet, name: {sv: q, nb: q, en: q}, responsible: gp, units: [tyst]}
staff: {sara: ["lang:ar", "skill:child"], jonas: ["lang:so"]}
"""


def unit(unit_id: str, provider_id: str = "region", *, takes_chat: bool = True) -> Unit:
    return Unit(id=unit_id, provider_id=provider_id, name=unit_id.title(), takes_chat=takes_chat)


UNITS = [
    unit("apotek", "other"),
    unit("ensam", "alone", takes_chat=False),
    unit("hamnen"),
    unit("lyktan"),
    unit("strand"),
    unit("tyst", takes_chat=False),
]
IDS = [one.id for one in UNITS]


def region(rules: RoutingRules, *, closed: frozenset[str] = frozenset(), today: Mapping[str, int] = {}) -> RegionNow:
    units = {one.id: one for one in UNITS}

    def now(unit_id: str) -> UnitNow:
        return UnitNow(
            unit=units[unit_id],
            rules=rules.of(unit_id),
            is_open=unit_id not in closed,
            today=today.get(unit_id, 0),
        )

    return RegionNow(units, now, rules.services)


@pytest.fixture(scope="module")
def rules() -> RoutingRules:
    return parse_routing(RULES)


def told(route: Route) -> list[str]:
    """The steps in short."""
    return [f"{step.policy} {step.outcome} {step.unit_id or step.need}".strip() for step in route.steps]


@pytest.mark.parametrize(
    ("chosen", "registered", "steps"),
    [
        ("lyktan", "hamnen", ["chosen met lyktan"]),
        (None, "lyktan", ["registered met lyktan"]),
        ("tyst", "lyktan", ["chosen takes_no_chat tyst", "registered met lyktan"]),
        ("nowhere", "lyktan", ["chosen unknown", "registered met lyktan"]),
        (None, "tyst", ["registered takes_no_chat tyst", "nearest same_provider hamnen"]),
        ("tyst", None, ["chosen takes_no_chat tyst", "nearest same_provider hamnen"]),
        (None, "ensam", ["registered takes_no_chat ensam", "nearest any_unit apotek"]),
        (None, None, ["nearest any_unit apotek"]),
    ],
)
def test_where_one_has_chosen_or_is_registered(
    rules: RoutingRules, chosen: str | None, registered: str | None, steps: list[str]
) -> None:
    route = where(Seeker("urgent", chosen=chosen, registered=registered), region(rules))
    assert told(route) == steps
    assert route.unit_id == steps[-1].split()[-1]


@pytest.mark.parametrize(
    ("service", "registered", "step"),
    [
        ("own", "hamnen", "service gp hamnen"),
        ("own", "lyktan", "service elsewhere strand"),
        ("school", "hamnen", "service municipality strand"),
        ("school", "apotek", "service elsewhere lyktan"),
        ("birth", "hamnen", "service hospital lyktan"),
        ("birth", None, "service elsewhere strand"),
    ],
)
def test_a_service_goes_to_who_answers_for_the_patient(
    rules: RoutingRules, service: str, registered: str | None, step: str
) -> None:
    assert told(where(Seeker("urgent", service=service, registered=registered), region(rules))) == [step]


def test_a_service_nobody_can_give_leads_on(rules: RoutingRules) -> None:
    for service, why in (("quiet", "service takes_no_chat"), ("nothing", "service unknown")):
        route = where(Seeker("urgent", service=service, registered="hamnen"), region(rules))
        assert told(route) == [why, "registered met hamnen"]


def test_a_closed_unit_s_first_open_overflow_takes_what_comes(rules: RoutingRules) -> None:
    seeker = Seeker("immediate", registered="hamnen")
    assert told(where(seeker, region(rules, closed=frozenset({"hamnen"}))))[-1] == "opening overflow strand"
    both = region(rules, closed=frozenset({"hamnen", "strand"}))
    assert told(where(seeker, both))[-1] == "opening overflow lyktan"
    everything = region(rules, closed=frozenset(IDS))
    assert told(where(seeker, everything))[-1] == "opening stays hamnen"
    assert where(seeker, everything).unit_id == "hamnen"


@pytest.mark.parametrize("level", LEVELS)
def test_a_full_day_sends_on_only_who_can_wait(rules: RoutingRules, level: Level) -> None:
    full = region(rules, today={"hamnen": 3})
    route = where_again("hamnen", Seeker(level), full)
    can_wait = level in ("within_24h", "routine", "self_care")
    assert route.unit_id == ("strand" if can_wait else "hamnen")
    assert told(route) == (["intake_cap overflow strand"] if can_wait else [])


def test_a_day_is_full_by_its_cap_and_not_before(rules: RoutingRules) -> None:
    assert where_again("hamnen", Seeker("routine"), region(rules, today={"hamnen": 2})).steps == ()
    closed = region(rules, today={"hamnen": 3}, closed=frozenset({"strand", "lyktan"}))
    assert told(where_again("hamnen", Seeker("routine"), closed)) == ["intake_cap stays hamnen"]
    kept = full_but_kept(rules)
    assert told(where_again("hamnen", Seeker("routine"), kept)) == ["intake_cap stays hamnen"]


def full_but_kept(rules: RoutingRules) -> RegionNow:
    """What one unit knows, the patient keeps from all others."""
    return region(rules, today={"hamnen": 3})._replace(may_go=lambda unit_id: unit_id == "hamnen")


def team(rules: RoutingRules, *staff: str, free: tuple[str, ...] = (), at: str = "hamnen") -> Team:
    return Team(rules.of(at), {one: rules.abilities(one) for one in staff}, frozenset(free))


AT_HAMNEN = Route(unit_id="hamnen")


def test_skills_and_languages_are_asked_for_where_one_person_has_them_all(rules: RoutingRules) -> None:
    child = Seeker("urgent", lang="ar", age_y=1)
    assert told(who(AT_HAMNEN, child, team(rules, "sara", "jonas"))) == [
        "competence needs skill:child",
        "language needs lang:ar",
    ]
    somali = Seeker("urgent", lang="so", age_y=1)
    route = who(AT_HAMNEN, somali, team(rules, "sara", "jonas"))
    assert told(route) == ["competence needs skill:child", "language nobody lang:so"], "no one has both"
    assert told(who(AT_HAMNEN, child, team(rules, "jonas"))) == [
        "competence nobody skill:child",
        "language nobody lang:ar",
    ]
    assert who(AT_HAMNEN, Seeker("urgent", lang="sv", age_y=40), team(rules, "sara")).steps == ()
    assert who(AT_HAMNEN, child._replace(level="immediate"), team(rules, "sara")).steps == ()


def test_a_skill_may_be_a_service_s(rules: RoutingRules) -> None:
    able = Team(rules.of("hamnen"), {"mia": frozenset({"skill:midwife"})})
    assert told(who(AT_HAMNEN, Seeker("urgent", service="birth"), able)) == ["competence needs skill:midwife"]


def test_who_knows_the_patient_is_waited_for_while_free_and_only_for_who_can_wait(rules: RoutingRules) -> None:
    known = Seeker("routine", known_to=("jonas", "sara"))
    assert who(AT_HAMNEN, known, team(rules, "sara", "jonas", free=("sara", "jonas"))).needs == {"staff:jonas"}
    assert who(AT_HAMNEN, known, team(rules, "sara", "jonas", free=("sara",))).needs == {"staff:sara"}
    assert who(AT_HAMNEN, known, team(rules, "sara", "jonas")).steps == ()
    arabic = known._replace(lang="ar")
    both = team(rules, "sara", "jonas", free=("sara", "jonas"))
    assert who(AT_HAMNEN, arabic, both).needs == {"lang:ar", "staff:sara"}
    assert who(AT_HAMNEN, known._replace(level="urgent"), both).steps == ()


SEEKERS = st.builds(
    Seeker,
    level=st.sampled_from(LEVELS),
    lang=st.sampled_from(["", "sv", "ar", "so", "xx"]),
    age_y=st.none() | st.integers(0, 100),
    chosen=st.none() | st.sampled_from([*IDS, "nowhere", ""]),
    service=st.none() | st.sampled_from(["own", "school", "birth", "quiet", "nothing", ""]),
    registered=st.none() | st.sampled_from([*IDS, "nowhere"]),
    known_to=st.lists(st.sampled_from(["sara", "jonas", "gone"]), max_size=3).map(tuple),
)
CLOSED = st.frozensets(st.sampled_from(IDS))
TODAY = st.dictionaries(st.sampled_from(IDS), st.integers(0, 5))
STAFF = st.frozensets(st.sampled_from(["sara", "jonas", "mia"]))


def settled(rules: RoutingRules, seeker: Seeker, now: RegionNow, *, staff: frozenset[str]) -> Route:
    """Where it goes, and once more as when it has been understood."""
    route = where_again(where(seeker, now).unit_id, seeker, now)
    there = team(rules, *sorted(staff), free=tuple(sorted(staff)), at=route.unit_id)
    return at_last(who(route, seeker, there), seeker)


@given(seeker=SEEKERS, closed=CLOSED, today=TODAY, staff=STAFF)
def test_the_laws(
    rules: RoutingRules, seeker: Seeker, closed: frozenset[str], today: dict[str, int], staff: frozenset[str]
) -> None:
    now = region(rules, closed=closed, today=today)
    first = where(seeker, now)
    route = settled(rules, seeker, now, staff=staff)
    assert now.units[first.unit_id].takes_chat, "everyone ends at a unit that takes chats"
    assert now.units[route.unit_id].takes_chat
    if seeker.level == "immediate":
        assert route.needs == frozenset()
    if not seeker.can_wait:
        assert where_again(first.unit_id, seeker, now) == Route(unit_id=first.unit_id), "no cap, and nobody waited for"
        assert not any(need.startswith("staff:") for need in route.needs)
    languages_and_skills = {need for need in route.needs if not need.startswith("staff:")}
    able = [rules.abilities(one) for one in staff]
    assert not languages_and_skills or any(one >= languages_and_skills for one in able), "somebody can take it"


@given(seeker=SEEKERS, closed=CLOSED, today=TODAY, staff=STAFF)
def test_steps_name_exactly_the_policies_that_acted(
    rules: RoutingRules, seeker: Seeker, closed: frozenset[str], today: dict[str, int], staff: frozenset[str]
) -> None:
    now, route = region(rules, closed=closed, today=today), Route()
    for policy in WHERE:
        route = with_its_own_steps(policy.__name__, route, policy(route, seeker, now))
    there = team(rules, *sorted(staff), free=tuple(sorted(staff)), at=route.unit_id)
    for need_policy in WHO:
        route = with_its_own_steps(need_policy.__name__, route, need_policy(route, seeker, there))


SAYS_NO = {"unknown", "takes_no_chat", "stays", "nobody"}


def with_its_own_steps(name: str, before: Route, after: Route) -> Route:
    """One policy's: it leaves a step whenever it changes anything, and else only to say what it could not do."""
    steps: tuple[RouteStep, ...] = after.steps[len(before.steps) :]
    assert after.steps[: len(before.steps)] == before.steps
    assert {step.policy for step in steps} <= {name}
    changed = (before.unit_id, before.needs) != (after.unit_id, after.needs)
    assert changed == any(step.outcome not in SAYS_NO for step in steps)
    assert all((step.policy, step.outcome) in SAID for step in steps)
    return after


def test_the_rules_this_version_ships_with_hold_nobody_back_for_long() -> None:
    load_routing().require_whole([], load_deadlines())
    load_routing().require_whole(UNITS, load_deadlines())


def changed(**rows: Any) -> str:
    """The rules with one thing written otherwise."""
    text = RULES
    for before, after in rows.values():
        assert before in text
        text = text.replace(before, after)
    return text


@pytest.mark.parametrize(
    ("before", "after", "problem"),
    [
        ("languages: [sv, en]", "languages: []", "in none anybody is answered"),
        ("continuity_min: 2", "continuity_min: -1", "below nothing"),
        ("{very_urgent: 1, urgent: 5", "{very_urgent: 9, urgent: 5", "held back for longer"),
        ("language_min: {very_urgent: 1,", "language_min: {immediate: 1, very_urgent: 1,", "needs nothing"),
        ("language_min: {very_urgent: 1,", "language_min: {", "no minute for very_urgent"),
        ("overflow: [strand, lyktan]", "overflow: [hamnen]", "overflows into itself"),
        ('jonas: ["lang:so"]', 'jonas: ["Somali"]', "no language or skill"),
        ('need: "skill:child"', 'need: "role:nurse"', "is no skill"),
        ("service: birth}", "service: death}", "there is no service death"),
        ("responsible: hospital, units: [strand, lyktan]", "responsible: hospital, units: []", "no units"),
        ("name: {sv: b, nb: b, en: b}", "name: {sv: b}", "not in every language"),
        ("id: school", "id: birth", "two of one name"),
        ("daily_cap: 3,", "daily_cap: 3, closed_text: {sv: x},", "closed_text: not in every language"),
        ("daily_cap: 3,", "dayly_cap: 3,", "dayly_cap"),
        ("lyktan: {municipality: skog, hospital: norr, source: t}", "lyktan: {municipality: skog}", "no source"),
    ],
)
def test_rules_that_cannot_be_stop_the_start(before: str, after: str, problem: str) -> None:
    with pytest.raises(FyrError) as refusal:
        parse_routing(changed(one=(before, after)))
    assert problem in str(refusal.value.data["problems"])


@pytest.mark.parametrize(
    ("before", "after", "problem"),
    [
        ("[strand, lyktan], daily_cap", "[kusten], daily_cap", "there is no unit kusten"),
        (
            "language_min: {very_urgent: 1, urgent: 5",
            "language_min: {very_urgent: 4, urgent: 5",
            "language_min very_urgent",
        ),
        ("continuity_min: 2", "continuity_min: 90", "continuity_min within_24h"),
    ],
)
def test_units_that_do_not_exist_and_needs_that_last_too_long_stop_the_start(
    before: str, after: str, problem: str
) -> None:
    with pytest.raises(FyrError) as refusal:
        parse_routing(changed(one=(before, after))).require_whole(UNITS, load_deadlines())
    assert problem in str(refusal.value.data["problems"])


def at(text: str) -> int:
    return to_ms(datetime.fromisoformat(text).replace(tzinfo=ZONES["se"]))


@pytest.mark.parametrize("day", ["2026-03-29", "2026-10-25", "2026-11-24"])
def test_a_day_begins_at_midnight_on_the_wall_also_when_clocks_change(day: str) -> None:
    assert load_deadlines().day_start_ms("hamnen", at(f"{day}T23:59:59")) == at(f"{day}T00:00")
