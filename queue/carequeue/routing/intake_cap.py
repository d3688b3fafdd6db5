"""So many below urgent a day: more go to an overflow that is open and has room. Nobody urgent is ever sent away."""

from carequeue.routing.overflow import overflow_of
from carequeue.routing.route import RegionNow, Route, Seeker


def intake_cap(route: Route, seeker: Seeker, region: RegionNow) -> Route:
    """To the overflow; where there is none it waits here all the same."""
    here = region.now(route.unit_id)
    if not seeker.can_wait or not here.is_full:
        return route
    other = overflow_of(route.unit_id, region, lambda unit: unit.is_open and not unit.is_full)
    return route.to(other, "intake_cap", "overflow") if other else route.saying("intake_cap", "stays", unit=here.unit)
