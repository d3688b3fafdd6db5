"""Skills that are needed for some, as long as somebody there has them."""

from carequeue.routing.route import Route, Seeker, Team


def competence(route: Route, seeker: Seeker, team: Team) -> Route:
    """Each skill the unit asks for this patient; one that nobody has keeps no one from them."""
    if seeker.level == "immediate":
        return route
    for asked in team.rules.competence:
        if asked.need in route.needs or not asked.is_for(age_y=seeker.age_y, service=seeker.service):
            continue
        has = team.has(route.needs | {asked.need})
        route = (
            route.needing(asked.need, "competence") if has else route.saying("competence", "nobody", need=asked.need)
        )
    return route
