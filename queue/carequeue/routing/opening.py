"""While a unit is closed and nobody is on duty there, an overflow that is open takes what comes, however urgent."""

from carequeue.routing.overflow import overflow_of
from carequeue.routing.route import RegionNow, Route, Seeker


def opening(route: Route, _: Seeker, region: RegionNow) -> Route:
    """To the overflow; where none is open it stays, and who writes is told where to turn."""
    here = region.now(route.unit_id)
    if here.is_open:
        return route
    other = overflow_of(route.unit_id, region, lambda unit: unit.is_open)
    return route.to(other, "opening", "overflow") if other else route.saying("opening", "stays", unit=here.unit)
