"""Programmes of home follow-up: content with a source and a review state, checked whole before it is used.

What is in a file is where a plan begins. The limits of a patient are those that a named clinician has signed.
"""

from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Literal, TypeVar

import msgspec

from core.content_file import decode_yaml
from core.errors import FyrError
from triage.content.schema import Wording
from triage.thresholds.measures import Measure
from triage.thresholds.plan import Expected, Limit, Zone
from triage.urgency import Urgency

R = TypeVar("R")
Review = Literal["unconfirmed", "confirmed"]
Party = Literal["patient", "centre", "home_care", "gp", "hospital"]
"""Who answers for something: the patient, the municipality's follow-up centre or home nursing, the GP, the hospital."""
SHARED, SOURCES = "shared.yaml", "sources.yaml"


class Row(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What every row carries: `source` names entries of sources.yaml; confirmed: a clinician has signed it."""

    source: tuple[str, ...]
    review: Review


class Measured(Row, frozen=True, kw_only=True):
    """Something that is measured."""

    measure: Measure
    how: Wording
    """What the patient is told: when, and how."""
    every_h: int | None = None
    """None: when it is asked for, or when the patient is ill; it is never missed."""
    missed: int = 2
    urgency: Urgency = "within_24h"
    baseline: bool = False
    """Whether the patient's own usual value must be known before a plan is signed."""


class Question(Row, frozen=True, kw_only=True):
    """What is asked beside the values; answered with yes or no."""

    id: str
    wording: Wording
    symptom: bool
    """Whether a yes is a symptom."""


class LimitRow(Limit, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A default limit, and what it says when it is passed."""

    reason: Wording
    source: tuple[str, ...]
    review: Review


class Criterion(Row, frozen=True, kw_only=True):
    """Something that must hold (inclusion), or must not (exclusion)."""

    id: str
    wording: Wording


class Step(Row, frozen=True, kw_only=True):
    """One step of the pathway, and who answers for it."""

    id: str
    what: Wording
    by: Party
    within_days: int
    """Counted from when the steps before it are done."""
    after: tuple[str, ...] = ()


class ZoneAdvice(Row, frozen=True, kw_only=True):
    """One part of the plan for looking after oneself, as it is begun with."""

    notice: Wording
    do: Wording
    contact: Wording


class Shared(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`shared.yaml`: rows that several programmes name by their id."""

    questions: tuple[Question, ...] = ()
    inclusion: tuple[Criterion, ...] = ()
    exclusion: tuple[Criterion, ...] = ()
    steps: tuple[Step, ...] = ()
    unwatched: Wording
    """What a patient reads when nobody watches."""


class Written(Row, frozen=True, kw_only=True):
    """A programme as its file has it: a row of its own, or the id of a shared one."""

    id: str
    version: int
    name: Wording
    target_group: Wording
    measures: tuple[Measured, ...]
    questions: tuple[str | Question, ...]
    limits: tuple[LimitRow, ...]
    inclusion: tuple[str | Criterion, ...]
    exclusion: tuple[str | Criterion, ...]
    steps: tuple[str | Step, ...]
    advice: dict[Zone, ZoneAdvice]


class Programme(msgspec.Struct, frozen=True, kw_only=True):
    """A programme, whole."""

    id: str
    version: int
    name: Wording
    target_group: Wording
    source: tuple[str, ...]
    review: Review
    measures: tuple[Measured, ...]
    questions: tuple[Question, ...]
    limits: tuple[LimitRow, ...]
    inclusion: tuple[Criterion, ...]
    exclusion: tuple[Criterion, ...]
    steps: tuple[Step, ...]
    advice: dict[Zone, ZoneAdvice]
    unwatched: Wording

    @property
    def expected(self) -> tuple[Expected, ...]:
        """What is to be measured, and how often."""
        return tuple(
            Expected(measure=row.measure, every_h=row.every_h, missed=row.missed, urgency=row.urgency)
            for row in self.measures
            if row.every_h is not None
        )

    @property
    def symptoms(self) -> frozenset[str]:
        """Questions whose yes is a symptom."""
        return frozenset(row.id for row in self.questions if row.symptom)


class Folder(msgspec.Struct):
    """A folder of programmes as it was read, and what could not be."""

    sources: dict[str, str] = {}
    shared: Shared | None = None
    written: list[tuple[str, Written]] = []
    problems: list[str] = []


def shipped() -> Traversable:
    """The folder that comes with the service."""
    return resources.files("care.followup").joinpath("content")


def load_programmes(own: Path | None = None) -> dict[str, Programme]:
    """By id: a deployment's own, else those that come with the service. Raises `content_invalid` with every problem."""
    from care.followup.check import problems_of

    folder = read_folder(own or shipped())
    problems = folder.problems + problems_of(folder)
    if problems:
        raise FyrError("content_invalid", problems=problems)
    return {written.id: whole(written, folder) for _, written in folder.written}


def read_folder(place: Path | Traversable) -> Folder:
    """Every file of it; what cannot be read is told among its problems."""
    folder = Folder(problems=[], written=[])
    try:
        files = sorted((file for file in place.iterdir() if file.name.endswith(".yaml")), key=lambda file: file.name)
    except OSError as failure:
        return Folder(problems=[f"follow-up: {failure.strerror}"])
    for file in files:
        try:
            _take(file.name, file.read_text("utf-8"), folder)
        except (msgspec.MsgspecError, UnicodeDecodeError) as failure:
            folder.problems.append(f"{file.name}: {failure}")
    return folder


def _take(name: str, text: str, folder: Folder) -> None:
    if name == SOURCES:
        folder.sources = decode_yaml(text, dict[str, str])
    elif name == SHARED:
        folder.shared = decode_yaml(text, Shared)
    else:
        folder.written.append((name, decode_yaml(text, Written)))


def whole(written: Written, folder: Folder) -> Programme:
    """With the shared rows in their places; those that are not there are left out, and told by the check."""
    shared = folder.shared
    assert shared is not None
    questions = {row.id: row for row in shared.questions}
    inclusion = {row.id: row for row in shared.inclusion}
    exclusion = {row.id: row for row in shared.exclusion}
    steps = {row.id: row for row in shared.steps}
    return Programme(
        id=written.id,
        version=written.version,
        name=written.name,
        target_group=written.target_group,
        source=written.source,
        review=written.review,
        measures=written.measures,
        questions=_rows(written.questions, questions),
        limits=written.limits,
        inclusion=_rows(written.inclusion, inclusion),
        exclusion=_rows(written.exclusion, exclusion),
        steps=_rows(written.steps, steps),
        advice=written.advice,
        unwatched=shared.unwatched,
    )


def _rows(given: tuple[str | R, ...], shared: dict[str, R]) -> tuple[R, ...]:
    found = (shared.get(one) if isinstance(one, str) else one for one in given)
    return tuple(one for one in found if one is not None)
