"""A wait that has ended, as it follows from the contact's states before and after the entry that ended it. Pure."""

from collections.abc import Callable, Iterable, Iterator
from typing import Literal, NamedTuple, get_args

from carequeue.deadlines import Deadlines
from carequeue.order import level_in_queue, waits_as_letter
from carequeue.state import Place
from core.ids import ContactId
from core.log.entry import Entry
from core.log.kinds import Kinds
from core.log.state import State
from triage.entries import Level
from triage.state import Triage

AgeGroup = Literal["0-5", "6-17", "18-44", "45-64", "65-79", "80+", "unknown"]
AGE_GROUPS: tuple[AgeGroup, ...] = get_args(AgeGroup)
FROM_Y: tuple[tuple[int, AgeGroup], ...] = (
    (80, "80+"),
    (65, "65-79"),
    (45, "45-64"),
    (18, "18-44"),
    (6, "6-17"),
    (0, "0-5"),
)


class About(NamedTuple):
    """What is kept of whom a contact concerns, to compare how long groups wait."""

    age_group: AgeGroup
    lang: str


Describe = Callable[[State], About]
"""What a contact's state says of whom it concerns: the queue itself knows no ages and no languages."""


class EndedWait(NamedTuple):
    """One wait from its beginning to the moment somebody took the contact, or it was closed."""

    contact_id: ContactId
    began_ms: int
    """When it began to wait this time."""
    unit_id: str
    level: Level
    """By which it stood in the order when it ended."""
    arrived_ms: int
    target_ms: int
    """When first human contact was promised, by the deadlines of then."""
    first: bool
    """Whether nobody had taken it since it arrived."""
    ended_ms: int
    taken: bool
    """Whether somebody took it; else it was closed as it waited."""
    age_group: AgeGroup
    lang: str
    closed_ms: int | None = None
    """When the contact was closed after that."""
    letter: bool = False
    """It waited for its answer as letters do: by what they are promised, and not by what chats are."""


def age_group(age_y: int | None, age_m: int | None = None) -> AgeGroup:
    """The group of an age in whole years, or in months."""
    years = age_y if age_y is not None else age_m // 12 if age_m is not None else None
    if years is None:
        return "unknown"
    return next(group for least, group in FROM_Y if years >= least)


def ended_wait(
    contact_id: ContactId, before: State, after: State, *, deadlines: Deadlines, describe: Describe
) -> EndedWait | None:
    """The wait that ended between two states; None when none did."""
    was, now = before.get(Place), after.get(Place)
    if was.status != "waiting" or not was.unit_id or now.status == "waiting":
        return None
    level, about = level_in_queue(before.get(Triage)), describe(before)
    taken = now.status == "held"
    return EndedWait(
        contact_id=contact_id,
        began_ms=was.waiting_ms,
        unit_id=was.unit_id,
        level=level,
        arrived_ms=was.arrived_ms,
        target_ms=deadlines.target_ms(was.unit_id, level, arrived_ms=was.arrived_ms, letter=was.letter),
        first=was.answered_ms is None,
        ended_ms=(now.held_ms if taken else now.closed_ms) or was.waiting_ms,
        taken=taken,
        age_group=about.age_group,
        lang=about.lang,
        letter=waits_as_letter(was, before.get(Triage)),
    )


def closed_at(before: State, after: State) -> int | None:
    """When the contact was closed, if it was between two states."""
    was, now = before.get(Place), after.get(Place)
    return now.closed_ms if was.status != "closed" and now.status == "closed" else None


def states_of(entries: Iterable[Entry], kinds: Kinds) -> Iterator[tuple[State, State]]:
    """The states before and after each entry of a stream, from its first. What was erased tells nothing any more."""
    state = State()
    for entry in entries:
        if entry.body is None:
            return
        kind = kinds.named(entry.header.kind)
        before, state = state, state.with_part(kind.fold(state.get(kind.part), entry.body, entry.header))
        yield before, state


def waits_of(
    contact_id: ContactId, states: Iterable[tuple[State, State]], *, deadlines: Deadlines, describe: Describe
) -> list[EndedWait]:
    """Every wait of a contact that has ended, in order, from its whole history."""
    found: list[EndedWait] = []
    for before, after in states:
        wait = ended_wait(contact_id, before, after, deadlines=deadlines, describe=describe)
        closed_ms = closed_at(before, after)
        if wait is not None:
            found.append(wait)
        elif closed_ms is not None and found and found[-1].closed_ms is None:
            found[-1] = found[-1]._replace(closed_ms=closed_ms)
    return found
