"""A yes among the emergency questions, and the page with no server at all."""

from playwright.async_api import expect

from tests.browser.demo import Demo, DemoApart
from tests.browser.nurse import Nurse
from tests.browser.patient import Patient


async def test_a_yes_shows_the_number_at_once_and_alarms_the_nurse(
    sweden: Demo, patient: Patient, nurse: Nurse
) -> None:
    await nurse.sign_in(sweden.url, "Sara Lind")
    await patient.open(sweden.url)
    await patient.page.click("[data-subject=self]")
    await patient.page.locator("[data-question]").first.click()
    title = patient.words("patient", "emergency_title", number="112")
    await expect(patient.page.get_by_role("heading", name=title)).to_be_visible()
    await expect(patient.page.locator("main [data-call=emergency]").first).to_have_attribute("href", "tel:112")
    assert await patient.person.violations() == []
    await patient.page.click('[data-person="patient:astrid"]')
    await expect(nurse.rows("waiting").first).to_have_attribute("data-level", "immediate")
    await expect(patient.page.get_by_role("heading", name=title)).to_be_visible()
    await patient.past_emergency()
    await patient.say("Jag kan inte andas bra")
    await nurse.press("n")
    await nurse.is_mine()
    await expect(nurse.log).to_contain_text("Jag kan inte andas bra")


async def test_the_numbers_and_questions_are_there_with_no_server(sweden_apart: DemoApart, patient: Patient) -> None:
    await patient.open(sweden_apart.url)
    await patient.page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    sweden_apart.stop()
    await patient.page.reload()
    await patient.page.wait_for_selector("[data-screen=start]")
    await patient.page.click("[data-subject=child]")
    await expect(patient.page.locator("[data-question]")).to_have_count(5)
    await patient.page.locator("[data-question]").first.click()
    await expect(patient.page.locator("main [data-call=emergency]").first).to_have_attribute("href", "tel:112")


async def test_a_reload_shows_the_whole_conversation(sweden: Demo, patient: Patient, nurse: Nurse) -> None:
    await nurse.sign_in(sweden.url, "Sara Lind")
    await patient.open(sweden.url)
    text = "Jag har ont i halsen och feber 😷"
    await patient.write(text, who="nils")
    await patient.to_talk()
    await patient.say("Det började i går")
    await nurse.press("n")
    await nurse.is_mine()
    await nurse.reply("Hur hög är febern?")
    await patient.page.reload()
    for words in (text, "Det började i går", "Hur hög är febern?"):
        await expect(patient.log).to_contain_text(words)
