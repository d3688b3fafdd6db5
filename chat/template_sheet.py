"""The reply templates a unit has in common, in every language: one sheet, so that two persons answer for what is sent.

What is wrong can be taken away by one: a text that is not there is written by the nurse.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

import msgspec

from chat.template import ABBREVIATION, PLACE, PLACES, TEMPLATE_LIMIT, TITLE_LIMIT, Template, TemplateLanguage
from core.sheets.sheet import Around, Fault, Sheet, only

MOST_CHARACTERS = 40_000
"""Of all texts of a unit together: a sheet is sent and kept as a whole."""


class SharedTemplate(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A text as it stands now, and who answers for it."""

    version: int = 1
    owner_id: str = ""
    owner_name: str = ""
    lang: TemplateLanguage
    abbreviation: str
    title: str
    text: str
    review_on: str

    def said(self) -> tuple[str, ...]:
        """What a nurse finds and sends."""
        return self.lang, self.abbreviation, self.title, self.text


class TemplatesSheet(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Every text by its id."""

    templates: dict[str, SharedTemplate] = {}


class SharedTemplates:
    """The texts in force at each unit. The standard is what was kept before there were sheets of them."""

    def __init__(self) -> None:
        self._kept: dict[str, TemplatesSheet] = {}
        self._own: dict[str, TemplatesSheet] = {}

    def begin_with(self, kept: Iterable[Template]) -> None:
        """The newest versions as they lie in SQL, of every unit."""
        for one in kept:
            of_unit = self._kept.get(one.unit_id, TemplatesSheet()).templates
            self._kept[one.unit_id] = TemplatesSheet(templates={**of_unit, one.template_id: as_shared(one)})

    def take(self, unit_id: str, sheet: TemplatesSheet | None) -> None:
        """A unit has these from now on; None: the standard."""
        self._own = {**self._own, unit_id: sheet if sheet is not None else self.kept(unit_id)}

    def kept(self, unit_id: str) -> TemplatesSheet:
        """What was kept of a unit before it decided anything."""
        return self._kept.get(unit_id, TemplatesSheet())

    def at(self, unit_id: str) -> list[Template]:
        """What may be used at a unit now, by title."""
        found = self._own.get(unit_id, self.kept(unit_id)).templates
        return sorted((as_template(unit_id, name, one) for name, one in found.items()), key=lambda one: one.title)


def as_shared(template: Template) -> SharedTemplate:
    """What of a version a unit has in common."""
    return only(SharedTemplate, template)


def as_template(unit_id: str, template_id: str, shared: SharedTemplate) -> Template:
    """The same as it is used."""
    return Template(template_id=template_id, unit_id=unit_id, **msgspec.structs.asdict(shared))


def signed(sheet: TemplatesSheet, before: TemplatesSheet, *, by: tuple[str, str]) -> TemplatesSheet:
    """The sheet with who answers for each text: who has changed it (id and name), else whoever did before."""
    made = {name: _signed(one, before.templates.get(name), by) for name, one in sheet.templates.items()}
    return TemplatesSheet(templates=made)


def _signed(now: SharedTemplate, was: SharedTemplate | None, by: tuple[str, str]) -> SharedTemplate:
    if was is not None and (was.said(), was.review_on) == (now.said(), now.review_on):
        return was
    version = was.version + 1 if was is not None else 1
    return msgspec.structs.replace(now, owner_id=by[0], owner_name=by[1], version=version)


def templates_sheet(shared: SharedTemplates) -> Sheet[Any]:
    """The sheet."""
    return Sheet(
        name="templates",
        subject="unit",
        value=TemplatesSheet,
        lowerings={
            "text_shared": "a text that nobody else has read is sent to patients by everybody at the unit",
            "read_again_later": "a shared text is read again later than was said",
        },
        lowers=_lowers,
        faults=_faults,
        standard=shared.kept,
        take=shared.take,
    )


def _lowers(before: TemplatesSheet | None, after: TemplatesSheet, _: Around) -> Iterator[str]:
    was = before.templates if before is not None else {}
    for name, one in after.templates.items():
        known = was.get(name)
        if known is None or known.said() != one.said():
            yield "text_shared"
        elif one.review_on > known.review_on:
            yield "read_again_later"


def _faults(sheet: TemplatesSheet, _: Around) -> Iterator[Fault]:
    for name, one in sheet.templates.items():
        yield from (Fault(code=code, where=f"templates.{name}") for code in _wrong(one))
    yield from _twice(sheet.templates)
    if sum(len(one.text) for one in sheet.templates.values()) > MOST_CHARACTERS:
        yield Fault(code="too_many_words", where="templates")


def _wrong(one: SharedTemplate) -> Iterator[str]:
    for text, limit in ((one.title, TITLE_LIMIT), (one.text, TEMPLATE_LIMIT)):
        if not text.strip():
            yield "empty"
        if len(text) > limit:
            yield "too_long"
    if not ABBREVIATION.fullmatch(one.abbreviation):
        yield "not_an_abbreviation"
    if set(PLACE.findall(one.text)) - set(PLACES):
        yield "no_such_place"
    try:
        date.fromisoformat(one.review_on)
    except ValueError:
        yield "not_a_day"


def _twice(templates: Mapping[str, SharedTemplate]) -> Iterator[Fault]:
    seen: set[tuple[str, str]] = set()
    for name, one in templates.items():
        if (one.lang, one.abbreviation) in seen:
            yield Fault(code="abbreviation_twice", where=f"templates.{name}")
        seen.add((one.lang, one.abbreviation))
