"""The kind of entry by which a patient chooses how to be told."""

from typing import Any

from core.log.entry import Header
from core.log.kinds import Kind
from core.notices.entries import ChannelName, NoticeChosen
from core.notices.state import NoticeWish
from core.transcript.line import Line, Sentence, Telling, to_all

NOTICE = "notice"
"""The outbox topic of what a patient is told of by the channel they chose."""
CHOSEN: dict[ChannelName, Sentence] = {
    "none": Sentence("Vill inte ha besked utanför sidan.", "Vil ikke ha beskjed utenfor siden.", "Wants no notices."),
    "push": Sentence("Vill ha besked i webbläsaren.", "Vil ha beskjed i nettleseren.", "Wants notices in the browser."),
    "sms": Sentence("Vill ha besked med sms.", "Vil ha beskjed på SMS.", "Wants notices by text message."),
    "email": Sentence("Vill ha besked med e-post.", "Vil ha beskjed på e-post.", "Wants notices by e-mail."),
}


def fold_chosen(part: NoticeWish, body: NoticeChosen, header: Header) -> NoticeWish:
    """The newest choice counts; taking it back forgets the address."""
    by_patient = header.author.kind == "patient"
    return NoticeWish(
        channel=body.channel,
        address=body.address,
        push=body.push,
        chosen_ms=header.at_ms if by_patient else part.chosen_ms,
        by=header.actor_id if by_patient else part.by,
    )


def without_address(body: NoticeChosen) -> NoticeChosen:
    """That it was chosen. The address and the browser's secrets are for sending only."""
    return NoticeChosen(channel=body.channel)


def say_chosen(body: NoticeChosen, telling: Telling) -> Line:
    """The choice."""
    return Line(text=CHOSEN[body.channel](telling.lang))


KINDS: tuple[Kind[Any, Any], ...] = (
    Kind(
        body=NoticeChosen,
        part=NoticeWish,
        fold=fold_chosen,
        views={"staff": without_address, "patient": without_address},
        reads=to_all(say_chosen),
    ),
)
