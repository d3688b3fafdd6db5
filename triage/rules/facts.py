"""What is known about the patient when the rules are asked: present, past, denied, doubtful, answered, measured."""

from typing import Literal

import msgspec

from triage.assessment import Finding
from triage.case import Subject

Span = tuple[float, float]
"""From and to, both possible."""
DAYS_PER_MONTH = 30.44


class Facts(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """Concepts point at the findings that say so; an answered question points at none."""

    findings: tuple[Finding, ...] = ()
    present: dict[str, tuple[int, ...]] = {}
    resolved: dict[str, tuple[int, ...]] = {}
    denied: frozenset[str] = frozenset()
    doubtful: dict[str, tuple[int, ...]] = {}
    """Uncertain, hypothetical, about an unclear person, or denied although a denial does not settle it."""
    answers: dict[str, bool | float | str] = {}
    vitals: dict[str, float] = {}
    age_y: Span = (18, 120)
    age_m: Span = (216, 1440)
    sex: Literal["f", "m"] | None = None
    week: float | None = None

    def number(self, question: str) -> float | None:
        """A question's answer as a number."""
        answer = self.answers.get(question)
        return float(answer) if isinstance(answer, int | float) and not isinstance(answer, bool) else None

    def yes(self, question: str) -> bool | None:
        """A question's answer as yes or no."""
        answer = self.answers.get(question)
        return answer if isinstance(answer, bool) else None


def age_spans(age_y: float | None, age_m: float | None, subject: Subject, *, infant: bool = False) -> tuple[Span, Span]:
    """Possible ages in years and in months.

    Nobody who writes for themselves without an age is taken for a child, and a child without an age is taken for
    a young one: both readings only let more rules raise. `infant`: a child told to be younger than one.
    """
    if age_m is not None:
        return (age_m / 12, age_m / 12), (age_m, age_m)
    if age_y is not None:
        whole = float(age_y).is_integer() and age_y < 3
        return (age_y, age_y), (age_y * 12, age_y * 12 + (11.99 if whole else 0))
    if subject == "child":
        return ((0, 0.999), (0, 11.99)) if infant else ((0, 11.99), (0, 143.9))
    return (18, 120), (216, 1440)
