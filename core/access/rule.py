"""The one rule of who gets in: a function of who asks, whom it concerns, what for and when. Nothing is looked up here.

What the actor may lean on (roles, people they stand for, open doors) was read from SQL when they called or connected,
and is read again when it changes; whatever ends by the clock is judged by the clock each time.
"""

from typing import Literal

from core.access.rights import OF_PATIENTS, RIGHTS, THROUGH, Basis, Right
from core.actor import FOR_EVER_MS, Actor
from core.log.entry import Scope

Ground = Literal["unit", "own", "opener", "represents", "service", "guest"] | Basis
"""What someone is let in by; the audit trail keeps it."""


def ground_of(actor: Actor, scope: Scope, *, right: Right, now_ms: int) -> Ground | None:
    """What lets the actor do this in a stream of this scope; None when nothing does.

    Whom a contact concerns never lets a guest in: their visit does (`core.access.gates`).
    """
    if actor.kind == "staff":
        return _ground_of_staff(actor, scope, right=right, now_ms=now_ms)
    if actor.kind == "patient":
        return _ground_of_patient(actor, scope, now_ms) if right in OF_PATIENTS else None
    if actor.kind == "system":
        return "service"
    return None


def may_enter(actor: Actor, scope: Scope, *, right: Right, now_ms: int) -> bool:
    """Whether anything lets the actor do this."""
    return ground_of(actor, scope, right=right, now_ms=now_ms) is not None


def enters_until_ms(actor: Actor, scope: Scope, *, right: Right, now_ms: int) -> int:
    """Until when the answer stays yes, if nothing changes but the clock; 0 when it is no."""
    if not may_enter(actor, scope, right=right, now_ms=now_ms):
        return 0
    ends = [one.until_ms for one in actor.represents] + [one.until_ms for one in actor.openings]
    return min(end for end in (*ends, actor.employed_until_ms, FOR_EVER_MS) if end > now_ms)


def holds(actor: Actor, right: Right, *, unit_id: str) -> bool:
    """Whether any of the actor's roles at the unit gives the right."""
    return any(role.unit_id == unit_id and right in RIGHTS[role.role] for role in actor.roles)


def _ground_of_staff(actor: Actor, scope: Scope, *, right: Right, now_ms: int) -> Ground | None:
    """A role at the unit, of the same legal care giver; else an open door (SFS 2008:355, 4 kap.; SFS 2022:913).

    Whom the person keeps out by name comes in when life is in danger, and else by nothing (pasientjournalloven § 17).
    """
    if now_ms >= actor.employed_until_ms:
        return None
    kept_out = scope.person_id in actor.kept_from
    for role in () if kept_out else actor.roles:
        if role.unit_id == scope.unit_id and role.provider_id == scope.provider_id and right in RIGHTS[role.role]:
            return "unit"
    for opening in actor.openings:
        if kept_out and opening.basis != "emergency":
            continue
        if now_ms < opening.until_ms and right in THROUGH[opening.basis] and opening.covers(scope):
            return opening.basis
    return None


def _ground_of_patient(actor: Actor, scope: Scope, now_ms: int) -> Ground | None:
    """Whom it concerns; who stands for them, for as long as they do; who opened it, where nobody is named."""
    if not scope.person_id:
        return "opener" if scope.opener_id == actor.id else None
    if scope.person_id == actor.person_id:
        return "own"
    stands = any(one.person_id == scope.person_id and now_ms < one.until_ms for one in actor.represents)
    return "represents" if stands else None
