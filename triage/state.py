"""What triage keeps of a contact: the level in force and what decided it."""

import msgspec

from core.log.state import Part
from triage.entries import Level


class Change(msgspec.Struct, frozen=True, kw_only=True):
    """What one assessment, or silence, changed of a contact that had been read before."""

    no: int
    """Number of the entry that changed it."""
    before: Level
    after: Level
    rule: str = ""
    """The rule that decides the new level, where that is another."""
    reason: str = ""
    words: tuple[str, ...] = ()
    silent: bool = False
    """Nobody answered what was asked."""
    has: tuple[str, ...] = ()
    """What the patient has that was not read before."""
    has_not: tuple[str, ...] = ()
    """What they say they have not, and had not said before."""


class Triage(Part, tag="triage", frozen=True, kw_only=True):
    """A contact is born unassessed and counts as urgent until it has been understood."""

    urgency: Level = "urgent"
    assessed: bool = False
    could_be: Level = "urgent"
    asks_since_ms: int = 0
    """Since when a question is shown whose silence raises; 0 when none is."""
    if_silent: Level = "urgent"
    """The level it then gets."""
    raised_silent: bool = False
    """Silence raises once."""
    reason: str = ""
    rule: str = ""
    words: tuple[str, ...] = ()
    denied: tuple[str, ...] = ()
    basis_no: int = 0
    """The last entry an assessment has read."""
    read: dict[str, str] = {}
    """Concepts the patient has, or has not, by the newest assessment."""
    changes: tuple[Change, ...] = ()
    """What re-readings changed since a person last set the level."""
    set_by_person: bool = False
    """A named person has set the level: a later assessment raises it only above that."""
    was_urgent: bool = True
    """It was at some time understood or set as urgent or above, or a rule of that level fired; lowering does not unsay
    it. True until something has been read, and for states of a release that did not keep it."""
