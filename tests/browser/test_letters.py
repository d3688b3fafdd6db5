"""A letter on a phone: written, promised, risen when it gets worse, and made a chat at the workplace by one press."""

from playwright.async_api import expect

from tests.browser.demo import Demo
from tests.browser.nurse import Nurse
from tests.browser.patient import Patient

RENEWAL = "Behöver förnya mitt recept på blodtrycksmedicin"
WORSE = "Nu har jag tryckande smärta i bröstet och det strålar ut i vänster arm"
TITLE = "Förnya recept"


async def write(patient: Patient) -> None:
    """From the first screen, signed in, to the letter that is sent."""
    page = patient.page
    await page.click("[data-letter=hamnen]")
    await page.click("[data-answer=none]")
    await patient.next("person")
    await patient.next("words")
    await expect(page.get_by_role("alert").first).to_have_text(patient.words("letter", "subject_needed"))
    await page.fill("#letter-title", TITLE)
    assert await patient.person.violations() == []
    await patient.own_words(RENEWAL)
    await patient.to_talk()


async def test_a_letter_is_promised_its_day_rises_and_becomes_a_chat(
    sweden: Demo, patient: Patient, nurse: Nurse
) -> None:
    page, words = patient.page, patient.words
    await nurse.sign_in(sweden.url, "Sara Lind")
    await patient.open(sweden.url)
    await page.get_by_role("button", name=words("patient", "signin_first")).click()
    await page.click('[data-person="patient:astrid"]')
    await write(patient)
    card = page.locator(".letter-card")
    await expect(card).to_contain_text(TITLE)
    await expect(card.locator(".letter-by")).to_be_visible()
    assert await patient.person.violations() == []
    await card.get_by_role("button", name=words("letter", "to_start")).click()
    own = page.locator("[data-own-letter]")
    await expect(own).to_contain_text(TITLE)
    assert await patient.person.violations() == []
    await page.reload()
    await own.click()

    await expect(nurse.page.get_by_label(nurse.words("letter", "which"))).to_be_visible()
    await nurse.press(".")
    which = nurse.page.get_by_label(nurse.words("letter", "which"))
    await which.select_option("only")
    row = nurse.rows("waiting")
    await expect(row).to_have_count(1)
    await expect(row).to_contain_text(TITLE)
    await expect(row).to_have_attribute("data-level", "routine")
    assert await nurse.person.violations() == []
    await patient.say(WORSE)
    await expect(row).to_have_attribute("data-level", "immediate")
    await patient.past_emergency()
    await expect(card.locator(".letter-by")).to_have_count(0)
    await row.click()
    await expect(nurse.log).to_contain_text(TITLE)
    await nurse.press("e")
    await nurse.is_mine()
    await nurse.page.get_by_role("button", name=nurse.words("letter", "turn")).click()
    await expect(nurse.page.get_by_role("button", name=nurse.words("letter", "turn"))).to_have_count(0)
    await expect(nurse.log).to_contain_text(TITLE)
    await expect(patient.log).to_contain_text(words("letter", "log_turned_chat"))
    await expect(card).to_have_attribute("data-turned", "true")
