"""Observations and batches as devices send them, judged by an implementation of FHIR that is not ours."""

import json
from decimal import Decimal
from typing import Any

import pytest
from fhir.resources.R4B.bundle import Bundle
from fhir.resources.R4B.observation import Observation
from fhir.resources.R4B.operationoutcome import OperationOutcome

from web.fhir.batch import MOST_ENTRIES, batch_response, entries, operation_outcome
from web.fhir.measured import BY_CODE, SNOMED, Measured, Refused, measured
from web.fhir.observation import CATEGORY, LOINC, UCUM

AT = "2026-11-28T07:30:00+01:00"
AT_MS = 1_795_847_400_000


def quantity(value: float | str, code: str) -> dict[str, Any]:
    return {"value": value, "unit": code, "system": UCUM, "code": code}


def coded(*codes: tuple[str, str]) -> dict[str, Any]:
    return {"coding": [{"system": system, "code": code} for system, code in codes]}


def observation(loinc: str = "2708-6", value: float = 91, unit: str = "%", **more: Any) -> dict[str, Any]:
    whole = {
        "resourceType": "Observation",
        "status": "final",
        "category": [CATEGORY],
        "code": coded((LOINC, loinc)),
        "subject": {"identifier": {"system": "urn:oid:2.16.578.1.12.4.1.4.1", "value": "kept out of every answer"}},
        "device": {"identifier": {"value": "nonin-17"}},
        "effectiveDateTime": AT,
        "valueQuantity": quantity(value, unit),
        **more,
    }
    return {name: one for name, one in whole.items() if one is not None}


def read(resource: dict[str, Any], *, valid: bool = True) -> Measured:
    text = json.dumps(resource)
    if valid:
        Observation.model_validate_json(text)
    return measured(text.encode())


def refusal(resource: dict[str, Any], *, valid: bool = True) -> Refused:
    with pytest.raises(Refused) as refused:
        read(resource, valid=valid)
    OperationOutcome.model_validate(operation_outcome(refused.value))
    return refused.value


@pytest.mark.parametrize(
    ("code", "value", "unit", "told"),
    [
        ("2708-6", 91, "%", ("spo2", "91", "%")),
        ("59408-5", 91, "%", ("spo2", "91", "%")),
        ("8867-4", 72, "/min", ("hr", "72", "/min")),
        ("9279-1", 16, "/min", ("rr", "16", "/min")),
        ("29463-7", 80.05, "kg", ("weight", "80.05", "kg")),
        ("29463-7", 176.4, "[lb_av]", ("weight", "176.4", "lb")),
        ("8310-5", 98.6, "[degF]", ("temp", "98.6", "°F")),
        ("8310-5", 37.1, "Cel", ("temp", "37.1", "°C")),
        ("15074-8", 5.5, "mmol/L", ("glucose", "5.5", "mmol/L")),
        ("15074-8", 99, "mg/dL", ("glucose", "99", "mg/dL")),
    ],
)
def test_a_value_is_kept_as_it_was_sent(code: str, value: float, unit: str, told: tuple[str, str, str]) -> None:
    found = read(observation(code, value, unit))
    (one,) = found.readings
    assert (one.measure, str(one.value), one.unit) == told
    assert (one.at_ms, one.device, one.doubts) == (AT_MS, "nonin-17", ())
    assert found.subject.identifier.system == "urn:oid:2.16.578.1.12.4.1.4.1"


def test_a_pressure_is_two_readings_and_one_that_is_absent_loses_not_the_other() -> None:
    both = [
        {"code": coded((LOINC, "8480-6")), "valueQuantity": quantity(128, "mm[Hg]")},
        {"code": coded((SNOMED, "271650006")), "valueQuantity": quantity(79, "mm[Hg]")},
    ]
    panel = observation("85354-9", component=both, valueQuantity=None)
    assert [f"{one.measure} {one.value}" for one in read(panel).readings] == ["sbp 128", "dbp 79"]
    absent = {"code": coded((LOINC, "8462-4")), "dataAbsentReason": coded(("http://x.test/absent", "error"))}
    half = observation("85354-9", component=[both[0], absent], valueQuantity=None)
    assert [one.measure for one in read(half).readings] == ["sbp"]
    assert refusal(observation("85354-9", component=[absent], valueQuantity=None)).code == "required"


def test_a_meter_that_shows_only_that_it_is_too_low_is_taken_and_doubted() -> None:
    low = observation("15074-8", valueQuantity={**quantity(1.1, "mmol/L"), "comparator": "<"})
    (one,) = read(low).readings
    assert (one.value, one.doubts) == (Decimal("1.1"), ("device",))


@pytest.mark.parametrize(
    ("change", "code", "where"),
    [
        ({"status": "entered-in-error"}, "value", "status"),
        ({"status": "preliminary"}, "value", "status"),
        ({"subject": None}, "required", "subject"),
        ({"code": coded((LOINC, "1234-5"))}, "code-invalid", "code"),
        ({"code": coded((LOINC, "2708-6"), (SNOMED, "364075005"))}, "code-invalid", "code"),
        ({"code": coded((SNOMED, "2708-6"))}, "code-invalid", "code"),
        ({"valueQuantity": None}, "required", "valueQuantity"),
        ({"valueQuantity": {"unit": "%", "system": UCUM, "code": "%"}}, "required", "valueQuantity.value"),
        ({"valueQuantity": {"value": 91, "unit": "%"}}, "code-invalid", "valueQuantity.code"),
        ({"valueQuantity": quantity(91, "kPa")}, "code-invalid", "valueQuantity.code"),
        ({"valueQuantity": quantity(91, "mg/dL")}, "code-invalid", "valueQuantity.code"),
        ({"effectiveDateTime": "2026-11-28"}, "value", "effectiveDateTime"),
        ({"effectiveDateTime": None}, "value", "effectiveDateTime"),
        ({"device": {"identifier": {"value": "x" * 121}}}, "too-long", "device"),
    ],
)
def test_what_cannot_be_taken_is_refused_by_its_place(change: dict[str, Any], code: str, where: str) -> None:
    found = refusal(observation(**change))
    assert (found.code, found.where) == (code, where)


def test_what_is_no_observation_at_all_is_refused_and_not_repeated() -> None:
    odd = refusal(observation(valueQuantity={**quantity(91, "%"), "value": "ninety"}), valid=False)
    assert (odd.code, odd.where) == ("structure", "valueQuantity.value")
    assert "ninety" not in json.dumps(operation_outcome(odd))
    assert refusal({"resourceType": "Patient"}, valid=False).code == "not-supported"
    assert refusal(observation(effectiveDateTime="2026-13-45T07:30:00Z"), valid=False).where == "effectiveDateTime"
    with pytest.raises(Refused):
        measured(b"{")


def test_every_code_that_is_taken_is_of_one_measure() -> None:
    assert {system for system, _ in BY_CODE} == {LOINC, SNOMED}
    assert {"spo2", "hr", "rr", "sbp", "dbp", "temp", "weight", "glucose"} == set(BY_CODE.values())


def batch(*resources: Any, **more: Any) -> bytes:
    request = {"method": "POST", "url": "Observation"}
    rows = [
        {"fullUrl": f"urn:uuid:{number}", "resource": one, "request": request} for number, one in enumerate(resources)
    ]
    return json.dumps({"resourceType": "Bundle", "type": "batch", "entry": rows, **more}).encode()


def test_one_bad_entry_loses_none_of_the_others_and_each_is_answered_in_its_place() -> None:
    bad = {"resourceType": "Observation", "status": 7}
    told = entries(batch(observation(), bad, observation("8867-4", 70, "/min")))
    kinds = [type(one) for _, one in told]
    assert kinds == [Measured, Refused, Measured]
    first = told[0][1]
    answer = batch_response(told, known=lambda one: one is first)
    Bundle.model_validate(answer)
    statuses = [(one["fullUrl"], one["response"]["status"]) for one in answer["entry"]]
    assert statuses == [
        ("urn:uuid:0", "200 OK"),
        ("urn:uuid:1", "400 Bad Request"),
        ("urn:uuid:2", "201 Created"),
    ]
    assert answer["entry"][1]["response"]["outcome"]["issue"][0]["expression"] == ["status"]
    assert "kept out" not in json.dumps(answer)


def test_an_entry_that_asks_for_anything_else_is_refused_alone() -> None:
    other = {"fullUrl": "urn:uuid:x", "resource": observation(), "request": {"method": "DELETE", "url": "Observation"}}
    told = entries(batch(entry=[other, 7, {"resource": observation()}]))
    codes = [one.code for _, one in told if isinstance(one, Refused)]
    assert codes == ["not-supported", "structure", "not-supported"]
    answer = batch_response(told, known=lambda _: False)
    assert [one["response"]["status"][:3] for one in answer["entry"]] == ["422", "400", "422"]


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        (b"[]", "structure"),
        (b"{", "structure"),
        (batch(type="transaction"), "not-supported"),
        (batch(resourceType="Observation"), "not-supported"),
        (batch(entry=[None] * (MOST_ENTRIES + 1)), "too-long"),
    ],
)
def test_what_is_no_batch_is_refused_whole(raw: bytes, code: str) -> None:
    with pytest.raises(Refused) as refused:
        entries(raw)
    assert refused.value.code == code
