"""The kinds of entry for attachments."""

from typing import Any

from chat.attachment.entries import Attached, AttachmentTold
from chat.attachment.transcript import say_attached, say_told
from chat.kinds import take_turn
from chat.state import Conversation
from core.log.entry import Header
from core.log.kinds import SHOWN_TO_ALL, Kind
from core.transcript.line import to_all
from triage.told import Words


def fold_attached(part: Conversation, _: Attached, header: Header) -> Conversation:
    """A file asks for an answer as a message does."""
    return take_turn(part, header)


def unchanged(part: Conversation, _: AttachmentTold, __: Header) -> Conversation:
    """Says nothing about whose turn it is."""
    return part


def words(body: Attached, header: Header) -> Words | None:
    """A patient's caption is read like a message."""
    if header.author.kind == "staff" or not body.caption:
        return None
    return Words(entry=header.no, text=body.caption, lang=body.lang, asked=None)


KINDS: tuple[Kind[Any, Any], ...] = (
    Kind(
        body=Attached,
        part=Conversation,
        fold=fold_attached,
        views=SHOWN_TO_ALL,
        content=True,
        topics=("assess",),
        says=words,
        reads=to_all(say_attached),
        names=("name",),
    ),
    Kind(body=AttachmentTold, part=Conversation, fold=unchanged, views=SHOWN_TO_ALL, reads=to_all(say_told)),
)
