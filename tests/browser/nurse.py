"""The nurse's steps at the workplace, by pointer and by keys alone."""

from playwright.async_api import Locator, expect

from tests.browser.browser import Person
from tests.browser.words import Words


class Nurse:
    """A nurse at a desk."""

    def __init__(self, somebody: Person, words: Words) -> None:
        self.person = somebody
        self.page = somebody.page
        self.words = words

    async def sign_in(self, url: str, name: str) -> None:
        """Choose oneself in the demo's list."""
        await self.page.goto(f"{url}/staff")
        await self.page.get_by_role("button", name=name).click()
        await expect(self.page.locator(".staff-queue")).to_be_visible()

    async def on_duty(self) -> None:
        """Go on duty, and see that the unit is manned."""
        await self.page.locator(".duty-choice select").select_option("on")
        await expect(self.page.locator(".duty-line").first).to_have_attribute("data-manned", "true")

    def rows(self, section: str) -> Locator:
        """The rows of one part of the queue, from the top."""
        return self.page.get_by_test_id(f"rows-{section}").locator(".staff-row")

    async def press(self, *keys: str) -> None:
        """Press keys, one after the other, wherever the focus is."""
        for key in keys:
            await self.page.keyboard.press(key)

    async def is_mine(self) -> None:
        """Wait until the open contact is one's own."""
        await expect(self.page.locator("#staff-reply")).to_be_visible()

    async def reply(self, text: str) -> None:
        """Answer by keys alone, and see it in the log."""
        await self.press("r")
        await expect(self.page.locator("#staff-reply")).to_be_focused()
        await self.page.keyboard.type(text)
        await expect(self.log).to_have_attribute("data-newer", "0")
        await self.press("Enter", "Escape")
        await expect(self.log).to_contain_text(text)

    @property
    def log(self) -> Locator:
        """Everything that happened in the open contact."""
        return self.page.get_by_role("log")

    async def start_visit(self) -> None:
        """Open a visit and be in it."""
        await self.page.get_by_role("button", name=self.words("staff", "start_video")).click()
        await expect(self.page.locator(".visit")).to_have_attribute("data-place", "in")

    async def admit(self) -> None:
        """Let in whoever waits."""
        await self.page.get_by_role("button", name=self.words("visit", "let_in")).click()

    async def end_visit(self) -> None:
        """End it for all, and go back to the conversation."""
        await self.page.get_by_role("button", name=self.words("visit", "end")).click()
        await self.page.get_by_role("button", name=self.words("visit", "end_really")).click()
        await self.page.get_by_role("button", name=self.words("visit", "close")).click()

    async def close(self, reason: str, advice: str) -> None:
        """Close the contact with a reason and what to watch for, which the patient says they have understood."""
        await self.press("c")
        dialog = self.page.get_by_role("dialog")
        await dialog.locator("[name=reason]").select_option(reason)
        await dialog.locator("textarea").fill(advice)
        await dialog.locator("[name=understood][value=said]").check()
        await expect(self.log).to_have_attribute("data-newer", "0")  # what is newer stands in the dialog for a glance
        await dialog.locator("button[type=submit]").click()
        await expect(dialog).to_have_count(0)
