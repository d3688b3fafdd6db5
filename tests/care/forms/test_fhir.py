"""Thirty forms of our own, and a foreign one, through FHIR and back; validated by fhir.resources."""

from typing import Any

import msgspec
import pytest
from fhir.resources.R4B.questionnaire import Questionnaire as Validated
from fhir.resources.R4B.questionnaireresponse import QuestionnaireResponse

from care.forms.answers import check_answers
from care.forms.checking import form_faults
from care.forms.fhir_in import import_questionnaire
from care.forms.fhir_out import export_questionnaire
from care.forms.questionnaire import ITEM_TYPES, OPERATORS, Coding, Item, Option, Quantity, Questionnaire, all_items
from care.forms.response import export_response, import_response
from core.errors import FyrError
from tests.care.forms.thirty import ALONE, CORE, THIRTY, form, item


def read(raw: Any) -> Questionnaire:
    imported = import_questionnaire(msgspec.json.encode(raw))
    assert imported.unsupported == ()
    return imported.questionnaire


def unordered(raw: Any) -> Any:
    """FHIR gives no meaning to the order of extensions."""
    if isinstance(raw, dict):
        return {
            name: sorted(map(msgspec.json.encode, map(unordered, value))) if name == "extension" else unordered(value)
            for name, value in sorted(raw.items())
        }
    return [unordered(one) for one in raw] if isinstance(raw, list) else raw


@pytest.mark.parametrize("name", THIRTY)
def test_each_of_thirty_comes_back_as_it_went(name: str) -> None:
    questionnaire = read(THIRTY[name])
    assert form_faults(questionnaire) == []
    written = export_questionnaire(questionnaire)
    Validated.model_validate(written)
    assert unordered(written) == unordered(THIRTY[name])
    assert read(written) == questionnaire
    assert msgspec.json.decode(msgspec.json.encode(questionnaire), type=Questionnaire) == questionnaire


def test_together_they_use_every_element() -> None:
    assert len(THIRTY) == 30
    forms = [read(raw) for raw in THIRTY.values()]
    items = [one for questionnaire in forms for one in all_items(questionnaire.items)]
    assert {one.type for one in items} == ITEM_TYPES
    assert {condition.operator for one in items for condition in one.enable_when} == OPERATORS
    options = [option for one in items for option in one.options]
    for kind, found in ((Item, items), (Option, options), (Questionnaire, forms)):
        used = {name for one in found for name in kind.__struct_fields__ if getattr(one, name)}
        assert used >= set(kind.__struct_fields__) - {"foreign"}


@pytest.mark.parametrize("name", [name for name in THIRTY if name.startswith(("alone-", "nested-"))])
def test_answers_of_each_type_come_back_with_the_wording_they_were_given_to(name: str) -> None:
    questionnaire, given = read(THIRTY[name]), ALONE[name.split("-", 1)[1]][1]
    if given is None:
        return
    link_id, value = given
    raw = {"resourceType": "QuestionnaireResponse", "item": [{"linkId": link_id, "answer": [value]}]}
    answers = check_answers(questionnaire, import_response(questionnaire, raw), whole=True)
    assert list(answers) == [link_id]
    written = export_response(questionnaire, answers, status="completed", lang="sv")
    QuestionnaireResponse.model_validate(written)
    assert f"Fråga {link_id}" in msgspec.json.encode(written).decode()
    assert import_response(questionnaire, written) == answers


def test_an_answer_of_no_question_of_the_form_is_refused_by_its_place() -> None:
    raw = {"resourceType": "QuestionnaireResponse", "item": [{"linkId": "b", "answer": [{"valueBoolean": True}]}]}
    with pytest.raises(FyrError, match=r"item\[0\]\.linkId"):
        import_response(read(THIRTY["alone-boolean"]), raw)


FOREIGN = form(
    "foreign",
    item("kept", "boolean", extension=[{"url": "urn:else", "valueString": "x"}], _linkId={"id": "y"}),
    item("where", "reference"),
    item("set", "choice", answerValueSet="http://example.org/vs"),
    item("again", "group", repeats=True, item=[item("b", "string")]),
    item("later", "string", enableWhen=[{"question": "kept", "operator": "=", "answerReference": {"reference": "a"}}]),
    item("hidden", "string", extension=[{"url": f"{CORE}questionnaire-hidden", "valueBoolean": True}]),
    item("odd", "choice", answerOption=[{"valueCoding": {"code": "a", "display": "A"}}, {"valueTime": "10:00:00"}]),
    meta={"profile": ["urn:profile"]},
    identifier=[{"value": "1"}],
    modifierExtension=[{"url": "urn:changes", "valueBoolean": True}],
)


def test_what_is_foreign_is_named_by_its_path_and_handed_on() -> None:
    imported = import_questionnaire(msgspec.json.encode(FOREIGN))
    named = {one.path.removeprefix("Questionnaire."): one.changes for one in imported.unsupported}
    assert named == {
        "item[0].extension[0]": False,
        "item[0]._linkId": True,
        "item[1]": True,
        "item[2]": True,
        "item[3]": True,
        "item[4]": True,
        "item[5].extension[0]": False,
        "item[6].answerOption[1]": True,
        "meta": False,
        "identifier": False,
        "modifierExtension": True,
    }
    assert unordered(export_questionnaire(imported.questionnaire)) == unordered(FOREIGN)


@pytest.mark.parametrize("text", ["", "[]", '{"resourceType":"Patient"}', "[" * 2000])
def test_what_is_no_questionnaire_is_refused(text: str) -> None:
    with pytest.raises(FyrError, match="bad_request"):
        import_questionnaire(text)


def test_codes_and_quantities_are_told_apart_in_json() -> None:
    for value in (Coding(code="a"), Quantity(value=1)):
        kept = Item(link_id="a", type="choice", text={"sv": "a"}, initial=(value,))
        assert msgspec.json.decode(msgspec.json.encode(kept), type=Item) == kept
