"""How a mark lies in a contact, and how a review folds: the newest word of a reviewer counts."""

from typing import Any, Literal

from core.log.entry import Header
from core.log.kinds import SHOWN_TO_STAFF, Kind
from core.log.state import Part
from core.transcript.line import Line, Sentence, Telling
from triage.evaluation.gold import Gold
from triage.review.entries import Meaning, Misread, Rewritten, SetAside, Why
from triage.state import Triage

Status = Literal["open", "rewritten", "set_aside"]
MARKED = Sentence(
    "Märkte ord som fel lästa: {was} i stället för {meant}. {reason}",
    "Merket ord som feil lest: {was} i stedet for {meant}. {reason}",
    "Marked words as read wrongly: {was} instead of {meant}. {reason}",
)
NOTHING = Sentence("inget", "ingenting", "nothing")
STATE = {
    "has": Sentence("{what}", "{what}", "{what}"),
    "has_not": Sentence("inte {what}", "ikke {what}", "not {what}"),
    "unsure": Sentence("osäkert {what}", "usikkert {what}", "unsure {what}"),
    "past": Sentence("tidigare {what}", "tidligere {what}", "earlier {what}"),
    "other_person": Sentence("{what} hos någon annan", "{what} hos en annen", "{what} of someone else"),
}


class Review(Part, tag="review", frozen=True, kw_only=True):
    """What has become of one thing that was read wrongly."""

    status: Status = "open"
    row: Gold | None = None
    why: Why | None = None
    by: str = ""
    """The reviewer's name, where it is shown."""
    at_ms: int = 0


def _marked(part: Triage, _: Misread, __: Header) -> Triage:
    return part


def _rewritten(_: Review, body: Rewritten, header: Header) -> Review:
    return Review(status="rewritten", row=body.row, by=header.author.name, at_ms=header.at_ms)


def _set_aside(_: Review, body: SetAside, header: Header) -> Review:
    return Review(status="set_aside", why=body.why, by=header.author.name, at_ms=header.at_ms)


def say_misread(body: Misread, telling: Telling) -> Line:
    """What was read and what was meant, between colleagues."""
    was = ", ".join(_meaning(one, telling) for one in body.read_as) or NOTHING(telling.lang)
    meant = _meaning(body.meant, telling) if body.meant else NOTHING(telling.lang)
    return Line(text=MARKED(telling.lang, was=was, meant=meant, reason=body.reason).strip(), private=True)


def _meaning(one: Meaning, telling: Telling) -> str:
    return STATE[one.state](telling.lang, what=telling.label(one.concept))


KINDS: tuple[Kind[Any, Any], ...] = (
    Kind(body=Misread, part=Triage, fold=_marked, views=SHOWN_TO_STAFF, reads={"staff": say_misread}),
    Kind(body=Rewritten, part=Review, fold=_rewritten),
    Kind(body=SetAside, part=Review, fold=_set_aside),
)
