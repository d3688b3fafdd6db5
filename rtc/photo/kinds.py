"""How asking for a photo folds: the question stands with who is asked until they answer."""

from typing import Any

from msgspec.structs import replace

from core.log.entry import Header
from core.log.kinds import SHOWN_TO_ALL, Kind
from core.transcript.line import to_all
from rtc.photo.entries import PhotoAnswered, PhotoAsked
from rtc.photo.transcript import say_photo_answered, say_photo_asked
from rtc.state import Visit


def fold_photo_asked(part: Visit, body: PhotoAsked, _: Header) -> Visit:
    """Open until they answer, or the visit ends."""
    return _with(part, body.participant, asked=True)


def fold_photo_answered(part: Visit, body: PhotoAnswered, _: Header) -> Visit:
    """One yes is for one picture."""
    return _with(part, body.participant, asked=False)


def _with(part: Visit, participant: str, *, asked: bool) -> Visit:
    member = part.member(participant)
    return part if member is None else replace(part, members=part.with_member(replace(member, photo_asked=asked)))


PHOTO_KINDS: tuple[Kind[Any, Any], ...] = (
    Kind(
        body=PhotoAsked,
        part=Visit,
        fold=fold_photo_asked,
        views=SHOWN_TO_ALL,
        reads=to_all(say_photo_asked),
        names=("name",),
    ),
    Kind(
        body=PhotoAnswered,
        part=Visit,
        fold=fold_photo_answered,
        views=SHOWN_TO_ALL,
        reads=to_all(say_photo_answered),
        names=("name",),
    ),
)
