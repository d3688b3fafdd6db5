"""How captions read afterwards."""

from core.transcript.line import Line, Sentence, Telling
from rtc.captions.entries import CaptionsAnswered, CaptionsAsked

ASKED = Sentence(
    "{name} bad om textning i mötet.",
    "{name} ba om teksting i møtet.",
    "{name} asked for captions in the visit.",
)
YES = Sentence(
    "{name} sade ja till textning av sitt tal.",
    "{name} sa ja til teksting av sin tale.",
    "{name} agreed to captions of their speech.",
)
NO = Sentence(
    "{name} sade nej till textning av sitt tal.",
    "{name} sa nei til teksting av sin tale.",
    "{name} said no to captions of their speech.",
)


def say_captions_asked(body: CaptionsAsked, telling: Telling) -> Line:
    """By whom."""
    return Line(text=ASKED(telling.lang, name=body.name))


def say_captions_answered(body: CaptionsAnswered, telling: Telling) -> Line:
    """Consent, none, or none any more."""
    return Line(text=(YES if body.yes else NO)(telling.lang, name=body.name))
