"""That a photo was asked for, and what was said to it."""

from core.log.body import Body


class PhotoAsked(Body, tag="photo_asked", frozen=True, kw_only=True):
    """Staff ask somebody in the visit whether a picture may be taken with their camera, and kept in the contact."""

    visit_id: str
    participant: str
    name: str


class PhotoAnswered(Body, tag="photo_answered", frozen=True, kw_only=True):
    """Their consent to this one picture, or their no."""

    visit_id: str
    participant: str
    name: str
    yes: bool
