"""What retention writes in a stream. It says how much went and by which rule, and nothing of what it was."""

from core.log.body import Body


class Erasing(Body, tag="erasing", frozen=True, kw_only=True):
    """The time is over: from here on nothing is written, and everything above is erased."""

    data_class: str
    """The class of the rules, such as `journal`."""
    rules_version: int
    keep_days: int
    last_ms: int
    """When the time began that is over now, milliseconds since 1970."""


class Erased(Body, tag="erased", frozen=True, kw_only=True):
    """It is done."""

    data_class: str
    rules_version: int
    entries: int
    """How many entries have lost their words."""
    attachments: int


class HeldBack(Body, tag="held_back", frozen=True, kw_only=True):
    """A named person orders that it be kept beyond its time: a dispute, an inspection, an injury looked into."""

    reason: str


class LetGo(Body, tag="let_go", frozen=True, kw_only=True):
    """The order is over: the rules hold again."""

    reason: str
