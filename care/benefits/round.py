"""One round of a contact, from when it came to its end, as its entries tell it. Pure; no words of anybody.

A contact that is opened again begins a new round: the patient was promised an answer anew.
"""

from collections.abc import Callable, Iterable, Iterator
from typing import Any, Literal, NamedTuple

import msgspec

from carequeue.deadlines import Deadlines
from carequeue.entries import CloseReason
from carequeue.order import level_in_queue
from carequeue.state import Place
from core.log.entry import Entry
from core.log.kinds import Kinds
from core.log.state import Part
from triage.entries import Level, UrgencySet
from triage.kinds import RANK
from triage.state import Triage

Move = Literal["", "kept", "raised", "lowered"]
"""What people made of the level the rules had set; empty: the rules had not understood it, or had been overruled in
an earlier round."""


class Said(NamedTuple):
    """What of an entry counts here that other parts of the service write: who puts the parts together knows them."""

    reply: Callable[[Entry], bool]
    """A person has answered the patient: in words, by telephone, or by opening a visit."""
    visit: Callable[[Entry], bool]
    """A video visit was opened."""
    form: Callable[[Entry], bool]
    """The patient has sent a form."""


class Round(NamedTuple):
    """One round."""

    contact_id: str
    no: int
    """Number of the entry it began with."""
    unit_id: str
    """Where it was answered; else where it is, or ended."""
    provider_id: str
    person_id: str
    """Whom it is about, where that is known."""
    began_ms: int
    level: Level
    """By which it stood in the order when it was answered; else by which it stands, or ended."""
    target_ms: int
    """When an answer was promised, by the deadlines that were in force when this was counted."""
    replied_ms: int | None
    closed_ms: int | None
    reason: CloseReason | Literal[""]
    move: Move
    visits: int
    forms: int
    seen_no: int
    """The last entry of the contact that this follows from."""


class _Open(msgspec.Struct, kw_only=True):
    """A round while it is read."""

    no: int
    began_ms: int
    unit_id: str = ""
    level: Level = "urgent"
    letter: bool = False
    """It waited as a letter: then it was promised what letters are, as far as its level lets it."""
    replied_ms: int | None = None
    closed_ms: int | None = None
    reason: CloseReason | Literal[""] = ""
    ruled: Level | None = None
    """The level the rules had set when a person first set another; None: no person has, or there was none."""
    set_to: Level | None = None
    move: Move = ""
    visits: int = 0
    forms: int = 0


class _Reader:
    """Reads a contact's entries in order."""

    def __init__(self, kinds: Kinds, said: Said) -> None:
        self._kinds = kinds
        self._said = said
        self._place, self._triage = Place(), Triage()
        self.rounds: list[_Open] = []

    def read(self, entry: Entry) -> None:
        """Go on by one entry."""
        was, ruled = self._place, self._triage
        self._fold(entry)
        opened_again = was.status == "closed" and self._place.status != "closed"
        if self._place.unit_id and (opened_again or not was.unit_id):
            self.rounds.append(_Open(no=entry.no, began_ms=self._place.arrived_ms))
        if self.rounds and self.rounds[-1].closed_ms is None:
            self._count(self.rounds[-1], entry, ruled)

    def _fold(self, entry: Entry) -> None:
        kind = self._kinds.named(entry.header.kind)
        if kind.part is Place:
            self._place = _folded(kind.fold, self._place, entry)
        elif kind.part is Triage:
            self._triage = _folded(kind.fold, self._triage, entry)

    def _count(self, one: _Open, entry: Entry, ruled: Triage) -> None:
        if isinstance(entry.body, UrgencySet):
            if one.set_to is None and ruled.assessed and not ruled.set_by_person:
                one.ruled = ruled.urgency
            one.set_to = entry.body.urgency
        one.visits += self._said.visit(entry)
        one.forms += self._said.form(entry)
        if one.replied_ms is None:
            one.unit_id, one.level = self._place.unit_id, level_in_queue(self._triage)
            one.letter = self._place.letter
            one.replied_ms = entry.header.at_ms if self._said.reply(entry) else None
        one.move = self._move(one)
        if self._place.status == "closed":
            one.closed_ms, one.reason = self._place.closed_ms, self._place.closed.reason if self._place.closed else ""

    def _move(self, one: _Open) -> Move:
        if one.set_to is None:
            return "kept" if self._triage.assessed and not self._triage.set_by_person else ""
        if one.ruled is None:
            return ""
        more = RANK[one.ruled] - RANK[one.set_to]
        return "raised" if more > 0 else "lowered" if more < 0 else "kept"


def _folded(fold: Callable[[Any, Any, Any], Any], part: Part, entry: Entry) -> Any:
    return fold(part, entry.body, entry.header)


def rounds_of(entries: Iterable[Entry], kinds: Kinds, said: Said, *, deadlines: Deadlines, about: str) -> list[Round]:
    """Every round of a contact, in order, from all its entries; none where its words have been erased.

    `about`: the person it is about, empty where nobody knows.
    """
    reader, last = _Reader(kinds, said), None
    for entry in entries:
        if entry.body is None:
            return []
        reader.read(entry)
        last = entry
    return [] if last is None else list(_rounds(reader.rounds, last, deadlines=deadlines, about=about))


def _rounds(found: Iterable[_Open], last: Entry, *, deadlines: Deadlines, about: str) -> Iterator[Round]:
    for one in found:
        yield Round(
            contact_id=last.header.stream.removeprefix("contact:"),
            no=one.no,
            unit_id=one.unit_id,
            provider_id=last.header.provider_id,
            person_id=about,
            began_ms=one.began_ms,
            level=one.level,
            target_ms=deadlines.target_ms(one.unit_id, one.level, arrived_ms=one.began_ms, letter=one.letter),
            replied_ms=one.replied_ms,
            closed_ms=one.closed_ms,
            reason=one.reason,
            move=one.move,
            visits=one.visits,
            forms=one.forms,
            seen_no=last.no,
        )
