"""The engine from the outside: known sentences, the command line, the log's entry."""

import io
import json
from pathlib import Path

import pytest
import yaml

from triage.assess import assess
from triage.case import Case, Statement
from triage.command import assess_lines
from triage.content import load_content
from triage.content.schema import LANGS, ContentLang
from triage.entries import Assessed
from triage.kinds import as_understood
from triage.plain import NOT_SURE
from triage.reader import Reader
from triage.told import Answer, Background, Correction, Told, Words, story_of
from triage.urgency import RANK

HERE = Path(__file__).parent

CONTENT = load_content()
HEART = {
    "sv": ("Jag har tryckande smärta i bröstet och det strålar ut i vänster arm", "smärta i bröstet"),
    "nb": ("Jeg har trykkende smerte i brystet og det stråler ut i venstre arm", "smerte i brystet"),
    "en": ("I have a pressing pain in my chest and it spreads to my left arm", "pain in my chest"),
}


@pytest.mark.parametrize("lang", ["sv", "nb", "en"])
def test_chest_pressure_with_spreading_is_immediate_and_says_why(lang: ContentLang) -> None:
    text, words = HEART[lang]
    result = assess(Case(statements=(Statement(text),), age_y=58), CONTENT)
    assert (result.lang, result.urgency, result.status) == (lang, "immediate", "assessed")
    assert result.rules[0].id == "RF030"
    told = [result.findings[at].text for at in result.rules[0].evidence]
    assert any(words in quote for quote in told)
    assert len(told) >= 2
    assert result.ask == ()


def test_nothing_said_is_left_to_people() -> None:
    result = assess(Case(), CONTENT)
    assert (result.urgency, result.status) == ("urgent", "unassessed")


@pytest.mark.parametrize("text", ["Ich habe starke Schmerzen und kann nicht schlafen heute", "у меня болит грудь"])
def test_another_language_is_left_to_people(text: str) -> None:
    result = assess(Case(statements=(Statement(text),), ui_lang="sv"), CONTENT)
    assert "other_language" in result.warnings
    assert (result.urgency, result.status) == ("urgent", "unassessed")


def test_an_impossible_value_is_said_and_not_used() -> None:
    result = assess(Case(vitals={"spo2": 140, "temp": 400}, age_y=40), CONTENT)
    assert result.warnings == ("impossible_vital:spo2", "impossible_vital:temp")
    assert result.rules == ()


def test_a_clause_about_the_body_that_nobody_understood_keeps_the_case_with_people() -> None:
    result = assess(Case(statements=(Statement("jag är snuvig, men foten ser konstig ut"),), age_y=30), CONTENT)
    assert [text for _, *text in result.unread] != []
    assert (result.urgency, result.status) == ("urgent", "unassessed")


def test_who_tells_of_someone_else_is_taken_to_write_for_them() -> None:
    result = assess(Case(statements=(Statement("Min man har ont i bröstet och är kallsvettig"),)), CONTENT)
    assert result.urgency == "immediate"


def lines(*rows: object) -> list[dict[str, object]]:
    """The command's answer lines."""
    sink = io.StringIO()
    assess_lines((json.dumps(row) if isinstance(row, dict) else str(row) for row in rows), sink, CONTENT)
    return [json.loads(line) for line in sink.getvalue().splitlines()]


def test_the_command_answers_line_by_line_and_goes_on_after_a_bad_one() -> None:
    good = {"id": "a", "text": HEART["sv"][0], "age_y": 58}
    bad = ("{oops", {"id": "b", "text": 7}, {"text": "hej"})
    first, second, third, nameless, last = lines(good, *bad, {"id": "c", "text": "hej"})
    assert list(first)[:10] == [
        *("id", "lang", "urgency", "rules", "findings", "status", "unread", "could_be", "ask", "content_version"),
    ]
    assert second == {"error": {"code": "bad_request", "where": "$", "what": "not JSON in UTF-8"}}
    assert third == {"id": "b", "error": {"code": "bad_request", "where": "$.text", "what": "Expected str, got int"}}
    assert nameless == {"error": {"code": "bad_request", "where": "$", "what": "Object missing required field id"}}
    assert last["status"] == "unassessed"
    assert last["urgency"] == "urgent"


def test_the_reader_writes_the_entry_in_the_contacts_language() -> None:
    story = story_of(
        [
            Background(subject="self", age_y=58, age_m=None, sex="m", lang="en", screen=()),
            Words(entry=7, text=HEART["sv"][0], lang=None, asked=None),
            Correction(struck=("chest_pain",), added=("sweating",)),
        ]
    )
    entry = Reader(CONTENT)(story, basis_no=8)
    assert (entry.urgency, entry.lang, entry.basis_no) == ("immediate", "en", 8)
    assert entry.reasons[0].rule == "RF030"
    rule = CONTENT.rule("RF030")
    assert rule is not None
    assert entry.reasons[0].text == rule.reason.en
    assert "chest pain" in entry.denied
    states = {finding.concept: finding.state for finding in entry.findings}
    assert states["chest_pain"] == "has_not"
    assert states["radiating_pain"] == "has"
    assert {finding.entry for finding in entry.findings} == {7}
    assert entry.safety_net


def test_the_emergency_screen_counts_without_a_word() -> None:
    told = Background(subject="self", age_y=40, age_m=None, sex=None, lang="nb", screen=("screen_breathing",))
    entry = Reader(CONTENT)(story_of([told]), basis_no=1)
    assert (entry.urgency, entry.assessed) == ("immediate", True)


def test_an_answer_settles_what_was_open() -> None:
    words = Words(entry=1, text="ont i bröstet", lang="sv", asked=None)
    background = Background(subject="self", age_y=50, age_m=None, sex=None, lang="sv", screen=())
    read = Reader(CONTENT)
    before = read(story_of([background, words]), basis_no=2)
    assert before.urgency == "very_urgent"
    assert before.ask
    after = read(story_of([background, words, Answer(question="has_sweating", value=True)]), basis_no=3)
    assert after.urgency == "immediate"


@pytest.mark.parametrize(
    ("lang", "text"), [("sv", "min bebis har feber"), ("nb", "babyen min har feber"), ("en", "my baby has a fever")]
)
def test_the_writers_age_is_not_the_babys(lang: str, text: str) -> None:
    told = assess(Case(statements=(Statement(text),), subject="self", age_y=40, ui_lang=lang), CONTENT)
    assert RANK[told.urgency] <= RANK["urgent"]


def test_an_age_in_the_text_is_the_childs_and_no_duration() -> None:
    told = assess(Case(statements=(Statement("bebis 2 månader, feber 38,4"),), age_y=30, ui_lang="sv"), CONTENT)
    assert told.urgency == "very_urgent"
    assert "RF120" in {rule.id for rule in told.rules}
    toddler = assess(Case(statements=(Statement("Min son 4 år har feber"),), age_y=35, ui_lang="sv"), CONTENT)
    assert "RF130" not in {rule.id for rule in toddler.rules}
    assert [finding.duration_h for finding in toddler.findings] == [None]


def test_a_grown_ups_age_is_never_a_childs_even_when_it_was_given_for_the_patient() -> None:
    case = Case(statements=(Statement("min bebis har feber"),), age_y=40, age_is_patients=True, ui_lang="sv")
    assert RANK[assess(case, CONTENT).urgency] <= RANK["urgent"]


@pytest.mark.parametrize("lang", LANGS)
def test_a_level_below_urgent_always_names_its_safe_path(lang: str) -> None:
    for text in yaml.safe_load((HERE / f"vignettes_{lang}.yaml").read_text("utf-8")):
        told = assess(Case(statements=(Statement(text["text"]),), age_y=text.get("age_y"), ui_lang=lang), CONTENT)
        assert RANK[told.urgency] <= RANK["urgent"] or told.safe_path is not None


def test_what_a_nurse_would_ask_first_comes_first() -> None:
    told = assess(Case(statements=(Statement("jag har feber"),), age_y=45, ui_lang="sv"), CONTENT)
    assert told.ask[0] in ("has_confusion", "has_dyspnoea", "has_neck_stiffness", "has_non_blanching_rash")
    assert "has_adrenal_insufficiency" not in told.ask[:3]


def read(text: str, *more: Told, lang: str = "sv", age_y: int = 50) -> Assessed:
    """The entry of one message with what was told besides."""
    background = Background(subject="self", age_y=age_y, age_m=None, sex=None, lang=lang, screen=())
    words = Words(entry=3, text=text, lang=lang, asked=None)
    return Reader(CONTENT)(story_of([background, words, *more]), basis_no=3)


def test_a_reason_says_where_its_words_stand_and_its_source() -> None:
    text = "Sedan en timme har jag ont i bröstet"
    reason = next(reason for reason in read(text).reasons if reason.rule == "RF031")
    assert [text[start:end] for entry, start, end in reason.at if entry == 3] == list(reason.words) == ["ont i bröstet"]
    assert reason.source == CONTENT.rule(reason.rule).source  # type: ignore[union-attr]
    assert not reason.confirmed


def test_each_question_says_what_a_bad_answer_could_mean() -> None:
    entry = read("ont i bröstet")
    assert entry.could_be == "immediate"
    assert "immediate" in {question.could_be for question in entry.ask}
    assert all(question.could_be is None or question.could_be == "immediate" for question in entry.ask)
    shown = as_understood(entry)
    assert [question.id for question in shown.ask] == [question.id for question in entry.ask]
    assert {question.could_be for question in shown.ask} == {None}


def test_a_level_below_urgent_names_its_safe_path_with_words_and_what_was_denied() -> None:
    cold = read("snuvig och hostar").path
    assert cold is not None
    assert (cold.rule, cold.urgency) == ("SP_cold", "self_care")
    assert set(cold.words) == {"snuvig", "hostar"}
    low = read("jag är nedstämd", Answer(question="has_suicidal_ideation", value=False)).path
    assert low is not None
    assert CONTENT.question("has_suicidal_ideation").wording.sv in low.text  # type: ignore[union-attr]
    assert read("ont i bröstet").path is None


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize(
    ("texts", "has"),
    [
        ({"sv": "ont i bröstet", "nb": "vondt i brystet", "en": "chest pain"}, True),
        ({"sv": "snuvig", "nb": "snørrete", "en": "runny nose"}, True),
        ({"sv": "blurk", "nb": "blurk", "en": "blurk"}, False),
    ],
)
def test_the_patient_gets_three_plain_lines(lang: str, texts: dict[str, str], has: bool) -> None:
    entry = read(texts[lang], lang=lang)
    assert len(entry.plain) == 3
    assert all(line and "RF" not in line and "{w" not in line for line in entry.plain)
    assert (entry.plain[0] == NOT_SURE.get(lang)) is not has
    assert as_understood(entry).plain == entry.plain


def test_the_lines_say_what_decided_else_what_would_change_it_else_what_to_do() -> None:
    assert read("ont i bröstet").plain[2] == "Du skrev “ont i bröstet”. Det avgjorde."
    assert (
        read("snuvig. kanske lite ont i bröstet").plain[2] == "Dina svar på våra frågor kan göra att det går fortare."
    )
    assert "{advice}" in read("snuvig").plain[2]
