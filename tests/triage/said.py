"""Sentences with what must be read in them, as the `said_*.txt` tables write it, and how the engine's reading compares.

`said_sv.txt` explains the form. A third of what a table has before its line `# Looked at …`, chosen by the hash of the
sentence, is held back.
"""

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from triage.assess import assess
from triage.assessment import Finding
from triage.case import Case, Statement
from triage.content import load_content
from triage.content.schema import ContentLang

HERE = Path(__file__).parent
MARKED = re.compile(r"\[([^|\]]+)\|([^\]]+)\]")
OPTIONAL = "?"
SUBJECTS = ("child", "other", "family")
STATES = {"unsure": "uncertain", "if": "hypothetical"}
TIMES = {"past": "history", "over": "resolved"}


@dataclass(frozen=True, slots=True)
class Mention:
    """What must be read at one place: any of the concepts, with these marks."""

    start: int
    end: int
    concepts: tuple[str, ...]
    marks: frozenset[str]

    @property
    def optional(self) -> bool:
        """It may be left unread."""
        return OPTIONAL in self.marks

    def meets(self, finding: Finding) -> bool:
        """Whether the finding is this mention: one of its concepts, somewhere in its words."""
        return finding.concept in self.concepts and finding.start < self.end and self.start < finding.end


@dataclass(frozen=True, slots=True)
class Said:
    """One sentence without its marks, and what it says."""

    lang: ContentLang
    text: str
    mentions: tuple[Mention, ...]
    looked_at: bool = False

    @property
    def held_back(self) -> bool:
        """Every third sentence is not looked at while words and code are mended."""
        return not self.looked_at and int(hashlib.sha256(self.text.encode()).hexdigest(), 16) % 3 == 0


@dataclass(slots=True)
class Score:
    """Counts over sentences."""

    found: int = 0
    missed: list[str] = field(default_factory=list)
    invented: list[str] = field(default_factory=list)
    denied: list[int] = field(default_factory=lambda: [0, 0, 0])
    """Rightly, wrongly and not read as denied."""
    marks: dict[str, list[int]] = field(default_factory=dict)
    """For each kind of mark: right, and all."""
    wrong: list[str] = field(default_factory=list)

    @property
    def concept_f1(self) -> float:
        """Of concepts at their place."""
        return _f1(self.found, len(self.invented), len(self.missed))

    @property
    def negation_f1(self) -> float:
        """Of denials among what was found."""
        return _f1(*self.denied)


def _f1(right: int, wrong: int, missing: int) -> float:
    return 2 * right / (2 * right + wrong + missing) if right else 0.0


def rows(lang: ContentLang, folder: Path = HERE) -> Iterator[Said]:
    """The table of one language."""
    looked_at = False
    for line in (folder / f"said_{lang}.txt").read_text("utf-8").splitlines():
        looked_at = looked_at or line.startswith("# Looked at")
        if line and not line.startswith("#"):
            yield _row(line, lang, looked_at=looked_at)


def _row(line: str, lang: ContentLang, *, looked_at: bool = False) -> Said:
    text, mentions, last = "", [], 0
    for found in MARKED.finditer(line):
        text += line[last : found.start()]
        concepts, *marks = found[2].split()
        mentions.append(Mention(len(text), len(text) + len(found[1]), tuple(concepts.split("/")), frozenset(marks)))
        text += found[1]
        last = found.end()
    return Said(lang, text + line[last:], tuple(mentions), looked_at)


def score(said: Said, into: Score) -> None:
    """Read one sentence and count."""
    case = Case(statements=(Statement(said.text, lang=said.lang),), ui_lang=said.lang)
    left = list(assess(case, load_content()).findings)
    for mention in said.mentions:
        met = [finding for finding in left if mention.meets(finding)]
        left = [finding for finding in left if finding not in met]
        if met:
            into.found += not mention.optional
            _compare(mention, met[0], into, said)
        elif not mention.optional:
            into.missed.append(f"{'/'.join(mention.concepts)}: {said.text}")
    extra = [finding for finding in left if not any(finding.concept in one.concepts for one in said.mentions)]
    into.invented += [f"{finding.concept} “{finding.text}”: {said.text}" for finding in extra]


def _compare(mention: Mention, finding: Finding, into: Score, said: Said) -> None:
    denied = "no" in mention.marks
    into.denied[0 if denied and finding.negated else 1 if finding.negated else 2] += denied or finding.negated
    for kind, wanted, read in _marks(mention.marks, finding):
        counts = into.marks.setdefault(kind, [0, 0])
        counts[0] += wanted == read
        counts[1] += 1
        if wanted != read:
            into.wrong.append(f"{kind} {wanted} not {read} of {finding.concept}: {said.text}")


def _marks(marks: frozenset[str], finding: Finding) -> Iterator[tuple[str, object, object]]:
    """Kind, wanted and read. What every finding has is always compared, the rest where the table says it."""
    yield "negation", "no" in marks, finding.negated
    yield "subject", next((mark for mark in SUBJECTS if mark in marks), "self"), finding.subject
    yield "time", next((time for mark, time in TIMES.items() if mark in marks), "current"), finding.temporality
    yield from ((mark, mark in marks, getattr(finding, name)) for mark, name in STATES.items())
    for mark in marks:
        if re.fullmatch(r"s\d+", mark):
            yield "severity", int(mark[1:]), finding.severity
        elif re.fullmatch(r"\d+h", mark):
            yield "duration", float(mark[:-1]), finding.duration_h
        elif mark in ("sudden", "gradual"):
            yield "onset", mark, finding.onset
        elif mark in ("worse", "better"):
            yield "course", mark, finding.course
