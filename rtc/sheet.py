"""What a unit decides of its visits: whether who takes part may learn where the others are, and of captions."""

from collections.abc import Iterator

import msgspec

from core.sheets.sheet import Around, Fault, Sheet


class VisitSheet(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Of one unit."""

    relay_only: bool = False
    """Everything goes by the TURN servers: nobody in a visit learns another's network address."""
    captions: bool = False
    """What is said may be made into text by the recogniser, of whoever says yes to it."""


class VisitRules:
    """What is in force, by unit."""

    def __init__(self) -> None:
        self._own: dict[str, VisitSheet] = {}

    def of(self, unit_id: str) -> VisitSheet:
        """A unit's, or the standard."""
        return self._own.get(unit_id, VisitSheet())

    def take(self, unit_id: str, sheet: VisitSheet | None) -> None:
        """Go by it from now on; None: by the standard."""
        if sheet is None:
            self._own.pop(unit_id, None)
        else:
            self._own[unit_id] = sheet


def visit_sheet(rules: VisitRules, *, has_turn: bool, has_recogniser: bool) -> Sheet[VisitSheet]:
    """The sheet. `has_turn`: there are TURN servers for everything to go by; `has_recogniser`: one that makes text."""

    def faults(sheet: VisitSheet, _: Around) -> Iterator[Fault]:
        if sheet.relay_only and not has_turn:
            yield Fault(code="no_turn", where="relay_only")
        if sheet.captions and not has_recogniser:
            yield Fault(code="no_recogniser", where="captions")

    return Sheet(
        name="visits",
        subject="unit",
        value=VisitSheet,
        lowerings={
            "addresses_shown": "whoever takes part in a visit can learn the network address of the others",
            "voices_sent": "what is said in visits goes to a speech recogniser, of whoever says yes to it",
        },
        lowers=_lowers,
        faults=faults,
        standard=lambda _: VisitSheet(),
        take=rules.take,
    )


def _lowers(before: VisitSheet | None, after: VisitSheet, _: Around) -> Iterator[str]:
    if before is not None and before.relay_only and not after.relay_only:
        yield "addresses_shown"
    if after.captions and (before is None or not before.captions):
        yield "voices_sent"
