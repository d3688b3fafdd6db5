"""How bad, how long, how it came and where it is heading, and whether it is now, past or over."""

from typing import Literal

from triage.assessment import Onset
from triage.pipeline.lexicon import Lexicon
from triage.pipeline.measure import Measures
from triage.pipeline.page import CueHit, Hit, Page

Course = Literal["worse", "better", "unchanged"]
Temporality = Literal["current", "history", "resolved"]
STRENGTHS = {"mild": 2, "moderate": 5, "severe": 7, "extreme": 9}
LOST_FUNCTION = 8
NEAR = 4
"""Tokens between a word of strength and the symptom it describes."""


class Attributes:
    """The cues of one page by sentence, asked for one hit at a time."""

    def __init__(self, page: Page, measures: Measures, lexicon: Lexicon) -> None:
        self.page = page
        self.lexicon = lexicon
        self.pains = {self._sentence_at(at): score for at, score in measures.pains}
        self.durations = dict(self._durations())
        self.with_hits = {page.sentence_of(hit) for hit in page.hits}

    def severity(self, hit: Hit) -> int | None:
        """0 to 10: a number given, else a lost function, else the strongest word beside the symptom."""
        given = self._borrowed(self.pains, hit)
        if given is not None:
            return given
        words = [STRENGTHS[cue.kind.removeprefix("severity:")] for cue in self._near(hit, "severity:")]
        if any(self.page.tokens[at].intensified for at in hit.own):
            words.append(STRENGTHS["severe"])
        if self._in_sentence(hit, "lost_function"):
            words.append(LOST_FUNCTION)
        return max(words, default=None)

    def duration_h(self, hit: Hit) -> float | None:
        """Hours since it began, from its sentence or one that says only how long."""
        return self._borrowed(self.durations, hit)

    def onset(self, hit: Hit) -> Onset | None:
        """How it came."""
        if self._in_sentence(hit, "sudden"):
            return "sudden"
        return "gradual" if self._in_sentence(hit, "gradual") else None

    def course(self, hit: Hit) -> Course | None:
        """Where it is heading."""
        for course in ("worse", "better", "unchanged"):
            if self._in_sentence(hit, course):
                return course  # type: ignore[return-value]
        return None

    def temporality(self, hit: Hit) -> Temporality:
        """Now unless a cue says past or over; a sentence that also says now is about now."""
        if self._in_sentence(hit, "resolved"):
            return "resolved"
        if self._in_sentence(hit, "historical") and not self._in_sentence(hit, "current"):
            return "history"
        return "current"

    def _in_sentence(self, hit: Hit, kind: str) -> bool:
        sentence = self.page.sentence_of(hit)
        return any(
            self.page.sentence_of(cue) == sentence and not hit.own.issuperset(range(cue.start, cue.end))
            for cue in self.page.cues_of(kind)
        )

    def _near(self, hit: Hit, prefix: str) -> list[CueHit]:
        sentence = self.page.sentence_of(hit)
        return [
            cue
            for cue in self.page.cues
            if cue.kind.startswith(prefix)
            and self.page.sentence_of(cue) == sentence
            and hit.start - NEAR <= cue.start <= hit.end + 1
        ]

    def _borrowed(self, by_sentence: dict[int, "int"] | dict[int, float], hit: Hit) -> "int | float | None":
        """The value of the hit's sentence, or of following sentences that have a value and no symptom."""
        sentence = self.page.sentence_of(hit)
        if sentence in by_sentence:
            return by_sentence[sentence]
        after = sentence + 1
        return by_sentence.get(after) if after not in self.with_hits else None

    def _sentence_at(self, char: int) -> int:
        sentence = 0
        for token in self.page.tokens:
            if token.start > char:
                break
            sentence = token.sentence
        return sentence

    def _durations(self) -> list[tuple[int, float]]:
        cues, found = self.lexicon.cues, []
        tokens = self.page.tokens
        for at, token in enumerate(tokens[1:], start=1):
            unit = cues.duration_units.get(token.norm)
            count = self._count(tokens[at - 1].norm)
            if unit is not None and count is not None and not self._an_age(at):
                found.append((token.sentence, count * unit))
        for cue in self.page.cues_of("day"):
            words = " ".join(token.norm for token in tokens[cue.start : cue.end])
            if (hours := cues.day_words.get(words)) is not None:
                found.append((self.page.sentence_of(cue), hours))
        return found

    def _count(self, norm: str) -> float | None:
        if norm.isdecimal() and len(norm) < 4:
            return float(norm)
        return self.lexicon.cues.number_words.get(norm)

    def _an_age(self, at: int) -> bool:
        """ "2 år gammal", "3 years old"."""
        tail = self.page.tokens[at + 1].norm if at + 1 < len(self.page.tokens) else ""
        return tail.startswith(("gamm", "gaml", "old", "olds"))
