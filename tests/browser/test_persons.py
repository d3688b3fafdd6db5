"""Finding a person by keys alone, the mark of somebody protected, and a guardian who chooses the child."""

from playwright.async_api import expect

from tests.browser.browser import DESKTOP, PHONE, Person
from tests.browser.demo import Demo
from tests.browser.nurse import Nurse
from tests.browser.patient import Patient

VERA, ELIAS, NOBODYS = "20000125-2386", "20170101-2393", "98240301-AA06"
FEVER = "Elias har haft feber sedan i går och hostar lite"


async def _clean(somebody: Person) -> None:
    for theme in ("light", "dark"):
        await somebody.page.emulate_media(color_scheme=theme)
        assert await somebody.violations() == []
        assert not await somebody.page.evaluate("document.documentElement.scrollWidth > innerWidth")


async def test_a_guardian_chooses_the_child_and_staff_find_it_by_number(
    sweden: Demo, patient: Patient, nurse: Nurse
) -> None:
    page = patient.page
    await patient.open(sweden.url)
    await page.click("[data-subject=child]")
    await page.click("[data-answer=none]")
    await page.click('[data-person="patient:nils"]')
    await patient.next("person")
    await expect(page.get_by_text(patient.words("patient", "which_needed"))).to_be_visible()
    await expect(page.locator("input[type=number]")).to_have_count(0)
    await _clean(patient.person)
    await page.get_by_role("radio", name="Elias Bergkvist").check()
    await patient.next("person")
    await page.fill("#own-words", FEVER)
    await patient.next("words")
    await page.locator("[data-screen=chips], [data-screen=ask], [data-screen=reach]").first.wait_for()
    await nurse.sign_in(sweden.url, "Sara Lind")
    await nurse.press("f")
    await nurse.page.keyboard.type(ELIAS)
    await nurse.press("Enter")
    found = nurse.page.locator(".staff-found")
    await expect(found).to_contain_text("Elias Bergkvist")
    await found.get_by_role("button").first.press("Enter")
    await expect(nurse.log).to_contain_text(FEVER)
    facts = nurse.page.locator(".staff-facts")
    await expect(facts).to_contain_text("Elias Bergkvist")
    await expect(facts).to_contain_text(nurse.words("staff", "written_by").replace("{name}", "Nils Bergkvist"))
    assert ELIAS not in nurse.page.url
    await nurse.press("f")
    await nurse.page.keyboard.type(NOBODYS)
    await nurse.press("Enter")
    await expect(nurse.page.get_by_text(nurse.words("staff", "find_nobody"))).to_be_visible()
    await nurse.page.keyboard.press("Control+a")
    await nurse.page.keyboard.type("20170101-2394")
    await nurse.press("Enter")
    await expect(nurse.page.get_by_text(nurse.words("staff", "find_control"))).to_be_visible()


async def test_somebody_protected_is_marked_and_their_place_is_shown_only_when_asked_for(
    sweden: Demo, patient: Patient, nurse: Nurse
) -> None:
    await patient.open(sweden.url)
    await patient.write("Jag har ont i halsen och feber", who="vera")
    await patient.to_talk()
    await nurse.sign_in(sweden.url, "Sara Lind")
    await expect(nurse.rows("waiting").first.locator(".staff-protected")).to_be_visible()
    await nurse.press("n")
    await nurse.is_mine()
    await expect(nurse.page.locator(".staff-pane-head .staff-protected").last).to_be_visible()
    facts = nurse.page.locator(".staff-facts")
    await expect(facts).not_to_contain_text("070")
    for size in (DESKTOP, PHONE):
        await nurse.page.set_viewport_size({"width": size["width"], "height": size["height"]})
        await _clean(nurse.person)
    await nurse.page.set_viewport_size({"width": DESKTOP["width"], "height": DESKTOP["height"]})
    await nurse.press("f")
    await nurse.page.keyboard.type(VERA)
    await nurse.press("Enter")
    await expect(nurse.page.locator(".staff-found .staff-protected")).to_be_visible()
    await _clean(nurse.person)
    await nurse.press("Escape")
    await facts.get_by_role("button", name=nurse.words("staff", "reach_show")).click()
    await expect(facts).to_contain_text("070-123 45 67")
