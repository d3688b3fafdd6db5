"""Observation (FHIR R4, http://hl7.org/fhir/R4/observation-vitalsigns.html): vital signs that came with a line.

Coded in LOINC, measured in UCUM, as the vital signs profile asks; a blood pressure is one observation of two parts.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from core.transcript.transcript import Told

Resource = dict[str, Any]
LOINC, UCUM = "http://loinc.org", "http://unitsofmeasure.org"
CATEGORY = {"coding": [{"system": "http://terminology.hl7.org/CodeSystem/observation-category", "code": "vital-signs"}]}
PRESSURE = "blood-pressure"
PARTS = ("sbp", "dbp")


class Coded(NamedTuple):
    """What a sign is called in LOINC and measured in."""

    codes: tuple[str, ...]
    display: str
    unit: str
    ucum: str


CODED: dict[str, Coded] = {
    "temp": Coded(("8310-5",), "Body temperature", "°C", "Cel"),
    "spo2": Coded(("2708-6", "59408-5"), "Oxygen saturation", "%", "%"),
    "hr": Coded(("8867-4",), "Heart rate", "/min", "/min"),
    "rr": Coded(("9279-1",), "Respiratory rate", "/min", "/min"),
    "weight": Coded(("29463-7",), "Body weight", "kg", "kg"),
    PRESSURE: Coded(("85354-9",), "Blood pressure panel", "", ""),
    "sbp": Coded(("8480-6",), "Systolic blood pressure", "mmHg", "mm[Hg]"),
    "dbp": Coded(("8462-4",), "Diastolic blood pressure", "mmHg", "mm[Hg]"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """What an observation has in common with the line it came with."""

    id: str
    meta: Resource
    subject: Resource
    encounter: Resource
    performer: Resource


def observed(one: Told) -> tuple[str, ...]:
    """The observations of a line, by name."""
    names = (PRESSURE if name in PARTS else name for name, _ in one.line.measured)
    return tuple(dict.fromkeys(names))


def observation_id(line_id: str, name: str) -> str:
    """The same each time it is told."""
    return f"{line_id}-{name}"


def observations(seen: Seen, one: Told) -> list[Resource]:
    """The resources themselves."""
    values = dict(one.line.measured)
    return [_observation(seen, one, name, values=values) for name in observed(one)]


def _observation(seen: Seen, one: Told, name: str, *, values: Mapping[str, float]) -> Resource:
    resource: Resource = {
        "resourceType": "Observation",
        "id": observation_id(seen.id, name),
        "meta": seen.meta,
        "status": "final",
        "category": [CATEGORY],
        "code": _code(name),
        "subject": seen.subject,
        "encounter": seen.encounter,
        "effectiveDateTime": one.at.isoformat(timespec="milliseconds"),
        "performer": [seen.performer] if seen.performer else [],
        **_valued(name, values),
    }
    return {field: value for field, value in resource.items() if value}  # FHIR has no empty values


def _valued(name: str, values: Mapping[str, float]) -> Resource:
    if name != PRESSURE:
        return {"valueQuantity": _quantity(name, values[name])}
    parts = [{"code": _code(part), "valueQuantity": _quantity(part, values[part])} for part in PARTS if part in values]
    return {"component": parts}


def _code(name: str) -> Resource:
    coded = CODED[name]
    coding = [{"system": LOINC, "code": code} for code in coded.codes]
    return {"coding": coding, "text": coded.display}


def _quantity(name: str, value: float) -> Resource:
    coded = CODED[name]
    return {"value": value, "unit": coded.unit, "system": UCUM, "code": coded.ucum}
