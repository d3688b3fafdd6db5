"""The transcript of a contact: its entries as lines, in order, each with who and when. Pure; knows no layout."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from core.clock import from_ms
from core.errors import FyrError
from core.identity.shown import shown_author
from core.log.body import Author
from core.log.entry import Entry
from core.log.kinds import Audience, Kinds
from core.transcript.line import Line, Sentence, Telling

ERASED = Sentence("Innehållet är raderat.", "Innholdet er slettet.", "The content has been erased.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One line of a transcript."""

    no: int
    """The entry's number as its reader counts."""
    kind: str
    at: datetime
    """Aware, in the place's own time."""
    author: Author
    line: Line


def require_told(kinds: Kinds) -> None:
    """Stop the start when a kind that someone may see says nothing of how it reads. Raises `unknown_kind`."""
    for kind in kinds:
        missing = kind.views.keys() - kind.reads.keys()
        if missing:
            why = f"does not say how it reads in a transcript for {', '.join(sorted(missing))}"
            raise FyrError("unknown_kind", kind=kind.name, why=why)


def transcript_of(
    kinds: Kinds,
    entries: Iterable[Entry],
    *,
    audience: Audience,
    telling: Telling,
    protected: bool,
    notes: bool = False,
) -> list[Told]:
    """The entries as `audience` may read them. `notes` adds what is between colleagues; patients never get it.

    `protected`: whom it concerns is, so that nothing in it leads to them.
    """
    lines = (_told(kinds, entry, audience=audience, telling=telling, protected=protected) for entry in entries)
    wanted = notes and audience == "staff"
    told = [one for one in lines if one is not None and (wanted or not one.line.private)]
    return _threaded(_said_once(told))


def _told(kinds: Kinds, entry: Entry, *, audience: Audience, telling: Telling, protected: bool) -> Told | None:
    header = entry.header
    number = header.no if audience == "staff" else header.patient_no
    say = kinds.named(header.kind).reads.get(audience)
    if say is None or number is None:
        return None
    line = _line(kinds, entry, audience=audience, telling=telling, protected=protected)
    if line is None:
        return None
    at = from_ms(header.at_ms).astimezone(telling.zone)
    author = shown_author(header.author, to="document") if protected else header.author
    return Told(no=number, kind=header.kind, at=at, author=author, line=line)


def _line(kinds: Kinds, entry: Entry, *, audience: Audience, telling: Telling, protected: bool) -> Line | None:
    if entry.body is None:
        return Line(text=ERASED(telling.lang))
    body = kinds.view(entry.body, audience, protected=protected, in_document=True)
    say = kinds.named(entry.header.kind).reads[audience]
    return say(body, telling) if body is not None else None


def _said_once(told: list[Told]) -> list[Told]:
    """What the service did by itself is told again only when it says something new: a new assessment often does not."""
    before: dict[str, Line] = {}
    kept = []
    for one in told:
        if one.author.kind != "system" or before.get(one.kind) != one.line:
            kept.append(one)
        before[one.kind] = one.line
    return kept


def _threaded(told: list[Told]) -> list[Told]:
    """An answer refers to the last line that put its question."""
    asked: dict[str, int] = {}
    threaded = []
    for one in told:
        asked_in = asked.get(one.line.answers)
        refers_to = one.line.refers_to if one.line.refers_to is not None else asked_in
        threaded.append(replace(one, line=replace(one.line, refers_to=refers_to)))
        asked |= dict.fromkeys(one.line.asks, one.no)
    return threaded
