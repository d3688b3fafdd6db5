"""What rtc keeps of a contact: the visit that is going on, if one is."""

from typing import Literal

import msgspec

from core.log.state import Part
from rtc.entries import VisitRole


class Member(msgspec.Struct, frozen=True, kw_only=True):
    """Someone who came to the visit."""

    participant: str
    name: str
    role: VisitRole
    place: Literal["lobby", "in", "left"]
    admitted: bool = False
    """Let in once: may come back without asking again."""


class Visit(Part, tag="rtc", frozen=True, kw_only=True):
    """The visit going on; `visit_id` is empty when there is none."""

    visit_id: str = ""
    started_ms: int = 0
    members: tuple[Member, ...] = ()
    met_ms: int = 0
    """When the last visit ended in which the patient's side was."""

    def member(self, participant: str) -> Member | None:
        """The member with this id."""
        return next((member for member in self.members if member.participant == participant), None)

    def with_member(self, member: Member) -> tuple[Member, ...]:
        """All members, this one in place of an earlier self or last."""
        others = tuple(other for other in self.members if other.participant != member.participant)
        return (*others, member)
