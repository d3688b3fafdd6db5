"""Telling vital signs: checked here, one append, read by triage like any measurement."""

from chat.post import still_open
from chat.vitals.entries import WEIGHT_KG, VitalSigns, VitalsTold, values_of
from core.access.gates import ContactAccess
from core.errors import FyrError
from core.log.append import Append, Require, every
from triage.pipeline.measure import possible


def vitals_append(access: ContactAccess, vitals: VitalSigns, *, client_id: str, guard: Require | None) -> Append:
    """What adds them to the contact: refused with `closed`, and with what `guard` raises.

    A value that cannot be is refused at once, while whoever typed it still has the device in their hand. Raises
    `empty`, `bad_request`.
    """
    check_vitals(vitals)
    condition = every(access.allowed, still_open, guard)
    return Append(access.head.stream, (VitalsTold(vitals=vitals),), access.actor, client_id, require=condition)


def check_vitals(vitals: VitalSigns) -> None:
    """Raises `empty`, and `bad_request` for a value that cannot be measured in a living person."""
    values = values_of(vitals)
    if not values:
        raise FyrError("empty", field="vitals")
    for name, value in values.items():
        if not _can_be(name, value):
            raise FyrError("bad_request", where=f"$.vitals.{name}", what="a value that can be")
    upper, lower = vitals.sbp, vitals.dbp
    if lower is not None and (upper is None or lower >= upper):
        raise FyrError("bad_request", where="$.vitals.dbp", what="below the systolic pressure")


def _can_be(name: str, value: float) -> bool:
    if name == "weight":
        low, high = WEIGHT_KG
        return low <= value <= high
    return possible(name, value)
