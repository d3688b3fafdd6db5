"""How asking for a photo reads afterwards."""

from core.transcript.line import Line, Sentence, Telling
from rtc.photo.entries import PhotoAnswered, PhotoAsked

ASKED = Sentence(
    "Frågade {name} om lov att ta en bild i mötet.",
    "Spurte {name} om lov til å ta et bilde i møtet.",
    "Asked {name} for leave to take a photo in the visit.",
)
YES = Sentence(
    "{name} sade ja till bilden.",
    "{name} sa ja til bildet.",
    "{name} agreed to the photo.",
)
NO = Sentence(
    "{name} sade nej till bilden.",
    "{name} sa nei til bildet.",
    "{name} said no to the photo.",
)


def say_photo_asked(body: PhotoAsked, telling: Telling) -> Line:
    """Who asked is the entry's author."""
    return Line(text=ASKED(telling.lang, name=body.name))


def say_photo_answered(body: PhotoAnswered, telling: Telling) -> Line:
    """Consent, or none."""
    return Line(text=(YES if body.yes else NO)(telling.lang, name=body.name))
