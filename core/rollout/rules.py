"""What a node goes by: each unit's functions as decided, asked at every entry point. Taken in by `web.unit_sheets`."""

from collections.abc import Callable, Container, Iterable
from datetime import date
from importlib.resources import files

import msgspec

from core.content_file import parse_content
from core.errors import FyrError
from core.rollout.functions import FUNCTIONS, Decided, Function, FunctionsSheet, FunctionState, Lang, all_on


class Standard(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What is on where nothing was decided."""

    found: tuple[Function, ...]
    demo: tuple[Function, ...]


def load_standard(*, demo: bool) -> FunctionsSheet:
    """What the units offer that were there before. Raises `content_invalid`."""
    text = (files("core.rollout") / "content/standard.yaml").read_bytes()
    read = parse_content(text, Standard, "standard.yaml")
    return all_on(read.demo if demo else read.found)


class FunctionRules:
    """What each unit offers."""

    def __init__(self, standard: FunctionsSheet, *, day_of: Callable[[int], date]) -> None:
        """`day_of`: the day on the wall of the deployment's country at a moment (ms since 1970)."""
        self.standard = standard
        self._own: dict[str, FunctionsSheet] = {}
        self._day_of = day_of

    def take(self, unit_id: str, sheet: FunctionsSheet | None) -> None:
        """Go by it from now on; None: by the standard."""
        if sheet is None:
            self._own.pop(unit_id, None)
        else:
            self._own[unit_id] = sheet

    def of(self, unit_id: str, function: Function) -> Decided:
        """What was decided of a function at a unit."""
        return self._own.get(unit_id, self.standard).of(function)

    def function_at(self, unit_id: str, function: Function, *, at_ms: int) -> FunctionState:
        """Whether it is off, on for who was invited, or on at a unit at a moment."""
        return self.of(unit_id, function).state_on(self._day_of(at_ms))

    def is_offered(self, unit_id: str, function: Function, *, at_ms: int, agreed: bool = False) -> bool:
        """Whether a patient may use it. `agreed`: the unit has invited this patient to it, and they have accepted."""
        state = self.function_at(unit_id, function, at_ms=at_ms)
        return state == "on" or (state == "invited" and agreed)

    def offered(self, unit_id: str, *, at_ms: int, agreed: Container[Function] = ()) -> tuple[Function, ...]:
        """What a patient may use. `agreed`: what they have accepted of the unit's invitations."""
        return tuple(one for one in FUNCTIONS if self.is_offered(unit_id, one, at_ms=at_ms, agreed=one in agreed))

    def invites(self, unit_ids: Iterable[str], *, at_ms: int, to: Iterable[Function] = FUNCTIONS) -> bool:
        """Whether any of these is on for invited patients at any of the units: else nobody need look who they are."""
        return any(self.function_at(one, fn, at_ms=at_ms) == "invited" for fn in to for one in unit_ids)

    def invitable(self, unit_id: str, *, at_ms: int) -> tuple[Function, ...]:
        """What a unit may invite patients to: what is on for those who were, now or on a day that is decided."""
        today = self._day_of(at_ms)
        return tuple(one for one in FUNCTIONS if "invited" in self.of(unit_id, one).states_from(today))

    def lacking(
        self, unit_ids: Iterable[str], function: Function, *, at_ms: int, agreed: Container[str] = ()
    ) -> frozenset[str]:
        """Those of the units that do not offer it to a patient who has agreed on it with these."""
        return frozenset(
            one for one in unit_ids if not self.is_offered(one, function, at_ms=at_ms, agreed=one in agreed)
        )

    def require_function(self, unit_id: str, function: Function, *, at_ms: int, agreed: bool = False) -> None:
        """Refuse what the unit does not offer. Raises `function_off` with the unit's own words, by language."""
        if not self.is_offered(unit_id, function, at_ms=at_ms, agreed=agreed):
            raise FyrError("function_off", function=function, text=self.closed_text(unit_id, function))

    def closed_text(self, unit_id: str, function: Function) -> dict[Lang, str]:
        """What the unit says where it is off; empty: the page's own words."""
        return self.of(unit_id, function).closed_text
