"""Turning surge mode and texts on and off, and what holds at each unit: kept in memory, read anew every second."""

from collections.abc import Callable, Iterable, Mapping

from carequeue.deadlines import MINUTE_MS
from carequeue.steering.entries import OutageSet, SurgeSet
from carequeue.steering.rules import SteeringRules
from carequeue.steering.state import Steering
from core.actor import Actor, system_actor
from core.background import Background
from core.clock import Clock
from core.errors import FyrError
from core.ids import StreamId
from core.log.append import Append, Appended, Head, Require, still
from core.log.body import Body
from core.log.entry import Scope
from core.log.log import Log

LOOK_EVERY_S = 1.0
PREFIX = "steering:"
KEEPER = system_actor("steering")
NO_PLACE = Scope()
"""What lies in these streams is on no board."""
REASON_LIMIT = 500
TEXT_LIMIT = 500
LANGUAGES = ("sv", "nb", "en")
FEWEST_LANGUAGES = 2
NOTHING = Steering()


def steering_stream(unit_id: str) -> StreamId:
    """The log stream of how a unit is steered."""
    return StreamId(PREFIX + unit_id)


class Steerings:
    """The commands, and what every node knows. `start` before use."""

    def __init__(
        self, log: Log, clock: Clock, rules: SteeringRules, *, unit_ids: Callable[[], Iterable[str]], ends: bool = True
    ) -> None:
        """`ends`: whether this node also writes down what has ended by itself."""
        self.rules = rules
        self._log = log
        self._clock = clock
        self._unit_ids = unit_ids
        self._ends = ends
        self._known: dict[str, Steering] = {}
        self.when_changed: Callable[[str], None] = lambda _: None
        """Told of each unit where something else holds than at the last look."""
        self._looking = Background("steering", self._step, every_s=LOOK_EVERY_S)

    async def start(self) -> None:
        """Read everything, then what changes."""
        await self.look()
        self._looking.start()

    async def stop(self) -> None:
        """Read no more."""
        await self._looking.stop()

    async def surge(self, actor: Actor, unit_id: str, minutes: int, *, reason: str, client_id: str) -> Appended:
        """On for so many minutes, or off with 0; the gate has been asked. Raises `empty`, `too_long`, `bad_request`."""
        _check_minutes(minutes, self.rules.longest_min)
        if minutes and not reason.strip():
            raise FyrError("empty", field="reason")
        if len(reason) > REASON_LIMIT:
            raise FyrError("too_long", field="reason", limit=REASON_LIMIT)
        body = SurgeSet(name=actor.name, until_ms=self._until(minutes), reason=reason.strip())
        return await self._append(unit_id, body, actor, client_id=client_id)

    async def outage(
        self, actor: Actor, unit_id: str, minutes: int, *, texts: Mapping[str, str], client_id: str
    ) -> Appended:
        """Shown for so many minutes, or no more with 0. In two languages at least: who comes reads one of them.

        Raises `empty`, `too_long`, `bad_request`.
        """
        _check_minutes(minutes, self.rules.longest_text_min)
        kept = {lang: text.strip() for lang, text in texts.items() if text.strip()}
        if not kept.keys() <= set(LANGUAGES):
            raise FyrError("bad_request", where="$.texts", what=f"languages are {', '.join(LANGUAGES)}")
        if any(len(text) > TEXT_LIMIT for text in kept.values()):
            raise FyrError("too_long", field="texts", limit=TEXT_LIMIT)
        if minutes and len(kept) < FEWEST_LANGUAGES:
            raise FyrError("empty", field="texts")
        body = OutageSet(name=actor.name, until_ms=self._until(minutes), texts=kept if minutes else {})
        return await self._append(unit_id, body, actor, client_id=client_id)

    def at(self, unit_id: str) -> Steering:
        """What holds at the unit now."""
        return self._known.get(unit_id, NOTHING).at(self._clock.ms())

    def extra(self, unit_id: str) -> int:
        """How many more contacts one nurse is given at once there now."""
        return self.rules.extra_at_once if self.at(unit_id).surge is not None else 0

    async def look(self) -> None:
        """Read how every unit is steered."""
        heads = await self._log.heads([steering_stream(unit_id) for unit_id in self._unit_ids()])
        now_ms = self._clock.ms()
        for head in heads.values():
            if self._ends:
                await self.end(head, now_ms)
        now = {name.removeprefix(PREFIX): head.state.get(Steering).at(now_ms) for name, head in heads.items()}
        was, self._known = self._known, now
        for unit_id in now.keys() | was.keys():
            if was.get(unit_id, NOTHING) != now.get(unit_id, NOTHING):
                self.when_changed(unit_id)

    async def end(self, head: Head, now_ms: int) -> None:
        """Write down that something has ended by itself; once, whichever node does it."""
        part = head.state.get(Steering)
        surge, outage = part.surge, part.outage
        if surge is not None and surge.until_ms <= now_ms:
            lasts = still(lambda now: now.state.get(Steering).surge == surge)
            await self._over(head, SurgeSet(name="", until_ms=0), surge.until_ms, lasts=lasts)
        if outage is not None and outage.until_ms <= now_ms:
            lasts = still(lambda now: now.state.get(Steering).outage == outage)
            await self._over(head, OutageSet(name="", until_ms=0), outage.until_ms, lasts=lasts)

    async def _over(self, head: Head, body: Body, until_ms: int, *, lasts: Require) -> None:
        """Unless meanwhile another was turned on in its place."""
        client_id = f"{head.stream}/{type(body).__name__}/{until_ms}"
        await self._log.step(Append(head.stream, (body,), KEEPER, client_id, require=lasts))

    def _until(self, minutes: int) -> int:
        return self._clock.ms() + minutes * MINUTE_MS if minutes else 0

    async def _append(self, unit_id: str, body: Body, actor: Actor, *, client_id: str) -> Appended:
        done = await self._log.append(Append(steering_stream(unit_id), (body,), actor, client_id, create=NO_PLACE))
        await self.look()
        return done

    async def _step(self) -> bool:
        await self.look()
        return False


def _check_minutes(minutes: int, longest: int) -> None:
    if not 0 <= minutes <= longest:
        raise FyrError("bad_request", where="$.minutes", what=f"0 to {longest}")
