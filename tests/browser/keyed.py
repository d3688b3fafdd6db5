"""A nurse who works by keys alone, every one of them counted."""

from playwright.async_api import expect

from tests.browser.browser import Person
from tests.browser.nurse import Nurse
from tests.browser.words import Words


class KeyedNurse(Nurse):
    """Presses and types; there is no pointer. A letter of a text is a key as well, and counted apart."""

    def __init__(self, somebody: Person, words: Words) -> None:
        super().__init__(somebody, words)
        self.keys = 0
        self.letters = 0

    async def press(self, *keys: str) -> None:
        """Press keys, one after the other, wherever the focus is."""
        self.keys += len(keys)
        await super().press(*keys)

    async def write(self, text: str) -> None:
        """Type a text where the focus is."""
        self.letters += len(text)
        await self.page.keyboard.type(text)

    async def take_next(self) -> None:
        """The first that waits becomes one's own."""
        await self.press("n")
        await self.is_mine()

    async def answer(self, text: str) -> None:
        """Reply, and leave the field."""
        await self.press("r")
        await expect(self.page.locator("#staff-reply")).to_be_focused()
        await self.write(text)
        await self.press("Enter", "Escape")
        await expect(self.log).to_contain_text(text)

    async def dialog(self, key: str) -> None:
        """Open a dialog by its key."""
        await self.press(key)
        await expect(self.page.get_by_role("dialog")).to_be_visible()

    async def do_it(self) -> None:
        """Do what the dialog asks."""
        await self.press("Control+Enter")
        await expect(self.page.get_by_role("dialog")).to_have_count(0)

    async def focus_is_on(self, role: str) -> bool:
        """Whether what has the focus is of this HTML element."""
        found: str = await self.page.evaluate("document.activeElement.tagName.toLowerCase()")
        return found == role

    async def tab_to(self, selector: str, *, most: int = 40) -> None:
        """Press Tab until what the selector names has the focus."""
        for _ in range(most):
            if await self.page.evaluate("(wanted) => document.activeElement.matches(wanted)", selector):
                return
            await self.press("Tab")
        raise AssertionError(f"no way to {selector!r} by the Tab key")
