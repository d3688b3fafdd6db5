"""Every branch of the rules engine and of `assess`, each with what it is there for; `make coverage` counts them."""

import math
import random

import msgspec
import pytest

from triage.assess import assess, warm
from triage.assessment import Finding
from triage.case import Case, Statement, Subject
from triage.content import load_content
from triage.content.schema import Condition
from triage.ids import ConceptId, QuestionId
from triage.rules.condition import MEASURED, Blanks, Judge, plan_of
from triage.rules.decide import rule_book
from triage.rules.facts import Facts, age_spans
from triage.rules.met import asked
from triage.rules.paths import MOST_SAID, PathBook
from triage.rules.silent import one_step_up
from triage.rules.verdict import NO, YES, Truth, Verdict, limit
from triage.urgency import RANK

CONTENT = load_content()
BOOK = rule_book(CONTENT)


def said(text: str, *, age_y: float | None = 40, subject: Subject = "self", **known: object) -> Case:
    case = Case(statements=(Statement(text, lang="en"),), ui_lang="en", subject=subject, age_y=age_y)
    return msgspec.structs.replace(case, **known)


def value(when: Condition, facts: Facts) -> Verdict:
    return Judge(facts, BOOK.question_of, concept_of=BOOK.concept_of).verdict(plan_of(when))


def one(concept: str, **known: object) -> Facts:
    found = msgspec.structs.replace(Finding(statement=0, concept=concept, start=0, end=1, text="x"), **known)
    return Facts(findings=(found,), present={concept: (0,)})


PLEURITIC = Condition(a=QuestionId("pleuritic_pain"), is_=True)
NOT_PLEURITIC = Condition(a=QuestionId("pleuritic_pain"), is_=False)


@pytest.mark.parametrize(
    ("when", "facts", "truth"),
    [
        (PLEURITIC, one("pain_on_breathing"), Truth.YES),
        (NOT_PLEURITIC, one("pain_on_breathing"), Truth.NO),
        (PLEURITIC, Facts(denied=frozenset(("pain_on_breathing",))), Truth.NO),
        (NOT_PLEURITIC, Facts(denied=frozenset(("pain_on_breathing",))), Truth.UNKNOWN),
        (PLEURITIC, Facts(doubtful={"pain_on_breathing": (0,)}), Truth.UNKNOWN),
        (PLEURITIC, Facts(resolved={"pain_on_breathing": (0,)}), Truth.UNKNOWN),
        (PLEURITIC, Facts(), Truth.UNKNOWN),
        (PLEURITIC, Facts(answers={"pleuritic_pain": True}), Truth.YES),
        (PLEURITIC, Facts(answers={"pleuritic_pain": False}), Truth.NO),
        (Condition(a=QuestionId("vomit_count"), is_=">=2"), Facts(answers={"vomit_count": 3}), Truth.YES),
        (Condition(a=QuestionId("vomit_count"), is_=">=2"), Facts(answers={"vomit_count": 1}), Truth.NO),
        (Condition(a=QuestionId("vomit_count"), is_=">=2"), Facts(answers={"vomit_count": "two"}), Truth.NO),
    ],
)
def test_what_is_told_unasked_answers_the_question(when: Condition, facts: Facts, truth: Truth) -> None:
    assert value(when, facts).truth is truth


def test_a_doubtful_sign_opens_its_question() -> None:
    doubtful = value(PLEURITIC, Facts(doubtful={"pain_on_breathing": (0,)}))
    assert (doubtful.open, doubtful.asks) == (True, ("pleuritic_pain",))


C = ConceptId("fever")


@pytest.mark.parametrize(
    ("when", "facts", "truth"),
    [
        (Condition(c=C), Facts(doubtful={"fever": (0,)}), Truth.UNKNOWN),
        (Condition(c=C), Facts(denied=frozenset(("fever",))), Truth.NO),
        (Condition(c=C, res=True), Facts(resolved={"fever": ()}), Truth.YES),
        (Condition(c=C, res=True), Facts(denied=frozenset(("fever",))), Truth.NO),
        (Condition(ctx=C), Facts(present={"fever": ()}), Truth.YES),
        (Condition(ctx=C), Facts(denied=frozenset(("fever",))), Truth.NO),
        (Condition(ctx=C), Facts(), Truth.UNKNOWN),
        (Condition(c=C, sev=">=7"), one("fever", severity=8), Truth.YES),
        (Condition(c=C, sev=">=7"), one("fever", severity=2), Truth.NO),
        (Condition(c=C, sev=">=7"), one("fever"), Truth.UNKNOWN),
        (Condition(c=C, sev=">=7"), Facts(present={"fever": ()}, answers={"severity": 9}), Truth.YES),
        (Condition(c=C, sev=">=7"), Facts(present={"fever": ()}, answers={"severity": "bad"}), Truth.UNKNOWN),
        (Condition(c=C, onset="sudden"), one("fever", onset="gradual"), Truth.NO),
        (Condition(c=C, onset="sudden"), Facts(present={"fever": ()}, answers={"onset_sudden": True}), Truth.YES),
        (Condition(c=C, course="worse"), Facts(present={"fever": ()}, answers={"getting_worse": False}), Truth.NO),
        (Condition(sex="f"), Facts(), Truth.UNKNOWN),
        (Condition(sex="f"), Facts(sex="m"), Truth.NO),
        (Condition(sex="f"), Facts(sex="f"), Truth.YES),
        (Condition(age_d="<=28"), Facts(age_m=(0.5, 0.5)), Truth.YES),
        (Condition(age_m="<3"), Facts(age_m=(0, 11)), Truth.UNKNOWN),
        (Condition(age_y=">=50"), Facts(age_y=(20, 20)), Truth.NO),
        (Condition(preg_possible=True), Facts(sex="m"), Truth.NO),
        (Condition(preg_possible=True), Facts(sex="f", age_y=(30, 30)), Truth.UNKNOWN),
        (Condition(preg_possible=True), Facts(age_y=(30, 30), denied=frozenset(("pregnant",))), Truth.NO),
        (Condition(preg_possible=True), Facts(age_y=(30, 30), answers={"pregnancy_possible": True}), Truth.YES),
        (Condition(preg_possible=True), Facts(week=12), Truth.YES),
        (Condition(preg_w=">=20"), Facts(week=24), Truth.YES),
        (Condition(preg_w=">=20"), Facts(week=8), Truth.NO),
        (Condition(preg_w=">=20"), Facts(sex="m"), Truth.NO),
        (Condition(preg_w=">=20"), Facts(present={"pregnant": ()}), Truth.UNKNOWN),
        (Condition(v="temp", is_=">=38.0"), Facts(vitals={"temp": 38.0}), Truth.YES),
        (Condition(v="temp", is_=">=38.0"), Facts(vitals={"temp": 37.9}), Truth.NO),
        (Condition(v="temp", is_=">=38.0"), Facts(answers={"temperature": "hot"}), Truth.UNKNOWN),
        (Condition(v="spo2", is_="<90"), Facts(), Truth.UNKNOWN),
        (Condition(score="news2", is_=">=7"), Facts(age_y=(10, 10), vitals={"rr": 40}), Truth.NO),
        (Condition(score="news2", is_=">=7"), Facts(vitals={"rr": 40}), Truth.UNKNOWN),
        (Condition(score="news2", is_=">=7"), Facts(vitals={"rr": 40, "spo2": 80, "sbp": 80}), Truth.YES),
        (Condition(score="news2_max_single", is_=">=3"), Facts(vitals={"rr": 16}), Truth.UNKNOWN),
        (Condition(score="qsofa", is_=">=2"), Facts(vitals={"rr": 10, "sbp": 120, "consciousness": 0}), Truth.NO),
        (Condition(score="crb65", is_=">=2"), Facts(age_y=(70, 70), vitals={"rr": 31}), Truth.YES),
        (Condition(score="crb65", is_=">=2"), Facts(age_y=(60, 70), vitals={"rr": 31}), Truth.UNKNOWN),
        (Condition(any=(Condition(c=C), Condition(sex="f"))), Facts(denied=frozenset(("fever",)), sex="m"), Truth.NO),
        (Condition(c=C, none=(Condition(sex="f"),)), msgspec.structs.replace(one("fever"), sex="f"), Truth.NO),
        (Condition(c=C, none=(Condition(sex="f"),)), one("fever"), Truth.YES),
        (Condition(all=(Condition(c=C), Condition(sex="f"))), Facts(denied=frozenset(("fever",))), Truth.NO),
    ],
)
def test_each_kind_of_condition_has_three_values(when: Condition, facts: Facts, truth: Truth) -> None:
    assert value(when, facts).truth is truth


@pytest.mark.parametrize(("wanted", "fits"), [("=3", True), ("3", True), (">3", False), ("<=3", True), ("<3", False)])
def test_a_comparison_is_read_as_the_check_allows_it(wanted: str, fits: bool) -> None:
    assert limit(wanted)(3) is fits


ANY = plan_of(Condition(any=(Condition(c=C), Condition(c=ConceptId("cough")), Condition(c=ConceptId("rash")))))
BOTH = plan_of(Condition(all=(Condition(c=C), Condition(c=ConceptId("dyspnoea")))))


def test_a_part_nobody_spoke_of_is_judged_once() -> None:
    blanks = Blanks(BOOK.question_of, BOOK.concept_of)
    first = Judge(Facts(), BOOK.question_of, blanks).verdict(ANY)
    assert Judge(Facts(), BOOK.question_of, blanks).verdict(ANY) is first
    assert Judge(one("fever"), BOOK.question_of, blanks).verdict(ANY).truth is Truth.YES
    assert (YES.truth, NO.truth) == (Truth.YES, Truth.NO)


def test_of_two_patients_of_whom_as_much_is_known_the_second_is_not_judged_anew() -> None:
    blanks = Blanks(BOOK.question_of, BOOK.concept_of)
    waits, again, denied = (
        Judge(facts, BOOK.question_of, blanks).verdict(BOTH)
        for facts in (one("fever"), one("fever", severity=9), Facts(denied=frozenset(("fever",))))
    )
    assert again is waits
    assert (waits.truth, waits.open, waits.asks) == (Truth.UNKNOWN, True, ("has_dyspnoea",))
    assert denied.truth is Truth.NO


def test_the_findings_a_yes_rests_on_are_each_patients_own() -> None:
    blanks = Blanks(BOOK.question_of, BOOK.concept_of)
    for place in (0, 1):
        facts = msgspec.structs.replace(one("fever"), present={"fever": (place,)})
        assert Judge(facts, BOOK.question_of, blanks).verdict(ANY).evidence == {place}


def test_a_question_and_a_concept_of_the_same_name_are_told_apart() -> None:
    blanks = Blanks({}, {"trismus": "mouth_opens_little"})
    stiff = plan_of(Condition(any=(Condition(a=QuestionId("trismus"), is_=True), Condition(c=C))))
    both = msgspec.structs.replace(one("trismus"), present={"trismus": (0,), "mouth_opens_little": (0,)})
    for facts, truth in ((one("trismus"), Truth.UNKNOWN), (both, Truth.YES), (one("trismus"), Truth.UNKNOWN)):
        assert Judge(facts, {}, blanks, concept_of={"trismus": "mouth_opens_little"}).verdict(stiff).truth is truth


def somebody(chance: random.Random) -> Facts:
    """A few concepts known in some way, and at times an answer, a measurement, an age."""
    names = chance.sample([str(row.id) for row in CONTENT.concepts if str(row.id) in BOOK.red_flags], 5)
    findings = tuple(
        Finding(statement=0, concept=name, start=0, end=1, text="x", severity=chance.choice((None, 3, 8)))
        for name in names
    )
    states: list[dict[str, tuple[int, ...]]] = [{}, {}, {}, {}, {}]
    for at, name in enumerate(names):
        chance.choice(states)[name] = (at,)
    question = str(chance.choice(CONTENT.questions).id)
    years = chance.choice((1.0, 40.0, 80.0))
    return Facts(
        findings=findings,
        present=states[0],
        resolved=states[1],
        doubtful=states[2],
        denied=frozenset(states[3]),
        answers={question: chance.random() < 0.5} if chance.random() < 0.3 else {},
        vitals={"temp": 39.5} if chance.random() < 0.2 else {},
        age_y=(years, years),
        age_m=(years * 12, years * 12),
        sex=chance.choice(("f", "m", None)),
    )


@pytest.mark.parametrize("remembered", [1, 16_384])
def test_what_is_looked_up_by_what_is_known_is_what_each_rule_comes_to_by_itself(
    remembered: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("triage.rules.index.REMEMBERED", remembered)
    chance = random.Random(5)
    for facts in (somebody(chance) for _ in range(100)):
        said = {*facts.present, *facts.resolved, *facts.doubtful}
        names = said | {asked(question) for question, concept in BOOK.concept_of.items() if concept in said}
        names |= {*map(asked, facts.answers), *([MEASURED] if facts.vitals else [])}
        judge, alone = (
            Judge(facts, BOOK.question_of, blanks, concept_of=BOOK.concept_of)
            for blanks in (BOOK.blanks, Blanks(BOOK.question_of, BOOK.concept_of))
        )
        each = [(row, alone.verdict(row.plan)) for row in BOOK.index.rules if not names.isdisjoint(row.plan.names)]
        assert BOOK.index.judged(judge) == [pair for pair in each if pair[1].open or pair[1].truth is Truth.YES]


def test_what_is_kept_of_conditions_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("triage.rules.condition.REMEMBERED", 1)
    blanks = Blanks(BOOK.question_of, BOOK.concept_of)
    fever, breath = (Judge(one(name), BOOK.question_of, blanks) for name in ("fever", "dyspnoea"))
    first = fever.verdict(BOTH)
    assert breath.verdict(BOTH).truth is Truth.UNKNOWN
    assert fever.verdict(BOTH) == first
    assert fever.verdict(BOTH) is not first


@pytest.mark.parametrize(
    ("age_y", "age_m", "subject", "years", "months"),
    [
        (None, 6, "child", (0.5, 0.5), (6, 6)),
        (2, None, "child", (2, 2), (24, 35.99)),
        (40, None, "self", (40, 40), (480, 480)),
        (None, None, "child", (0, 11.99), (0, 143.9)),
        (None, None, "other", (18, 120), (216, 1440)),
    ],
)
def test_ages_not_known_exactly_are_spans(
    age_y: float | None, age_m: float | None, subject: Subject, years: tuple[float, float], months: tuple[float, float]
) -> None:
    assert age_spans(age_y, age_m, subject) == (years, months)


def choice(facts: Facts) -> str | None:
    path = PathBook(CONTENT).choose(facts).path
    return str(path.id) if path else None


SAME_DAY = {str(path.id) for path in CONTENT.paths if path.urgency == "urgent"}
ACHES = {str(concept) for path in CONTENT.paths if path.id == "SP_cold" for concept in path.allows}
GROWN = Facts(age_y=(40, 40), age_m=(480, 480))


def present(*concepts: str, **known: object) -> Facts:
    return msgspec.structs.replace(GROWN, present={concept: () for concept in concepts}, **known)


@pytest.mark.parametrize(
    ("facts", "path"),
    [
        (present("common_cold"), "SP_cold"),
        (present("common_cold", "immunosuppressed"), None),
        (present("common_cold", vitals={"temp": 40.0}), None),
        (present("common_cold", answers={"severity": 9}), None),
        (present("common_cold", answers={"duration_hours": 400}), "SP_cough_long"),
        (present("dysuria"), None),
        (present("dysuria", sex="f"), "SP_uti_woman"),
        (present("low_mood"), None),
        (present("low_mood", answers={"has_suicidal_ideation": False}), "SP_low"),
        (present("low_mood", denied=frozenset(("suicidal_ideation",))), "SP_low"),
        (present("prescription_renewal", "asthma"), "SP_renewal"),
        (present("prescription_renewal", "common_cold"), "SP_renewal"),
        (present("prescription_renewal", "chest_pain"), None),
        (present("fatigue"), "SP_tired"),
        (present("fatigue", "common_cold"), "SP_tired"),
        (present("itching", "insect_sting"), "SP_sting"),
        (present("headache", answers={"duration_hours": 400}), "SP_headache_long"),
        (msgspec.structs.replace(one("headache", duration_h=400.0), age_y=(40, 40)), "SP_headache_long"),
        (present("common_cold", "ear_wax"), "SP_ear_wax"),
        (msgspec.structs.replace(GROWN, resolved={"vomiting": ()}), "SP_gastro"),
        (present("common_cold", *sorted(ACHES)), None),
        (present("common_cold", "copd_exacerbation"), "SP_airways_risk"),
        (GROWN, None),
    ],
)
def test_a_path_holds_only_when_all_it_needs_is_known(facts: Facts, path: str | None) -> None:
    held = choice(facts)
    assert (None if held in SAME_DAY else held) == path


def test_only_a_missing_no_is_asked() -> None:
    assert PathBook(CONTENT).choose(present("low_mood")).asks == ("has_suicidal_ideation",)
    answered = present("low_mood", answers={"has_suicidal_ideation": True})
    assert PathBook(CONTENT).choose(answered).asks == ()


def test_silence_raises_by_one_and_never_to_immediate() -> None:
    assert one_step_up("self_care") == "routine"
    assert one_step_up("urgent") == "very_urgent"
    assert one_step_up("very_urgent") == "very_urgent"
    assert one_step_up("immediate") == "immediate"


def test_what_is_understood_and_has_no_row_that_lets_it_wait_is_seen_the_same_day() -> None:
    told = BOOK.decide(present("numbness"), understood=True)
    assert (told.urgency, told.assessed, told.safe_path) == ("urgent", True, "SP_today_head")
    assert not BOOK.decide(present("numbness"), understood=False).assessed
    assert choice(present("numbness", "lives_alone")) == "SP_today_head"


def test_silence_about_what_was_told_raises_and_a_safe_path_is_a_reason_to_wait() -> None:
    open_injury = BOOK.decide(present("head_injury"), understood=True)
    assert (open_injury.urgency, open_injury.if_silent) == ("urgent", "very_urgent")
    cold = BOOK.decide(present("common_cold"), understood=True)
    assert cold.if_silent == cold.urgency
    doubt = present("common_cold", doubtful={"chest_pain": ()})
    told = BOOK.decide(doubt, understood=True)
    assert (told.urgency, told.if_silent, told.could_be) == ("self_care", "routine", "immediate")


def test_what_may_cost_a_life_goes_to_a_person_also_when_denied() -> None:
    told = BOOK.decide(present("common_cold", doubtful={"suicidal_ideation": ()}), understood=True)
    assert (told.assessed, told.urgency) == (False, "urgent")
    assert not BOOK.decide(present("common_cold"), understood=False).assessed


def test_steps_are_added_to_the_level_the_others_give() -> None:
    told = BOOK.decide(present("common_cold", answers={"caller_very_worried": True}), understood=True)
    assert (told.urgency, told.fired[-1].id) == ("routine", "RF155")


def test_the_first_row_that_fits_says_what_a_nurse_would_ask_first() -> None:
    assert BOOK.decide(present("fever"), understood=True).ask
    assert BOOK.decide(present("burn"), understood=True).ask[0] == "burn_face_airway_hand_genital"
    assert BOOK.decide(present("tick_bite", doubtful={"chest_pain": ()}), understood=True).ask[0] == "has_dyspnoea"
    answered = present("burn", answers={"chemical": False})
    assert "chemical" not in BOOK.decide(answered, understood=True).ask
    odd = present("chest_pain", answers={"has_sweating": "ja"})
    assert "has_sweating" not in BOOK.decide(odd, understood=True).ask
    assert BOOK.decide(present("low_mood", "cough"), understood=True).ask
    assert "has_suicidal_ideation" in BOOK.decide(present("low_mood"), understood=True).ask


@pytest.mark.parametrize(
    ("case", "warning"),
    [
        (said("fever", vitals={"spo2": 140}), "impossible_vital:spo2"),
        (said("fever and SpO2 140"), "impossible_vital:spo2"),
        (said("fever", age_y=-3), "impossible_age:age_y"),
        (said("fever", age_y=math.nan), "impossible_age:age_y"),
        (said("fever", age_m=9_999), "impossible_age:age_m"),
        (said("x" * 20_001), "too_long"),
        (said("Ich habe starke Schmerzen und kann nicht schlafen heute"), "other_language"),
        (said("fever", answers=None), "fault:TypeError"),
        (said("fever", vitals=None), "fault:AttributeError"),
    ],
)
def test_bad_input_is_told_and_left_to_people(case: Case, warning: str) -> None:
    told = assess(case, CONTENT)
    assert warning in told.warnings
    assert (told.status, RANK[told.urgency] <= RANK["urgent"]) == ("unassessed", True)


def test_a_measurement_alone_is_judged() -> None:
    told = assess(Case(vitals={"spo2": 85}, age_y=40), CONTENT)
    assert (told.urgency, told.rules[0].id) == ("immediate", "RF011")


def test_warming_leaves_every_language_ready() -> None:
    warm(CONTENT)
    assert assess(Case(ui_lang="nb"), CONTENT).lang == "nb"
    assert assess(Case(ui_lang="de"), CONTENT).lang == "sv"
    assert assess(said("Eg har vondt i halsen og kjenner meg ikkje frisk"), CONTENT).lang == "nn"


def test_of_several_people_the_one_in_most_danger_decides() -> None:
    told = assess(said("I have a cold. My son is having a seizure right now", age_y=35), CONTENT)
    assert told.urgency == "immediate"


def test_what_is_full_of_strange_words_does_not_wait_on_the_rest() -> None:
    told = assess(said("I have a cold. My flimbous is zanky"), CONTENT)
    assert (told.status, told.urgency, told.safe_path) == ("unassessed", "urgent", None)
    assert told.unread == ((0, 18, 26), (0, 30, 35))
    assert assess(said("I have a cold"), CONTENT).safe_path == "SP_cold"


def test_who_names_more_than_a_few_symptoms_is_read_by_a_person_where_fewer_are_seen_the_same_day() -> None:
    small = {str(concept) for path in CONTENT.paths if path.beside for concept in path.about}
    known = sorted({str(c) for path in CONTENT.paths if path.urgency == "urgent" for c in path.about} - small)
    assert choice(present(*known[:MOST_SAID])) in SAME_DAY
    assert choice(present(*known[: MOST_SAID + 1])) is None
