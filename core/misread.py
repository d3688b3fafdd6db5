"""What was wrong with a value from outside, told without anything its sender wrote."""

import re

from core.errors import FyrError

PLACE = re.compile(r" - at `(.+)`$")
EXPECTED = re.compile(
    r"^Expected `[^`]*`(, got `[^`]*`)?|^Object missing required field `[^`]*`|^Object contains unknown field"
)


def refusal(told: str) -> FyrError:
    """msgspec's sentence as `bad_request`: where, and what is missing or was expected there."""
    place, expected = PLACE.search(told), EXPECTED.match(told)
    what = expected.group(0).replace("`", "") if expected else "not one of the allowed values"
    return FyrError("bad_request", where=place.group(1) if place else "$", what=what)
