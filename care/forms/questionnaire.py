"""A form as it is asked: the subset of FHIR R4's Questionnaire (http://hl7.org/fhir/R4/questionnaire.html) we keep.

Every text is held by language. What a foreign Questionnaire says besides lies in `foreign`, at its place in FHIR, so
that it is handed on as it came.
"""

from collections.abc import Iterator
from typing import Literal, get_args

import msgspec

Words = dict[str, str]
"""One text by language (BCP 47)."""
ItemType = Literal[
    "group",
    "display",
    "boolean",
    "decimal",
    "integer",
    "date",
    "string",
    "text",
    "choice",
    "open-choice",
    "quantity",
]
ITEM_TYPES: frozenset[str] = frozenset(get_args(ItemType))
UNASKED: frozenset[ItemType] = frozenset({"group", "display"})
"""What has no answer of its own."""
CHOOSING: frozenset[ItemType] = frozenset({"choice", "open-choice"})
NUMERIC: frozenset[ItemType] = frozenset({"decimal", "integer"})
WRITTEN: frozenset[ItemType] = frozenset({"string", "text"})
Operator = Literal["exists", "=", "!=", ">", "<", ">=", "<="]
OPERATORS: frozenset[str] = frozenset(get_args(Operator))
Behavior = Literal["all", "any"]
Status = Literal["draft", "active", "retired", "unknown"]


class Coding(msgspec.Struct, frozen=True, kw_only=True, tag="coding", tag_field="type", omit_defaults=True):
    """A concept of a code system. System and code say which; the display is only how it reads."""

    system: str = ""
    version: str = ""
    code: str = ""
    display: str = ""


class Quantity(msgspec.Struct, frozen=True, kw_only=True, tag="quantity", tag_field="type", omit_defaults=True):
    """A number with its unit."""

    value: int | float
    unit: str = ""
    system: str = ""
    code: str = ""


Value = bool | int | float | str | Coding | Quantity
"""What an answer may be. A date is text, as YYYY-MM-DD."""


class Condition(msgspec.Struct, frozen=True, kw_only=True):
    """Something that is to hold of another question's answers: FHIR's `enableWhen`."""

    question: str
    operator: Operator
    answer: Value


class Option(msgspec.Struct, frozen=True, kw_only=True):
    """One answer to choose."""

    value: int | str | Coding
    words: Words = {}
    """How it reads, where it is coded or translated."""
    initial: bool = False
    exclusive: bool = False
    """Chosen alone: "none of these"."""
    score: int | float | None = None
    """What it counts in a sum (FHIR's `ordinalValue`)."""


class Help(msgspec.Struct, frozen=True, kw_only=True):
    """What is told beside a question to who wants to know more. In FHIR an item of its own."""

    link_id: str
    text: Words


class Item(msgspec.Struct, frozen=True, kw_only=True):
    """One question, a group of them, or a text to read."""

    link_id: str
    type: ItemType
    text: Words = {}
    prefix: Words = {}
    """What stands before the text: "1a"."""
    help: Help | None = None
    code: tuple[Coding, ...] = ()
    definition: str = ""
    required: bool = False
    repeats: bool = False
    """Several answers may be given."""
    read_only: bool = False
    enable_when: tuple[Condition, ...] = ()
    """Asked only where these hold; no condition: always."""
    enable_behavior: Behavior = "all"
    options: tuple[Option, ...] = ()
    initial: tuple[Value, ...] = ()
    minimum: Value | None = None
    maximum: Value | None = None
    """The least and the most a number, a date or a quantity may be."""
    min_length: int | None = None
    max_length: int | None = None
    """In code points."""
    min_occurs: int | None = None
    max_occurs: int | None = None
    """How many answers at least and at most, where several may be given."""
    max_decimals: int | None = None
    units: tuple[Coding, ...] = ()
    """Of a quantity: those that may be chosen. Of a number: the one it is in."""
    items: "tuple[Item, ...]" = ()
    foreign: dict[str, str] = {}
    """What FHIR said of it that we do not know: place below the item, and JSON."""


class Band(msgspec.Struct, frozen=True, kw_only=True):
    """What a sum from `low` up to and with `high` is called."""

    low: int | float
    high: int | float
    text: Words


class Part(msgspec.Struct, frozen=True, kw_only=True):
    """A question that counts in a sum, so many times."""

    question: str
    weight: int | float = 1


class Score(msgspec.Struct, frozen=True, kw_only=True):
    """A sum over answers: options count their score, numbers themselves, a yes one. Our own small form of rule."""

    id: str
    title: Words
    parts: tuple[Part, ...]
    bands: tuple[Band, ...] = ()


class Carried(msgspec.Struct, frozen=True, kw_only=True):
    """Where these hold, triage is told yes to a question of the clinical content. Never a no: it can only raise."""

    question: str
    """Id in the clinical content."""
    when: tuple[Condition, ...]
    behavior: Behavior = "all"


class Questionnaire(msgspec.Struct, frozen=True, kw_only=True):
    """A whole form in one version."""

    id: str = ""
    url: str = ""
    version: str = ""
    name: str = ""
    language: str = "sv"
    """The language FHIR's own texts are in; the others are translations."""
    title: Words = {}
    description: Words = {}
    status: Status = "draft"
    date: str = ""
    publisher: str = ""
    copyright: Words = {}
    code: tuple[Coding, ...] = ()
    items: tuple[Item, ...] = ()
    scores: tuple[Score, ...] = ()
    carries: tuple[Carried, ...] = ()
    origin: str = ""
    """Where the wording comes from, and by which right it is used."""
    review: Literal["unconfirmed", "confirmed"] = "unconfirmed"
    """Whether a clinician has confirmed it."""
    foreign: dict[str, str] = {}


Answers = dict[str, tuple[Value, ...]]
"""What was answered to each question, by its link id."""


def all_items(items: tuple[Item, ...]) -> Iterator[Item]:
    """Every item, each before what lies in it, in the order in which they are asked."""
    for item in items:
        yield item
        yield from all_items(item.items)


def questions(questionnaire: Questionnaire) -> dict[str, Item]:
    """What is asked, by link id, in order."""
    return {item.link_id: item for item in all_items(questionnaire.items) if item.type not in UNASKED}


def text_in(words: Words, lang: str, *, base: str) -> str:
    """A text in a language; else in the other Norwegian, English, the form's own, or whichever is there."""
    near = {"nn": "nb", "nb": "nn", "no": "nb"}.get(lang, lang)
    for one in (lang, near, "en", base):
        if words.get(one):
            return words[one]
    return next((text for text in words.values() if text), "")


def is_number(value: object) -> bool:
    """A number; yes and no are none."""
    return isinstance(value, int | float) and not isinstance(value, bool)


def same(one: Value, other: Value) -> bool:
    """Whether two values say the same: codes by system and code, quantities in one unit by their number."""
    if isinstance(one, Coding) and isinstance(other, Coding):
        return (one.system, one.code) == (other.system, other.code)
    if isinstance(one, Quantity) and isinstance(other, Quantity):
        return one.value == other.value and same_unit(one, other)
    if isinstance(one, bool) or isinstance(other, bool):
        return one is other
    return one == other


def same_unit(one: Quantity, other: Quantity) -> bool:
    """The same code of the same system; where either has none, the same words."""
    if one.code and other.code:
        return (one.system, one.code) == (other.system, other.code)
    return one.unit == other.unit
