"""What is on where: one pure question of what a unit has decided and of the day.

A decision is a list of phases by function. A phase holds from the beginning of its day on the wall of the deployment's
country until the next one; before the first, and of a function nothing was decided of, it is off.
"""

from collections.abc import Mapping
from datetime import date
from typing import Literal, get_args

import msgspec
from msgspec.structs import replace

Function = Literal["video_visit", "booking", "forms", "messages", "seek_care_chat", "home_follow_up"]
FUNCTIONS: tuple[Function, ...] = get_args(Function)
FunctionState = Literal["off", "invited", "on"]
"""`invited`: for patients whom the unit has invited and who have accepted."""
Lang = Literal["sv", "nb", "en"]
LANGS: tuple[Lang, ...] = get_args(Lang)
FROM_THE_FIRST = date(2000, 1, 1)
"""Before anything was decided: of what is on where nobody has said since when."""


class Phase(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a function is from a day on."""

    state: FunctionState
    from_on: date
    decided_by: str = ""
    """The role in which whoever put it so has decided; empty: it was there before such decisions."""


class Decided(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What was decided of one function at a unit."""

    phases: tuple[Phase, ...] = ()
    """By day, the earliest first."""
    closed_text: dict[Lang, str] = {}
    """What a patient is told where it is off, in each language; empty: the page's own words."""

    def state_on(self, day: date) -> FunctionState:
        """What holds on a day."""
        begun = [phase.state for phase in self.phases if phase.from_on <= day]
        return begun[-1] if begun else "off"

    def states_from(self, day: date) -> tuple[FunctionState, ...]:
        """What holds on a day, and then what comes."""
        return (self.state_on(day), *(phase.state for phase in self.phases if phase.from_on > day))

    def begins(self, day: date) -> date | None:
        """The day on which it begins to be on for anybody; None: it is already, or never will be."""
        if self.state_on(day) != "off":
            return None
        return next((phase.from_on for phase in self.phases if phase.from_on > day and phase.state != "off"), None)


class FunctionsSheet(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Every function of one unit; one that is not named is off."""

    functions: dict[Function, Decided] = {}

    def of(self, function: Function) -> Decided:
        """What was decided of one."""
        return self.functions.get(function, Decided())


def all_on(functions: tuple[Function, ...]) -> FunctionsSheet:
    """These are on, and always were."""
    phases = (Phase(state="on", from_on=FROM_THE_FIRST),)
    return FunctionsSheet(functions={one: Decided(phases=phases) for one in functions})


def signed(sheet: FunctionsSheet, held: FunctionsSheet, *, by: str) -> FunctionsSheet:
    """Whoever has put a phase so has decided it, whatever was sent. `by`: the role in which they did."""

    def phases(function: Function, decided: Decided) -> tuple[Phase, ...]:
        before = {(one.state, one.from_on): one for one in held.of(function).phases}
        return tuple(before.get((one.state, one.from_on), replace(one, decided_by=by)) for one in decided.phases)

    found = {one: replace(decided, phases=phases(one, decided)) for one, decided in sheet.functions.items()}
    return FunctionsSheet(functions=found)


def function_at(sheets: Mapping[str, FunctionsSheet], unit_id: str, function: Function, *, on: date) -> FunctionState:
    """Whether a function is off, on for who was invited, or on at a unit on a day. Off at a unit that is not known."""
    sheet = sheets.get(unit_id)
    return sheet.of(function).state_on(on) if sheet else "off"
