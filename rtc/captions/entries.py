"""That captions were asked for, and what each said to it. What is said in the visit is no entry: it is not kept."""

from core.log.body import Body


class CaptionsAsked(Body, tag="captions_asked", frozen=True, kw_only=True):
    """Somebody in the visit wants what is said as text. It is their own yes too."""

    visit_id: str
    participant: str
    name: str


class CaptionsAnswered(Body, tag="captions_answered", frozen=True, kw_only=True):
    """Whether what they say themselves may be made into text; a later answer takes the place of an earlier one."""

    visit_id: str
    participant: str
    name: str
    yes: bool
