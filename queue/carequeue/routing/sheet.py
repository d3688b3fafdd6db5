"""What a unit decides of where its contacts go and of what whoever takes them must be able to do.

Services are no unit's: which units offer one stands in the deployment's file.
"""

import re
from collections.abc import Iterator
from typing import Any

from carequeue.deadlines import Deadlines
from carequeue.routing.rules import (
    CAPPED,
    HELD_BACK_BY,
    NEED,
    RoutingRules,
    UnitRouting,
    UnitRules,
    longest_min,
)
from core.sheets.sheet import Around, Fault, Sheet, decided, only

LANGS = frozenset({"sv", "nb", "en"})
LANGUAGE = re.compile(r"[a-z]{2,3}")
TEXT_LIMIT = 500
WORDS_LIMIT = 80
MOST = 10_000
"""Contacts a day, or days of an earlier contact: a larger number is a slip of the keyboard."""
OLDEST_Y = 130


def routing_sheet(rules: RoutingRules, deadlines: Deadlines) -> Sheet[Any]:
    """The sheet."""

    def faults(sheet: UnitRouting, around: Around) -> Iterator[Fault]:
        yield from _names(sheet, rules)
        yield from _overflow(sheet, around)
        yield from _numbers(sheet)
        yield from _held_too_long(sheet, deadlines, around.subject_id)
        yield from _told(sheet)

    def take(unit_id: str, sheet: UnitRouting | None) -> None:
        rules.take(unit_id, decided(UnitRules, sheet) if sheet else None)

    return Sheet(
        name="routing",
        subject="unit",
        value=UnitRouting,
        lowerings={
            "other_patients": "patients from elsewhere are sent to the unit",
            "languages_changed": "contacts in a language go to who does not read it, or wait for who does",
            "skill_not_asked": "somebody is given to who lacks the skill or language, or sooner than before",
            "held_back_longer": "somebody waits longer for one nurse, a skill or a language",
            "overflow_changed": "what the unit does not take goes to other units, or in another order",
            "fewer_a_day": "the unit takes fewer a day of those who are below urgent",
            "more_a_day": "the unit takes more a day of those below urgent, who may all wait longer for it",
            "closed_text_changed": "patients are told something else while it is closed or full",
        },
        lowers=_lowers,
        faults=faults,
        standard=lambda unit_id: only(UnitRouting, rules.of_files(unit_id)),
        take=take,
    )


def _names(sheet: UnitRouting, rules: RoutingRules) -> Iterator[Fault]:
    for name in ("municipality", "hospital"):
        if len(getattr(sheet, name)) > WORDS_LIMIT:
            yield Fault(code="too_long", where=name)
    if not sheet.languages:
        yield Fault(code="empty", where="languages")
    if not all(LANGUAGE.fullmatch(one) for one in sheet.languages):
        yield Fault(code="not_a_language", where="languages")
    for n, one in enumerate(sheet.competence):
        if not NEED.fullmatch(one.need):
            yield Fault(code="not_a_word", where=f"competence.{n}")
        if one.below_y is not None and not 0 < one.below_y <= OLDEST_Y:
            yield Fault(code="not_in_range", where=f"competence.{n}")
        if one.service and one.service not in rules.services:
            yield Fault(code="no_such_service", where=f"competence.{n}")


def _overflow(sheet: UnitRouting, around: Around) -> Iterator[Fault]:
    """Another care giver's unit may stand there only where the deployment's file has put it."""
    before = around.own.get("routing")
    known = before.overflow if before is not None else ()
    here = around.units.get(around.subject_id)
    for unit_id in sheet.overflow:
        there = around.units.get(unit_id)
        if there is None or not there.takes_chat or sheet.overflow.count(unit_id) > 1:
            yield Fault(code="no_such_unit", where="overflow")
        elif unit_id == around.subject_id:
            yield Fault(code="itself", where="overflow")
        elif unit_id not in known and (here is None or here.provider_id != there.provider_id):
            yield Fault(code="of_another_provider", where="overflow")


def _numbers(sheet: UnitRouting) -> Iterator[Fault]:
    if not 0 <= sheet.daily_cap <= MOST:
        yield Fault(code="not_in_range", where="daily_cap")
    if sheet.continuity_min < 0:
        yield Fault(code="not_in_range", where="continuity_min")
    if not 1 <= sheet.continuity_days <= MOST:
        yield Fault(code="not_in_range", where="continuity_days")
    for name in ("language_min", "competence_min"):
        minutes = getattr(sheet, name)
        if set(minutes) != set(HELD_BACK_BY):
            yield Fault(code="needed", where=name)
            continue
        for n, level in enumerate(HELD_BACK_BY):
            if minutes[level] < 1:
                yield Fault(code="not_in_range", where=f"{name}.{level}")
            if n and minutes[HELD_BACK_BY[n - 1]] > minutes[level]:
                yield Fault(code="more_urgent_later", where=f"{name}.{level}")


def _held_too_long(sheet: UnitRouting, deadlines: Deadlines, unit_id: str) -> Iterator[Fault]:
    for level in HELD_BACK_BY:
        longest = longest_min(unit_id, level, deadlines)
        for name in ("language_min", "competence_min"):
            if getattr(sheet, name).get(level, 0) > longest:
                yield Fault(code="held_too_long", where=f"{name}.{level}")
        if level in CAPPED and sheet.continuity_min > longest:
            yield Fault(code="held_too_long", where="continuity_min")


def _told(sheet: UnitRouting) -> Iterator[Fault]:
    for name in ("closed_text", "full_text"):
        text = getattr(sheet, name)
        if text and (set(text) != LANGS or not all(said.strip() for said in text.values())):
            yield Fault(code="not_in_every_language", where=name)
        if any(len(said) > TEXT_LIMIT for said in text.values()):
            yield Fault(code="too_long", where=name)


def _lowers(before: UnitRouting | None, after: UnitRouting, _: Around) -> Iterator[str]:
    assert before is not None
    if (before.municipality, before.hospital) != (after.municipality, after.hospital):
        yield "other_patients"
    if set(before.languages) != set(after.languages):
        yield "languages_changed"
    yield from _able_lower(before, after)
    if before.overflow != after.overflow:
        yield "overflow_changed"
    was, now = (sheet.daily_cap or MOST + 1 for sheet in (before, after))
    if now != was:
        yield "fewer_a_day" if now < was else "more_a_day"
    if (before.closed_text, before.full_text) != (after.closed_text, after.full_text):
        yield "closed_text_changed"


def _able_lower(before: UnitRouting, after: UnitRouting) -> Iterator[str]:
    pairs = [
        (getattr(before, name)[level], getattr(after, name)[level])
        for name in ("language_min", "competence_min")
        for level in HELD_BACK_BY
    ]
    known = [
        (before.continuity_min, after.continuity_min),
        (before.continuity_days, after.continuity_days),
    ]
    if set(before.competence) - set(after.competence) or any(now < was for was, now in pairs):
        yield "skill_not_asked"
    if set(after.competence) - set(before.competence) or any(now > was for was, now in [*pairs, *known]):
        yield "held_back_longer"
