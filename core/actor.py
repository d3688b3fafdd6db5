"""Who acts: a person signed in, or a part of the system by name. Every gate and every entry asks for one."""

from typing import Literal

import msgspec

from core.access.rights import RIGHTS, Basis, Right, RoleName
from core.log.body import ActorKind
from core.log.entry import Scope

FOR_EVER_MS = 2**53 - 1
"""An end that never comes, as JSON's readers can still count it."""
SESSION_LETTERS = 16
"""Enough of a session's digest to tell one from another."""
Purpose = Literal["care", "own", "technical", "sign_in", "audit", "administration", "quality"]
"""Why something is read or changed: care of the patient, one's own data, the service's own work, signing in, checking
who has read what, running a unit or the registers, learning from what was judged wrongly."""

PURPOSES: dict[ActorKind, Purpose] = {"patient": "own", "staff": "care", "guest": "care", "system": "technical"}
OF_RIGHT: dict[Right, Purpose] = {
    "audit": "audit",
    "administer": "administration",
    "lead": "administration",
    "review": "quality",
}
"""What a call with this right is for, whatever else whoever makes it may do."""

Assurance = Literal["none", "low", "substantial", "high"]
"""How surely it is known who someone is: the levels of eIDAS, article 8; none for who proved nothing, as in a demo."""


class Role(msgspec.Struct, frozen=True, kw_only=True):
    """What a member of staff is at one unit of one provider (the legal care giver)."""

    unit_id: str
    provider_id: str
    role: RoleName


class Represented(msgspec.Struct, frozen=True, kw_only=True):
    """Someone a patient acts for: a child, or who has given them a power of attorney."""

    person_id: str
    until_ms: int = FOR_EVER_MS
    """When it ends by itself, such as at a birthday."""
    same: bool = False
    """True for somebody who turned out to be the actor themselves: nobody stands for anybody."""
    may_block: bool = False
    """Whether the actor may keep what care givers know of them to themselves."""


class Opening(msgspec.Struct, frozen=True, kw_only=True):
    """A door that lets a member of staff to what lies outside their units. It concerns one person, and it ends."""

    opening_id: str
    person_id: str
    basis: Basis
    until_ms: int
    unit_id: str = ""
    """Whose contacts it opens; empty: of every unit of the provider."""
    provider_id: str = ""
    """Empty: of every legal care giver."""
    also: tuple[str, ...] = ()
    """Who turned out to be the person: contacts from before they were merged lie behind the door too."""

    def covers(self, scope: Scope) -> bool:
        """Whether a stream of this scope lies behind the door."""
        return (
            scope.person_id in (self.person_id, *self.also)
            and scope.person_id != ""
            and self.provider_id in ("", scope.provider_id)
            and self.unit_id in ("", scope.unit_id)
        )


class Actor(msgspec.Struct, frozen=True, kw_only=True):
    """Someone, or some part of the system, that reads or writes. `id` is unique across kinds."""

    id: str
    kind: ActorKind
    name: str = ""
    person_id: str | None = None
    staff_id: str | None = None
    roles: tuple[Role, ...] = ()
    represents: tuple[Represented, ...] = ()
    openings: tuple[Opening, ...] = ()
    kept_from: frozenset[str] = frozenset()
    """Of staff: persons who keep what is known of them from this very one."""
    session_id: str | None = None
    address: str = ""
    """Where they are: the address their call came from, as far as our own proxies tell. For the audit."""
    assurance: Assurance = "none"
    """Of the session."""
    proved_ms: int = 0
    """When they last proved who they are."""
    visit_id: str | None = None
    """Of a guest: the one visit they are let to."""
    contact_id: str = ""
    """Of a guest: the contact that visit belongs to."""
    employed_until_ms: int = FOR_EVER_MS
    """Of staff: when their employment, and with it every role, ends."""
    acts_for: Purpose | None = None
    """Why they make the call at hand, where the call itself says so."""

    def proved(self, assurance: Assurance, at_ms: int) -> "Actor":
        """The same, as somebody who has proved who they are."""
        return msgspec.structs.replace(self, assurance=assurance, proved_ms=at_ms)

    def role_at(self, unit_id: str) -> Role | None:
        """The first role held at the unit, if any."""
        for role in self.roles:
            if role.unit_id == unit_id:
                return role
        return None

    @property
    def session(self) -> str:
        """What their session is called in the audit; nobody can sign in with it."""
        return (self.session_id or "")[:SESSION_LETTERS]

    def stands_for(self, person_id: str) -> bool:
        """Whether what the actor does in a contact of this person is done in their place."""
        return any(one.person_id == person_id and not one.same for one in self.represents)

    def may_block_for(self, person_id: str, *, now_ms: int) -> bool:
        """Whether they decide what of the person's is kept from whom: of themselves, or for whom the rules let them."""
        if person_id == self.person_id:
            return True
        return any(one.person_id == person_id and one.may_block and now_ms < one.until_ms for one in self.represents)

    @property
    def ends_ms(self) -> int:
        """When the first thing that lets the actor in ends by itself."""
        ends = [one.until_ms for one in self.represents] + [one.until_ms for one in self.openings]
        return min([*ends, self.employed_until_ms])

    @property
    def purpose(self) -> Purpose:
        """Why this actor reads and writes: as the call says, else as their roles do. Who may see no contact cares for
        nobody."""
        if self.acts_for is not None:
            return self.acts_for
        if self.kind != "staff" or any("read" in RIGHTS[role.role] for role in self.roles):
            return PURPOSES[self.kind]
        return "audit" if {role.role for role in self.roles} == {"auditor"} else "administration"

    def acting_for(self, right: Right | None) -> "Actor":
        """The same, making a call that needs this right."""
        purpose = OF_RIGHT.get(right) if right is not None and self.kind == "staff" else None
        return msgspec.structs.replace(self, acts_for=purpose) if purpose else self


def system_actor(name: str) -> Actor:
    """A part of the service that writes by itself, such as `assessor`."""
    return Actor(id=f"system:{name}", kind="system", name=name)
