"""What routing writes in a contact's log, beside `Queued`: each step with its reason."""

from typing import Literal

import msgspec

from core.log.body import Body

PolicyName = Literal[
    "chosen",
    "service",
    "registered",
    "nearest",
    "opening",
    "intake_cap",
    "competence",
    "language",
    "continuity",
    "own",
    "immediate",
    "widening",
    "late",
]
Outcome = Literal[
    "met",  # the wish leads there
    "unknown",  # there is no such unit or service
    "takes_no_chat",  # the unit that was meant takes no chats
    "gp",  # of the service's units, the one where the patient is registered
    "municipality",  # the one that answers for the municipality
    "hospital",  # the one that answers for the hospital's area
    "elsewhere",  # another unit of the service: none answers for where the patient belongs
    "same_provider",
    "any_unit",
    "overflow",  # another unit takes what this one does not
    "stays",  # it would go elsewhere, and there is nowhere: it waits here
    "needs",  # whoever takes it must be able to do this
    "nobody",  # nobody there is able to: anyone may take it
    "same_nurse",
    "free",  # nothing is needed any more
    "refused",  # what a routing service answered cannot be
    "failed",  # it did not answer in time, or failed
    "over",  # the time for which a need holds a contact back is over
    "stands_in",
]


class RouteStep(msgspec.Struct, frozen=True, kw_only=True):
    """What one policy did, and to what."""

    policy: PolicyName
    outcome: Outcome
    unit_id: str = ""
    """The unit it is about: where the contact goes, or the one that could not have it."""
    unit_name: str = ""
    need: str = ""
    """What is needed: `lang:ar`, `skill:child`, or of one nurse `staff:` and their id."""


class NeedsSet(Body, tag="needs_set", frozen=True, kw_only=True):
    """What whoever takes the contact must be able to do is other than before; it waits where it waited."""

    needs: tuple[str, ...]
    steps: tuple[RouteStep, ...]
    again: bool = False
    """It was routed once more, now that it is understood; else a need has fallen away with time."""
