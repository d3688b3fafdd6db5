"""The unit that offers the chosen service and answers for where the patient belongs."""

from carequeue.routing.responsibility import responsible
from carequeue.routing.route import RegionNow, Route, Seeker


def service(route: Route, seeker: Seeker, region: RegionNow) -> Route:
    """There; to another of the service's units where none answers for the patient."""
    if route.unit_id or not seeker.service:
        return route
    wanted = region.services.get(seeker.service)
    if wanted is None:
        return route.saying("service", "unknown")
    offering = [region.units[name] for name in wanted.units if name in region.units and region.units[name].takes_chat]
    if not offering:
        return route.saying("service", "takes_no_chat")
    registered = seeker.registered or ""
    home = region.now(registered).rules if registered in region.units else None
    answers = responsible(wanted.responsible, offering, home=home, registered=registered, region=region)
    return (
        route.to(answers, "service", wanted.responsible) if answers else route.to(offering[0], "service", "elsewhere")
    )
