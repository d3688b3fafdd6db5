"""A guest on a phone: invited by the nurse, in with link and code, seen and heard by both, out when withdrawn."""

from collections.abc import AsyncIterator

import pytest
from playwright.async_api import Browser, Page, expect

from tests.browser.browser import PHONE, person
from tests.browser.demo import Demo
from tests.browser.media import flows
from tests.browser.nurse import Nurse
from tests.browser.patient import Patient
from tests.browser.test_visit import meet
from tests.browser.visitor import Visitor
from tests.browser.words import Language, Words

NAME = "Leyla Aydin"


@pytest.fixture
async def visitor(browser: Browser) -> AsyncIterator[Visitor]:
    """Somebody at a phone of their own, who reads Norwegian."""
    async with person(browser, "nb", size=PHONE) as somebody:
        yield Visitor(somebody, Words("nb"))


async def invite(nurse: Nurse, *, role: str = "interpreter") -> tuple[str, str]:
    """By the visit's own button; link and code as the nurse reads them."""
    await nurse.page.get_by_role("button", name=nurse.words("visit", "invite"), exact=True).click()
    dialog = nurse.page.get_by_role("dialog")
    await dialog.get_by_label(nurse.words("guests", "name")).fill(NAME)
    await dialog.get_by_role("combobox", name=nurse.words("guests", "role"), exact=True).select_option(role)
    if role == "interpreter":
        await dialog.get_by_role("combobox", name=nurse.words("guests", "lang")).select_option("tr")
    await dialog.locator("button[type=submit]").click()
    link = await nurse.page.get_by_test_id("guest-link").input_value()
    code = await nurse.page.get_by_test_id("guest-code").text_content()
    assert await nurse.person.violations() == []
    await dialog.get_by_role("button", name=nurse.words("staff", "done")).click()
    return link, str(code)


async def tiles(page: Page, count: int) -> None:
    """So many others are seen, each with a picture that came."""
    await expect(page.get_by_test_id("remote-video")).to_have_count(count)
    for number in range(count):
        playing = page.get_by_test_id("remote-video").nth(number)
        await expect(playing).to_have_js_property("readyState", 4)


async def test_a_guest_is_seen_and_heard_and_goes_when_withdrawn(
    sweden: Demo, patient: Patient, nurse: Nurse, visitor: Visitor
) -> None:
    await meet(sweden, patient, nurse)
    await flows(patient.page)
    link, code = await invite(nurse)
    await visitor.open(link)
    assert await visitor.person.violations() == []
    await visitor.come("000 000", NAME)
    await expect(visitor.page.get_by_role("alert")).to_have_text(visitor.words("guest", "does_not_open"))
    await visitor.come(code, NAME)
    await visitor.is_in("lobby")
    assert "#" not in visitor.page.url
    assert await visitor.person.violations() == []
    await expect(visitor.page.locator("body")).not_to_contain_text("Astrid")
    await nurse.admit()
    for page in (visitor.page, patient.page, nurse.page):
        await tiles(page, 2)
    await expect(visitor.page.locator(".guest-as")).to_contain_text("tyrkisk")
    await expect(patient.page.locator(".visit")).to_contain_text(patient.words("visit", "role_interpreter"))
    assert await visitor.person.violations() == []
    await visitor.page.reload()
    for page in (visitor.page, nurse.page):
        await tiles(page, 2)
    await nurse.page.get_by_role("button", name=nurse.words("visit", "invite"), exact=True).click()
    withdraw = nurse.page.get_by_role("dialog").locator(".guests-list button")
    await withdraw.click()
    await withdraw.click()
    await expect(visitor.screen).to_have_attribute("data-screen", "over")
    await nurse.press("Escape")
    for page in (patient.page, nurse.page):
        await tiles(page, 1)
    await expect(nurse.log).to_contain_text(nurse.words("guests", "event_withdrawn_staff", who="Sara Lind", name=NAME))


@pytest.mark.parametrize("language", ["sv", "en"])
async def test_without_a_link_one_is_told_what_is_missing(sweden: Demo, browser: Browser, language: Language) -> None:
    async with person(browser, language, size=PHONE) as somebody:
        visitor = Visitor(somebody, Words(language))
        await visitor.page.goto(f"{sweden.url}/guest")
        await expect(visitor.screen).to_contain_text(visitor.words("guest", "no_link_why"))
        assert await somebody.violations() == []
        await visitor.open(f"{sweden.url}/guest#made-up")
        await visitor.come("123456", NAME)
        await expect(visitor.page.get_by_role("alert")).to_have_text(visitor.words("guest", "does_not_open"))
