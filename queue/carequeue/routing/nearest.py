"""Where no wish could be met: a unit of the same legal care giver, else any. The person always gets through."""

from carequeue.routing.route import RegionNow, Route, Seeker


def nearest(route: Route, seeker: Seeker, region: RegionNow) -> Route:
    """The first unit that takes chats, those of the wished units' care givers before all others."""
    if route.unit_id:
        return route
    taking = [unit for unit in region.units.values() if unit.takes_chat]
    for wish in (seeker.chosen, seeker.registered):
        wished = region.units.get(wish or "")
        same = (unit for unit in taking if wished is not None and unit.provider_id == wished.provider_id)
        if (unit := next(same, None)) is not None:
            return route.to(unit, "nearest", "same_provider")
    return route.to(taking[0], "nearest", "any_unit")
