"""How asking for a photo folds: the question stands with who is asked until they answer."""

from typing import Any

from core.log.entry import Header
from core.log.kinds import Kind
from rtc.photo.entries import PhotoAnswered, PhotoAsked
from rtc.photo.transcript import say_photo_answered, say_photo_asked
from rtc.state import Visit
from rtc.visit_kind import visit_kind


def fold_photo_asked(part: Visit, body: PhotoAsked, _: Header) -> Visit:
    """Open until they answer, or the visit ends."""
    return part.changed(body.participant, photo_asked=True)


def fold_photo_answered(part: Visit, body: PhotoAnswered, _: Header) -> Visit:
    """One yes is for one picture."""
    return part.changed(body.participant, photo_asked=False)


PHOTO_KINDS: tuple[Kind[Any, Any], ...] = (
    visit_kind(PhotoAsked, fold_photo_asked, say_photo_asked),
    visit_kind(PhotoAnswered, fold_photo_answered, say_photo_answered),
)
