"""The forms that come with the service: our own wording, in the languages of the service, each with its origin.

They are written in a short form of their own (`content/*.yaml`), which is checked whole when it is read.
"""

import functools
from collections.abc import Iterable
from datetime import date
from importlib import resources
from typing import Literal

import msgspec

from care.forms.checking import check_form
from care.forms.questionnaire import (
    Carried,
    Coding,
    Condition,
    Help,
    Item,
    ItemType,
    Operator,
    Option,
    Questionnaire,
    Value,
)
from core.content_file import parse_content
from core.errors import FyrError

OPTION = "urn:fyr:form-option"
UCUM = "http://unitsofmeasure.org"
LANGS = ("sv", "nb", "en")


class Said(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One text in every language of the service."""

    sv: str
    nb: str
    en: str

    def words(self) -> dict[str, str]:
        """By language."""
        return {"sv": self.sv, "nb": self.nb, "en": self.en}


class When(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, rename={"is_": "is"}):
    """Asked only where another question has this answer."""

    q: str
    op: Operator = "="
    is_: bool | int | float | None = None
    option: str | None = None


class Row(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One question, or a group or a text."""

    id: str
    type: ItemType
    text: Said
    help: Said | None = None
    required: bool = False
    repeats: bool = False
    when: tuple[When, ...] = ()
    any: bool = False
    """One of the conditions is enough."""
    options: dict[str, Said] = {}
    exclusive: tuple[str, ...] = ()
    low: int | float | None = None
    high: int | float | None = None
    max_length: int | None = None
    unit: str = ""
    """UCUM."""
    tells: str = ""
    """A yes is a yes to this question of the clinical content."""
    options_tell: dict[str, str] = {}
    items: "tuple[Row, ...]" = ()


class LibraryForm(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A file of `content/`."""

    id: str
    version: str
    date: date
    title: Said
    description: Said
    origin: str
    review: Literal["draft"]
    """No clinician has confirmed the wording of any of them."""
    items: tuple[Row, ...]


@functools.cache
def library() -> dict[str, Questionnaire]:
    """Every form that comes with the service, by id. Raises `content_invalid`, `form_invalid`."""
    files = sorted(resources.files("care.forms").joinpath("content").iterdir(), key=lambda one: one.name)
    read = [parse_form(one.read_text("utf-8"), one.name) for one in files if one.name.endswith(".yaml")]
    return {one.id: one for one in read}


def parse_form(text: str, name: str) -> Questionnaire:
    """One of them from YAML. Raises `content_invalid`, and `form_invalid` for one that cannot be used."""
    written = parse_content(text, LibraryForm, name)
    if not written.origin.strip():
        raise FyrError("content_invalid", problems=[f"{name}: no origin"])
    form = Questionnaire(
        id=written.id,
        url=f"urn:fyr:form:{written.id}",
        version=written.version,
        name=written.id,
        language="sv",
        title=written.title.words(),
        description=written.description.words(),
        status="draft",
        date=written.date.isoformat(),
        publisher="Fyr",
        items=tuple(map(_item, written.items)),
        carries=tuple(_carried(_every(written.items))),
        origin=written.origin,
    )
    check_form(form)
    return form


def _every(rows: Iterable[Row]) -> Iterable[Row]:
    for row in rows:
        yield row
        yield from _every(row.items)


def _item(row: Row) -> Item:
    return Item(
        link_id=row.id,
        type=row.type,
        text=row.text.words(),
        help=Help(link_id=f"{row.id}-help", text=row.help.words()) if row.help else None,
        required=row.required,
        repeats=row.repeats,
        enable_when=tuple(Condition(question=one.q, operator=one.op, answer=_answer(one)) for one in row.when),
        enable_behavior="any" if row.any else "all",
        options=tuple(
            Option(value=_option(code), words=said.words(), exclusive=code in row.exclusive)
            for code, said in row.options.items()
        ),
        minimum=row.low,
        maximum=row.high,
        max_length=row.max_length,
        units=(Coding(system=UCUM, code=row.unit, display=row.unit.replace("Cel", "°C")),) if row.unit else (),
        items=tuple(map(_item, row.items)),
    )


def _option(code: str) -> Coding:
    return Coding(system=OPTION, code=code)


def _answer(when: When) -> Value:
    if when.option is not None:
        return _option(when.option)
    return True if when.is_ is None else when.is_


def _carried(rows: Iterable[Row]) -> Iterable[Carried]:
    for row in rows:
        if row.tells:
            yield Carried(question=row.tells, when=(Condition(question=row.id, operator="=", answer=True),))
        for code, question in row.options_tell.items():
            yield Carried(question=question, when=(Condition(question=row.id, operator="=", answer=_option(code)),))
