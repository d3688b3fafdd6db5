"""What a nurse asked and heard, attempt by attempt: the other side of the record."""

from dataclasses import dataclass

NOTHING = frozenset({"nothing_waiting", "at_capacity"})


@dataclass(slots=True)
class Attempt:
    """One sending of `queue:claim_next`. A command may need several."""

    staff_id: str
    client_id: str
    sent_s: float
    ended_s: float = float("inf")
    """When it was answered, or the line broke."""
    contact_id: str = ""
    claim_no: int = 0
    refused: str = ""
    """The code it was refused with; also `unreachable` when no answer came."""

    @property
    def told_nothing(self) -> bool:
        """The answer was that there is nothing to take."""
        return self.refused in NOTHING

    @property
    def failed(self) -> bool:
        """Nobody knows what became of it: it may have parked a contact."""
        return not self.contact_id and not self.told_nothing
