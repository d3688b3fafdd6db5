"""One assessment and what a candidate says of the same story, as a row without words; and rows as a rehearsal. Pure."""

from collections.abc import Iterable
from typing import NamedTuple

from core.ids import StreamId
from triage.entries import Assessed, Level
from triage.rehearsal import Move, Rehearsal

CONTACT = "contact:"


class Judged(NamedTuple):
    """One assessment, judged by both."""

    stream_id: StreamId
    no: int
    """Number of the entry that the set in force made."""
    candidate: str
    in_force: str
    at_ms: int
    before: Level
    after: Level
    assessed: bool
    """False: the candidate would have left it unassessed."""
    fires: str
    """Rules and the safe path that hold only with the candidate, blanks between."""
    rests: str
    """Those that hold only with the set in force."""


class At(NamedTuple):
    """Where an assessment lies, and when it was made."""

    stream: StreamId
    no: int
    at_ms: int


def judged(at: At, live: Assessed, other: Assessed) -> Judged:
    """What differs between the two."""
    held, holds = _reasons(live), _reasons(other)
    return Judged(
        stream_id=at.stream,
        no=at.no,
        candidate=other.content_version,
        in_force=live.content_version,
        at_ms=at.at_ms,
        before=live.urgency,
        after=other.urgency,
        assessed=other.assessed,
        fires=" ".join(sorted(holds - held)),
        rests=" ".join(sorted(held - holds)),
    )


def as_rehearsal(candidate: str, n: int, rows: Iterable[Judged]) -> Rehearsal:
    """Each contact by its newest assessment, as `fyr rehearse` tells it. `n`: all contacts that were judged."""
    found = list(rows)
    moves = [_move(row) for row in found]
    moves.sort(key=lambda move: (move.steps, move.id))
    return Rehearsal(before=found[0].in_force if found else "", after=candidate, n=n, moves=tuple(moves))


def _move(row: Judged) -> Move:
    return Move(
        id=row.stream_id.removeprefix(CONTACT),
        before=row.before,
        after=row.after,
        assessed=row.assessed,
        fires=tuple(row.fires.split()),
        rests=tuple(row.rests.split()),
    )


def _reasons(body: Assessed) -> set[str]:
    paths = (body.path,) if body.path else ()
    return {reason.rule for reason in (*body.reasons, *paths)}
