"""The policies in their order. First where to, then who: each a function of values, each leaving its steps."""

from collections.abc import Callable

from carequeue.routing.chosen import chosen
from carequeue.routing.competence import competence
from carequeue.routing.continuity import continuity
from carequeue.routing.immediate import immediate
from carequeue.routing.intake_cap import intake_cap
from carequeue.routing.language import language
from carequeue.routing.nearest import nearest
from carequeue.routing.opening import opening
from carequeue.routing.registered import registered
from carequeue.routing.route import RegionNow, Route, Seeker, Team
from carequeue.routing.service import service

Where = Callable[[Route, Seeker, RegionNow], Route]
Who = Callable[[Route, Seeker, Team], Route]

WHERE: tuple[Where, ...] = (chosen, service, registered, nearest, opening, intake_cap)
WHERE_AGAIN: tuple[Where, ...] = (intake_cap,)
"""Of one that waits at a unit already, once it is known how urgent it is."""
WHO: tuple[Who, ...] = (competence, language, continuity)


def where(seeker: Seeker, region: RegionNow) -> Route:
    """The unit that somebody who writes goes to."""
    return _through(WHERE, Route(), seeker, region=region)


def where_again(unit_id: str, seeker: Seeker, region: RegionNow) -> Route:
    """The unit of somebody who waits at this one."""
    return _through(WHERE_AGAIN, Route(unit_id=unit_id), seeker, region=region)


def where_urgent(unit_id: str, seeker: Seeker, region: RegionNow) -> Route:
    """The unit of somebody who wrote to this one at leisure, and cannot wait for it to open."""
    return opening(Route(unit_id=unit_id), seeker, region)


def who(route: Route, seeker: Seeker, team: Team) -> Route:
    """What whoever takes them must be able to do."""
    for policy in WHO:
        route = policy(route, seeker, team)
    return route


def at_last(route: Route, seeker: Seeker) -> Route:
    """What no policy and no routing service may change."""
    return immediate(route, seeker)


def _through(policies: tuple[Where, ...], route: Route, seeker: Seeker, *, region: RegionNow) -> Route:
    for policy in policies:
        route = policy(route, seeker, region)
    return route
