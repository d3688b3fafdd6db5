"""What means one thing alone and another beside something else: a swollen throat, a bleeding that has not stopped."""

import pytest

from triage.assess import assess
from triage.assessment import Assessment
from triage.case import Case, Statement
from triage.content import load_content
from triage.pipeline.measure import measured
from triage.reader import case_of
from triage.rules.decide import rule_book
from triage.rules.facts import Facts
from triage.told import Answer, Told, Vitals, Words, story_of
from triage.urgency import RANK

CONTENT = load_content()
LOW_SATURATION = "RF011"
SORE = {
    "sv": "Ont i halsen sedan tre dagar, och halsen är svullen.",
    "nb": "Vondt i halsen i tre dager, og halsen er hoven.",
    "en": "Sore throat for three days, my throat is swollen.",
}


def judged(text: str, lang: str, *, age_y: float = 30) -> Assessment:
    """The assessment of one text from an adult, unless another age is given."""
    return assess(Case(statements=(Statement(text, lang=lang),), age_y=age_y, ui_lang=lang), CONTENT)


def present(text: str, lang: str) -> set[str]:
    """What is read and not denied."""
    return {finding.concept for finding in judged(text, lang).findings if not finding.negated}


@pytest.mark.parametrize("lang", list(SORE))
def test_a_sore_throat_that_is_swollen_is_looked_at_today_and_asked_about(lang: str) -> None:
    told = judged(SORE[lang], lang)
    assert (told.urgency, told.status, told.could_be) == ("urgent", "assessed", "immediate")
    assert "has_dyspnoea" in told.ask


@pytest.mark.parametrize(
    ("lang", "text"), [("sv", "Halsen är svullen."), ("nb", "Jeg er hoven i halsen."), ("en", "My throat is swollen.")]
)
def test_a_throat_that_is_swollen_and_not_sore_is_an_emergency(lang: str, text: str) -> None:
    assert judged(text, lang).urgency == "immediate"


@pytest.mark.parametrize(
    ("lang", "more"),
    [
        ("sv", "Det är svårt att andas."),
        ("sv", "Rösten är grötig."),
        ("sv", "Jag är hes."),
        ("sv", "Jag dreglar."),
        ("sv", "Tungan är svullen."),
        ("sv", "Läpparna är svullna."),
        ("sv", "Jag fick penicillin igår."),
        ("sv", "Halsen svullnar mer och mer."),
        ("nb", "Jeg har vansker med å svelge."),
        ("nb", "Ansiktet er hovent."),
        ("nb", "Jeg har elveblest."),
        ("nb", "Halsen snører seg."),
        ("en", "I can't swallow my saliva."),
        ("en", "I can barely open my mouth."),
        ("en", "It started suddenly."),
        ("en", "My throat is closing up."),
    ],
)
def test_what_speaks_for_the_airway_or_an_allergy_makes_it_an_emergency(lang: str, more: str) -> None:
    assert judged(f"{SORE[lang]} {more}", lang).urgency == "immediate", more


def test_a_childs_swollen_throat_stays_an_emergency() -> None:
    assert judged(SORE["en"], "en", age_y=6).urgency == "immediate"


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("sv", "Såret har inte slutat blöda."),
        ("sv", "Det slutar inte blöda."),
        ("nb", "Såret har ikke sluttet å blø."),
        ("en", "The cut hasn't stopped bleeding."),
        ("en", "It has not stopped bleeding."),
    ],
)
def test_a_bleeding_that_has_not_stopped_is_one(lang: str, text: str) -> None:
    assert "severe_bleeding" in present(text, lang)


@pytest.mark.parametrize(
    ("lang", "text"),
    [("sv", "Det har slutat blöda."), ("nb", "Det har sluttet å blø."), ("en", "It has stopped bleeding.")],
)
def test_a_bleeding_that_has_stopped_is_none(lang: str, text: str) -> None:
    assert not {"bleeding", "severe_bleeding"} & present(text, lang)


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("sv", "Jag är täppt i näsan och får ingen luft."),
        ("nb", "Jeg er tett i nesen og får ikke puste."),
        ("en", "I have a blocked nose and I can't breathe."),
    ],
)
def test_a_blocked_nose_does_not_excuse_that_no_air_comes(lang: str, text: str) -> None:
    assert judged(text, lang).urgency == "immediate"


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("sv", "Jag är täppt och kan inte andas genom näsan."),
        ("nb", "Jeg er tett og kan ikke puste gjennom nesa."),
        ("en", "I am bunged up and can't breathe through my nose."),
    ],
)
def test_air_that_does_not_come_through_the_nose_is_a_blocked_nose(lang: str, text: str) -> None:
    assert not {"no_breath", "dyspnoea"} & present(text, lang)


@pytest.mark.parametrize(("lang", "text"), [("sv", "Jag är feber-fri."), ("nb", "Jeg er feber-fri.")])
def test_a_hyphen_before_free_denies(lang: str, text: str) -> None:
    assert "fever" not in present(text, lang)


@pytest.mark.parametrize("sign", ["fever", "dyspnoea", "muffled_voice", "poor_feeding"])
@pytest.mark.parametrize("age_y", [(1, 1), (5, 5), (0, 120)])
def test_teething_excuses_nothing(sign: str, age_y: tuple[float, float]) -> None:
    book = rule_book(CONTENT)
    signs: dict[str, tuple[int, ...]] = {"drooling": (), sign: ()}
    told = book.decide(Facts(present=signs, age_y=age_y), understood=True)
    with_teeth = book.decide(Facts(present={**signs, "teething": ()}, age_y=age_y), understood=True)
    assert RANK[with_teeth.urgency] <= RANK[told.urgency]
    assert {rule.id for rule in told.fired} <= {rule.id for rule in with_teeth.fired}


@pytest.mark.parametrize("excuse", ["insect_sting", "bruise"])
def test_a_sting_excuses_no_redness_and_an_ordinary_one_waits(excuse: str) -> None:
    book = rule_book(CONTENT)
    local: dict[str, tuple[int, ...]] = {"swelling": (), "redness": ()}
    told = book.decide(Facts(present=local, age_y=(35, 35)), understood=True)
    excused = book.decide(Facts(present={**local, excuse: ()}, age_y=(35, 35)), understood=True)
    assert RANK[excused.urgency] <= RANK[told.urgency]
    assert RANK[excused.urgency] > RANK["urgent"] or excuse != "insect_sting"


def test_silence_about_a_sign_in_doubt_raises_however_many_signs_its_rule_names() -> None:
    book = rule_book(CONTENT)
    doubt = Facts(present={"common_cold": ()}, doubtful={"facial_droop": ()})
    told = book.decide(doubt, understood=True)
    assert told.could_be == "immediate"
    assert RANK[told.if_silent] < RANK[told.urgency]


@pytest.mark.parametrize(
    ("text", "week"),
    [
        ("nine weeks pregnant and bleeding", 9),
        ("jag är gravid, sju veckor, och blöder", 7),
        ("gravid og har hatt hodepine i fire uker", None),
        ("pregnant, four weeks of headache", None),
    ],
)
def test_a_week_in_a_word_is_the_pregnancys_only_beside_it(text: str, week: float | None) -> None:
    assert measured(text).week == week


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("sv", "Jag är förkyld. Jag kan knappt svälja."),
        ("nb", "Jeg er forkjølet. Jeg kan knapt svelge."),
        ("en", "I have a cold. I can hardly swallow."),
        ("en", "I have a cold. I can barely talk."),
    ],
)
def test_what_is_hardly_so_is_no_reason_to_wait(lang: str, text: str) -> None:
    told = judged(text, lang)
    assert RANK[told.urgency] <= RANK["urgent"]
    assert "feels_well" not in present(text, lang)


@pytest.mark.parametrize(
    ("lang", "text"), [("sv", "Jag är förkyld. Jag mår helt fruktansvärt."), ("en", "I have a cold. I feel so wrong.")]
)
def test_what_was_not_understood_of_how_somebody_feels_goes_to_a_person(lang: str, text: str) -> None:
    assert RANK[judged(text, lang).urgency] <= RANK["urgent"]


def test_of_what_was_measured_and_what_was_written_the_later_counts() -> None:
    low, typed = Words(entry=3, text="Min saturation är 85", lang="sv", asked=None), Vitals(values={"spo2": 98})
    pulse, normal, high = (
        Vitals(values={"hr": 80}),
        Vitals(values={"temp": 37.0}),
        Answer(question="temperature", value=40.6),
    )
    cases: list[tuple[tuple[Told, ...], bool]] = [((low, typed), False), ((typed, low), True), ((low, pulse), True)]
    for told, fires in cases:
        rules = {rule.id for rule in assess(case_of(story_of(told)), CONTENT).rules}
        assert (LOW_SATURATION in rules) is fires, told
    assert case_of(story_of((high, normal))).vitals == {"temp": 37.0}
    assert case_of(story_of((normal, high))).vitals == {}
