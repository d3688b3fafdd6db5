"""Safe paths: the only way to a level below urgent. Each is a positive row; what it needs must be known.

Law: one symptom more never lowers. What a path only allows is judged by itself too, and the more urgent counts. What
is understood and may not wait has a row at urgent: it holds where no other does.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable
from collections.abc import Set as AbstractSet
from functools import cache

import msgspec

from triage.content import Content
from triage.content.schema import SafePath
from triage.rules.facts import Facts
from triage.urgency import RANK, Urgency

SYMPTOMS = frozenset(("symptom", "disease", "event"))
"""Kinds of concepts that must be covered by a path."""
SAME_DAY: Urgency = "urgent"
MOST_SAID = 8
"""Who names more symptoms than this is read by a person."""


class PathChoice(msgspec.Struct, frozen=True, gc=False):
    """The path that decides, and the questions whose no is still missing for those that otherwise would hold."""

    path: SafePath | None = None
    asks: tuple[str, ...] = ()


class PathBook:
    """A content's safe paths by what they are about."""

    def __init__(self, content: Content) -> None:
        self._paths = [_ready(path, content) for path in content.paths]
        self._about: dict[str, list[int]] = defaultdict(list)
        self._same_day: dict[str, list[int]] = defaultdict(list)
        for place, path in enumerate(content.paths):
            for concept in path.about:
                (self._same_day if path.urgency == SAME_DAY else self._about)[str(concept)].append(place)
        self._requests = {str(row.id) for row in content.concepts if row.kind == "request"}
        self._harmless = {str(row.id) for row in content.concepts if row.harmless and row.kind in SYMPTOMS}
        passed_over = {str(row.id) for row in content.concepts if row.kind not in SYMPTOMS}
        self._passed_over = passed_over | self._harmless

    def choose(self, facts: Facts) -> PathChoice:
        """The safe path for everything that was said, or none.

        Symptoms: every present symptom is covered by one path, the least urgent that holds. What is harmless needs no
        covering, and requests are judged beside; of all the most urgent counts.
        """
        present = frozenset(facts.present)
        said, requests = present - self._passed_over, present & self._requests
        if not said:  # what has passed is judged like what is there: "vomited last night, fine now"
            said = frozenset(facts.resolved) - self._passed_over
        asks: dict[str, None] = {}
        worst = _worst(facts, self._requests)
        held = _Held(
            self._fitting(facts, said, worst=worst, covering=said, asks=asks),
            lambda: self._today(facts, said, worst=worst),
        )
        beside = [
            _Held(self._fitting(facts, (one,), worst=worst, asks=asks)).path(frozenset((one,)))
            for one in sorted(requests)
        ]
        path = held.path(said) or self._carried(said, beside) or held.together(said)
        if (said and path is None) or None in beside:
            return PathChoice(None, tuple(asks))
        harmless = present & self._harmless
        alone = _Held(self._fitting(facts, harmless, worst=worst)).holds_up(harmless) if harmless else None
        return PathChoice(min(filter(None, (path, alone, *beside)), key=_rank, default=None), tuple(asks))

    def _carried(self, said: frozenset[str], beside: Iterable[SafePath | None]) -> SafePath | None:
        """The path of a request may speak of a disease that has none of its own: asthma beside a renewal."""
        return next((path for path in beside if path is not None and said <= set(path.allows)), None)

    def _today(self, facts: Facts, said: AbstractSet[str], *, worst: float) -> "list[_Path]":
        """The rows at urgent about any of this that fit."""
        near = sorted({place for concept in said for place in self._same_day.get(concept, ())})
        return [self._paths[place] for place in near if _fits(self._paths[place].row, facts, worst=worst)]

    def _fitting(
        self,
        facts: Facts,
        about: Iterable[str],
        *,
        worst: float,
        covering: frozenset[str] | None = None,
        asks: dict[str, None] | None = None,
    ) -> "list[_Path]":
        """The paths that hold but for what they must cover; a no still missing for one that would do is asked."""
        places = sorted({place for concept in about for place in self._about.get(concept, ())})
        fitting: list[_Path] = []
        for path in (self._paths[place] for place in places):
            if not _fits(path.row, facts, worst=worst):
                continue
            missing = [question for question, concept in path.denied if not _denied(question, concept, facts)]
            if not missing:
                fitting.append(path)
            elif asks is not None and (covering is None or _covers(path, covering)):
                asks.update(dict.fromkeys(question for question in missing if question not in facts.answers))
        return fitting


class _Held:
    """Which of the fitting paths holds for some of the symptoms, remembered for each set asked about."""

    def __init__(self, fitting: "list[_Path]", today: "Callable[[], list[_Path]]" = list) -> None:
        self._fitting = fitting
        self._today = cache(today)
        self._known: dict[frozenset[str], SafePath | None] = {frozenset(): None}
        self._held_up: dict[frozenset[str], SafePath | None] = {frozenset(): None}

    def path(self, said: frozenset[str]) -> SafePath | None:
        """The path that decides when exactly this is said: the least urgent that covers it, but what it only allows
        counts by itself where that asks for more."""
        if len(said) > MOST_SAID:
            return None
        if said not in self._known:
            choices = [
                _more_urgent(path.row, self.holds_up(said - path.about))
                for path in self._fitting
                if _covers(path, said)
            ]
            self._known[said] = max(choices, key=_rank, default=None)
        return self._known[said]

    def together(self, said: frozenset[str]) -> SafePath | None:
        """What decides when exactly this is said: one path, several matters side by side, or a row at urgent."""
        return self.path(said) or self._parted(said) or self._seen_today(said)

    def holds_up(self, said: frozenset[str]) -> SafePath | None:
        """The most urgent path that this, or any part of it, would need by itself."""
        if said not in self._held_up:
            self._held_up[said] = self.together(said) or self._parts(said)
        return self._held_up[said]

    def _parted(self, said: frozenset[str]) -> SafePath | None:
        """The path for several matters, of which all but what one path covers are small ones judged by themselves."""
        small = {concept for path in self._fitting if path.row.beside for concept in path.about if concept in said}
        rest = said - small
        return self._parts(said) if small and (not rest or self.path(rest)) else None

    def _seen_today(self, said: frozenset[str]) -> SafePath | None:
        """The first row at urgent about any of this, when such rows know all of it."""
        if len(said) > MOST_SAID:
            return None
        rows = [row for row in self._today() if not said.isdisjoint(row.about)]
        return rows[0].row if rows and said <= frozenset[str]().union(*[row.about for row in rows]) else None

    def _parts(self, said: frozenset[str]) -> SafePath | None:
        if len(said) == 1:
            return None  # nothing is left without it
        parts = [self.holds_up(said - {concept}) for concept in sorted(said)]
        return min((part for part in parts if part), key=_rank, default=None)


def _rank(path: SafePath) -> int:
    return RANK[path.urgency]


def _more_urgent(path: SafePath, other: SafePath | None) -> SafePath:
    return path if other is None or _rank(path) <= _rank(other) else other


class _Path(msgspec.Struct, frozen=True, gc=False):
    """A path made ready: what it is about and covers as sets, and what must be denied with what it is about."""

    row: SafePath
    about: frozenset[str]
    covered: frozenset[str]
    denied: tuple[tuple[str, str | None], ...]


def _ready(path: SafePath, content: Content) -> _Path:
    about = frozenset(map(str, path.about))
    rows = [(question, content.question(question)) for question in path.denied]
    denied = tuple((str(name), str(row.concept) if row is not None and row.concept else None) for name, row in rows)
    return _Path(path, about, about.union(map(str, path.allows)), denied)


def _covers(path: _Path, said: frozenset[str]) -> bool:
    return said <= path.covered and not said.isdisjoint(path.about)


def _fits(path: SafePath, facts: Facts, *, worst: float) -> bool:
    low, high = facts.age_y
    if worst > path.max_severity or low < path.age_y[0] or high > path.age_y[1]:
        return False
    if path.sex is not None and facts.sex != path.sex:
        return False
    if path.forbids and not facts.present.keys().isdisjoint(path.forbids):
        return False
    return _not_too_long(path, facts) and _long_enough(path, facts) and facts.vitals.get("temp", 0) < path.max_temp


def _worst(facts: Facts, requests: AbstractSet[str]) -> float:
    """How bad the worst is of what is felt: how strongly something is asked for says nothing."""
    felt = [places for concept, places in facts.present.items() if concept not in requests]
    severities = [facts.findings[at].severity for places in felt for at in places]
    return max([*(row for row in severities if row is not None), facts.number("severity") or 0], default=0)


def _not_too_long(path: SafePath, facts: Facts) -> bool:
    if path.max_duration_h is None:
        return True
    known = [hours for concept in facts.present for hours in _durations(concept, facts)]
    return max([*known, facts.number("duration_hours") or 0]) <= path.max_duration_h


def _long_enough(path: SafePath, facts: Facts) -> bool:
    """Each symptom the path is about is known to have lasted: what lasts beside it says nothing about it."""
    if path.min_duration_h is None:
        return True
    answered = facts.number("duration_hours")
    lasted = [
        (_durations(concept, facts) or ([] if answered is None else [answered]))
        for concept in path.about
        if concept in facts.present
    ]
    return bool(lasted) and all(hours and min(hours) >= path.min_duration_h for hours in lasted)


def _durations(concept: str, facts: Facts) -> list[float]:
    known = (facts.findings[at].duration_h for at in facts.present.get(concept, ()))
    return [hours for hours in known if hours is not None]


def _denied(question: str, concept: str | None, facts: Facts) -> bool:
    return concept in facts.denied or facts.answers.get(question) is False
