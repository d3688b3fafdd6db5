"""The rule of two persons: a change that can lower safety never takes effect by one, in whatever order it is tried."""

import re
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any, get_args

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from carequeue.deadlines import LEVELS, TIERS, Deadlines, load_deadlines
from carequeue.holidays import Eve
from carequeue.hours import WEEKDAYS, Closing, Opening, OpeningHours
from carequeue.sheets import TargetsSheet, hours_of
from core.clock import to_ms
from core.directory.store import Member, Unit
from core.log.body import Author, Body
from core.log.entry import Header
from core.on_call.port import OnCallReach, make_on_call
from core.outbound import Outbound
from core.settings import Settings
from core.sheets.entries import SheetApproved, SheetProposed, SheetWithdrawn
from core.sheets.kinds import KINDS, SheetsState
from core.sheets.sheet import Around, Sheets, judge, plain, read
from tests.project.sources import ROOT
from web.terms import load_terms, make_sheets

TODAY = date(2026, 11, 27)
FOLDS = {kind.body: kind.fold for kind in KINDS}
UNITS = {one: Unit(id=one, provider_id="norr", name=one, takes_chat=True) for one in ("hamnen", "lyktan")}


def sheets() -> Sheets:
    settings = Settings(sms_url="https://sms.example", on_call_hosts=("example.se",))
    return make_sheets(settings, load_terms(settings), make_on_call(settings, Outbound()))


SHEETS = sheets()


def around(*members: Member, subject_id: str = "hamnen", **own: Any) -> Around:
    return Around(
        subject_id=subject_id,
        today=TODAY,
        units=UNITS,
        providers={"norr": "Norr", "syd": "Syd"},
        members={one.staff_id: one for one in members},
        own=own,
    )


def lowers(name: str, before: Any, after: Any, there: Around) -> tuple[str, ...]:
    sheet = next(one for one in SHEETS if one.name == name)
    verdict = judge(sheet, (read(sheet, before), read(sheet, after)), there)
    assert verdict.faults == ()
    return verdict.lowers


def test_what_takes_two_is_what_is_written() -> None:
    rows = re.findall(r"^\| (\w+) \| `(\w+)` \| (.+) \|$", (ROOT / "docs/administration.md").read_text("utf-8"), re.M)
    assert rows == [(sheet.name, code, said) for sheet in SHEETS for code, said in sheet.lowerings.items()]


PEOPLE = st.sampled_from(["staff:adam", "staff:ida", "staff:eva"])
STEPS = st.lists(
    st.tuples(
        PEOPLE, st.sampled_from(["propose", "lower", "approve", "withdraw"]), st.sampled_from("ab"), st.integers(1, 12)
    ),
    max_size=14,
)


def header(no: int, actor_id: str) -> Header:
    return Header(
        stream="unit:hamnen",
        no=no,
        kind="",
        version=1,
        at_ms=no,
        actor_id=actor_id,
        author=Author(kind="staff", name=actor_id),
        purpose="administration",
        unit_id="",
        provider_id="norr",
        client_id=str(no),
        patient_no=None,
        digest="",
    )


@given(STEPS)
def test_what_can_lower_safety_never_holds_by_one_person(steps: Sequence[tuple[str, str, str, int]]) -> None:
    """Also where somebody writes entries that no command would: the fold itself gives them no effect."""
    state = SheetsState()
    lowering: set[int] = set()
    for no, (who, what, sheet, of_no) in enumerate(steps, start=1):
        body: Body = SheetApproved(of_no=of_no)
        if what in ("propose", "lower"):
            found = ("fewer_hours",) if what == "lower" else ()
            body = SheetProposed(sheet=sheet, value=no, base=state.base(sheet), lowers=found, reason="r")
            lowering |= {no} if found else set()
        elif what == "withdraw":
            body = SheetWithdrawn(of_no=of_no, reason="r")
        before = state
        state = FOLDS[type(body)](state, body, header(no, who))
        for name, one in state.in_force.items():
            if one.proposed_no in lowering:
                assert one.approved_by not in ("", one.proposed_by)
                assert one.value == one.proposed_no
            if what in ("withdraw", "lower"):
                assert before.in_force.get(name) == one


SPANS = st.sampled_from([(), ("08:00-17:00",), ("08:00-12:00",), ("08:00-12:00", "13:00-17:00"), ("00:00-24:00",)])
DAYS = st.dates(TODAY, TODAY + timedelta(days=500))
CLOSINGS = st.builds(
    lambda day, hours: Closing(
        begins=datetime.fromisoformat(f"{day}T10:00"),
        ends=datetime.fromisoformat(f"{day}T10:00") + timedelta(hours=hours),
        why="x",
    ),
    DAYS,
    st.integers(1, 60),
)
OPENINGS = st.builds(
    Opening,
    zone=st.sampled_from(["Europe/Stockholm", "Europe/Helsinki"]),
    week=st.fixed_dictionaries({day: SPANS for day in WEEKDAYS}),
    holidays=st.none() | SPANS,
    eves=st.dictionaries(st.sampled_from(get_args(Eve)), SPANS, max_size=2),
    days=st.dictionaries(DAYS, SPANS, max_size=2),
    closed=st.lists(CLOSINGS, max_size=2, unique_by=lambda one: one.begins).map(tuple),
)
MOMENTS = st.datetimes(datetime(2026, 11, 28), datetime(2040, 1, 1)).map(lambda at: to_ms(at.replace(tzinfo=UTC)))  # noqa: DTZ001


def is_open(opening: Opening, at_ms: int) -> bool:
    return OpeningHours(hours_of(opening, "se")).opens_ms(at_ms) == at_ms


@given(OPENINGS, OPENINGS, st.booleans(), st.lists(MOMENTS, min_size=20, max_size=20))
def test_hours_changed_by_one_are_never_fewer(before: Opening, other: Opening, keeps: bool, moments: list[int]) -> None:
    assume(any(before.week.values()) and any(other.week.values()))
    after = other
    if keeps:  # most pairs made at random differ everywhere: of these the later one only adds
        after = Opening(zone=before.zone, week=dict.fromkeys(WEEKDAYS, ("00:00-24:00",)), closed=before.closed)
    there = around(on_call=OnCallReach(sms="+46701740605"))
    found = lowers("hours", plain(before), plain(after), there)
    if "fewer_hours" not in found:
        assert [at for at in moments if is_open(before, at) and not is_open(after, at)] == []


@given(OPENINGS, OPENINGS)
def test_more_hours_take_two_where_nobody_is_on_call(before: Opening, after: Opening) -> None:
    assume(any(before.week.values()) and any(after.week.values()))
    same = OpeningHours(hours_of(before, "se")).covers(OpeningHours(hours_of(after, "se")), since=TODAY)
    assert (
        "longer_without_on_call" in lowers("hours", plain(before), plain(after), around(on_call=OnCallReach()))
    ) != same


PROMISES = st.fixed_dictionaries(
    {
        level: st.fixed_dictionaries(
            {"target_min": st.integers(1, 40), "grace_min": st.integers(0, 40), "round_the_clock": st.booleans()}
        )
        for level in LEVELS
    }
)


@given(PROMISES, PROMISES, MOMENTS)
def test_promises_changed_by_one_are_kept_sooner_and_pass_nobody_more_urgent(
    before: dict[str, Any], after: dict[str, Any], at_ms: int
) -> None:
    sheet = next(one for one in SHEETS if one.name == "targets")
    values = [read(sheet, {"levels": levels}) for levels in (before, after)]
    if set(sheet.lowers(values[0], values[1], around())):
        return
    was, now = (promised(value) for value in values)
    for n, level in enumerate(LEVELS):
        assert now.target_ms("u", level, arrived_ms=at_ms) <= was.target_ms("u", level, arrived_ms=at_ms)
        assert now.due_ms("u", level, arrived_ms=at_ms) <= was.due_ms("u", level, arrived_ms=at_ms)
        if any(TIERS[higher] == TIERS[level] for higher in LEVELS[:n]):
            assert now.due_ms("u", level, arrived_ms=at_ms) == was.due_ms("u", level, arrived_ms=at_ms)


def promised(sheet: TargetsSheet) -> Deadlines:
    deadlines = load_deadlines("se")
    deadlines.take_levels("u", sheet.deadlines())
    return deadlines


def member(staff_id: str, *roles: str, skills: tuple[str, ...] = (), **more: Any) -> Member:
    held = {"hamnen": roles} if roles else {}
    return Member(staff_id=staff_id, name=staff_id, roles=held, skills=skills, provider_id="norr", **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("name", "before", "after", "expected"),
    [
        ("staff", {"skills": ["child"]}, {"skills": []}, ("last_with_skill",)),
        ("staff", {"skills": ["child"], "languages": ["so"]}, {"skills": ["child"]}, ("last_with_language",)),
        ("staff", {"skills": ["a"]}, {"skills": ["a"], "ends_on": "2026-12-31"}, ("last_of_care", "last_with_skill")),
        ("staff", {}, {"skills": ["wound"]}, ("skill_given",)),
        ("staff", {"ends_on": "2026-12-01"}, {}, ("employed_longer",)),
        ("staff", {"ends_on": "2026-12-01"}, {"ends_on": "2026-11-30"}, ("last_of_care",)),
        ("staff", {"ends_on": "2026-11-26"}, {"ends_on": "2026-11-25"}, ()),
        ("staff", {"languages": ["sv"]}, {"languages": ["sv", "so"]}, ("language_given",)),
        ("staff", {"provider_id": "norr"}, {"provider_id": "syd"}, ("employer_changed",)),
        ("staff", {"protected": True}, {}, ("name_shown",)),
        ("staff", {}, {"name": "Another"}, ()),
        ("unit", {}, {"phone": "08-465 004 10"}, ("phone_changed",)),
        ("unit", {}, {"name": "lots"}, ("renamed",)),
        ("roles", {"roles": {"hamnen": ["nurse"]}}, {"roles": {}}, ("last_of_care", "last_with_skill")),
        ("roles", {"roles": {}}, {"roles": {"lyktan": ["auditor"]}}, ("last_of_care", "last_with_skill", "role_given")),
        ("roles", {"roles": {}}, {"roles": {"hamnen": ["nurse"]}}, ("role_given", "skill_given")),
        ("ways", {"ways": []}, {"ways": [{"kind": "hsa_id", "digest": "d"}]}, ("way_given",)),
        ("ways", {"ways": [{"kind": "hpr", "digest": "d"}]}, {"ways": []}, ("last_of_care", "last_with_skill")),
    ],
)
def test_who_is_the_last_to_be_something_is_not_taken_away_by_one(
    name: str, before: dict[str, Any], after: dict[str, Any], expected: tuple[str, ...]
) -> None:
    base: dict[str, Any] = {"name": "sara", "provider_id": "norr"} if name == "staff" else {}
    if name == "unit":
        base = {"name": "sara", "provider_id": "norr", "takes_chat": False}
    skills = tuple(before.get("skills", () if name == "staff" else ("child",)))
    ends = date.fromisoformat(before["ends_on"]) if "ends_on" in before else None
    languages = tuple(before.get("languages", ()))
    sara = member("sara", "nurse", skills=skills, ends_on=ends, languages=languages)
    there = around(sara, member("karin", "unit_lead"), subject_id="sara")
    assert lowers(name, {**base, **before}, {**base, **after}, there) == expected


def test_with_somebody_else_who_can_one_person_is_enough() -> None:
    there = around(
        member("sara", "nurse", skills=("child",)), member("jonas", "nurse", skills=("child",)), subject_id="sara"
    )
    assert lowers("roles", {"roles": {"hamnen": ["nurse"]}}, {"roles": {}}, there) == ()


def test_of_two_who_can_sign_in_no_more_the_second_takes_two() -> None:
    """Whoever is known by nothing has a role and is not relied on."""
    one_way: dict[str, Any] = {"ways": [{"kind": "hpr", "digest": "d"}]}
    sara = member("sara", "nurse")
    assert lowers("ways", one_way, {"ways": []}, around(sara, member("jonas", "nurse"), subject_id="sara")) == ()
    there = around(sara, member("jonas", "nurse", signs_in=False), subject_id="sara")
    for name, held, none in (
        ("ways", one_way, {"ways": []}),
        ("roles", {"roles": {"hamnen": ["nurse"]}}, {"roles": {}}),
    ):
        assert lowers(name, held, none, there) == ("last_of_care",)


def test_where_all_are_there_for_a_time_nobody_leaves_sooner_by_one() -> None:
    until = date(2027, 6, 30)
    sara, jonas = member("sara", "nurse", ends_on=until), member("jonas", "nurse", ends_on=date(2027, 1, 31))
    held = {"name": "sara", "provider_id": "norr", "ends_on": str(until)}
    sooner = {**held, "ends_on": "2027-02-28"}
    assert lowers("staff", held, sooner, around(sara, jonas, subject_id="sara")) == ("last_of_care",)
    karin = member("karin", "nurse", ends_on=until)
    assert lowers("staff", held, sooner, around(sara, jonas, karin, subject_id="sara")) == ()


def test_what_is_told_during_a_closing_is_not_changed_by_one_with_a_second_closing_before_it() -> None:
    langs = ("sv", "nb", "en")
    old, new = ({"text": dict.fromkeys(langs, text), "why": "x"} for text in ("Ring 1177.", "Ring någon annan."))
    whole = {"begins": "2026-12-03T08:00:00", "ends": "2026-12-03T17:00:00"}
    week = {"zone": "Europe/Stockholm", "week": {"thu": ["08:00-17:00"]}}
    inner = {"begins": "2026-12-03T09:00:00", "ends": "2026-12-03T17:00:00"}
    before = {**week, "closed": [{**whole, **old}, {**inner, **new}]}
    after = {**week, "closed": [{**inner, **new}, {**whole, **old}]}
    assert lowers("hours", before, after, around()) == ("closed_text_changed",)
    assert lowers("hours", before, before, around()) == ()
    sheet = next(one for one in SHEETS if one.name == "hours")
    twice = {**week, "closed": [{**whole, **new}, {**whole, **old}]}
    verdict = judge(sheet, (read(sheet, before), read(sheet, twice)), around())
    assert [(fault.code, fault.where) for fault in verdict.faults] == [("overlap", "closed.1")]


def test_two_administrators_are_left_unless_two_agree() -> None:
    three = [member(one, "administrator") for one in ("a", "b", "c")]
    held: dict[str, Any] = {"roles": {"hamnen": ["administrator"]}}
    none: dict[str, Any] = {"roles": {}}
    assert lowers("roles", held, none, around(*three, subject_id="a")) == ()
    assert lowers("roles", held, none, around(*three[:2], subject_id="a")) == ("too_few_administrators",)


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ({}, {"sms": "+46701740605"}, ("on_call_given",)),
        ({"sms": "+46701740605"}, {"sms": "+46701740606"}, ("on_call_changed",)),
        ({"sms": "+46701740605"}, {}, ("on_call_changed",)),
        ({"sms": "+46701740605"}, {"sms": "+46701740605", "outside_hours": "take"}, ("takes_when_closed",)),
        ({"sms": "+46701740605"}, {"sms": "+46701740605", "webhook": "https://pager.example.se/fyr"}, ()),
    ],
)
def test_whoever_is_on_call_is_not_taken_away_by_one(
    before: dict[str, Any], after: dict[str, Any], expected: tuple[str, ...]
) -> None:
    assert lowers("on_call", before, after, around()) == expected


@pytest.mark.parametrize(
    ("reach", "code"),
    [
        ({"webhook": "https://169.254.169.254/"}, "host_not_listed"),
        ({"webhook": "https://example.se.evil.example/"}, "host_not_listed"),
        ({"webhook": "https://a@pager.example.se/"}, "host_not_listed"),
        ({"webhook": "http://pager.example.se/"}, "host_not_listed"),
        ({"webhook": "https://pager.example.se:8443/"}, "host_not_listed"),
        ({"sms": "0701740605"}, "not_a_mobile"),
        ({"outside_hours": "take"}, "takes_and_reaches_nobody"),
    ],
)
def test_a_webhook_names_no_machine_but_those_the_deployment_has_listed(reach: dict[str, Any], code: str) -> None:
    sheet = next(one for one in SHEETS if one.name == "on_call")
    verdict = judge(sheet, (read(sheet, {}), read(sheet, reach)), around())
    assert [fault.code for fault in verdict.faults] == [code]


@given(
    st.sampled_from(LEVELS), st.sampled_from(["told_after_min", "close_after_min", "attempts", "reminded_after_min"])
)
def test_times_of_silence_are_made_later_or_fewer_by_two(level: str, name: str) -> None:
    sheet = next(one for one in SHEETS if one.name == "silence")
    assert sheet.standard is not None
    before = plain(sheet.standard("hamnen"))
    after = plain(sheet.standard("hamnen"))
    times = after["levels"][level]
    changed = {
        "told_after_min": times["told_after_min"] * 1.5,
        "close_after_min": times["close_after_min"] - 1,
        "attempts": times["attempts"] - 1,
        "reminded_after_min": times["reminded_after_min"][:-1],
    }
    times[name] = changed[name]
    assert lowers("silence", before, after, around()) != ()
    assert lowers("silence", after, before, around()) == ()
