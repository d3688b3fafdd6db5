"""Gives back, to its old place, what is held by someone who has not been reached for two minutes.

Whoever has a line to any node is reached; nobody has to press anything. It tells `Claims` nothing: a contact given back
carries on under a newer claim number, and what its late holder still sends is refused as every older claim's is.
"""

from collections.abc import Callable, Collection, Mapping

from carequeue.claim import under_number
from carequeue.entries import HandedBack
from carequeue.lease.store import StaffSeen
from carequeue.store import PlaceRow, Places
from core.actor import system_actor
from core.background import Background
from core.clock import Clock
from core.errors import FyrError
from core.ids import contact_stream
from core.log.append import Append
from core.log.log import Log

LEASE_MS = 120_000
"""Long enough for a change of network, a reload or a walk through the house's dead corner."""
LOOK_EVERY_S = 5.0
LINE_LOST = "line_lost"
"""The reason written for the holder: a code, since no person wrote it."""
KEEPER = system_actor("lease")


class LeaseKeeper:
    """Looks every five seconds whom this node reaches, and whose lease has run out anywhere."""

    def __init__(
        self,
        log: Log,
        places: Places,
        seen: StaffSeen,
        *,
        clock: Clock,
        reached: Callable[[], Collection[str]],
    ) -> None:
        """`reached`: ids of the members of staff who have a line to this node now."""
        self._log = log
        self._places = places
        self._seen = seen
        self._clock = clock
        self._reached = reached
        self._began_ms = clock.ms()
        self._background = Background("lease keeper", self._look, every_s=LOOK_EVERY_S)

    def start(self) -> None:
        """Begin to look."""
        self._background.start()

    async def stop(self) -> None:
        """Look no more; what is held stays held."""
        await self._background.stop()

    async def look(self) -> list[PlaceRow]:
        """Note who is reached, give back what ran out; gives the places that were."""
        now_ms = self._clock.ms()
        held = await self._places.held()
        # Who holds nothing has nothing to lose: a lease counts from its claim on.
        holders = {row.holder_id for row in held if row.holder_id is not None}
        await self._seen.note(sorted(holders.intersection(self._reached())), now_ms=now_ms)
        last = await self._seen.last(sorted(holders))
        return [row for row in held if self._ends_ms(row, last) <= now_ms and await self.give_back(row)]

    def _ends_ms(self, row: PlaceRow, last: Mapping[str, int]) -> int:
        """A service that was away counts as having reached everyone when it came back."""
        reached_ms = last.get(row.holder_id or "", 0)
        return max(reached_ms, row.held_ms or 0, self._began_ms) + LEASE_MS

    async def give_back(self, row: PlaceRow) -> bool:
        """Let the contact wait again; False when the claim is over already."""
        body = HandedBack(reason=LINE_LOST, claim_no=row.claim_no)
        stream = contact_stream(row.contact_id)
        client_id = f"{row.contact_id}/{row.claim_no}"
        try:
            await self._log.append(Append(stream, (body,), KEEPER, client_id, require=under_number(row.claim_no)))
        except FyrError as refusal:
            if refusal.code not in ("stale_claim", "closed"):
                raise
            return False
        return True

    async def _look(self) -> bool:
        await self.look()
        return False
