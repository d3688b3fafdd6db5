"""The patient's language, where not everybody at the unit has it and somebody does."""

from carequeue.routing.route import Route, Seeker, Team


def language(route: Route, seeker: Seeker, team: Team) -> Route:
    """Who has it takes it; where nobody has, anyone does, with an interpreter."""
    if seeker.level == "immediate" or not seeker.lang or seeker.lang in team.rules.languages:
        return route
    need = f"lang:{seeker.lang}"
    if need in route.needs:
        return route
    return (
        route.needing(need, "language")
        if team.has(route.needs | {need})
        else route.saying("language", "nobody", need=need)
    )
