"""Thirty Questionnaires of our own, written in FHIR JSON, each with answers that fit it."""

from typing import Any

Json = dict[str, Any]
CORE = "http://hl7.org/fhir/StructureDefinition/"
SDC = "http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-"
UCUM = "http://unitsofmeasure.org"
KILO = {"system": UCUM, "code": "kg", "display": "kg"}
POUND = {"system": UCUM, "code": "[lb_av]", "display": "lb"}
SEVENTY = {"unit": "kg", "system": UCUM, "code": "kg"}
RED, BLUE = {"system": "urn:test:colour", "code": "red"}, {"system": "urn:test:colour", "code": "blue"}


def translated(name: str, sv: str, nb: str) -> Json:
    inner = [{"url": "lang", "valueCode": "nb"}, {"url": "content", "valueString": nb}]
    return {name: sv, f"_{name}": {"extension": [{"url": f"{CORE}translation", "extension": inner}]}}


def form(name: str, /, *items: Json, **more: Any) -> Json:
    return {
        "resourceType": "Questionnaire",
        "id": name,
        "url": f"urn:test:{name}",
        "version": "1",
        "language": "sv",
        "status": "draft",
        "title": name,
        **more,
        "item": list(items),
    }


def item(link_id: str, kind: str, **more: Any) -> Json:
    return {"linkId": link_id, "text": f"Fråga {link_id}", "type": kind, **more}


def chosen(colour: Json, display: str, **more: Any) -> Json:
    return {**more, "valueCoding": {**colour, "display": display}}


def when(question: str, operator: str, **answer: Any) -> Json:
    return {"question": question, "operator": operator, **answer}


COLOURS = [chosen(RED, "Röd"), chosen(BLUE, "Blå")]
ALONE: dict[str, tuple[Json, Any]] = {
    "group": (item("a", "group", item=[item("b", "boolean")]), ("b", {"valueBoolean": True})),
    "display": (item("a", "display"), None),
    "boolean": (item("a", "boolean", required=True), ("a", {"valueBoolean": False})),
    "decimal": (item("a", "decimal"), ("a", {"valueDecimal": 37.5})),
    "integer": (item("a", "integer"), ("a", {"valueInteger": 4})),
    "date": (item("a", "date"), ("a", {"valueDate": "2026-02-28"})),
    "string": (item("a", "string", maxLength=20), ("a", {"valueString": "kort"})),
    "text": (item("a", "text"), ("a", {"valueString": "långt\nsvar"})),
    "choice": (item("a", "choice", answerOption=COLOURS), ("a", {"valueCoding": RED})),
    "open-choice": (item("a", "open-choice", answerOption=COLOURS), ("a", {"valueString": "grön"})),
    "quantity": (
        item("a", "quantity"),
        ("a", {"valueQuantity": {"value": 70, "unit": "kg", "system": UCUM, "code": "kg"}}),
    ),
}
DEEP = [item("inner", "group", item=[item("z", "integer")])]
EVERY_OPERATOR = form(
    "every-operator",
    item("n", "integer"),
    item("d", "date"),
    item("w", "quantity", extension=[{"url": f"{CORE}questionnaire-unitOption", "valueCoding": KILO}]),
    item("c", "choice", answerOption=COLOURS),
    item("t", "boolean"),
    item("s", "string"),
    item("m", "decimal"),
    item("has", "string", enableWhen=[when("n", "exists", answerBoolean=True)]),
    item("lacks", "string", enableWhen=[when("n", "exists", answerBoolean=False)]),
    item("is", "string", enableWhen=[when("c", "=", answerCoding=RED)]),
    item("isnt", "string", enableWhen=[when("c", "!=", answerCoding=RED)]),
    item("more", "string", enableWhen=[when("n", ">", answerInteger=3)]),
    item("less", "string", enableWhen=[when("d", "<", answerDate="2026-01-01")]),
    item("least", "string", enableWhen=[when("w", ">=", answerQuantity={"value": 50, "system": UCUM, "code": "kg"})]),
    item("most", "string", enableWhen=[when("m", "<=", answerDecimal=1.5)]),
    item(
        "both",
        "string",
        enableWhen=[when("t", "=", answerBoolean=True), when("s", "=", answerString="x")],
        enableBehavior="all",
    ),
    item(
        "either",
        "string",
        enableWhen=[when("t", "=", answerBoolean=True), when("s", "=", answerString="x")],
        enableBehavior="any",
    ),
)
BOUNDED = form(
    "bounded",
    item(
        "n",
        "integer",
        extension=[
            {"url": f"{CORE}minValue", "valueInteger": 1},
            {"url": f"{CORE}maxValue", "valueInteger": 9},
            {"url": f"{CORE}questionnaire-unit", "valueCoding": {"system": UCUM, "code": "d", "display": "d"}},
        ],
    ),
    item(
        "m",
        "decimal",
        extension=[
            {"url": f"{CORE}minValue", "valueDecimal": 34.5},
            {"url": f"{CORE}maxValue", "valueDecimal": 43},
            {"url": f"{CORE}maxDecimalPlaces", "valueInteger": 1},
        ],
    ),
    item(
        "d",
        "date",
        extension=[
            {"url": f"{CORE}minValue", "valueDate": "2026-01-01"},
            {"url": f"{CORE}maxValue", "valueDate": "2026-12-31"},
        ],
    ),
    item("s", "string", extension=[{"url": f"{CORE}minLength", "valueInteger": 2}], maxLength=5),
    item(
        "w",
        "quantity",
        extension=[
            {"url": f"{SDC}minQuantity", "valueQuantity": {"value": 1, "system": UCUM, "code": "kg"}},
            {"url": f"{SDC}maxQuantity", "valueQuantity": {"value": 400, "system": UCUM, "code": "kg"}},
            {"url": f"{CORE}questionnaire-unitOption", "valueCoding": KILO},
        ],
    ),
)
REPEATED = form(
    "repeated",
    item(
        "a",
        "choice",
        repeats=True,
        extension=[
            {"url": f"{CORE}questionnaire-minOccurs", "valueInteger": 1},
            {"url": f"{CORE}questionnaire-maxOccurs", "valueInteger": 2},
        ],
        answerOption=[
            *COLOURS,
            chosen(
                {"system": "urn:test:colour", "code": "none"},
                "Ingen",
                extension=[{"url": f"{CORE}questionnaire-optionExclusive", "valueBoolean": True}],
            ),
        ],
    ),
    item("b", "string", repeats=True),
)
SCORED = form(
    "scored",
    item(
        "a",
        "choice",
        answerOption=[
            chosen(RED, "Röd", extension=[{"url": f"{CORE}ordinalValue", "valueDecimal": 2}]),
            chosen(BLUE, "Blå", extension=[{"url": f"{CORE}ordinalValue", "valueDecimal": 0.5}]),
        ],
    ),
    item("n", "integer"),
    item("t", "boolean"),
    item("hidden", "integer", enableWhen=[when("t", "=", answerBoolean=True)]),
    extension=[
        {
            "url": "urn:fyr:form-score",
            "valueString": '{"id":"sum","title":{"sv":"Summa"},"parts":[{"question":"a","weight":2},{"question":"n",'
            '"weight":1},{"question":"t","weight":1},{"question":"hidden","weight":1}],"bands":'
            '[{"low":0,"high":5,"text":{"sv":"låg"}},{"low":5.5,"high":99,"text":{"sv":"hög"}}]}',
        },
        {
            "url": "urn:fyr:form-carries",
            "valueString": '{"question":"has_drooling","when":[{"question":"t","operator":"=","answer":true}],'
            '"behavior":"all"}',
        },
        {"url": "urn:fyr:form-origin", "valueString": "our own"},
        {"url": "urn:fyr:form-review", "valueCode": "confirmed"},
    ],
)
CONTROL = {
    "url": f"{CORE}questionnaire-itemControl",
    "valueCodeableConcept": {"coding": [{"system": "http://hl7.org/fhir/questionnaire-item-control", "code": "help"}]},
}
TOLD = {"extension": [CONTROL], "linkId": "a-help", "type": "display"}
TRANSLATED = form(
    "translated",
    {
        "linkId": "a",
        "type": "boolean",
        **translated("prefix", "1 a", "1 b"),
        **translated("text", "Sover du?", "Sover du godt?"),
        "item": [
            {"extension": [CONTROL], "linkId": "a-help", "type": "display", **translated("text", "Hjälp", "Hjelp")}
        ],
    },
    {
        "linkId": "c",
        "type": "choice",
        **translated("text", "Färg", "Farge"),
        "answerOption": [{"valueCoding": {**RED, **translated("display", "Röd", "Rød")}}],
    },
    {
        "linkId": "o",
        "type": "open-choice",
        "text": "Ord",
        "answerOption": [translated("valueString", "ja", "jo"), {"valueString": "nej"}, {"valueInteger": 3}],
    },
    **translated("title", "Översatt", "Oversatt"),
    **translated("description", "Om", "Om det"),
    **translated("copyright", "Fri", "Fritt"),
)
INITIAL = form(
    "initial",
    item("t", "boolean", initial=[{"valueBoolean": True}]),
    item("n", "integer", initial=[{"valueInteger": 2}]),
    item("m", "decimal", initial=[{"valueDecimal": 2.5}]),
    item("d", "date", initial=[{"valueDate": "2026-11-28"}]),
    item("s", "string", initial=[{"valueString": "hej"}]),
    item("x", "text", initial=[{"valueString": "hej då"}]),
    item("w", "quantity", initial=[{"valueQuantity": {"value": 1.5, "unit": "kg"}}]),
    item("c", "choice", answerOption=[{**COLOURS[0], "initialSelected": True}, COLOURS[1]]),
    item("r", "string", readOnly=True, initial=[{"valueString": "läs"}]),
)
NAMED = form(
    "named",
    item("a", "integer", code=[{"system": "http://loinc.org", "code": "8867-4", "display": "Heart rate"}]),
    item("b", "string", definition="urn:test:definition#b", prefix="2."),
    name="Named",
    date="2026-11-28",
    publisher="Fyr",
    description="Om",
    copyright="Fri",
    code=[{"system": "urn:test:form", "version": "2", "code": "x"}],
)
UNITS = form(
    "units",
    item(
        "w",
        "quantity",
        extension=[{"url": f"{CORE}questionnaire-unitOption", "valueCoding": one} for one in (KILO, POUND)],
    ),
)
EVERY_TYPE = form(
    "every-type",
    *({**one, "linkId": kind, "text": kind} for kind, (one, _) in ALONE.items() if kind != "group"),
)


def nested(kind: str) -> Json:
    alone = ALONE[kind][0]
    return form(f"nested-{kind}", item("g", "group", item=[item("h", "group", item=[alone])]))


THIRTY: dict[str, Json] = {
    **{f"alone-{kind}": form(f"alone-{kind}", one) for kind, (one, _) in ALONE.items()},
    **{f"nested-{kind}": nested(kind) for kind in ALONE},
    "every-operator": EVERY_OPERATOR,
    "bounded": BOUNDED,
    "repeated": REPEATED,
    "scored": SCORED,
    "translated": TRANSLATED,
    "initial": INITIAL,
    "named": NAMED,
    "units-and-types": form("units-and-types", *UNITS["item"], *EVERY_TYPE["item"], item("q", "boolean", item=DEEP)),
}
