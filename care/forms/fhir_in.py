"""A FHIR R4 Questionnaire read: what we know becomes a form, everything else is named by its path and kept."""

import itertools
from typing import Any, cast

import msgspec

from care.forms import fhir_names as names
from care.forms.node import Json, Node, Owner, Unsupported
from care.forms.questionnaire import (
    CHOOSING,
    ITEM_TYPES,
    NUMERIC,
    OPERATORS,
    Behavior,
    Carried,
    Coding,
    Condition,
    Help,
    Item,
    ItemType,
    Option,
    Quantity,
    Questionnaire,
    Score,
    Status,
    Value,
)
from core.errors import FyrError

DEEPEST = 12
"""Levels of items; more is no form anybody fills in."""
_CODING, _QUANTITY = {"system", "version", "code", "display"}, {"value", "unit", "system", "code"}


class Imported(msgspec.Struct, frozen=True, kw_only=True):
    """A form as it was read, and what of it is not carried out."""

    questionnaire: Questionnaire
    unsupported: tuple[Unsupported, ...]


def import_questionnaire(data: bytes | str) -> Imported:
    """Read FHIR JSON. Raises `bad_request` for what is no Questionnaire at all."""
    try:
        raw = msgspec.json.decode(data)
    except (msgspec.DecodeError, RecursionError):
        raise FyrError("bad_request", where="$", what="FHIR JSON") from None
    if not isinstance(raw, dict) or raw.get("resourceType") != "Questionnaire" or _depth(raw) > DEEPEST:
        raise FyrError("bad_request", where="$.resourceType", what="Questionnaire")
    named: list[Unsupported] = []
    node = Node(raw, "Questionnaire", Owner("Questionnaire", named))
    return Imported(questionnaire=_questionnaire(node), unsupported=tuple(named))


def _depth(raw: Json) -> int:
    inner = raw.get("item")
    below = [one for one in inner if isinstance(one, dict)] if isinstance(inner, list) else []
    return 1 + max((_depth(one) for one in below), default=0)


def _questionnaire(node: Node) -> Questionnaire:
    node.take("resourceType", str)
    lang = node.take("language", str) or "en"
    texts: dict[str, Any] = {
        name: node.take(name, str) or "" for name in ("id", "url", "version", "name", "date", "publisher")
    }
    form = Questionnaire(
        **texts,
        language=lang,
        status=cast("Status", node.take("status", Status) or "unknown"),
        title=node.words("title", lang),
        description=node.words("description", lang),
        copyright=node.words("copyright", lang),
        code=_codings(node, "code"),
        items=_items(node, lang),
        scores=_own(node, names.SCORE, Score),
        carries=_own(node, names.CARRIES, Carried),
        origin=node.value(names.ORIGIN, str, named="valueString") or "",
        review="confirmed" if node.value(names.REVIEW, str, named="valueCode") == "confirmed" else "unconfirmed",
    )
    node.close()
    return msgspec.structs.replace(form, foreign=node.owner.foreign)


def _own(node: Node, url: str, kind: type[Any]) -> tuple[Any, ...]:
    """Rules of our own are written as the JSON of their struct; what is none stays foreign."""
    texts = node.values(url, str, named="valueString")
    found = []
    for text in texts:
        try:
            found.append(msgspec.json.decode(text, type=kind))
        except (msgspec.DecodeError, msgspec.ValidationError):
            node.owner.keep(f"{node.path}.extension[0]", {"url": url, "valueString": text}, changes=True)
    return tuple(found)


def _codings(node: Node, name: str) -> tuple[Coding, ...]:
    """Where one says more than we keep the whole list stays foreign, so that no place in it shifts."""
    raw = node.take(name, list[dict[str, Any]])
    if raw is None:
        return ()
    codings = [_coding(one) for one in raw]
    if any(one is None for one in codings):
        node.owner.keep(f"{node.path}.{name}", raw, changes=False)
        return ()
    return tuple(one for one in codings if one is not None)


def _coding(raw: object) -> Coding | None:
    if not isinstance(raw, dict) or not raw.keys() <= _CODING or not all(isinstance(one, str) for one in raw.values()):
        return None
    return Coding(**raw)


def _quantity(raw: object) -> Quantity | None:
    if not isinstance(raw, dict) or not raw.keys() <= _QUANTITY:
        return None
    try:
        return msgspec.convert({"type": "quantity", **raw}, Quantity)
    except msgspec.ValidationError:
        return None


def _items(node: Node, lang: str) -> tuple[Item, ...]:
    """The items below; one of a type we do not ask stays with its parent, whole."""
    found = []
    for child in node.children("item", owned=True):
        raw = child.whole
        if not isinstance(raw.get("linkId"), str) or raw.get("type") not in ITEM_TYPES or _asks_otherwise(raw):
            node.owner.keep(child.path, raw, changes=True)
        else:
            found.append(_item(child, lang))
    return tuple(found)


def _asks_otherwise(raw: Json) -> bool:
    """What would be asked wrongly if a part of it were left out: the whole item is foreign then."""
    repeated = raw.get("repeats") is True and (raw["type"] == "group" or bool(raw.get("item")))
    valued = "answerValueSet" in raw or "modifierExtension" in raw
    return repeated or valued or any(_condition(one) is None for one in raw.get("enableWhen") or ())


def _item(node: Node, lang: str) -> Item:
    kind = cast("ItemType", node.take("type", str))
    helping = _help(node, lang)
    item = Item(
        link_id=node.take("linkId", str) or "",
        type=kind,
        text=node.words("text", lang),
        prefix=node.words("prefix", lang),
        help=helping,
        code=_codings(node, "code"),
        definition=node.take("definition", str) or "",
        required=bool(node.take("required", bool)),
        repeats=bool(node.take("repeats", bool)),
        read_only=bool(node.take("readOnly", bool)),
        enable_when=_conditions(node),
        enable_behavior=cast("Behavior", node.take("enableBehavior", Behavior) or "all"),
        options=tuple(itertools.chain.from_iterable(_option(one, lang, node) for one in node.children("answerOption"))),
        initial=tuple(itertools.chain.from_iterable(_initial(one) for one in node.children("initial"))),
        minimum=_bound(node, kind, names.MIN_VALUE, quantity=names.MIN_QUANTITY),
        maximum=_bound(node, kind, names.MAX_VALUE, quantity=names.MAX_QUANTITY),
        min_length=node.value(names.MIN_LENGTH, int, named="valueInteger"),
        max_length=node.take("maxLength", int),
        min_occurs=node.value(names.MIN_OCCURS, int, named="valueInteger"),
        max_occurs=node.value(names.MAX_OCCURS, int, named="valueInteger"),
        max_decimals=node.value(names.MAX_DECIMALS, int, named="valueInteger"),
        units=_units(node, kind),
        items=_items(node, lang),
    )
    node.close()
    return msgspec.structs.replace(item, foreign=node.owner.foreign)


def _help(node: Node, lang: str) -> Help | None:
    """The first item below that says nothing but help."""
    raw = node.take("item", list[dict[str, Any]])
    if raw is None:
        return None
    found = next((one for one in raw if _is_help(one)), None)
    rest = [one for one in raw if one is not found]
    if rest:
        node.put("item", rest)
    if found is None:
        return None
    inner = Node(found, f"{node.path}.item[{raw.index(found)}]", node.owner)
    link_id, text = inner.take("linkId", str) or "", inner.words("text", lang)
    return Help(link_id=link_id, text=text)


def _is_help(raw: Json) -> bool:
    control = {"url": names.CONTROL, "valueCodeableConcept": names.HELP}
    plain = raw.keys() <= {"linkId", "type", "text", "_text", "extension"}
    return plain and raw.get("type") == "display" and raw.get("extension") == [control]


def _conditions(node: Node) -> tuple[Condition, ...]:
    raw = node.take("enableWhen", list[dict[str, Any]]) or []
    return tuple(one for one in map(_condition, raw) if one is not None)


def _condition(raw: Json) -> Condition | None:
    """None where it says anything we do not judge by."""
    given = [name for name in raw if name.startswith("answer")]
    if len(given) != 1 or raw.keys() != {"question", "operator", given[0]} or raw["operator"] not in OPERATORS:
        return None
    answer = value_of(given[0].removeprefix("answer"), raw[given[0]])
    return None if answer is None else Condition(question=raw["question"], operator=raw["operator"], answer=answer)


def value_of(kind: str, raw: object) -> Value | None:
    """A value by FHIR's name of its kind; None where it says more than we keep."""
    if kind == "Coding":
        return _coding(raw)
    if kind == "Quantity":
        return _quantity(raw)
    if kind not in names.KINDS:
        return None
    try:
        return cast("Value", msgspec.convert(raw, names.KINDS[kind]))
    except msgspec.ValidationError:
        return None


def _option(node: Node, lang: str, parent: Node) -> list[Option]:
    raw = node.whole
    said = {"initial": bool(node.take("initialSelected", bool))}
    said["exclusive"] = bool(node.value(names.EXCLUSIVE, bool, named="valueBoolean"))
    score = cast("float | None", node.value(names.ORDINAL, cast("type[Any]", int | float), named="valueDecimal"))
    value, words = _option_value(node, lang)
    if value is None:
        parent.owner.keep(node.path, raw, changes=True)
        return []
    node.close()
    return [Option(value=value, words=words, score=score, **said)]


def _option_value(node: Node, lang: str) -> tuple[int | str | Coding | None, dict[str, str]]:
    coded = node.take("valueCoding", dict[str, Any])
    if coded is not None:
        inner = Node(coded, f"{node.path}.valueCoding", node.owner)
        words = inner.words("display", lang)
        parts = {name: inner.take(name, str) or "" for name in ("system", "version", "code")}
        inner.close()
        return Coding(**parts), words
    if "valueString" in node.keys():  # noqa: SIM118 - a node is no mapping
        words = node.words("valueString", lang)
        return words.get(lang), words if len(words) > 1 else {}
    return node.take("valueInteger", int), {}


def _initial(node: Node) -> list[Value]:
    found = [(name, raw) for name, raw in node.whole.items() if name.startswith("value")]
    value = value_of(found[0][0].removeprefix("value"), found[0][1]) if len(found) == 1 else None
    if value is None or len(node.whole) != 1:
        node.owner.keep(node.path, node.whole, changes=False)
        return []
    return [value]


def _bound(node: Node, kind: ItemType, url: str, *, quantity: str) -> Value | None:
    if kind == "quantity":
        raw = node.value(quantity, dict[str, Any], named="valueQuantity")
        return _quantity(raw) if raw is not None else None
    if kind == "date":
        return node.value(url, str, named="valueDate")
    if kind in NUMERIC:
        named = "valueInteger" if kind == "integer" else "valueDecimal"
        return cast("Value | None", node.value(url, cast("type[Any]", int | float), named=named))
    return None


def _units(node: Node, kind: ItemType) -> tuple[Coding, ...]:
    url = names.UNIT if kind in NUMERIC else names.UNIT_OPTION
    if kind in CHOOSING:
        return ()
    raw = node.values(url, dict[str, Any], named="valueCoding")
    return tuple(coding for one in raw if (coding := _coding(one)) is not None)
