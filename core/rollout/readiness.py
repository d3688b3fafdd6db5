"""How ready a unit is for digital services, and which gates of a function are still shut. Pure.

Source: the gates of the phased roll-out (contact person, all staff trained, test visit; for seeking care by chat
also the clinical safety case signed and the 112/113 drill passed).
"""

from collections.abc import Iterator
from datetime import date
from typing import Literal

import msgspec

from core.rollout.functions import Function
from core.sheets.sheet import Around, Fault, Sheet

Gate = Literal["contact_person", "staff_trained", "test_visit", "safety_signed", "drill"]
OF_ALL: tuple[Gate, ...] = ("contact_person", "staff_trained", "test_visit")
OF_SEEKING_CARE: tuple[Gate, ...] = (*OF_ALL, "safety_signed", "drill")
OF_CARE = frozenset({"nurse", "clinician"})
"""Roles whose holders meet patients: each of them is trained before a unit begins."""
DATES = ("test_visit_on", "safety_signed_on", "drill_on")


class ReadinessSheet(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a unit has done to be ready."""

    contact_persons: tuple[str, ...] = ()
    """Staff ids of who prepares the others."""
    trained: dict[str, date] = {}
    """When somebody was trained, by staff id."""
    test_visit_on: date | None = None
    safety_signed_on: date | None = None
    """When the clinical safety case for seeking care by chat was signed."""
    drill_on: date | None = None
    """When the drill of calling 112 or 113 was passed."""


def untrained(sheet: ReadinessSheet, around: Around) -> list[str]:
    """Staff ids of who meets patients at the unit and was not trained."""
    return sorted(
        one.staff_id
        for one in around.members.values()
        if one.is_employed(around.today) and OF_CARE.intersection(one.roles.get(around.subject_id, ()))
        if one.staff_id not in sheet.trained
    )


def unmet(function: Function, around: Around) -> list[Gate]:
    """The gates of a function that are still shut at the unit."""
    sheet: ReadinessSheet = around.own.get("readiness") or ReadinessSheet()
    met: dict[Gate, bool] = {
        "contact_person": any(around.subject_id in _roles(one, around) for one in sheet.contact_persons),
        "staff_trained": not untrained(sheet, around),
        "test_visit": sheet.test_visit_on is not None,
        "safety_signed": sheet.safety_signed_on is not None,
        "drill": sheet.drill_on is not None,
    }
    return [one for one in (OF_SEEKING_CARE if function == "seek_care_chat" else OF_ALL) if not met[one]]


READINESS = Sheet(
    name="readiness",
    subject="unit",
    value=ReadinessSheet,
    lowerings={},
    lowers=lambda *_: (),
    faults=lambda sheet, around: _faults(sheet, around),
    standard=lambda _: ReadinessSheet(),
)
"""One person's: it opens nothing by itself. What it lets be opened takes two, who both are told of it."""


def _faults(sheet: ReadinessSheet, around: Around) -> Iterator[Fault]:
    for one in sheet.contact_persons:
        if around.subject_id not in _roles(one, around):
            yield Fault(code="not_at_the_unit", where=f"contact_persons.{one}")
    for name in DATES:
        day: date | None = getattr(sheet, name)
        if day is not None and day > around.today:
            yield Fault(code="not_yet", where=name)
    for one, day in sheet.trained.items():
        if day > around.today:
            yield Fault(code="not_yet", where=f"trained.{one}")


def _roles(staff_id: str, around: Around) -> frozenset[str]:
    """The units where somebody works today."""
    member = around.members.get(staff_id)
    return frozenset(member.roles) if member is not None and member.is_employed(around.today) else frozenset()
