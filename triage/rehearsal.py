"""A changed content beside the one in force, over the same cases: who would move up, who down, by which rules."""

from collections import Counter
from collections.abc import Iterable, Iterator

import msgspec

from triage.assess import assess
from triage.assessment import Assessment
from triage.case import Case
from triage.content import Content
from triage.urgency import LEVELS, RANK, Urgency


class Move(msgspec.Struct, frozen=True, kw_only=True):
    """One case that would be judged otherwise."""

    id: str
    before: Urgency
    after: Urgency
    assessed: bool
    fires: tuple[str, ...]
    """Rules and safe paths that hold only with the candidate."""
    rests: tuple[str, ...]
    """Those that hold only with the content in force."""

    @property
    def steps(self) -> int:
        """Levels up; down is negative."""
        return RANK[self.before] - RANK[self.after]


class Rehearsal(msgspec.Struct, frozen=True, kw_only=True):
    """What a candidate would have done."""

    before: str
    after: str
    n: int
    moves: tuple[Move, ...]
    """Whose level or reasons differ; those who would fall furthest first."""

    @property
    def ways(self) -> Counter[str]:
        """How many move up, down, or only for other reasons (`same`)."""
        return Counter(_way(move) for move in self.moves)

    def lines(self) -> Iterator[str]:
        """To be read; nobody's words are in it. The last line sums up."""
        yield f"in force {self.before}, candidate {self.after}"
        for move in self.moves:
            rules = " ".join((*(f"+{rule}" for rule in move.fires), *(f"-{rule}" for rule in move.rests)))
            level = move.after if move.assessed else f"{move.after} (unassessed)"
            yield f"{_way(move)} {move.id}: {move.before} -> {level} {rules}"
        ways = self.ways
        for before, after, count in self.levels:
            yield f"{before} -> {after}: {count}"
        for rule, told in self.rules:
            yield f"{rule}: up={told['up']} down={told['down']} other_reasons={told['same']}"
        yield (
            f"RESULT n={self.n} up={ways['up']} down={ways['down']} other_reasons={ways['same']} "
            f"same={self.n - len(self.moves)}"
        )

    @property
    def levels(self) -> list[tuple[Urgency, Urgency, int]]:
        """From which level to which, and how many; the most urgent first."""
        pairs = Counter((move.before, move.after) for move in self.moves if move.steps)
        return [(before, after, pairs[before, after]) for before in LEVELS for after in LEVELS if pairs[before, after]]

    @property
    def rules(self) -> list[tuple[str, Counter[str]]]:
        """For each rule that holds with one of the two only: how many cases of it move up, down, or not; by name."""
        told: dict[str, Counter[str]] = {}
        for move in self.moves:
            for rule in (*move.fires, *move.rests):
                told.setdefault(rule, Counter())[_way(move)] += 1
        return sorted(told.items())


def rehearsed(cases: Iterable[tuple[str, Case]], before: Content, after: Content) -> Rehearsal:
    """Judge every case with both contents. Writes nothing anywhere."""
    moves: list[Move] = []
    count = 0
    for name, case in cases:
        count += 1
        one, other = assess(case, before), assess(case, after)
        held, holds = _reasons(one), _reasons(other)
        if one.urgency != other.urgency or held != holds:
            moves.append(_move(name, one, other, fires=holds - held, rests=held - holds))
    moves.sort(key=lambda move: (move.steps, move.id))
    return Rehearsal(before=before.version, after=after.version, n=count, moves=tuple(moves))


def _move(name: str, one: Assessment, other: Assessment, *, fires: set[str], rests: set[str]) -> Move:
    return Move(
        id=name,
        before=one.urgency,
        after=other.urgency,
        assessed=other.status == "assessed",
        fires=tuple(sorted(fires)),
        rests=tuple(sorted(rests)),
    )


def _reasons(result: Assessment) -> set[str]:
    return {rule.id for rule in result.rules} | ({result.safe_path} if result.safe_path else set())


def _way(move: Move) -> str:
    return "up" if move.steps > 0 else "down" if move.steps < 0 else "same"
