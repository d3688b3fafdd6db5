"""Whose symptom it is, from the nearest mention of a person before it; family history never counts as the patient's."""

from collections.abc import Sequence
from typing import Literal

from triage.case import Subject
from triage.pipeline.page import CueHit, Hit, Page

Whose = Literal["self", "child", "other", "family", "unclear"]
PRONOUNS = frozenset(
    [
        "han",
        "hon",
        "hen",
        "hun",
        "ho",
        "hen",
        "henne",
        "honom",
        "ham",
        "he",
        "she",
        "they",
        "him",
        "her",
        "hans",
        "hennes",
    ]
)


def whose(page: Page, hit: Hit, *, declared: Subject) -> Whose:
    """The person a hit is about. In a contact for someone else, `I` is the caller and the symptom the patient's."""
    sentence = page.sentence_of(hit)
    mentions = _mentions(page)
    if any(who == "family" and page.clauses[cue.start] == page.clauses[hit.start] for cue, who in mentions):
        return "family"
    if declared != "self":
        return declared
    before = [(cue, who) for cue, who in mentions if cue.end <= hit.start or cue.start in hit.own]
    named = [who for cue, who in before if who != "family" and not _pronoun(page, cue)]
    same = [(cue, who) for cue, who in before if who != "family" and page.sentence_of(cue) == sentence]
    if not same:
        return (named or ["self"])[-1]
    cue, who = same[-1]
    return _antecedent(named, who) if _pronoun(page, cue) else who


def _antecedent(named: Sequence[Whose], who: Whose) -> Whose:
    """Whom a pronoun stands for: the person named last, else someone nobody has named."""
    people = [person for person in named if person != "self"]
    return people[-1] if people else who


def _mentions(page: Page) -> list[tuple[CueHit, Whose]]:
    """Mentions of people in their order, a longer one before a shorter one within it ("min son", not "min")."""
    cues = [cue for cue in page.cues if cue.kind.startswith("subject:")]
    cues.sort(key=lambda cue: (cue.start, -cue.end))
    kept: list[CueHit] = []
    for cue in cues:
        if not kept or cue.start >= kept[-1].end:
            kept.append(cue)
    return [(cue, _who(cue)) for cue in kept]


def _who(cue: CueHit) -> Whose:
    who = cue.kind.removeprefix("subject:")
    return who if who in ("child", "other", "family") else "self"  # type: ignore[return-value]


def _pronoun(page: Page, cue: CueHit) -> bool:
    return page.tokens[cue.start].norm in PRONOUNS
