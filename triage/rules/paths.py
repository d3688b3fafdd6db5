"""Safe paths: the only way to a level below urgent. Each is a positive row; what it needs must be known."""

from collections.abc import Iterable

import msgspec

from triage.assessment import Finding
from triage.content import Content
from triage.content.schema import SafePath
from triage.rules.facts import Facts
from triage.urgency import RANK


class PathChoice(msgspec.Struct, frozen=True):
    """The path that holds, and the questions whose no is still missing for those that otherwise would."""

    path: SafePath | None = None
    asks: tuple[str, ...] = ()


def choose(facts: Facts, content: Content) -> PathChoice:
    """The safe path for everything that was said, or none.

    Symptoms: every present symptom is covered by one path, the least urgent that holds. Requests are judged apart,
    beside it; of the two the more urgent counts.
    """
    said = [concept for concept in facts.present if _counts(concept, content)]
    requests = [concept for concept in facts.present if _kind(concept, content) == "request"]
    asks: list[str] = []
    chosen: list[SafePath] = []
    for about, others in ((said, frozenset(said)), (requests, frozenset())):
        if about:
            held = _held(facts, content, about=about, others=others, asks=asks)
            if held is None:
                return PathChoice(None, tuple(dict.fromkeys(asks)))
            chosen.append(held)
    return PathChoice(min(chosen, key=lambda path: RANK[path.urgency], default=None), tuple(dict.fromkeys(asks)))


def _held(
    facts: Facts, content: Content, *, about: Iterable[str], others: frozenset[str], asks: list[str]
) -> SafePath | None:
    held: list[SafePath] = []
    for path in content.paths:
        if not set(path.about) & set(about) or not _fits(path, facts, others=others):
            continue
        missing = [question for question in path.denied if not _denied(question, facts, content)]
        if not missing:
            held.append(path)
        asks += [question for question in missing if question not in facts.answers]
    return max(held, key=lambda path: RANK[path.urgency], default=None)


def _fits(path: SafePath, facts: Facts, *, others: frozenset[str]) -> bool:
    if others - set(path.about) - set(path.allows) or any(row in facts.present for row in path.forbids):
        return False
    if path.sex is not None and facts.sex != path.sex:
        return False
    low, high = path.age_y
    if facts.age_y[0] < low or facts.age_y[1] > high:
        return False
    return _mild(path, facts) and facts.vitals.get("temp", 0) < path.max_temp


def _mild(path: SafePath, facts: Facts) -> bool:
    shown = [facts.findings[at] for places in facts.present.values() for at in places]
    severities = [finding.severity for finding in shown if finding.severity is not None]
    asked = facts.number("severity")
    if max([*severities, asked or 0], default=0) > path.max_severity:
        return False
    return _short(path, shown, facts)


def _short(path: SafePath, shown: Iterable[Finding], facts: Facts) -> bool:
    durations = [finding.duration_h for finding in shown if finding.duration_h is not None]
    if (asked := facts.number("duration_hours")) is not None:
        durations.append(asked)
    if path.max_duration_h is not None and max(durations, default=0) > path.max_duration_h:
        return False
    return path.min_duration_h is None or max(durations, default=0) >= path.min_duration_h


def _denied(question: str, facts: Facts, content: Content) -> bool:
    if facts.answers.get(question) is False:
        return True
    row = content.question(question)
    return row is not None and row.concept is not None and row.concept in facts.denied


def _kind(concept: str, content: Content) -> str:
    row = content.concept(concept)
    return row.kind if row else "symptom"


def _counts(concept: str, content: Content) -> bool:
    """Whether a concept must be covered by a path: symptoms, diseases and events that are not harmless."""
    row = content.concept(concept)
    return row is None or (row.kind in ("symptom", "disease", "event") and not row.harmless)
