"""The door of a visit: who waits is told when and says who is with them; staff let in, put aside, send back, remove."""

import asyncio
from collections.abc import AsyncIterator

import pytest
from playwright.async_api import Browser, Page, expect

from tests.browser.browser import PHONE, person
from tests.browser.demo import Demo
from tests.browser.media import flows
from tests.browser.nurse import Nurse
from tests.browser.patient import Patient
from tests.browser.test_guests import invite, tiles
from tests.browser.test_relay import moves
from tests.browser.test_visit import at_the_door
from tests.browser.visitor import Visitor
from tests.browser.words import Words


@pytest.fixture
async def visitor(browser: Browser) -> AsyncIterator[Visitor]:
    """A relative."""
    async with person(browser, "nb", size=PHONE) as somebody:
        yield Visitor(somebody, Words("nb"))


async def by_key(page: Page, name: str) -> None:
    """Press a button by keyboard alone."""
    button = page.get_by_role("button", name=name, exact=True)
    await button.focus()
    await page.keyboard.press("Enter")


async def stands(page: Page, place: str) -> None:
    """Wait until the page says where one is."""
    await expect(page.locator(".visit")).to_have_attribute("data-place", place)


async def over_the_relay(page: Page, count: int) -> None:
    """So many others are seen, each by the relay."""
    await expect(page.locator("[data-over=relay]")).to_have_count(count)
    await tiles(page, count)


async def tell_each_other_while_waiting(patient: Patient, nurse: Nurse) -> None:
    """The patient says who is with them, the nurse when it begins; the patient writes meanwhile."""
    room = patient.words
    await patient.page.get_by_role("checkbox", name=room("room", "company_nobody")).check()
    await patient.page.get_by_role("checkbox", name=room("room", "company_child")).check()
    await by_key(patient.page, room("room", "company_tell"))
    told = room("room", "company_of").replace("{who}", room("room", "company_child"))
    await expect(nurse.page.locator(".room-door")).to_contain_text(told)
    await nurse.page.get_by_label(room("room", "expect")).select_option("10")
    await by_key(nurse.page, room("room", "expect_tell"))
    begins = room("room", "expected").partition("{")[0]
    await expect(patient.page.locator(".visit-lobby")).to_contain_text(begins)
    await nurse.page.get_by_label(room("room", "identity").replace("{name}", "Astrid Holm")).select_option("document")
    for somebody in (patient.person, nurse.person):
        assert await somebody.violations() == []
    await by_key(patient.page, room("visit", "chat"))  # who waits may write meanwhile
    await patient.say("Jag är här nu.")
    await expect(nurse.page.get_by_text("Jag är här nu.").first).to_be_visible()
    await by_key(patient.page, room("visit", "enlarge"))


async def set_aside_and_bring_back(patient: Patient, nurse: Nurse, visitor: Visitor) -> None:
    """A third comes, waits aside while the two talk on, loads their page anew, and is brought back."""
    room = nurse.words
    link, code = await invite(nurse)
    await visitor.open(link)
    await visitor.come(code, "Leyla Aydin")
    await visitor.is_in("lobby")
    await nurse.admit()
    for page in (visitor.page, patient.page, nurse.page):
        await over_the_relay(page, 2)

    await nurse.page.locator(".room-inside summary").press("Enter")
    await by_key(nurse.page, f"{room('room', 'set_aside')}: Leyla Aydin")
    await stands(visitor.page, "aside")
    await expect(visitor.page.get_by_role("status").first).to_have_text(visitor.words("room", "aside_waiting"))
    await expect(visitor.page.locator("[data-testid=remote-video]")).to_have_count(0)
    assert await visitor.person.violations() == []
    for page in (patient.page, nurse.page):
        await over_the_relay(page, 1)
    await moves(patient.page)
    await visitor.page.reload()  # who comes anew comes back to where they were
    await stands(visitor.page, "aside")
    await by_key(nurse.page, f"{room('room', 'bring_back')}: Leyla Aydin")
    for page in (visitor.page, patient.page, nurse.page):
        await over_the_relay(page, 2)


async def test_from_the_lobby_to_the_visit_aside_and_out(
    sweden: Demo, patient: Patient, nurse: Nurse, visitor: Visitor
) -> None:
    await at_the_door(sweden, patient, nurse)
    room = patient.words
    await tell_each_other_while_waiting(patient, nurse)
    await nurse.admit()
    await flows(patient.page)
    await set_aside_and_bring_back(patient, nurse, visitor)
    await by_key(nurse.page, f"{room('room', 'send_back')}: Astrid Holm")
    await stands(patient.page, "lobby")
    await nurse.admit()
    await stands(patient.page, "in")
    await by_key(nurse.page, f"{room('room', 'remove')}: Astrid Holm")
    assert await nurse.person.violations() == []
    await by_key(nurse.page, f"{room('room', 'remove_really')}: Astrid Holm")
    await expect(patient.page.locator(".visit")).to_contain_text(room("room", "removed"))
    await asyncio.gather(stands(patient.page, "over"), stands(visitor.page, "in"))
