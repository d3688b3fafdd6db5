"""Where nobody is on duty, whoever is on call is told of those who are very urgent: once a wait and level.

Any node looks; an entry says that it was done, and the outbox carries it out.
"""

from collections.abc import Callable, Mapping

import structlog

from carequeue.deadlines import TIERS
from carequeue.duty.duties import KEEPER, Duties
from carequeue.duty.entries import OnCallAlerted
from carequeue.duty.state import OnCallTold
from carequeue.order import level_in_queue
from carequeue.state import Place
from carequeue.store import Places
from core.background import Background
from core.clock import Clock
from core.errors import FyrError
from core.ids import StreamId, contact_of, contact_stream
from core.log.append import Append, Head, still
from core.log.log import Log
from core.on_call.port import Alert, OnCall
from triage.entries import Level
from triage.state import Triage
from triage.urgency import RANK

LOOK_EVERY_S = 2.0
PAGE = 100
LAST_TIER = TIERS["very_urgent"]
ALERT_AFTER_MS = 15_000
"""Who comes in as somebody goes on duty, or is taken in the same moment, calls nobody out of bed."""
GIVE_UP_MS = 30 * 60_000
"""An alert older than this has been overtaken by the call-back list and by whoever comes on duty."""
log = structlog.get_logger(__name__)


class OnCallKeeper:
    """Looks every two seconds, and carries out the outbox topic "on_call"."""

    def __init__(
        self,
        entries: Log,
        places: Places,
        duties: Duties,
        *,
        on_call: OnCall,
        units: Callable[[], Mapping[str, str]],
        clock: Clock,
    ) -> None:
        """`units`: the names of every unit there is, by their ids."""
        self._units = units
        self._log = entries
        self._places = places
        self._duties = duties
        self._on_call = on_call
        self._clock = clock
        self._background = Background("on call", self._look, every_s=LOOK_EVERY_S)

    def start(self) -> None:
        """Begin to look."""
        self._background.start()

    async def stop(self) -> None:
        """Look no more."""
        await self._background.stop()

    async def look(self) -> int:
        """Write down whom on-call is to be told of; gives how many."""
        unmanned = [unit_id for unit_id in self._units() if not self._duties.is_manned(unit_id)]
        waiting = [row for row in await self._places.waiting(unmanned, limit=PAGE) if row.tier <= LAST_TIER]
        heads = await self._log.heads([contact_stream(row.contact_id) for row in waiting]) if waiting else {}
        now_ms = self._clock.ms()
        due = [(head, level) for head in heads.values() if (level := to_tell(head, now_ms=now_ms)) is not None]
        return sum([await self._alert(head, level) for head, level in due])

    async def _alert(self, head: Head, level: Level) -> bool:
        place = head.state.get(Place)
        body = OnCallAlerted(urgency=level, told=self._on_call.reaches(place.unit_id), claim_no=place.claim_no)

        due = still(lambda now: to_tell(now, now_ms=self._clock.ms()) == level)
        client_id = f"{head.stream}/on_call/{level}/{place.claim_no}"
        return await self._log.step(Append(head.stream, (body,), KEEPER, client_id, require=due))

    async def tell(self, stream: StreamId, no: int) -> None:
        """Tell whoever is on call of entry `no`. Raises `unreachable`, so that it is tried again."""
        head = await self._log.head(stream)
        entry = (await self._log.entries(stream, no - 1))[0]
        place = head.state.get(Place)
        if not isinstance(entry.body, OnCallAlerted) or place.status != "waiting":
            return
        unit_id = place.unit_id
        alert = Alert(
            unit_id=unit_id,
            unit=self._units().get(unit_id, unit_id),
            urgency=entry.body.urgency,
            contact_id=contact_of(stream),
        )
        try:
            await self._on_call.alert(alert)
        except FyrError:
            if self._clock.ms() - entry.header.at_ms < GIVE_UP_MS:
                raise
            log.warning("on_call_given_up", unit=unit_id, contact=alert.contact_id)

    async def _look(self) -> bool:
        await self._duties.end_forgotten()
        if self._duties.somebody_finishes:
            await self._duties.end_finished({row.holder_id or "" for row in await self._places.held()})
        await self.look()
        return False


def to_tell(head: Head, *, now_ms: int) -> Level | None:
    """The level on-call is to be told of; None when nobody very urgent waits, or they were told of this wait."""
    place, level, told = head.state.get(Place), level_in_queue(head.state.get(Triage)), head.state.get(OnCallTold)
    if place.status != "waiting" or TIERS[level] > LAST_TIER or now_ms < place.waiting_ms + ALERT_AFTER_MS:
        return None
    same_wait = told.claim_no == place.claim_no and told.at_ms >= place.arrived_ms
    return None if same_wait and RANK[told.urgency] <= RANK[level] else level
