"""A nurse at a unit: takes the next, reads, answers under the send-guard, hands back, closes."""

from tests.torture.person import Person, RefusedError
from tests.torture.view import BoardView, ContactView, Json
from tests.torture.world import World

HELD_AT_MOST = 8
ON_SCREEN_AT_MOST = 24
NOT_THEIRS = frozenset({"stale_claim", "closed"})


class Nurse(Person):
    """Follows the unit's board and every contact taken lately."""

    def __init__(self, world: World, actor_id: str, unit_id: str) -> None:
        super().__init__(world, actor_id)
        self._unit_id = unit_id
        self._held: dict[str, int] = {}
        """Claim number by contact."""

    async def live(self) -> None:
        """Take and tend, one thing at a time."""
        board = self.boards.setdefault(self._unit_id, BoardView(self._unit_id))
        self.ask_for(board)
        while not self.world.closing.is_set():
            await self.pause()
            if len(self._held) < HELD_AT_MOST and self.rng.random() < 0.5:
                await self._take_next()
            elif self._held:
                await self._tend(self.rng.choice(sorted(self._held)))

    async def _take_next(self) -> None:
        try:
            claim = await self.command("queue:claim_next", {"unit_ids": [self._unit_id]})
        except RefusedError as refusal:
            if refusal.code not in ("nothing_waiting", "at_capacity"):
                raise
            return
        self._held[claim["contact_id"]] = claim["claim_no"]
        self.watch(claim["contact_id"])
        await self._put_away()

    async def _put_away(self) -> None:
        for contact_id in list(self.contacts):
            if len(self.contacts) <= ON_SCREEN_AT_MOST:
                return
            if contact_id not in self._held:
                del self.contacts[contact_id]
                await self.insist("contact:leave", {"contact_id": contact_id})

    async def _tend(self, contact_id: str) -> None:
        try:
            await self._do_something(self.contacts[contact_id])
        except RefusedError as refusal:
            if refusal.code in NOT_THEIRS:
                self._held.pop(contact_id, None)
            elif refusal.code != "behind":
                raise

    async def _do_something(self, view: ContactView) -> None:
        under: Json = {"contact_id": view.contact_id, "claim_no": self._held[view.contact_id]}
        chosen = self.rng.random()
        if chosen < 0.10:
            ending = {"reason": "self_care_advice", "safety_net": "Ring 1177 igen.", "understood": "said"}
            await self.command("contact:close", {**under, **ending})
            del self._held[view.contact_id]
        elif chosen < 0.16:
            await self.command("queue:hand_back", {**under, "reason": "rast"})
            del self._held[view.contact_id]
        elif chosen < 0.20:
            level = self.rng.choice(("urgent", "within_24h", "routine"))
            await self.command("urgency:set", {**under, "urgency": level, "reason": "samtal"})
        else:
            await self._answer(view, under)

    async def _answer(self, view: ContactView, under: Json) -> None:
        """Write; refused as behind, look at what is new and write once more."""
        for attempt in (1, 2):
            text = f"Hej, jag har läst. ({self.actor_id} {self._turn + 1})"
            try:
                await self.command("message:post", {**under, "text": text}, says=text, seen_no=view.head)
            except RefusedError as refusal:
                if refusal.code != "behind" or attempt == 2:
                    raise
                await self.resume(view)
            else:
                return
