"""The nurse who had the patient before, if they are free and the contact can wait for a moment."""

from carequeue.routing.route import Route, Seeker, Team
from carequeue.routing.rules import OF_ONE


def continuity(route: Route, seeker: Seeker, team: Team) -> Route:
    """Kept for the last of them who is on duty, has room and is able to do what else is needed."""
    if not seeker.can_wait or team.rules.continuity_min == 0:
        return route
    for staff_id in seeker.known_to:
        if staff_id in team.free and team.able.get(staff_id, frozenset()) >= route.needs:
            return route.needing(OF_ONE + staff_id, "continuity", "same_nurse")
    return route
