"""axe-core finds nothing on any screen, in light and dark, at the desk and on a phone."""

import pytest
from playwright.async_api import expect

from tests.browser.browser import DESKTOP, PHONE, Person
from tests.browser.demo import Demo
from tests.browser.nurse import Nurse
from tests.browser.patient import Patient
from tests.browser.test_story import CHEST


async def _clean(somebody: Person) -> None:
    """Nothing found in either theme, and nothing wider than the screen."""
    for theme in ("light", "dark"):
        await somebody.page.emulate_media(color_scheme=theme)
        assert await somebody.violations() == []
        assert not await somebody.page.evaluate("document.documentElement.scrollWidth > innerWidth")


async def test_the_patients_screens(sweden: Demo, patient: Patient) -> None:
    await patient.open(sweden.url)
    await _clean(patient.person)
    await patient.page.click("[data-subject=child]")
    await _clean(patient.person)
    await patient.page.go_back()
    await patient.write("Jag har ont i halsen och feber", who="nils")
    await patient.page.locator("[data-screen=chips]").wait_for()
    await _clean(patient.person)
    await patient.to_talk()
    await _clean(patient.person)


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desk", "phone"])
async def test_the_workplace(sweden: Demo, patient: Patient, nurse: Nurse, size: dict[str, int]) -> None:
    await nurse.page.set_viewport_size({"width": size["width"], "height": size["height"]})
    await nurse.page.goto(f"{sweden.url}/staff")
    await nurse.page.locator(".staff-person").first.wait_for()
    await _clean(nurse.person)
    await nurse.sign_in(sweden.url, "Sara Lind")
    await patient.open(sweden.url)
    await patient.write(CHEST, who="astrid")
    await patient.to_talk()
    await expect(nurse.rows("waiting")).to_have_count(1)
    await _clean(nurse.person)
    await nurse.press("n")
    await nurse.is_mine()
    await _clean(nurse.person)
    for key in ("u", "b", "c", "d", "1", "h", "i", "p", "?"):
        await nurse.press(key)
        await expect(nurse.page.get_by_role("dialog")).to_be_visible()
        await _clean(nurse.person)
        await nurse.press("Escape")
    await nurse.press("m")
    await nurse.page.locator(".note-draft").wait_for()
    await _clean(nurse.person)


async def test_what_to_do_if_it_gets_worse(sweden: Demo, patient: Patient, nurse: Nurse) -> None:
    await nurse.sign_in(sweden.url, "Sara Lind")
    await patient.open(sweden.url)
    await patient.write("Jag har ont i halsen och feber", who="nils")
    await patient.to_talk()
    await nurse.press(".", "n")
    await nurse.is_mine()
    await nurse.press("d")
    await nurse.page.get_by_role("dialog").locator("textarea").fill("Ring 1177 om febern inte går ner i morgon.")
    await nurse.press("Control+Enter")
    await expect(nurse.page.get_by_role("dialog")).to_have_count(0)
    await expect(nurse.page.locator(".advice-given")).to_be_visible()
    await patient.page.locator(".net-confirm").wait_for()
    await _clean(patient.person)
    await patient.page.locator(".net-confirm button").click()
    await patient.page.locator(".net-confirmed").wait_for()
    await expect(nurse.page.locator(".advice-given")).to_have_attribute("data-confirmed", "true")
    await _clean(patient.person)
    await _clean(nurse.person)


async def test_the_visit(sweden: Demo, patient: Patient, nurse: Nurse) -> None:
    await nurse.sign_in(sweden.url, "Sara Lind")
    await patient.open(sweden.url)
    await patient.write(CHEST, who="astrid")
    await patient.to_talk()
    await expect(nurse.rows("waiting")).to_have_count(1)
    await nurse.press("n")
    await nurse.is_mine()
    await patient.past_emergency()
    await nurse.start_visit()
    await patient.join()
    await _clean(patient.person)
    await _clean(nurse.person)
    await nurse.admit()
    await patient.page.get_by_test_id("remote-video").wait_for()
    await _clean(patient.person)
    await _clean(nurse.person)
    await patient.page.get_by_role("button", name=patient.words("visit", "chat")).click()
    await _clean(patient.person)
