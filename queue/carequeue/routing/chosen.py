"""The unit the patient has chosen, if it takes chats."""

from carequeue.routing.route import RegionNow, Route, Seeker


def chosen(route: Route, seeker: Seeker, region: RegionNow) -> Route:
    """There, else the steps say why not."""
    if route.unit_id or not seeker.chosen:
        return route
    unit = region.units.get(seeker.chosen)
    if unit is None:
        return route.saying("chosen", "unknown")
    if not unit.takes_chat:
        return route.saying("chosen", "takes_no_chat", unit=unit)
    return route.to(unit, "chosen", "met")
