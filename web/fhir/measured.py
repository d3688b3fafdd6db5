"""Observation (FHIR R4) as devices and gateways send it, read into readings. No value is changed, rounded or guessed.

Codes: LOINC as we send it (`web.fhir.observation`); glucose and the SNOMED CT codes as HL7 Norway's VkpObservation has
them (HL7Norway/VkpObservation @fafc186b). Units: UCUM, those of http://hl7.org/fhir/R4B/valueset-ucum-vitals-common.html
and mmol/L and mg/dL. What is not listed is refused, and told to who sent it.
"""

import re
from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal
from typing import Literal, NamedTuple

import msgspec

from core.clock import to_ms
from core.errors import FyrError
from triage.thresholds.measures import MEASURES, Measure
from triage.thresholds.reading import Doubt, Reading, check_unit
from triage.thresholds.units import Unit
from web.fhir.observation import CODED, LOINC, UCUM

SNOMED = "http://snomed.info/sct"
IssueType = Literal["structure", "required", "value", "code-invalid", "not-supported", "too-long"]
"""Of http://hl7.org/fhir/R4B/valueset-issue-type.html, those we use."""
GLUCOSE = "15074-8"
PANEL = {(LOINC, "85354-9"), (SNOMED, "75367002")}
BY_CODE: dict[tuple[str, str], Measure] = {
    **{(LOINC, code): name for name in MEASURES if name in CODED for code in CODED[name].codes},
    (LOINC, GLUCOSE): "glucose",
    (SNOMED, "364075005"): "hr",
    (SNOMED, "271649006"): "sbp",
    (SNOMED, "271650006"): "dbp",
    (SNOMED, "431314004"): "spo2",
    (SNOMED, "434912009"): "glucose",
    (SNOMED, "276885007"): "temp",
    (SNOMED, "86290005"): "rr",
    (SNOMED, "27113001"): "weight",
}
BY_UNIT: dict[str, Unit] = {
    "kg": "kg",
    "[lb_av]": "lb",
    "mmol/L": "mmol/L",
    "mg/dL": "mg/dL",
    "Cel": "°C",
    "[degF]": "°F",
    "%": "%",
    "/min": "/min",
    "mm[Hg]": "mmHg",
}
SETTLED = frozenset({"final", "amended", "corrected"})
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?(Z|[+-]\d\d:\d\d)")
DEVICE_LIMIT = 120
_PLACE = re.compile(r"`\$\.?([^`]*)`")


class Refused(Exception):  # noqa: N818
    """A resource that gives no reading: why, and where in it. It names fields of FHIR and never a value."""

    def __init__(self, code: IssueType, where: str, what: str) -> None:
        super().__init__(code)
        self.code: IssueType = code
        self.where = where
        self.what = what


class Coding(msgspec.Struct, frozen=True):
    """A code of a terminology."""

    system: str = ""
    code: str = ""


class Coded(msgspec.Struct, frozen=True):
    """The same thing in several terminologies."""

    coding: tuple[Coding, ...] = ()


class Quantity(msgspec.Struct, frozen=True):
    """A number with its unit. `comparator`: the device shows no more than that it lies beyond its range."""

    value: Decimal | None = None
    comparator: str = ""
    system: str = ""
    code: str = ""


class Identifier(msgspec.Struct, frozen=True):
    """What somebody, or a device, is called by somebody."""

    system: str = ""
    value: str = ""


class Reference(msgspec.Struct, frozen=True):
    """Whom, or what, it is about."""

    reference: str = ""
    identifier: Identifier = Identifier()


class Component(msgspec.Struct, frozen=True):
    """One of several values of one measuring."""

    code: Coded = Coded()
    valueQuantity: Quantity | None = None  # noqa: N815


class Observation(msgspec.Struct, frozen=True):
    """What we read of it."""

    resourceType: str = ""  # noqa: N815
    status: str = ""
    code: Coded = Coded()
    subject: Reference = Reference()
    device: Reference = Reference()
    effectiveDateTime: str = ""  # noqa: N815
    effectiveInstant: str = ""  # noqa: N815
    valueQuantity: Quantity | None = None  # noqa: N815
    component: tuple[Component, ...] = ()


class Measured(NamedTuple):
    """What one observation tells, and of whom: by a logical identifier, or by a reference."""

    subject: Reference
    readings: tuple[Reading, ...]


def measured(raw: bytes | msgspec.Raw) -> Measured:
    """The readings of one Observation. Raises `Refused`."""
    try:
        told = msgspec.json.decode(raw, type=Observation)
    except msgspec.DecodeError as failure:
        raise Refused("structure", place_of(failure), "cannot be read as an Observation") from None
    if told.resourceType != "Observation":
        raise Refused("not-supported", "resourceType", "only an Observation is taken")
    if told.status not in SETTLED:
        raise Refused("value", "status", f"only {', '.join(sorted(SETTLED))} are taken")
    if not (told.subject.reference or told.subject.identifier.value):
        raise Refused("required", "subject", "whom it is about")
    return Measured(told.subject, tuple(_readings(told)))


def place_of(failure: msgspec.DecodeError) -> str:
    """Where in the resource it could not be read; never what stood there."""
    found = _PLACE.search(str(failure))
    return found[1] if found else ""


def _readings(told: Observation) -> Iterator[Reading]:
    at_ms, device = _moment(told), _device(told)
    parts = list(_parts(told))
    if not parts:
        raise Refused("required", "valueQuantity", "a value")
    for where, measure, quantity in parts:
        value, unit = _amount(quantity, measure, where)
        doubts: tuple[Doubt, ...] = ("device",) if quantity.comparator else ()
        yield Reading(measure=measure, value=value, unit=unit, at_ms=at_ms, device=device, doubts=doubts)


def _parts(told: Observation) -> Iterator[tuple[str, Measure, Quantity]]:
    """What was measured. Of a panel a value that is absent is left out, as long as another is there."""
    if any((one.system, one.code) in PANEL for one in told.code.coding):
        for number, part in enumerate(told.component):
            where = f"component[{number}]"
            if part.valueQuantity is not None:
                yield f"{where}.valueQuantity", _measure(part.code, where), part.valueQuantity
    elif told.valueQuantity is not None:
        yield "valueQuantity", _measure(told.code, ""), told.valueQuantity


def _measure(coded: Coded, where: str) -> Measure:
    """What is measured; several codes must agree, and one that is not ours says nothing."""
    found = {BY_CODE[one.system, one.code] for one in coded.coding if (one.system, one.code) in BY_CODE}
    if len(found) != 1:
        place = f"{where}.code" if where else "code"
        raise Refused("code-invalid", place, "one code that is taken here, and none that says another thing")
    return found.pop()


def _amount(quantity: Quantity, measure: Measure, where: str) -> tuple[Decimal, Unit]:
    if quantity.value is None or not quantity.value.is_finite():
        raise Refused("required", f"{where}.value", "a number")
    unit = BY_UNIT.get(quantity.code)
    if quantity.system != UCUM or unit is None:
        raise Refused("code-invalid", f"{where}.code", "a unit of UCUM that is taken here")
    try:
        check_unit(measure, unit)
    except FyrError:
        raise Refused("code-invalid", f"{where}.code", f"{measure} is not measured in this unit") from None
    return quantity.value, unit


def _moment(told: Observation) -> int:
    """When it was measured. Without a time of day and a zone nobody can say which came first."""
    text = told.effectiveDateTime or told.effectiveInstant
    try:
        if MOMENT.fullmatch(text):
            return to_ms(datetime.fromisoformat(text))
    except (ValueError, OverflowError):
        pass
    raise Refused("value", "effectiveDateTime", "a moment with date, time and zone")


def _device(told: Observation) -> str:
    name = told.device.identifier.value or told.device.reference
    if len(name) > DEVICE_LIMIT:
        raise Refused("too-long", "device", f"at most {DEVICE_LIMIT} letters")
    return name
