"""The kinds of entry chat owns: how they change whose turn it is, and what they tell the assessor."""

from typing import Any

import msgspec

from chat.entries import Answered, Corrected, Message, Opened, Reach
from chat.state import Conversation
from core.log.entry import Header
from core.log.kinds import Kind, shown_whole

EVERYONE = {"staff": shown_whole, "patient": shown_whole}


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
    """After the patient's words staff owe an answer, after staff's words the patient; the first unanswered one counts."""
    turn = "patient" if header.author.kind == "staff" else "staff"
    if turn == part.turn:
        return part
    return msgspec.structs.replace(part, turn=turn, turn_since_ms=header.at_ms)


def unchanged(part: Conversation, _: Answered | Corrected | Reach, __: Header) -> Conversation:
    """Says something about the patient, nothing about the conversation."""
    return part


KINDS: tuple[Kind[Any, Any], ...] = (
    Kind(body=Opened, part=Conversation, fold=fold_opened, views=EVERYONE, content=True, topics=("assess",)),
    Kind(body=Message, part=Conversation, fold=fold_message, views=EVERYONE, content=True, topics=("assess",)),
    Kind(body=Answered, part=Conversation, fold=unchanged, views=EVERYONE, content=True, topics=("assess",)),
    Kind(body=Corrected, part=Conversation, fold=unchanged, views=EVERYONE, content=True, topics=("assess",)),
    Kind(body=Reach, part=Conversation, fold=unchanged, views=EVERYONE),
)
