"""Who acts: a person signed in, or a part of the system by name. Every gate and every entry asks for one."""

from typing import Literal

import msgspec

from core.log.body import ActorKind

Purpose = Literal["care", "own", "technical", "sign_in"]
"""Why something is read or changed: care of the patient, one's own data, the service's own work, signing in."""

PURPOSES: dict[ActorKind, Purpose] = {"patient": "own", "staff": "care", "guest": "care", "system": "technical"}


class Role(msgspec.Struct, frozen=True, kw_only=True):
    """What a member of staff is at one unit of one provider (the legal care giver)."""

    unit_id: str
    provider_id: str
    role: str


class Actor(msgspec.Struct, frozen=True, kw_only=True):
    """Someone, or some part of the system, that reads or writes. `id` is unique across kinds."""

    id: str
    kind: ActorKind
    name: str = ""
    person_id: str | None = None
    staff_id: str | None = None
    roles: tuple[Role, ...] = ()
    session_id: str | None = None

    def role_at(self, unit_id: str) -> Role | None:
        """The first role held at the unit, if any."""
        for role in self.roles:
            if role.unit_id == unit_id:
                return role
        return None

    @property
    def purpose(self) -> Purpose:
        """Why this actor reads and writes when nothing else is said."""
        return PURPOSES[self.kind]


def system_actor(name: str) -> Actor:
    """A part of the service that writes by itself, such as `assessor`."""
    return Actor(id=f"system:{name}", kind="system", name=name)
