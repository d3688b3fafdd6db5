"""How far a unit may be steered, from `content/`, checked whole at start."""

from importlib import resources
from typing import Literal

import msgspec

from core.content_file import parse_content
from core.errors import FyrError

MOST_EXTRA = 4
LONGEST_MIN = 24 * 60


class SteeringRules(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`surge.yaml` as it is written."""

    version: int
    extra_at_once: int
    longest_min: int
    longest_text_min: int
    source: str
    review: Literal["proposed", "reviewed", "approved"]


def load_steering_rules() -> SteeringRules:
    """The rules this version ships with. Raises `content_invalid`."""
    return parse_steering_rules(
        resources.files("carequeue.steering").joinpath("content", "surge.yaml").read_text("utf-8")
    )


def parse_steering_rules(text: str) -> SteeringRules:
    """Rules from YAML. Raises `content_invalid` with every problem found."""
    rules = parse_content(text, SteeringRules, "surge.yaml")
    found = [] if rules.source.strip() else ["no source"]
    if not 0 <= rules.extra_at_once <= MOST_EXTRA:
        found.append(f"extra_at_once is not between 0 and {MOST_EXTRA}")
    if not all(0 < one <= LONGEST_MIN for one in (rules.longest_min, rules.longest_text_min)):
        found.append("something lasts longer than a day, or not at all")
    if found:
        raise FyrError("content_invalid", problems=[f"surge: {one}" for one in found])
    return rules
