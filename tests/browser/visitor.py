"""A guest's steps on their page: from the link to the visit."""

from playwright.async_api import Locator, expect

from tests.browser.browser import Person
from tests.browser.words import Words


class Visitor:
    """A guest at a phone."""

    def __init__(self, somebody: Person, words: Words) -> None:
        self.person = somebody
        self.page = somebody.page
        self.words = words

    async def open(self, link: str) -> None:
        """Follow the link."""
        await self.page.goto(link)
        await expect(self.page.locator("[data-screen=link]")).to_be_visible()

    async def come(self, code: str, name: str) -> None:
        """Type the code and one's name."""
        await self.page.get_by_label(self.words("guest", "code"), exact=False).fill(code)
        await self.page.get_by_label(self.words("guest", "name"), exact=False).fill(name)
        await self.page.get_by_role("button", name=self.words("guest", "go_on")).click()

    async def is_in(self, place: str) -> None:
        """Wait until the visit says where one is."""
        await expect(self.page.locator(".visit")).to_have_attribute("data-place", place)

    @property
    def screen(self) -> Locator:
        """What is said when there is no visit to see."""
        return self.page.locator("[data-screen]")
