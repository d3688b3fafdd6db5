"""What may tempt a member of staff to look without need: it is themselves, a colleague, a namesake, somebody protected.

A member of staff is known as a person by the identity number the directory knows them by at sign-in: whom it knows by
an HSA or HPR id alone is nobody's colleague here. It is asked at each look and written into its entry.
"""

from collections.abc import Callable
from typing import NamedTuple

from core.actor import Actor
from core.audit.entries import Tie
from core.clock import Clock
from core.directory.logins.store import Logins
from core.directory.store import Directory
from core.identity.register import Register

REMEMBERED = 10_000
REMEMBERED_MS = 10 * 60_000
"""What is known of a person is read anew after so long."""


class Known(NamedTuple):
    """What is asked of a person, whoever looks."""

    surnames: frozenset[str]
    staff: frozenset[str]
    """Who of the staff has the same identity number: actors."""
    providers: frozenset[str]
    """Where those work."""
    at_ms: int


class Ties:
    """Answers for one node."""

    def __init__(
        self,
        directory: Directory,
        register: Register,
        logins: Logins,
        *,
        is_protected: Callable[[str], bool],
        clock: Clock,
    ) -> None:
        self._directory = directory
        self._register = register
        self._logins = logins
        self._is_protected = is_protected
        self._clock = clock
        self._known: dict[str, Known] = {}

    async def of(self, actor: Actor, person_id: str) -> tuple[Tie, ...]:
        """What ties this member of staff to the person now."""
        known = await self._of_person(person_id)
        ties: list[Tie] = []
        if actor.id in known.staff:
            ties.append("self")
        elif known.providers & {role.provider_id for role in actor.roles}:
            ties.append("colleague")
        if known.surnames & surnames_of(actor.name):
            ties.append("surname")
        if self._is_protected(person_id):
            ties.append("protected")
        return tuple(ties)

    async def _of_person(self, person_id: str) -> Known:
        known = self._known.get(person_id)
        if known is None or self._clock.ms() - known.at_ms > REMEMBERED_MS:
            if len(self._known) >= REMEMBERED:
                self._known.clear()
            known = self._known[person_id] = await self._read(person_id)
        return known

    async def _read(self, person_id: str) -> Known:
        person = await self._directory.person(person_id)
        staff: set[str] = set()
        for number in await self._register.numbers_of(person_id):
            found = await self._logins.actor_of("number", number)
            staff |= {found} if found else set()
        actors = [await self._directory.actor(one) for one in sorted(staff)]
        providers = {role.provider_id for actor in actors if actor for role in actor.roles}
        surnames = surnames_of(person.name) if person else frozenset[str]()
        return Known(surnames, frozenset(staff), frozenset(providers), self._clock.ms())


def surnames_of(name: str) -> frozenset[str]:
    """The last word of a name, and each half of a double one; of a single word nothing."""
    first, *others = name.casefold().split() or [""]
    return frozenset(others[-1].split("-")) if first and others else frozenset()
