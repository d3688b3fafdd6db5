"""Legal care givers added at the desk: who added them administers them, until they have administrators of their own.

Who is new has nobody who could approve anything. Until two of its own can sign in, the administrators of the one that
added it decide of it, two of them where it takes two. From then on it is nobody else's, for ever.
"""

from core.directory.staffing import ENOUGH_ADMINISTRATORS
from core.directory.store import employer
from core.sheets.administration import FINDER, Administration, Asked, Key
from core.sheets.sheet import Around

REASON = "two administrators of its own"


async def let_stand_alone(administration: Administration) -> None:
    """Whoever has enough administrators of their own by now is decided of by nobody else any more."""
    for provider_id in await administration.founders():
        key = Key("provider", provider_id)
        held = await administration.state(key)
        if len(_administrators(await administration.around(key, held.values()))) >= ENOUGH_ADMINISTRATORS:
            await administration.propose(
                FINDER,
                key,
                Asked(key.subject, {**held.values()[key.subject], "founded_by": ""}, held.base(key.subject)),
                reason=REASON,
                client_id=f"alone/{provider_id}",
                provider_id=provider_id,
            )


def _administrators(around: Around) -> set[str]:
    """Those there today who can sign in. Whom another employs does not count: that one says by what they sign in."""
    here = {unit.id for unit in around.units.values() if unit.provider_id == around.subject_id}
    return {
        one.staff_id
        for one in around.members.values()
        if one.signs_in and one.is_employed(around.today) and employer(one, around.units) == around.subject_id
        if any("administrator" in roles for unit_id, roles in one.roles.items() if unit_id in here)
    }
