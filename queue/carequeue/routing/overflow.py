"""Which unit takes what another does not just now."""

from collections.abc import Callable

from carequeue.routing.route import RegionNow, UnitNow
from core.directory.store import Unit


def overflow_of(unit_id: str, region: RegionNow, takes: Callable[[UnitNow], bool]) -> Unit | None:
    """The first of the unit's overflow units that takes chats, may have the contact, and takes it now."""
    for name in region.now(unit_id).rules.overflow:
        unit = region.units.get(name)
        if unit is not None and unit.takes_chat and region.may_go(name) and takes(region.now(name)):
            return unit
    return None
