"""What people sent and what they were told about it: the other side of the record, kept outside the service."""

from collections import Counter
from dataclasses import dataclass, field
from typing import Any


@dataclass(slots=True)
class Sent:
    """One command, from its first sending on; `no` is set once it was acknowledged."""

    turn: int
    """Its place among everything this person sent."""
    actor_id: str
    client_id: str
    call: str
    says: str
    """What must stand in the record: the text, or whatever else tells this command from every other."""
    contact_id: str = ""
    seen_no: int | None = None
    """Staff: the newest entry on the screen when it was written."""
    no: int | None = None

    @property
    def acknowledged(self) -> bool:
        """The sender was told that it lies in the record."""
        return self.no is not None


@dataclass(slots=True)
class Journal:
    """Everything that was sent."""

    sent: list[Sent] = field(default_factory=list)
    refusals: Counter[str] = field(default_factory=Counter)
    repeats_told_otherwise: int = 0
    """Repeats of an acknowledged command that were answered with another number or contact."""

    def begin(self, sent: Sent) -> Sent:
        """A command is about to be sent for the first time."""
        self.sent.append(sent)
        return sent

    def acknowledge(self, sent: Sent, told: dict[str, Any]) -> None:
        """The server says where it lies. A repeat must be told the same as the first time."""
        number = int(told.get("no", told.get("claim_no", 0)))
        if sent.acknowledged and (sent.no, sent.contact_id) != (number, told["contact_id"]):
            self.repeats_told_otherwise += 1
        sent.no, sent.contact_id = number, told["contact_id"]

    @property
    def acknowledged(self) -> int:
        """How many commands were acknowledged."""
        return sum(one.acknowledged for one in self.sent)
