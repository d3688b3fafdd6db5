"""Counting: a case and what was made of it in, shares out. A share of nothing says nothing (None)."""

from collections import Counter
from collections.abc import Iterable

import msgspec

from triage.assessment import Assessment, Finding
from triage.evaluation.gold import Gold, GoldSpan
from triage.reader import state_of
from triage.sorting import subjects_of
from triage.urgency import LEVELS, RANK, Urgency


class Hits(msgspec.Struct):
    """What was found, what was missed, and what was found though it is not there."""

    found: int = 0
    missed: int = 0
    wrong: int = 0

    @property
    def precision(self) -> float | None:
        """Of what was found, the share that is there."""
        return share(self.found, self.found + self.wrong)

    @property
    def recall(self) -> float | None:
        """Of what is there, the share that was found."""
        return share(self.found, self.found + self.missed)

    @property
    def f1(self) -> float | None:
        """The harmonic mean of both."""
        return share(2 * self.found, 2 * self.found + self.missed + self.wrong)


class Tally:
    """Cases of one kind, counted."""

    def __init__(self) -> None:
        self.cells: Counter[tuple[Urgency, Urgency]] = Counter()
        """(the level it needs, the level it got): how many."""
        self.read = 0
        self.unassessed = 0
        self.raised_silent = 0
        self.spans = Hits()
        self.negations = Hits()

    def add(self, gold: Gold, result: Assessment) -> None:
        """Count one case."""
        self.read += 1
        self.unassessed += result.status == "unassessed"
        self.raised_silent += result.if_silent != result.urgency
        if gold.urgency is not None:
            self.cells[gold.urgency, result.urgency] += 1
        if gold.spans is not None:
            self._spans(gold, gold.spans, result.findings)

    @property
    def n(self) -> int:
        """Cases with a level."""
        return self.cells.total()

    def steps(self, low: int, high: int) -> float | None:
        """The share that got a level `low` to `high` steps above what it needs; below is negative."""
        held = sum(count for (needs, got), count in self.cells.items() if low <= RANK[needs] - RANK[got] <= high)
        return share(held, self.n)

    def recall(self, level: Urgency) -> float | None:
        """Of those who need `level`, the share that got exactly it."""
        needing = sum(count for (needs, _), count in self.cells.items() if needs == level)
        return share(self.cells[level, level], needing)

    @property
    def immediate_low(self) -> int:
        """Cases of immediate danger that got less than very urgent: none may."""
        return sum(
            count
            for (needs, got), count in self.cells.items()
            if needs == "immediate" and RANK[got] > RANK["very_urgent"]
        )

    def _spans(self, gold: Gold, spans: Iterable[GoldSpan], findings: tuple[Finding, ...]) -> None:
        left, subject = list(findings), subjects_of(gold.case(), findings)[0]
        for span in spans:
            found = _match(span, gold.text, left)
            if found is None or span.state not in (None, state_of(found, subject)):
                self.spans.missed += 1
                continue
            left.remove(found)
            self.spans.found += 1
            self.negations.found += span.negated and found.negated
            self.negations.missed += span.negated and not found.negated
            self.negations.wrong += found.negated and not span.negated
        self.spans.wrong += len(left)


def _match(span: GoldSpan, text: str, findings: list[Finding]) -> Finding | None:
    """The finding of the same concept that shares a letter with the span."""
    start, end = span.place_in(text)
    return next((one for one in findings if one.concept == span.concept and one.start < end and start < one.end), None)


def share(part: int, whole: int) -> float | None:
    """A share, or None of nothing."""
    return part / whole if whole else None


BELOW, ABOVE = -len(LEVELS), len(LEVELS)
"""As many steps as there can be."""
