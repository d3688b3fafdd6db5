"""What is asked, what counts, what is wrong with an answer, and what answers add up to."""

import random

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from care.forms.answers import AnswerFault, check_answers, faults
from care.forms.checking import form_faults
from care.forms.enabled import asked, counting
from care.forms.library import library
from care.forms.questionnaire import (
    CHOOSING,
    UNASKED,
    Answers,
    Coding,
    Condition,
    Item,
    Quantity,
    Questionnaire,
    Value,
    all_items,
    questions,
)
from care.forms.raising import lowering
from care.forms.response import export_response, import_response
from care.forms.scoring import carried, scored, written
from core.errors import FyrError
from tests.care.forms.test_fhir import read
from tests.care.forms.thirty import THIRTY, UCUM
from triage.assess import assess
from triage.case import Case, Statement
from triage.content import load_content
from triage.urgency import RANK

RED = Coding(system="urn:test:colour", code="red")
NONE = Coding(system="urn:test:colour", code="none")
KILO = Quantity(value=60, unit="kg", system=UCUM, code="kg")
OPERATORS = read(THIRTY["every-operator"])
FORMS = [*map(read, THIRTY.values()), *library().values()]


@pytest.mark.parametrize(
    ("answers", "shown"),
    [
        ({}, "lacks isnt"),
        ({"n": (3,)}, "has isnt"),
        ({"n": (4,)}, "has isnt more"),
        ({"c": (RED,)}, "lacks is"),
        ({"d": ("2025-12-31",)}, "lacks isnt less"),
        ({"w": (KILO,)}, "lacks isnt least"),
        ({"w": (Quantity(value=60, system=UCUM, code="[lb_av]"),)}, "lacks isnt"),
        ({"m": (1.5,)}, "lacks isnt most"),
        ({"t": (True,)}, "lacks isnt either"),
        ({"t": (True,), "s": ("x",)}, "lacks isnt both either"),
    ],
)
def test_each_operator_shows_what_it_should(answers: Answers, shown: str) -> None:
    found = asked(OPERATORS, answers)
    assert {one.link_id for one in OPERATORS.items if one.enable_when and one.link_id in found} == set(shown.split())


def test_what_is_not_asked_has_no_answer_for_others_either() -> None:
    chain = Questionnaire(
        items=(
            Item(link_id="a", type="boolean"),
            Item(link_id="b", type="boolean", enable_when=(Condition(question="a", operator="=", answer=True),)),
            Item(link_id="c", type="boolean", enable_when=(Condition(question="b", operator="=", answer=True),)),
        )
    )
    assert list(counting(chain, {"a": (False,), "b": (True,), "c": (True,)})) == ["a"]


@pytest.mark.parametrize(
    ("name", "answers", "code"),
    [
        ("alone-boolean", {}, "required"),
        ("alone-boolean", {"a": (1,)}, "wrong_type"),
        ("alone-boolean", {"x": (True,), "a": (True,)}, "unknown_question"),
        ("alone-integer", {"a": (1.5,)}, "wrong_type"),
        ("alone-integer", {"a": (True,)}, "wrong_type"),
        ("alone-integer", {"a": (1, 2)}, "too_many"),
        ("alone-date", {"a": ("2026-02-29",)}, "wrong_type"),
        ("alone-string", {"a": (" ",)}, "wrong_type"),
        ("alone-string", {"a": ("x" * 21,)}, "too_long"),
        ("alone-text", {"a": ("x" * 4001,)}, "too_long"),
        ("alone-choice", {"a": ("grön",)}, "not_an_option"),
        ("alone-open-choice", {"a": (Coding(code="grön"),)}, "wrong_type"),
        ("bounded", {"n": (0,)}, "too_low"),
        ("bounded", {"n": (10,)}, "too_high"),
        ("bounded", {"m": (37.55,)}, "too_many_decimals"),
        ("bounded", {"d": ("2027-01-01",)}, "too_high"),
        ("bounded", {"s": ("x",)}, "too_short"),
        ("bounded", {"w": (Quantity(value=500, system=UCUM, code="kg"),)}, "too_high"),
        ("bounded", {"w": (Quantity(value=50, system=UCUM, code="g"),)}, "unknown_unit"),
        ("repeated", {"a": (RED, RED)}, "twice"),
        ("repeated", {"a": (RED, NONE)}, "not_alone"),
        ("initial", {"r": ("annat",)}, "read_only"),
    ],
)
def test_every_fault_names_its_question(name: str, answers: Answers, code: str) -> None:
    with pytest.raises(FyrError) as refused:
        check_answers(read(THIRTY[name]), answers, whole=True)
    assert refused.value.code == "answers_invalid"
    told = msgspec.convert(refused.value.data["faults"], list[AnswerFault])
    assert [one.code for one in told] == [code]
    assert told[0].link_id in {*answers, "a"}


def test_a_sum_with_something_missing_is_the_least_it_can_be() -> None:
    form = read(THIRTY["scored"])
    [part] = scored(form, {"a": (RED,)})
    assert (part.total, part.complete, part.text) == (4, False, {})
    [low] = scored(form, {"a": (RED,), "n": (1,), "t": (False,), "hidden": (90,)})
    assert (low.total, low.complete, low.text) == (5, True, {"sv": "låg"})
    [high] = scored(form, {"a": (RED,), "n": (1,), "t": (True,), "hidden": (1,)})
    assert (high.total, high.text) == (7, {"sv": "hög"})
    assert carried(form, {"t": (True,)}) == ("has_drooling",)
    assert carried(form, {"t": (False,)}) == ()


def test_forms_that_cannot_be_used_say_where() -> None:
    of_itself = Condition(question="a", operator="=", answer=True)
    broken = Questionnaire(
        id="no id",
        items=(
            Item(link_id="a", type="boolean", enable_when=(of_itself,)),
            Item(link_id="b", type="choice", text={"sv": "b"}),
            Item(link_id="b", type="display", text={"sv": "b"}, required=True),
            Item(link_id="c", type="group"),
            Item(link_id="d", type="string", text={"sv": "d"}, minimum=2),
            Item(
                link_id="e",
                type="string",
                text={"sv": "e"},
                enable_when=(
                    Condition(question="x", operator="=", answer=True),
                    Condition(question="a", operator=">", answer=True),
                    Condition(question="a", operator="exists", answer="x"),
                ),
            ),
        ),
    )
    told = {one.link_id: one.what for one in form_faults(broken)}
    assert told.keys() == {"", "a", "b", "c", "d", "e"}
    assert len(form_faults(broken)) == 12


def values_of(item: Item) -> st.SearchStrategy[Value]:
    """Answers that fit, and some that do not."""
    own: list[Value] = [option.value for option in item.options]
    wild: list[Value] = [True, False, 3, 37.5, "2026-11-28", "ord", KILO, RED]
    return st.sampled_from([*own, *own, *wild] if item.type in CHOOSING else wild)


@st.composite
def answered(draw: st.DrawFn) -> tuple[Questionnaire, Answers]:
    form = draw(st.sampled_from(FORMS))
    given_to = {
        item.link_id: st.lists(values_of(item), max_size=2).map(tuple)
        for item in all_items(form.items)
        if item.type not in UNASKED
    }
    return form, draw(st.fixed_dictionaries({}, optional=given_to))


@given(answered(), st.randoms(use_true_random=False))
def test_the_order_of_answers_says_nothing(pair: tuple[Questionnaire, Answers], order: random.Random) -> None:
    form, answers = pair
    names = list(answers)
    order.shuffle(names)
    turned = {name: answers[name] for name in names}
    assert asked(form, turned) == asked(form, answers)
    assert msgspec.json.encode(counting(form, turned)) == msgspec.json.encode(counting(form, answers))
    assert faults(form, turned, whole=True) == faults(form, answers, whole=True)
    assert scored(form, turned) == scored(form, answers)


@given(answered())
def test_what_is_hidden_never_counts(pair: tuple[Questionnaire, Answers]) -> None:
    form, answers = pair
    shown, counted = asked(form, answers), counting(form, answers)
    assert counted.keys() <= shown
    assert asked(form, counted) == shown
    hidden = {name: one for name, one in answers.items() if name not in shown}
    without = {name: one for name, one in answers.items() if name not in hidden}
    assert (scored(form, without), carried(form, without), written(form, without)) == (
        scored(form, answers),
        carried(form, answers),
        written(form, answers),
    )


@given(answered())
def test_answers_that_fit_come_back_from_fhir(pair: tuple[Questionnaire, Answers]) -> None:
    form, answers = pair
    wrong = {fault.link_id for fault in faults(form, answers, whole=False)}
    fitting = counting(form, {name: one for name, one in answers.items() if name not in wrong})
    if not faults(form, fitting, whole=False):
        assert import_response(form, export_response(form, fitting, status="in-progress", lang="nb")) == fitting


def test_the_library_is_our_own_unconfirmed_and_in_every_language() -> None:
    assert library().keys() == {"pre-visit", "sore-throat", "urinary", "headache", "back-pain", "sleep"}
    for form in library().values():
        assert (form.status, form.review) == ("draft", "unconfirmed")
        assert form.origin.startswith("Fyr's own wording")
        assert len(questions(form)) <= 16
        options = [option.words for item in all_items(form.items) for option in item.options]
        for words in (form.title, form.description, *(item.text for item in all_items(form.items)), *options):
            assert words.keys() == {"sv", "nb", "en"}
            assert all(text.strip() for text in words.values())


def test_what_the_library_tells_triage_only_raises() -> None:
    content = load_content()
    texts = ("Jag har ont i halsen sedan två dagar", "hej", "Jag vill förnya mitt recept", "Lite ont i ryggen, 2 dagar")
    for form in library().values():
        assert lowering(form, content) == []
        for carries in form.carries:
            for text in texts:
                case = Case(statements=(Statement(text, lang="sv"),), age_y=40, sex="f", ui_lang="sv")
                told = msgspec.structs.replace(case, answers={carries.question: True})
                assert RANK[assess(told, content).urgency] <= RANK[assess(case, content).urgency], carries.question


def test_a_form_may_not_say_what_could_lower() -> None:
    always = (Condition(question="t", operator="=", answer=True),)
    form = read(THIRTY["scored"])
    for name in ("has_fever", "no_such_question", "severity"):
        told = msgspec.structs.replace(form.carries[0], question=name, when=always)
        assert lowering(msgspec.structs.replace(form, carries=(told,)), load_content()) == [name]
