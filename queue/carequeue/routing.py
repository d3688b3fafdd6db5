"""Which unit a new contact goes to: small steps tried in order, each leaving a code in the contact's log.

The person always gets through: where the wish cannot be met, the nearest unit that takes chats has them. Opening hours
and competence are not looked at here yet.
"""

from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple

from carequeue.entries import Queued
from core.directory.store import Unit
from core.errors import FyrError

Step = Literal["chosen", "registered", "same_provider", "any_unit"]


class Routed(NamedTuple):
    """Where it goes, as it is written in the log, and who answers for it."""

    queued: Queued
    provider_id: str


class Router:
    """Routes among the units of a region."""

    def __init__(self, units: Sequence[Unit]) -> None:
        """Raises `directory_empty` when no unit takes chats: nobody could ever be answered."""
        self._units = {unit.id: unit for unit in sorted(units, key=lambda unit: unit.id)}
        if not any(unit.takes_chat for unit in units):
            raise FyrError("directory_empty")

    def route(self, *, chosen: str | None, registered: str | None) -> Routed:
        """The chosen unit, else the one where the patient is registered, else one of the same provider, else any.

        A step passed over leaves a code too, such as `chosen_takes_no_chat`.
        """
        passed: list[str] = []
        for step, wanted in (("chosen", chosen), ("registered", registered)):
            unit = self._units.get(wanted or "")
            if unit is not None and unit.takes_chat:
                return _to(unit, (*passed, step))
            if wanted is not None:
                passed.append(f"{step}_takes_no_chat" if unit else f"{step}_unknown")
        step, unit = next(self._others((chosen, registered)))
        return _to(unit, (*passed, step))

    def _others(self, wishes: Sequence[str | None]) -> Iterator[tuple[Step, Unit]]:
        open_units = [unit for unit in self._units.values() if unit.takes_chat]
        for wish in wishes:
            near = self._units.get(wish or "")
            for unit in open_units:
                if near is not None and unit.provider_id == near.provider_id:
                    yield "same_provider", unit
        yield "any_unit", open_units[0]


def _to(unit: Unit, reasons: tuple[str, ...]) -> Routed:
    return Routed(Queued(unit_id=unit.id, reasons=reasons), unit.provider_id)
