"""Whoever is immediate is anyone's to take: the last word, whatever was said before it."""

from dataclasses import replace

from carequeue.routing.route import Route, Seeker


def immediate(route: Route, seeker: Seeker) -> Route:
    """Nothing is needed of who takes them."""
    if seeker.level != "immediate" or not route.needs:
        return route
    return replace(route.saying("immediate", "free"), needs=frozenset())
