"""What each role may do. The written table for people is docs/access.md; a test holds the two together.

A role is held at a unit, and its rights reach as far as that unit: they follow from tasks, not from professions
(needs-and-risk analysis: HSLF-FS 2016:40, 4 kap. 2-3 §; Normen 5.2).
"""

from typing import Literal, get_args

RoleName = Literal["nurse", "clinician", "unit_lead", "administrator", "auditor", "integrator"]
ROLE_NAMES: tuple[RoleName, ...] = get_args(RoleName)

Right = Literal[
    "read",  # see what a contact holds
    "write",  # add to it: messages, notes, urgency, files, calls
    "claim",  # take it from the queue, give it back
    "visit",  # take part in a video visit
    "board",  # see the unit's board: the least that is needed to choose
    "find",  # look a person up
    "open",  # open a door to what lies outside one's unit, with a basis and a reason
    "share",  # answer for what the unit says in common
    "lead",  # see how the unit does, and steer it: surge mode, texts to who comes, staffing, fairness
    "review",  # see what was read wrongly in the unit's contacts, and rewrite it
    "audit",  # see who has read and changed what
    "administer",  # who is who, staff and roles, and by which clinical content is judged
]

OF_CARE: frozenset[Right] = frozenset({"read", "write", "claim", "visit", "board", "find", "open"})
RIGHTS: dict[RoleName, frozenset[Right]] = {
    "nurse": OF_CARE,
    "clinician": OF_CARE | {"share", "review"},
    "unit_lead": frozenset({"board", "share", "lead"}),
    "administrator": frozenset({"administer"}),
    "auditor": frozenset({"audit"}),
    "integrator": frozenset({"read"}),
}
"""Who leads, administers or audits sees no contact by that role; who also cares for patients has a second one."""

Basis = Literal["care", "consent", "shared", "emergency"]
"""Why staff may see what lies outside their unit: they care for the patient too, the patient has agreed, the units
share the responsibility, or life is in danger."""
THROUGH: dict[Basis, frozenset[Right]] = {
    "care": frozenset({"read"}),
    "consent": frozenset({"read"}),
    "shared": frozenset({"read", "write", "visit"}),
    "emergency": frozenset({"read", "write", "visit"}),
}
"""What each basis lets one do there. Nobody claims through a door: the queue is the unit's own."""
OF_PATIENTS: frozenset[Right] = frozenset({"read", "write", "visit"})
OF_GUESTS: frozenset[Right] = frozenset({"visit"})
"""Of who was invited to one visit, while it goes on: to take part in it, and nothing of the contact around it."""

assert RIGHTS.keys() == set(ROLE_NAMES)
