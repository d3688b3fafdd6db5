"""What extensions of a Questionnaire are called, and which parts of a value FHIR names how."""

from typing import Any

from care.forms.questionnaire import Coding, Item, Quantity, Value

_CORE = "http://hl7.org/fhir/StructureDefinition/"
MIN_VALUE, MAX_VALUE = f"{_CORE}minValue", f"{_CORE}maxValue"
MIN_LENGTH, MAX_DECIMALS = f"{_CORE}minLength", f"{_CORE}maxDecimalPlaces"
MIN_OCCURS, MAX_OCCURS = f"{_CORE}questionnaire-minOccurs", f"{_CORE}questionnaire-maxOccurs"
UNIT, UNIT_OPTION = f"{_CORE}questionnaire-unit", f"{_CORE}questionnaire-unitOption"
EXCLUSIVE, ORDINAL = f"{_CORE}questionnaire-optionExclusive", f"{_CORE}ordinalValue"
CONTROL = f"{_CORE}questionnaire-itemControl"
_SDC = "http://hl7.org/fhir/uv/sdc/StructureDefinition/"
MIN_QUANTITY, MAX_QUANTITY = f"{_SDC}sdc-questionnaire-minQuantity", f"{_SDC}sdc-questionnaire-maxQuantity"
SCORE, CARRIES, ORIGIN, REVIEW = (
    "urn:fyr:form-score",
    "urn:fyr:form-carries",
    "urn:fyr:form-origin",
    "urn:fyr:form-review",
)
"""Our own."""
CONTROLS = "http://hl7.org/fhir/questionnaire-item-control"
HELP = {"coding": [{"system": CONTROLS, "code": "help"}]}
OF_TYPE: dict[str, str] = {
    "boolean": "valueBoolean",
    "decimal": "valueDecimal",
    "integer": "valueInteger",
    "date": "valueDate",
    "string": "valueString",
    "text": "valueString",
    "quantity": "valueQuantity",
}
KINDS: dict[str, Any] = {
    "Boolean": bool,
    "Decimal": int | float,
    "Integer": int,
    "Date": str,
    "String": str,
    "Coding": Coding,
    "Quantity": Quantity,
}


def value_name(value: Value, item: Item | None) -> str:
    """How FHIR names a value of this kind, of this item: "valueCoding"."""
    if isinstance(value, Coding):
        return "valueCoding"
    if isinstance(value, Quantity):
        return "valueQuantity"
    if item is not None and item.type in OF_TYPE:
        return OF_TYPE[item.type]
    if isinstance(value, bool):
        return "valueBoolean"
    return "valueString" if isinstance(value, str) else "valueInteger" if isinstance(value, int) else "valueDecimal"


def plain_coding(coding: Coding) -> dict[str, str]:
    """A Coding as FHIR writes it."""
    named = {"system": coding.system, "version": coding.version, "code": coding.code, "display": coding.display}
    return {name: text for name, text in named.items() if text}


def plain_quantity(quantity: Quantity) -> dict[str, Any]:
    """A Quantity as FHIR writes it."""
    named = {"unit": quantity.unit, "system": quantity.system, "code": quantity.code}
    return {"value": quantity.value, **{name: text for name, text in named.items() if text}}


def plain_value(value: Value) -> Any:
    """A value as FHIR writes it."""
    if isinstance(value, Coding):
        return plain_coding(value)
    return plain_quantity(value) if isinstance(value, Quantity) else value
