"""Captions of a visit: asked for by anybody in it, made of the voice of who says yes, shown to all, kept by nobody."""

import base64
import binascii

from core.errors import FyrError
from rtc.captions.entries import CaptionsAnswered, CaptionsAsked
from web.wire.base import Wire

OfCaptions = CaptionsAsked | CaptionsAnswered
"""Its entries."""


class AskCaptions(Wire, frozen=True, kw_only=True):
    """`captions:ask`: want what is said as text. Everybody else is asked; who asks has said yes for themselves.

    Answered with `function_off` where there is no recogniser, or the unit has not decided to use it.
    """

    contact_id: str
    visit_id: str


class AnswerCaptions(Wire, frozen=True, kw_only=True):
    """`captions:answer`: whether what one says oneself may be made into text; it may be taken back at any time."""

    contact_id: str
    visit_id: str
    yes: bool


class SendSound(Wire, frozen=True, kw_only=True):
    """`captions:sound`: the next quarter second or so of one's own voice, after a yes.

    Answered with `wrong_state` without one, `unreachable` while the recogniser does not answer.
    """

    contact_id: str
    visit_id: str
    lang: str
    """What is spoken (`sv`)."""
    sound: str
    """PCM, 16,000 samples a second of 16 bits, little endian, one channel, in base64; two seconds at most."""


class CaptionSaid(Wire, frozen=True, kw_only=True):
    """Event `caption_said`: what the recogniser takes somebody to say."""

    visit_id: str
    sender: str
    text: str
    """Empty: nothing after all."""
    final: bool
    """For good; else the next one of the same sender takes its place."""


LONGEST_SOUND = 2 * 16_000 * 2
"""Bytes of one call."""
CAPTION_CALLS: dict[str, type[Wire]] = {
    "captions:ask": AskCaptions,
    "captions:answer": AnswerCaptions,
    "captions:sound": SendSound,
}
"""Each is answered with nothing."""


def sound_in(body: SendSound) -> bytes:
    """The samples. Raises `bad_request`, `too_large`."""
    try:
        sound = base64.b64decode(body.sound, validate=True)
    except (binascii.Error, ValueError):
        raise FyrError("bad_request", where="$.sound", what="not base64") from None
    if len(sound) > LONGEST_SOUND:
        raise FyrError("too_large", limit=LONGEST_SOUND)
    if len(sound) % 2:
        raise FyrError("bad_request", where="$.sound", what="half a sample")
    return sound
