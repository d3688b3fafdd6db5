"""What is said of a reading that was wrong: a nurse's mark in the contact, and what a reviewer made of it."""

from typing import Literal

import msgspec

from core.log.body import Body
from triage.entries import State
from triage.evaluation.gold import Gold

Why = Literal["read_rightly", "known_already", "not_of_reading"]
"""Why there is nothing to learn. Chosen and not written: it outlives the patient's words, and may hold none."""


class Meaning(msgspec.Struct, frozen=True, kw_only=True):
    """One concept, and what is said of it about the patient."""

    concept: str
    state: State


class Misread(Body, tag="misread", frozen=True, kw_only=True):
    """Staff mark words of the patient that were read wrongly. It changes no level. The patient never sees it."""

    entry: int
    """Number of the patient's entry."""
    start: int
    end: int
    """Code points of its text."""
    read_as: tuple[Meaning, ...] = ()
    """What was read there; empty: nothing."""
    meant: Meaning | None = None
    """What should have been read; None: nothing."""
    reason: str = ""


class Rewritten(Body, tag="reading_rewritten", frozen=True, kw_only=True):
    """A reviewer says it in a sentence of their own, with what must be read in it or the level it needs."""

    row: Gold
    """As `fyr evaluate` reads it. Its id leads to no contact."""


class SetAside(Body, tag="reading_set_aside", frozen=True, kw_only=True):
    """A reviewer finds nothing to learn in it."""

    why: Why
