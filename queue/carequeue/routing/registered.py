"""The unit where the patient is registered, if it takes chats."""

from carequeue.routing.route import RegionNow, Route, Seeker


def registered(route: Route, seeker: Seeker, region: RegionNow) -> Route:
    """There, else the steps say why not."""
    if route.unit_id or not seeker.registered:
        return route
    unit = region.units.get(seeker.registered)
    if unit is None:
        return route.saying("registered", "unknown")
    if not unit.takes_chat:
        return route.saying("registered", "takes_no_chat", unit=unit)
    return route.to(unit, "registered", "met")
