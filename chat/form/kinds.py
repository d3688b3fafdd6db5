"""The kind of entry that says whose turn it is after a form: `care.forms` has the form and its answers."""

from typing import Any, Literal

from chat.kinds import take_turn
from chat.state import Conversation
from core.log.body import Body
from core.log.entry import Header
from core.log.kinds import SHOWN_TO_ALL, Kind
from core.transcript.line import Line, Sentence, Telling, to_all

SENT = Sentence("Skickade formuläret ”{title}”.", "Sendte skjemaet «{title}».", "Sent the form “{title}”.")
ANSWERED = Sentence("Svarade på formuläret ”{title}”.", "Svarte på skjemaet «{title}».", "Answered the form “{title}”.")


class FormNews(Body, tag="form_news", frozen=True, kw_only=True):
    """A form was sent to the patient, or answered by them."""

    what: Literal["sent", "answered"]
    title: dict[str, str]
    """By language."""


def fold_form_news(part: Conversation, _: FormNews, header: Header) -> Conversation:
    """Who was sent a form owes its answers; who has answered is owed a word."""
    return take_turn(part, header)


def say_form_news(body: FormNews, telling: Telling) -> Line:
    """Which form; what was answered is an entry of its own."""
    title = body.title.get(telling.lang) or next(iter(body.title.values()), "")
    return Line(text=(SENT if body.what == "sent" else ANSWERED)(telling.lang, title=title))


KINDS: tuple[Kind[Any, Any], ...] = (
    Kind(
        body=FormNews,
        part=Conversation,
        fold=fold_form_news,
        views=SHOWN_TO_ALL,
        content=True,
        reads=to_all(say_form_news),
    ),
)
