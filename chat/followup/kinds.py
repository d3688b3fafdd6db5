"""The kind of entry that opens a contact about values measured at home: `care.followup` has the values.

It tells whom the contact is about, and asks for no assessment by itself: there are no words yet to be read.
"""

from typing import Any

import msgspec

from chat.entries import Sex
from chat.state import Conversation
from core.log.body import Body
from core.log.entry import Header
from core.log.kinds import SHOWN_TO_ALL, Kind
from core.transcript.line import Line, Sentence, Telling, to_all
from triage.told import Background

OPENED = Sentence(
    "Öppnades av uppföljningen hemma: {programme}.",
    "Åpnet av oppfølgingen hjemme: {programme}.",
    "Opened by the follow-up at home: {programme}.",
)


class FollowUpOpened(Body, tag="follow_up_opened", frozen=True, kw_only=True):
    """What was measured at home, or was not, opens a contact."""

    programme: dict[str, str]
    """What the programme is called, by language."""
    lang: str
    age_y: int | None = None
    age_m: int | None = None
    sex: Sex | None = None


def fold_opened(part: Conversation, body: FollowUpOpened, header: Header) -> Conversation:
    """Staff owe the first word. That the patient measured is no sign that they read here."""
    return msgspec.structs.replace(
        part,
        age_y=body.age_y,
        age_m=body.age_m,
        sex=body.sex,
        lang=body.lang,
        opened_ms=header.at_ms,
        turn="staff",
        turn_since_ms=header.at_ms,
    )


def background(body: FollowUpOpened, _: Header) -> Background:
    """Whom it is about, for when the patient writes."""
    return Background(subject="self", age_y=body.age_y, age_m=body.age_m, sex=body.sex, lang=body.lang, screen=())


def say_opened(body: FollowUpOpened, telling: Telling) -> Line:
    """By which programme."""
    name = body.programme.get(telling.lang) or next(iter(body.programme.values()), "")
    return Line(text=OPENED(telling.lang, programme=name))


KINDS: tuple[Kind[Any, Any], ...] = (
    Kind(
        body=FollowUpOpened,
        part=Conversation,
        fold=fold_opened,
        views=SHOWN_TO_ALL,
        content=True,
        says=background,
        reads=to_all(say_opened),
    ),
)
