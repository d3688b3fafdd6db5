"""The law: nothing closes by itself that is unassessed, was ever urgent or above, or has had no human answer."""

import contextlib
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from core.clock import ManualClock
from core.errors import FyrError
from core.ids import ContactId, contact_stream, new_id
from core.log.seal import MasterKeys
from core.storage.redis import make_redis
from core.storage.sql import Database
from core.storage.valkey import Valkey
from tests.carequeue.ward import FLUSH
from tests.chat.waiting_room import NURSE, PATIENT, START, WaitingRoom
from triage.entries import Level
from triage.urgency import LEVELS

WHATS = (
    *("assess", "assess", "claim", "claim", "nurse", "nurse", "nurse", "patient", "set_level", "hand_back", "ask"),
    *("silence", "silence", "silence", "try_call", "end_call", "reopen", "unread", "flush", "restart", "jump"),
)
STEPS = st.tuples(st.sampled_from(WHATS), st.integers(0, 59))
URGENT = frozenset({"immediate", "very_urgent", "urgent"})


@dataclass
class Truth:
    """What a person who watched would say of the contact; nothing of it is asked of the service."""

    ever_urgent: bool = False
    assessed: bool = False
    answered: bool = False
    level: Level = "urgent"

    def read(self, level: Level) -> None:
        """An assessment understood it: the first sets the level, each later one can only raise it."""
        self.level = min(self.level, level, key=LEVELS.index) if self.assessed else level
        self.assessed = True
        self.ever_urgent |= self.level in URGENT

    def may_close(self) -> bool:
        return self.assessed and self.answered and not self.ever_urgent


async def take(room: WaitingRoom, contact_id: ContactId, truth: Truth, *, what: str, number: int) -> None:
    """One step, in the world and in the truth."""
    level = LEVELS[number % len(LEVELS)]
    if what == "assess":
        await room.assess(contact_id, level, understood=number % 5 != 0)
        if number % 5 != 0:
            truth.read(level)
        elif LEVELS.index(level) < LEVELS.index("urgent"):
            truth.ever_urgent = True
    elif what == "set_level":
        await room.set_level(contact_id, level)
        truth.assessed, truth.level = True, level
        truth.ever_urgent |= level in URGENT
    elif what == "nurse":
        await room.say(contact_id, NURSE)
        truth.answered = True
    else:
        await disturb(room, contact_id, what=what, number=number)


async def disturb(room: WaitingRoom, contact_id: ContactId, *, what: str, number: int) -> None:
    """What changes nothing of what the law asks."""
    access = await room.access(PATIENT if what == "reopen" else NURSE, contact_id)
    if what == "claim":
        await room.claim(contact_id)
    elif what == "patient":
        await room.say(contact_id, PATIENT)
    elif what == "hand_back":
        claim_no = (await room.place(contact_id)).claim_no
        await room.claims.hand_back(NURSE, contact_id, claim_no, reason="Rast", client_id=new_id())
    elif what == "ask":
        await room.ask_colleague(contact_id)
    elif what == "silence":
        await room.pass_time(number * 120)
    elif what == "try_call":
        outcomes = ("no_answer", "left_message", "wrong_number", "reached")
        await room.calls.tried(access, outcomes[number % 4], "", client_id=new_id())  # type: ignore[arg-type]
    elif what == "end_call":
        await room.calls.ended(access, "Klart", client_id=new_id())
    elif what == "reopen":
        await room.calls.reopen(access, "Igen", lang="sv", client_id=new_id())
    elif what == "jump":
        room.clock.advance(days=number)
        await room.settle()


@contextlib.asynccontextmanager
async def new_room(valkey: Valkey) -> AsyncIterator[WaitingRoom]:
    with TemporaryDirectory() as folder:
        database = Database(f"sqlite+aiosqlite:///{Path(folder) / 'fyr.db'}")
        await database.migrate()
        masters = MasterKeys.parse(MasterKeys.generate())
        async with make_redis(valkey.url) as redis:
            await redis.eval(FLUSH, 0)
            yield WaitingRoom(database, redis, masters=masters, clock=ManualClock(START))
        await database.close()


async def closings(room: WaitingRoom, contact_id: ContactId) -> int:
    return sum(entry.header.kind == "closed" for entry in await room.by_itself(contact_id))


async def live(room: WaitingRoom, steps: list[tuple[str, int]]) -> int:
    """Live through the steps, restarting when told to; gives how many times the contact closed by itself."""
    truth, closed = Truth(), 0
    async with contextlib.AsyncExitStack() as stack:
        node = await stack.enter_async_context(room.running())
        contact_id = await node.arrive()
        for what, number in steps:
            if what == "restart":
                await stack.aclose()
                node = await stack.enter_async_context(room.node().running())
                continue
            allowed_before = truth.may_close()
            with contextlib.suppress(FyrError):  # refused: closed, held, not on the list
                await take(node, contact_id, truth, what=what, number=number)
            now_closed = await closings(node, contact_id)
            assert now_closed == closed or allowed_before, (what, truth)
            closed = now_closed
        await node.pass_time(60 * 24 * 60)
        assert await closings(node, contact_id) == closed or truth.may_close()
        status = (await node.place(contact_id)).status
        head = await node.log.head(contact_stream(contact_id))
        assert status == "closed" or node.steps.due_ms(head) is None, "left with a timer that never fires"
        return await closings(node, contact_id)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@example(steps=[("assess", 2), ("set_level", 5), ("claim", 0), ("nurse", 0), ("silence", 59)])
@example(steps=[("assess", 4), ("claim", 0), ("silence", 59), ("restart", 0), ("jump", 30)])
@example(steps=[("claim", 0), ("nurse", 0), ("jump", 30), ("silence", 59)])
@given(steps=st.lists(STEPS, min_size=4, max_size=25))
async def test_nothing_closes_by_itself_that_the_law_keeps_open(valkey: Valkey, steps: list[tuple[str, int]]) -> None:
    async with new_room(valkey) as room:
        await live(room, steps)


async def test_the_law_is_not_kept_by_closing_nothing(valkey: Valkey) -> None:
    async with new_room(valkey) as room:
        assert await live(room, [("assess", 4), ("claim", 0), ("nurse", 0), ("restart", 0), ("silence", 59)]) == 1
