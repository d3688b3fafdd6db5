"""The kinds of entry chat owns: how they change whose turn it is, and what they tell the assessor."""

from typing import Any, Literal

import msgspec

from chat.entries import (
    Amended,
    Answered,
    ColleagueAnswered,
    ColleagueAsked,
    Corrected,
    Message,
    Noted,
    Opened,
    Reach,
    Read,
)
from chat.state import Conversation, OpenQuestion
from chat.transcript import (
    say_amended,
    say_answered,
    say_colleague_answered,
    say_colleague_asked,
    say_corrected,
    say_message,
    say_noted,
    say_opened,
    say_reach,
)
from core.log.body import Body
from core.log.entry import Header
from core.log.kinds import SHOWN_TO_ALL, SHOWN_TO_STAFF, Kind, shown_whole
from core.transcript.line import Say, silence, to_all
from triage.told import Answer, Background, Correction, Words

_OTHER: dict[Literal["patient", "staff"], Literal["patient", "staff"]] = {"patient": "staff", "staff": "patient"}


def fold_opened(part: Conversation, body: Opened, header: Header) -> Conversation:
    """A contact begins; staff owe the first answer."""
    return msgspec.structs.replace(
        part,
        subject=body.subject,
        age_y=body.age_y,
        age_m=body.age_m,
        sex=body.sex,
        lang=body.lang,
        booking_id=body.booking_id,
        opened_ms=header.at_ms,
        turn="staff",
        turn_since_ms=header.at_ms,
        alive_ms=header.at_ms,
    )


def fold_message(part: Conversation, _: Message | Amended, header: Header) -> Conversation:
    """Words ask for an answer."""
    return take_turn(part, header)


def take_turn(part: Conversation, header: Header) -> Conversation:
    """After the patient's words staff owe an answer, after staff's the patient; the first unanswered one counts."""
    said_by: Literal["patient", "staff"] = "staff" if header.author.kind == "staff" else "patient"
    answered = part.turn == said_by
    return msgspec.structs.replace(
        part,
        last_said={**part.last_said, said_by: header.no},
        alive_ms=header.at_ms if header.author.kind == "patient" else part.alive_ms,
        turn=_OTHER[said_by] if answered else part.turn,
        turn_since_ms=header.at_ms if answered else part.turn_since_ms,
    )


def fold_told(part: Conversation, _: Body, header: Header) -> Conversation:
    """Told in another way than in words."""
    return msgspec.structs.replace(alive(part, None, header), told_no=header.no)


def fold_read(part: Conversation, body: Read, header: Header) -> Conversation:
    """How far this reader has come; an older mark than the last says nothing."""
    furthest = max(body.up_to_no, part.read_by.get(header.actor_id, 0))
    return alive(msgspec.structs.replace(part, read_by={**part.read_by, header.actor_id: furthest}), None, header)


def fold_asked(part: Conversation, body: ColleagueAsked, header: Header) -> Conversation:
    """A colleague is asked."""
    asked = OpenQuestion(no=header.no, to_staff=body.to_staff, to_role=body.to_role)
    return msgspec.structs.replace(part, open_questions=(*part.open_questions, asked))


def fold_colleague_answered(part: Conversation, body: ColleagueAnswered, _: Header) -> Conversation:
    """The question waits no more; a second answer changes nothing."""
    waiting = tuple(question for question in part.open_questions if question.no != body.question_no)
    return msgspec.structs.replace(part, open_questions=waiting)


def unchanged(part: Conversation, _: Noted, __: Header) -> Conversation:
    """Between colleagues: says nothing about the conversation."""
    return part


def alive(part: Conversation, _: Reach | None, header: Header) -> Conversation:
    """Whatever the patient does is a sign of life; what anyone else does is none."""
    return msgspec.structs.replace(part, alive_ms=header.at_ms) if header.author.kind == "patient" else part


def background(body: Opened, _: Header) -> Background:
    """Whom it is about, for the assessor."""
    return Background(
        subject=body.subject, age_y=body.age_y, age_m=body.age_m, sex=body.sex, lang=body.lang, screen=body.screen
    )


def words(body: Message | Amended, header: Header) -> Words | None:
    """The patient's own words; what staff write says nothing about the patient."""
    if header.author.kind == "staff":
        return None
    asked = body.asked if isinstance(body, Message) else None
    return Words(entry=header.no, text=body.text, lang=body.lang, asked=asked)


def answer(body: Answered, _: Header) -> Answer:
    """An answer, for the assessor."""
    return Answer(question=body.question, value=body.value)


def correction(body: Corrected, _: Header) -> Correction:
    """A correction, for the assessor."""
    return Correction(struck=body.struck, added=body.added)


def amended_for_patient(body: Amended) -> Amended:
    """In the patient's own numbers: how many entries staff have more is none of theirs."""
    return msgspec.structs.replace(body, of_no=body.of_patient_no)


def read_for_patient(body: Read) -> Read:
    """In the patient's own numbers."""
    return msgspec.structs.replace(body, up_to_no=body.up_to_patient_no)


def _content(body: type[Any], fold: Any, says: Any, *, reads: Say, names: tuple[str, ...] = ()) -> Kind[Any, Any]:
    return Kind(
        body=body,
        part=Conversation,
        fold=fold,
        views=SHOWN_TO_ALL,
        content=True,
        topics=("assess",),
        says=says,
        reads=to_all(reads),
        names=names,
    )


def _between_colleagues(body: type[Any], fold: Any, *, reads: Say) -> Kind[Any, Any]:
    """Content for the send-guard, nothing to the assessor, and never a view for the patient."""
    return Kind(body=body, part=Conversation, fold=fold, views=SHOWN_TO_STAFF, content=True, reads={"staff": reads})


KINDS: tuple[Kind[Any, Any], ...] = (
    _content(Opened, fold_opened, background, reads=say_opened, names=("about",)),
    _content(Message, fold_message, words, reads=say_message),
    _content(Answered, fold_told, answer, reads=say_answered),
    _content(Corrected, fold_told, correction, reads=say_corrected),
    Kind(
        body=Reach,
        part=Conversation,
        fold=alive,
        views=SHOWN_TO_ALL,
        reads=to_all(say_reach),
        reveals=("place", "phone"),
    ),
    Kind(
        body=Amended,
        part=Conversation,
        fold=fold_message,
        views={"staff": shown_whole, "patient": amended_for_patient},
        content=True,
        topics=("assess",),
        says=words,
        reads=to_all(say_amended),
    ),
    _between_colleagues(Noted, unchanged, reads=say_noted),
    _between_colleagues(ColleagueAsked, fold_asked, reads=say_colleague_asked),
    _between_colleagues(ColleagueAnswered, fold_colleague_answered, reads=say_colleague_answered),
    Kind(
        body=Read,
        part=Conversation,
        fold=fold_read,
        views={"staff": shown_whole, "patient": read_for_patient},
        reads=to_all(silence),
    ),
)
