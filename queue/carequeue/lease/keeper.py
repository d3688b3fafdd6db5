"""Gives back, to its old place, what is held by someone who has not been reached for as long as a lease lasts.

Whoever has a line to any node is reached; nobody has to press anything. SQL says whose lease has run out. It tells
`Claims` nothing: a contact given back carries on under a newer claim number, and what its late holder still sends is
refused as every older claim's is.
"""

from collections.abc import Callable, Collection, Sequence

from carequeue.claim import under_number
from carequeue.entries import HandedBack
from carequeue.lease.store import StaffSeen
from carequeue.store import PlaceRow
from core.actor import system_actor
from core.background import Background
from core.clock import Clock
from core.errors import FyrError
from core.ids import contact_stream
from core.log.append import Append
from core.log.log import Log

LEASE_MS = 120_000
"""Long enough for a change of network, a reload or a walk through the house's dead corner."""
SILENT_LOOKS = 2.5
"""Whoever has a line is noted at each look, by the node they have it to: who was not for so many has none."""
LOOK_EVERY_S = 5.0
"""A shorter lease is looked after at its own half."""
LINE_LOST = "line_lost"
KEPT_OUT = "kept_out"
"""Reasons written for the holder: codes, since no person wrote them. The patient keeps the holder out."""
KEEPER = system_actor("lease")


RunningOut = Callable[[Sequence[tuple[PlaceRow, int]]], None]
"""Told of contacts with when they go back, milliseconds since 1970."""


def nobody_hears(_: Sequence[tuple[PlaceRow, int]]) -> None:
    """Where no screen is."""


class LeaseKeeper:
    """Looks every five seconds whom this node reaches, and whose lease has run out anywhere."""

    def __init__(
        self,
        log: Log,
        seen: StaffSeen,
        *,
        clock: Clock,
        reached: Callable[[], Collection[str]],
        counted_on: Callable[[], Collection[str]] = frozenset,
        lease_ms: int = LEASE_MS,
        running_out: RunningOut = nobody_hears,
    ) -> None:
        """`reached`: ids of the members of staff who have a line to this node now; `counted_on`: who is on duty.

        `running_out` is told, at each look, of everything held by someone without a line and when it goes back.
        """
        self._log = log
        self._seen = seen
        self._clock = clock
        self._reached = reached
        self._counted_on = counted_on
        self._lease_ms = lease_ms
        self._running_out = running_out
        self._began_ms = clock.ms()
        every_s = min(LOOK_EVERY_S, lease_ms / 2_000)
        self._silent_ms = min(int(SILENT_LOOKS * every_s * 1_000), lease_ms)
        self._background = Background("lease keeper", self._look, every_s=every_s)

    def start(self) -> None:
        """Begin to look."""
        self._background.start()

    async def stop(self) -> None:
        """Look no more; what is held stays held."""
        await self._background.stop()

    async def look(self) -> list[PlaceRow]:
        """Note who is reached, give back what ran out; gives the places that were.

        A service that was away counts as having reached everyone when it came back.
        """
        now_ms = self._clock.ms()
        # Of anybody else nobody asks: a lease counts from its claim on.
        asked_of = await self._seen.holders() | frozenset(self._counted_on())
        await self._seen.note(sorted(asked_of.intersection(self._reached())), now_ms=now_ms)
        silent = await self._seen.unreached_since(now_ms - self._silent_ms)
        ends = [(one.row, max(one.last_ms, self._began_ms) + self._lease_ms) for one in silent]
        self._running_out([(row, ends_ms) for row, ends_ms in ends if ends_ms > now_ms])
        return [row for row, ends_ms in ends if ends_ms <= now_ms and await self.give_back(row)]

    async def give_back(self, row: PlaceRow) -> bool:
        """Let the contact wait again; False when the claim is over already."""
        return await give_back(self._log, row, reason=LINE_LOST)

    async def _look(self) -> bool:
        await self.look()
        return False


async def give_back(log: Log, row: PlaceRow, *, reason: str) -> bool:
    """Let a contact that is held wait again, at its old place; False when the claim is over already."""
    body = HandedBack(reason=reason, claim_no=row.claim_no)
    stream, client_id = contact_stream(row.contact_id), f"{row.contact_id}/{row.claim_no}"
    try:
        await log.append(Append(stream, (body,), KEEPER, client_id, require=under_number(row.claim_no)))
    except FyrError as refusal:
        if refusal.code not in ("stale_claim", "closed"):
            raise
        return False
    return True
