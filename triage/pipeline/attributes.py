"""How bad, how long, how it came and where it is heading, and whether it is now, past or over."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from typing import Literal

from triage.assessment import Onset
from triage.pipeline.clauses import homes
from triage.pipeline.lexicon import Lexicon
from triage.pipeline.measure import Measures
from triage.pipeline.page import CueHit, Hit, Page

Course = Literal["worse", "better", "unchanged"]
Temporality = Literal["current", "history", "resolved"]
COURSES: tuple[Course, ...] = ("worse", "better", "unchanged")
STRENGTHS = {"severity:mild": 2, "severity:moderate": 5, "severity:severe": 7, "severity:extreme": 9}
TELLING = frozenset((*STRENGTHS, *COURSES, "lost_function", "sudden", "gradual", "resolved", "historical"))
"""Kinds of cues of which one must be on the page for anything but how long to be said of a symptom."""
LOST_FUNCTION = 8
EMPHASIS = re.compile(r"!!|[😭😢😩😫😱🤢🤮]")
SIGNS = 2
"""The first exclamation mark ends the sentence; the others still belong to it."""
SINCE = frozenset(("sen", "sedan", "sedan", "siden", "sidan", "sia", "since", "ever"))
NEAR = 4
"""Tokens between a word of strength and the symptom it describes."""


class Attributes:
    """The cues of one page by the clause they describe, asked for one hit at a time."""

    def __init__(self, page: Page, measures: Measures, lexicon: Lexicon) -> None:
        self.page = page
        self.lexicon = lexicon
        self._homes: dict[int, int] | None = None
        self._kinds: dict[str, dict[int, list[CueHit]]] = {}
        self.pains = {self._home_at(self._token_at(at)): score for at, score in measures.pains}
        self.aged = {at for age in (*measures.ages, *measures.weeks) for at in page.tokens_in(*age)}
        self.durations = {**self._day_words(), **self._counted()} if page.units or "day" in page.cues else {}
        self.said_once = dict(self._by_sentence()) if self.durations else {}
        self.taken = frozenset().union(*[hit.own for hit in page.hits]) if "resolved" in page.cues else frozenset[int]()
        self.silent = not self.pains and not page.strong and TELLING.isdisjoint(page.cues)

    def severity(self, hit: Hit) -> int | None:
        """0 to 10: a number given, else a lost function, else the strongest word beside the symptom."""
        if self.silent:
            return None
        given = self.pains.get(self._clause(hit))
        if given is not None:
            return given
        words = [strength for kind, strength in STRENGTHS.items() if self._near(hit, kind)]
        if self._strong(hit):
            words.append(STRENGTHS["severity:severe"])
        if words and self._emphasised(hit):
            words.append(min(max(words) + 1, STRENGTHS["severity:extreme"]))
        if self._said(hit, "lost_function"):
            words.append(LOST_FUNCTION)
        return max(words, default=None)

    def duration_h(self, hit: Hit) -> float | None:
        """Hours since it began, from what describes its clause, else from the only time its sentence gives."""
        if not self.durations:
            return None
        own = self.durations.get(self._clause(hit))
        return self.said_once.get(self.page.sentence_of(hit)) if own is None else own

    def onset(self, hit: Hit) -> Onset | None:
        """How it came."""
        if self.silent:
            return None
        if self._told(hit, "sudden"):
            return "sudden"
        return "gradual" if self._told(hit, "gradual") else None

    def course(self, hit: Hit) -> Course | None:
        """Where it is heading."""
        return None if self.silent else next((course for course in COURSES if self._said(hit, course)), None)

    def temporality(self, hit: Hit) -> Temporality:
        """Now unless a cue says past or over; a clause that also says now is about now."""
        if self.silent:
            return "current"
        clause = self._clause(hit)
        if self._said(hit, "resolved", first=clause, apart=True):
            return "resolved"
        if (
            self._said(hit, "historical", first=clause)
            and not self._since(hit)
            and not self._said(hit, "current", first=clause, last=clause)
        ):
            return "history"
        return "current"

    def _emphasised(self, hit: Hit) -> bool:
        """Signs, capitals or a crying face in the sentence: at most one step more, never one less."""
        last = bisect_right(self.page.sentences, self.page.sentence_of(hit)) - 1
        return EMPHASIS.search(self.page.text, self.page.starts[hit.start], self.page.ends[last] + SIGNS) is not None

    def _strong(self, hit: Hit) -> bool:
        """Whether one of its words or a word beside it is made stronger."""
        place = bisect_left(self.page.strong, hit.start - 1)
        return place < len(self.page.strong) and self.page.strong[place] <= hit.end

    def _since(self, hit: Hit) -> bool:
        """ "Sen i höstas": it began then and is still there."""
        cues = self._of("historical").get(self._clause(hit), ())
        return any(cue.start and self.page.tokens[cue.start - 1].norm in SINCE for cue in cues)

    def _clause(self, hit: Hit) -> int:
        return self.page.clauses[hit.start]

    def _home_at(self, at: int) -> int:
        if self._homes is None:
            self._homes = homes(self.page)
        return self._homes[self.page.clauses[at]]

    def _of(self, kind: str) -> dict[int, list[CueHit]]:
        """The cues of a kind by the clause they describe."""
        found = self._kinds.get(kind)
        if found is None:
            found = self._kinds[kind] = {}
            for cue in self.page.cues_of(kind):
                found.setdefault(self._home_at(cue.start), []).append(cue)
        return found

    def _said(self, hit: Hit, kind: str, *, first: int = 0, last: int | None = None, apart: bool = False) -> bool:
        """Whether a cue of this kind describes the hit and is not one of its own words.

        `first` and `last` are the clauses it may stand in: "she had it last year, but I …" is not about mine.
        `apart`: none of its words is any finding's own: in "my sight has gone dark" nothing "has gone", and in "förkyld
        och rösten är borta" the cold is still there.
        """
        return kind in self.page.cues and any(
            first <= self.page.clauses[cue.start]
            and (last is None or self.page.clauses[cue.start] <= last)
            and not hit.own.issuperset(range(cue.start, cue.end))
            and not (apart and not self.taken.isdisjoint(range(cue.start, cue.end)))
            for cue in self._of(kind).get(self._clause(hit), ())
        )

    def _told(self, hit: Hit, kind: str) -> bool:
        """Whether it is said of the hit, also in its own words: "sudden pain in the testicle"."""
        return kind in self.page.cues and bool(self._of(kind).get(self._clause(hit)))

    def _near(self, hit: Hit, kind: str) -> bool:
        if kind not in self.page.cues:
            return False
        near = range(hit.start - NEAR, hit.end + 2)
        return any(cue.start in near for cue in self._of(kind).get(self._clause(hit), ()))

    def _token_at(self, char: int) -> int:
        at = bisect_right(self.page.ends, char)
        return at if at < len(self.page.ends) else 0

    def _counted(self) -> dict[int, float]:
        """Hours by clause where a number stands before a unit."""
        found: dict[int, float] = {}
        tokens = self.page.tokens
        for at in self.page.units:
            unit, count = tokens[at].hours, self._count(tokens[at - 1].norm) if at else None
            if unit is not None and count is not None and not self._an_age(at):
                found.setdefault(self._home_at(at), count * unit)
        return found

    def _day_words(self) -> dict[int, float]:
        """Hours by clause where a word such as "igår" says when."""
        found: dict[int, float] = {}
        for cue in self.page.cues_of("day"):
            words = " ".join(self.page.norms[cue.start : cue.end])
            hours = self.lexicon.cues.day_words.get(words)
            if hours is not None:
                clause = self._home_at(cue.start)
                found[clause] = max(hours, found.get(clause, 0))
        return found

    def _by_sentence(self) -> Iterator[tuple[int, float]]:
        """The time of each sentence that gives exactly one."""
        times: dict[int, set[float]] = {}
        for clause, hours in self.durations.items():
            last = bisect_right(self.page.clauses, clause) - 1
            times.setdefault(self.page.sentences[last], set()).add(hours)
        yield from ((sentence, hours.pop()) for sentence, hours in times.items() if len(hours) == 1)

    def _count(self, norm: str) -> float | None:
        if norm.isdecimal() and len(norm) < 4:
            return float(norm)
        return self.lexicon.cues.number_words.get(norm)

    def _an_age(self, at: int) -> bool:
        """ "2 år gammal", "3 years old", "min son 4 år"."""
        if at in self.aged:
            return True
        tail = self.page.tokens[at + 1].norm if at + 1 < len(self.page.tokens) else ""
        return tail.startswith(("gamm", "gaml", "old", "olds"))
