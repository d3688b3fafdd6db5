"""What the patient is told of the other side, and how they correct what they wrote."""

from playwright.async_api import expect

from tests.browser.demo import Demo
from tests.browser.nurse import Nurse
from tests.browser.patient import Patient
from tests.browser.test_story import CHEST

CALM = "Jag har ont i halsen sedan i går, ingen feber"


async def _talking(sweden: Demo, patient: Patient, nurse: Nurse) -> None:
    await nurse.sign_in(sweden.url, "Sara Lind")
    await patient.open(sweden.url)
    await patient.write(CALM, who="astrid")
    await patient.to_talk()


async def test_the_patient_sees_that_they_are_read_and_that_someone_writes(
    sweden: Demo, patient: Patient, nurse: Nurse
) -> None:
    await _talking(sweden, patient, nurse)
    mark = patient.page.locator(".receipt")
    await expect(mark).to_have_text(patient.words("patient", "received"))
    await nurse.press("n")
    await nurse.is_mine()
    await expect(mark).to_contain_text(patient.words("patient", "read_at").split(" {")[0])
    held = patient.page.locator(".status-card h2")
    await expect(held).to_have_text("Sara Lind läser nu")
    await nurse.press("r")
    await nurse.page.keyboard.type("Hej Astrid")
    await expect(patient.page.locator(".writing")).to_have_text("Sara Lind skriver …")
    await nurse.press("Enter")
    await expect(patient.log).to_contain_text("Hej Astrid")
    await expect(patient.page.locator(".writing")).to_have_text("")
    await nurse.page.close()
    await expect(held).to_have_text("Sara Lind har hand om din kontakt")
    assert await patient.person.violations() == []


async def test_a_message_is_corrected_by_an_addendum_that_may_raise(
    sweden: Demo, patient: Patient, nurse: Nurse
) -> None:
    await _talking(sweden, patient, nurse)
    await nurse.press("n")
    await nurse.is_mine()
    await patient.page.get_by_role("button", name=patient.words("patient", "amend")).last.click()
    await expect(patient.page.locator(".amending")).to_contain_text("Jag har ont i halsen")
    assert await patient.person.violations() == []
    await patient.say(CHEST)
    addendum = patient.page.locator("[data-kind=amended]")
    await expect(addendum).to_contain_text("Jag har ont i halsen")
    await expect(addendum).to_contain_text(CHEST)
    await expect(patient.log).to_contain_text(CALM)
    await expect(nurse.log).to_contain_text(CHEST)
    await expect(nurse.rows("mine").first).to_have_attribute("data-level", "immediate")


async def test_a_nurse_corrects_what_they_wrote_and_it_stays(sweden: Demo, patient: Patient, nurse: Nurse) -> None:
    await _talking(sweden, patient, nurse)
    await nurse.press("n")
    await nurse.is_mine()
    await nurse.press("r")
    await nurse.page.keyboard.type("Ta en tablett om dagen")
    await nurse.press("Enter")
    await expect(patient.log).to_contain_text("Ta en tablett om dagen")
    await nurse.log.get_by_role("button", name=patient.words("talk", "amend")).click()
    correcting = nurse.page.get_by_text(patient.words("talk", "amending").split("{")[0])
    await expect(correcting).to_be_visible()
    assert await nurse.person.violations() == []
    await nurse.page.keyboard.type("Ta två tabletter om dagen")
    await nurse.press("Enter")
    await expect(correcting).to_have_count(0)
    addendum = patient.page.locator("[data-kind=amended]")
    await expect(addendum).to_contain_text("Ta en tablett om dagen")
    await expect(addendum).to_contain_text("Ta två tabletter om dagen")
    await expect(nurse.log).to_contain_text("Ta en tablett om dagen")
