"""The patient's steps on their page, named as the patient would name them."""

from contextlib import suppress

from playwright.async_api import Locator, TimeoutError, expect

from tests.browser.browser import Person
from tests.browser.words import Words

STEP_MS = 2_000


class Patient:
    """A patient at a phone."""

    def __init__(self, somebody: Person, words: Words) -> None:
        self.person = somebody
        self.page = somebody.page
        self.words = words

    async def open(self, url: str) -> None:
        """Come to the first screen."""
        await self.page.goto(url)
        await self.page.wait_for_selector("[data-screen=start]")

    async def write(self, text: str, *, who: str) -> None:
        """From the first screen to the own words, sent: nothing of the emergency questions, about oneself."""
        await self.to_words(who=who)
        await self.own_words(text)

    async def to_words(self, *, who: str) -> None:
        """From the first screen to where one writes."""
        await self.page.click("[data-subject=self]")
        await self.page.click("[data-answer=none]")
        await self.page.click(f'[data-person="patient:{who}"]')
        await self.next("person")
        await self.page.wait_for_selector("#own-words")

    async def own_words(self, text: str) -> None:
        """Write, and send."""
        await self.page.fill("#own-words", text)
        await self.next("words")

    async def next(self, screen: str) -> None:
        """Press the one main button of a screen."""
        await self.page.wait_for_selector(f"[data-screen={screen}]")
        await self.page.click(".page-action .ds-button")

    async def to_talk(self) -> None:
        """Agree to how one was understood, pass over what is asked, say where one is: to the conversation."""
        while (screen := await self._screen()) != "talk":
            with suppress(TimeoutError):  # a new assessment may bring another screen meanwhile
                await self._pass(screen)

    async def _pass(self, screen: str) -> None:
        if screen == "ask":
            await self.page.click("[data-answer=unknown]", timeout=STEP_MS)
        elif screen == "reach":
            await self.reach(self.page.locator("#reach"))
        if screen in ("chips", "reach"):
            await self.page.click(f"[data-screen={screen}] .page-action .ds-button", timeout=STEP_MS)

    async def reach(self, form: Locator) -> None:
        """Where one is and which number reaches one."""
        await form.locator("#place").fill("Hamngatan 4", timeout=STEP_MS)
        await form.locator("#phone").fill("070-123 45 67", timeout=STEP_MS)

    async def _screen(self) -> str:
        main = self.page.locator("[data-screen]:not([data-screen=reading]):not([data-screen=fetching])")
        return str(await main.first.get_attribute("data-screen"))

    async def past_emergency(self) -> None:
        """ "I have called": from the full-screen call to the conversation."""
        await self.page.get_by_role("button", name=self.words("patient", "to_chat")).click()

    async def say(self, text: str) -> None:
        """Write in the conversation and see it there."""
        await self.page.fill("#message", text)
        await self.page.press("#message", "Enter")
        await expect(self.log).to_contain_text(text)

    @property
    def log(self) -> Locator:
        """The conversation."""
        return self.page.get_by_role("log")

    async def join(self) -> None:
        """Come to the visit's lobby."""
        await self.page.get_by_role("button", name=self.words("patient", "join_video")).click()
        await expect(self.page.locator(".visit")).to_have_attribute("data-place", "lobby")
