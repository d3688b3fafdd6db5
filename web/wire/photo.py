"""A photo in a visit: staff ask, the patient answers; the picture goes by the routes of attachments."""

from rtc.photo.entries import PhotoAnswered, PhotoAsked
from web.wire.base import Wire

OfPhoto = PhotoAsked | PhotoAnswered
"""Its entries."""


class AskPhoto(Wire, frozen=True, kw_only=True):
    """`photo:ask`: staff who are in the visit ask the patient whether a picture may be taken and kept."""

    contact_id: str
    visit_id: str
    participant: str


class AnswerPhoto(Wire, frozen=True, kw_only=True):
    """`photo:answer`: the patient's yes or no to the picture they are asked for."""

    contact_id: str
    visit_id: str
    yes: bool
