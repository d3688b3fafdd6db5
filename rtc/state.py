"""What rtc keeps of a contact: the visit that is going on, if one is."""

from typing import Any, Literal

import msgspec

from core.log.state import Part
from rtc.entries import GuestRole, VisitRole
from rtc.room.entries import Company, Identity
from rtc.room.tested import Tested

Place = Literal["lobby", "in", "aside", "left"]

RELAYED_FROM = 3
"""So many people in a visit at once send to the relay, and not to each other."""
MOST = 8
"""People in a visit, guests who have not come yet among them."""
PATIENT = "patient"


class Member(msgspec.Struct, frozen=True, kw_only=True):
    """Someone who came to the visit."""

    participant: str
    name: str
    role: VisitRole
    place: Place
    since_ms: int = 0
    """Since when they are where they are."""
    admitted: bool = False
    """Let in once: may come back without asking again, for a while."""
    aside: bool = False
    """Put aside: who loses the line meanwhile comes back to that, and not to what goes on without them."""
    removed: bool = False
    """Out of this visit for good."""
    identity: Identity | None = None
    company: tuple[Company, ...] = ()
    """Who is in the room with them, as they said last; empty: not asked yet."""
    photo_asked: bool = False
    """Staff have asked for a picture, and they have not answered."""
    captions: bool | None = None
    """Whether what they say may be made into text; None: they have not answered."""
    put_out: bool = False
    """Gone because they may see the contact no more, or are a guest no more: who still sends to them stops."""


class Guest(msgspec.Struct, frozen=True, kw_only=True):
    """Someone invited to the visit that is going on, come or not. Who is withdrawn stands here no more."""

    guest_id: str
    participant: str
    name: str
    """As the clinician wrote it."""
    role: GuestRole
    lang: str = ""
    until_ms: int
    """When the link opens nothing any more; once they have come, when they must leave."""
    link: str = ""
    """Keyed digests of the two secrets; empty once they were used."""
    code: str = ""
    came_as: str = ""
    """The name they gave themselves; empty until they have come."""

    @property
    def came(self) -> bool:
        """Whether the link was opened."""
        return self.came_as != ""


class Visit(Part, tag="rtc", frozen=True, kw_only=True):
    """The visit going on; `visit_id` is empty when there is none."""

    visit_id: str = ""
    started_ms: int = 0
    members: tuple[Member, ...] = ()
    guests: tuple[Guest, ...] = ()
    relayed: bool = False
    """Three were in it at once: from then on it goes over the relay, to its end."""
    captions: bool = False
    """Somebody has asked for what is said as text."""
    expected_ms: int = 0
    """When who waits is to be let in; 0: nobody has said."""
    missed: tuple[str, ...] = ()
    """Whose not coming is noted: guests by their participant's id, the patient's side by `PATIENT`."""
    tested: tuple[Tested, ...] = ()
    """The newest test of each who has told of one; it stays when the visit is over."""
    poor: tuple[tuple[str, str], ...] = ()
    """Who sees whose picture so that nothing can be judged by it now."""
    met_ms: int = 0
    """When the last visit ended in which the patient's side was."""

    def member(self, participant: str) -> Member | None:
        """The member with this id."""
        return next((member for member in self.members if member.participant == participant), None)

    def with_in(self, member: Member) -> "Visit":
        """The visit with somebody in it; with the third it goes over the relay. Who is aside stays there."""
        if member.aside:
            member = msgspec.structs.replace(member, place="aside")
        members = self.with_member(member)
        relayed = self.relayed or sum(one.place == "in" for one in members) >= RELAYED_FROM
        return msgspec.structs.replace(self, members=members, relayed=relayed)

    def with_out(self, member: Member) -> "Visit":
        """The visit with somebody in it no more, wherever they are now: nobody's picture is judged with theirs."""
        poor = tuple(pair for pair in self.poor if member.participant not in pair)
        return msgspec.structs.replace(self, members=self.with_member(member), poor=poor)

    def with_member(self, member: Member) -> tuple[Member, ...]:
        """All members, this one in place of an earlier self or last."""
        others = tuple(other for other in self.members if other.participant != member.participant)
        return (*others, member)

    def changed(self, participant: str, **changes: Any) -> "Visit":
        """The visit with something of a member changed; of nobody nothing is."""
        member = self.member(participant)
        if member is None:
            return self
        return msgspec.structs.replace(self, members=self.with_member(msgspec.structs.replace(member, **changes)))

    def guest(self, guest_id: str) -> Guest | None:
        """The guest with this id."""
        return next((guest for guest in self.guests if guest.guest_id == guest_id), None)

    def lang_of(self, participant: str) -> str:
        """What an interpreter interprets; empty of anybody else."""
        return next((guest.lang for guest in self.guests if guest.participant == participant), "")

    def with_guest(self, guest: Guest) -> tuple[Guest, ...]:
        """All guests, this one in place of an earlier self or last."""
        return (*(other for other in self.guests if other.guest_id != guest.guest_id), guest)

    def taken(self, now_ms: int) -> int:
        """How many of the visit's places are taken: a clinician's and the patient's always are."""
        invited = {guest.participant for guest in self.guests}
        others = sum(member.participant not in invited and member.place != "left" for member in self.members)
        return max(2, others) + sum(now_ms < guest.until_ms for guest in self.guests)
