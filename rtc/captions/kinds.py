"""How captions fold: asked for in the visit, and of each member what they said to it."""

from typing import Any

import msgspec

from core.log.entry import Header
from core.log.kinds import Kind
from rtc.captions.entries import CaptionsAnswered, CaptionsAsked
from rtc.captions.transcript import say_captions_answered, say_captions_asked
from rtc.state import Visit
from rtc.visit_kind import visit_kind


def fold_captions_asked(part: Visit, body: CaptionsAsked, _: Header) -> Visit:
    """Asked for until the visit ends."""
    return msgspec.structs.replace(part.changed(body.participant, captions=True), captions=True)


def fold_captions_answered(part: Visit, body: CaptionsAnswered, _: Header) -> Visit:
    """Of them alone."""
    return part.changed(body.participant, captions=body.yes)


CAPTIONS_KINDS: tuple[Kind[Any, Any], ...] = (
    visit_kind(CaptionsAsked, fold_captions_asked, say_captions_asked),
    visit_kind(CaptionsAnswered, fold_captions_answered, say_captions_answered),
)
