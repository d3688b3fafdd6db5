"""Patients who open contacts, and nurses who take, give back, close, and die in the middle of it."""

import asyncio
import contextlib
import time
from collections.abc import Sequence

from core.ids import new_id
from tests.torture.patient import WORDS
from tests.torture.person import Person, RefusedError
from tests.torture.view import Json
from tests.torture.world import World
from tests.torture_queue.attempt import Attempt

HELD_AT_MOST = 4
NOT_THEIRS = frozenset({"stale_claim", "closed", "not_found"})
BREATH_S = 0.02


class Patient(Person):
    """Opens one contact after the other."""

    def __init__(self, world: World, actor_id: str, *, every_s: float) -> None:
        super().__init__(world, actor_id)
        self.opened: list[str] = []
        self._every_s = every_s

    async def live(self) -> None:
        """Until nobody begins anything new."""
        while not self.world.closing.is_set():
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(self.rng.expovariate(1 / self._every_s)):
                    await self.world.closing.wait()
            text = f"{self.rng.choice(WORDS)} ({self.actor_id} {len(self.opened)})"
            body = {"text": text, "subject": "self", "lang": "sv", "client_id": new_id()}
            self.opened.append((await self.insist("contact:open", body))["contact_id"])


class Nurse(Person):
    """Takes the next, lets go, dies. `attempts` is kept for the reckoning."""

    def __init__(self, world: World, staff_id: str, unit_ids: Sequence[str], *, lease_s: float) -> None:
        super().__init__(world, f"staff:{staff_id}")
        self.staff_id = staff_id
        self.attempts: list[Attempt] = []
        self.deaths = 0
        self._unit_ids = list(unit_ids)
        self._lease_s = lease_s
        self._alive = asyncio.Event()
        self._alive.set()
        self._held: dict[str, int] = {}

    async def live(self) -> None:
        """Work; when people go home, take and close until this is over."""
        while not self.world.over.is_set():
            if self.world.closing.is_set():
                await self._work_off()
            else:
                await self.pause()
                await self._act()

    async def _act(self) -> None:
        chosen = self.rng.random()
        if chosen < 0.01:
            await self._die()
        elif self._held and (len(self._held) >= HELD_AT_MOST or chosen < 0.5):
            await self._let_go(closes=self.rng.random() < 0.15)
        else:
            await self._take(dies=chosen > 0.985)

    async def _work_off(self) -> None:
        if self._held:
            await self._let_go(closes=True)
        elif not await self._take(dies=False):
            await self._look()
            await asyncio.sleep(BREATH_S * 50)

    async def _take(self, *, dies: bool) -> bool:
        asking = asyncio.create_task(self._next())
        if dies:
            await asyncio.sleep(self.rng.uniform(0.0, BREATH_S))
            asking.cancel()
            await asyncio.wait([asking])
            await self._die()
            return False
        return await asking

    async def _next(self) -> bool:
        try:
            told = await self.insist("queue:claim_next", {"unit_ids": self._unit_ids, "client_id": new_id()})
        except RefusedError as refusal:
            if refusal.code not in ("nothing_waiting", "at_capacity"):
                raise
            return False
        self._held[told["contact_id"]] = told["claim_no"]
        return True

    async def _let_go(self, *, closes: bool) -> None:
        contact_id = self.rng.choice(sorted(self._held))
        under: Json = {"contact_id": contact_id, "claim_no": self._held.pop(contact_id), "client_id": new_id()}
        with contextlib.suppress(RefusedError):
            try:
                if closes:
                    ending = {"reason": "self_care_advice", "safety_net": "Ring.", "understood": "said"}
                    await self.insist("contact:close", {**under, **ending})
                else:
                    await self.insist("queue:hand_back", {**under, "reason": "rast"})
            except RefusedError as refusal:
                if refusal.code not in NOT_THEIRS:
                    raise AssertionError(f"{self.actor_id} was refused: {refusal.code}") from None

    async def _die(self) -> None:
        """The tablet is gone without a word; after a while, longer or shorter than a lease, there is another one."""
        self.deaths += 1
        self._alive.clear()
        await self._hang_up()
        await asyncio.sleep(self.rng.uniform(0.1, 2.0) * self._lease_s)
        self._alive.set()
        await self._look()
        await self._hang_up()  # the next line follows no board: fifty who do would leave time for nothing else

    async def _hang_up(self) -> None:
        if self._io is not None:
            with contextlib.suppress(Exception):
                await self._io.disconnect()

    async def _look(self) -> None:
        """What the board says they hold."""
        self._held.clear()
        for unit_id in self._unit_ids:
            board = await self.insist("board:follow", {"unit_id": unit_id, "after": 0})
            for row in board["rows"]:
                if row["holder"] is not None and row["holder"]["id"] == self.staff_id:
                    self._held[row["contact_id"]] = row["claim_no"]

    async def _connect(self) -> bool:
        await self._alive.wait()
        return await super()._connect()

    async def _once(self, name: str, body: Json) -> Json:
        if name != "queue:claim_next":
            return await super()._once(name, body)
        await self._up.wait()
        attempt = Attempt(self.staff_id, body["client_id"], time.time(), refused="unreachable")
        self.attempts.append(attempt)
        try:
            answer = await super()._once(name, body)
        finally:
            attempt.ended_s = time.time()
        if "ok" in answer:
            attempt.contact_id, attempt.claim_no = answer["ok"]["contact_id"], answer["ok"]["claim_no"]
        attempt.refused = "" if "ok" in answer else answer["error"]["code"]
        return answer
