"""The kinds of entry chat owns: how they change whose turn it is, and what they tell the assessor."""

from typing import Any, Literal

import msgspec

from chat.entries import Answered, Corrected, Message, Opened, Reach
from chat.state import Conversation
from chat.transcript import say_answered, say_corrected, say_message, say_opened, say_reach
from core.log.entry import Header
from core.log.kinds import SHOWN_TO_ALL, Kind
from core.transcript.line import Say, to_all
from triage.told import Answer, Background, Correction, Words


def fold_opened(part: Conversation, body: Opened, header: Header) -> Conversation:
    """A contact begins; staff owe the first answer."""
    return msgspec.structs.replace(
        part,
        subject=body.subject,
        age_y=body.age_y,
        age_m=body.age_m,
        sex=body.sex,
        lang=body.lang,
        opened_ms=header.at_ms,
        turn="staff",
        turn_since_ms=header.at_ms,
    )


def fold_message(part: Conversation, _: Message, header: Header) -> Conversation:
    """After the patient's words staff owe an answer, after staff's the patient; the first unanswered one counts."""
    turn: Literal["patient", "staff"] = "patient" if header.author.kind == "staff" else "staff"
    if turn == part.turn:
        return part
    return msgspec.structs.replace(part, turn=turn, turn_since_ms=header.at_ms)


def unchanged(part: Conversation, _: Answered | Corrected | Reach, __: Header) -> Conversation:
    """Says something about the patient, nothing about the conversation."""
    return part


def background(body: Opened, _: Header) -> Background:
    """Whom it is about, for the assessor."""
    return Background(
        subject=body.subject, age_y=body.age_y, age_m=body.age_m, sex=body.sex, lang=body.lang, screen=body.screen
    )


def words(body: Message, header: Header) -> Words | None:
    """The patient's own words; what staff write says nothing about the patient."""
    if header.author.kind == "staff":
        return None
    return Words(entry=header.no, text=body.text, lang=body.lang, asked=body.asked)


def answer(body: Answered, _: Header) -> Answer:
    """An answer, for the assessor."""
    return Answer(question=body.question, value=body.value)


def correction(body: Corrected, _: Header) -> Correction:
    """A correction, for the assessor."""
    return Correction(struck=body.struck, added=body.added)


def _content(body: type[Any], fold: Any, says: Any, *, reads: Say) -> Kind[Any, Any]:
    return Kind(
        body=body,
        part=Conversation,
        fold=fold,
        views=SHOWN_TO_ALL,
        content=True,
        topics=("assess",),
        says=says,
        reads=to_all(reads),
    )


KINDS: tuple[Kind[Any, Any], ...] = (
    _content(Opened, fold_opened, background, reads=say_opened),
    _content(Message, fold_message, words, reads=say_message),
    _content(Answered, unchanged, answer, reads=say_answered),
    _content(Corrected, unchanged, correction, reads=say_corrected),
    Kind(body=Reach, part=Conversation, fold=unchanged, views=SHOWN_TO_ALL, reads=to_all(say_reach)),
)
