"""A patient who seeks care again and again: writes, answers, corrects, until a nurse closes it."""

from tests.torture.person import Person, RefusedError
from tests.torture.view import ContactView
from tests.torture.world import World

WORDS = (
    "Jag har ont i halsen sedan i går",
    "Det gör ont när jag sväljer",
    "Jag har feber, 38,4 grader",
    "Ingen feber men hosta",
    "Jag har tryckande smärta i bröstet",
    "Nu är jag yr också",
    "Ont i magen, har kräkts två gånger",
    "Barnet har utslag på armarna",
    "Det började i morse",
    "Tack, jag väntar",
)
PLACE = {"place": "Hemma, portkod 1234", "phone": "0701234567"}


class Patient(Person):
    """`twin` is the same person's other screen, which only looks."""

    def __init__(self, world: World, actor_id: str) -> None:
        super().__init__(world, actor_id)
        self.twin: Person | None = None

    async def live(self) -> None:
        """One contact after the other."""
        while not self.world.closing.is_set():
            await self.pause()
            view = await self._open()
            while not self.world.closing.is_set() and await self._goes_on(view):
                pass

    async def _open(self) -> ContactView:
        text = self._words()
        told = await self.command("contact:open", {"text": text, "subject": "self", "lang": "sv"}, says=text)
        if self.twin is not None:
            self.twin.watch(told["contact_id"])
        return self.watch(told["contact_id"])

    async def _goes_on(self, view: ContactView) -> bool:
        """Do one thing more; False once the contact has ended."""
        await self.pause()
        if view.summary is not None and view.summary["status"] == "closed":
            return False
        try:
            await self._do_something(view)
        except RefusedError as refusal:
            if refusal.code != "closed":
                raise
            return False
        return True

    async def _do_something(self, view: ContactView) -> None:
        chosen = self.rng.random()
        understood = next((one["body"] for one in reversed(view.entries) if one["body"]["kind"] == "understood"), None)
        asked = [question for question in (understood or {"ask": []})["ask"] if question["answer"] == "bool"]
        chips = (understood or {"chips": []})["chips"]
        if chosen < 0.05:
            await self.command("reach:set", {"contact_id": view.contact_id, **PLACE})
        elif chosen < 0.15 and asked:
            question = self.rng.choice(asked)["id"]
            value = self.rng.random() < 0.5
            await self.command("answer:give", {"contact_id": view.contact_id, "question": question, "value": value})
        elif chosen < 0.20 and chips:
            struck = [self.rng.choice(chips)["concept"]]
            await self.command("reading:correct", {"contact_id": view.contact_id, "struck": struck})
        else:
            text = self._words()
            await self.command("message:post", {"contact_id": view.contact_id, "text": text, "lang": "sv"}, says=text)

    def _words(self) -> str:
        """A text that nobody else writes and nobody writes twice."""
        return f"{self.rng.choice(WORDS)} ({self.actor_id} {self._turn + 1})"
