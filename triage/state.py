"""What triage keeps of a contact: the level in force and what decided it."""

from core.log.state import Part
from triage.entries import Level


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
    set_by_person: bool = False
    """A named person has set the level: a later assessment raises it only above that."""
    was_urgent: bool = True
    """It was at some time understood or set as urgent or above, or a rule of that level fired; lowering does not unsay
    it. True until something has been read, and for states of a release that did not keep it."""
