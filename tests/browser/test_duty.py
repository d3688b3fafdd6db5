"""Nobody on duty is said before anyone writes; a nurse who goes on duty is seen by patient and colleagues."""

import re

from playwright.async_api import expect

from tests.browser.demo import Demo
from tests.browser.nurse import Nurse
from tests.browser.patient import Patient

SORE = "Jag har ont i halsen sedan fyra dagar och feber, ingen hosta. Svårt att äta."


async def test_a_patient_is_told_that_nobody_is_there_and_when_somebody_is(
    sweden: Demo, patient: Patient, nurse: Nurse
) -> None:
    await nurse.sign_in(sweden.url, "Sara Lind")
    lines = nurse.page.locator(".duty-line")
    await expect(lines.first).to_have_attribute("data-manned", "false")
    await patient.open(sweden.url)
    await patient.to_words(who="nils")
    box = patient.page.locator(".nobody")
    await expect(box).to_contain_text("Hamnens hälsocentral")
    await expect(box.locator("a[data-call=emergency]")).to_have_attribute("href", "tel:112")
    assert await patient.person.violations() == []
    await nurse.on_duty()
    assert await nurse.person.violations() == []
    await patient.own_words(SORE)
    await patient.to_talk()
    await expect(patient.page.locator("[data-wait=unknown]")).to_be_visible()
    await expect(box).to_have_count(0)
    await nurse.press(".", "s")
    await nurse.page.keyboard.type("inget sådant")
    await expect(nurse.rows("waiting")).to_have_count(0)
    await nurse.press("Escape")
    await expect(nurse.rows("waiting")).to_have_count(1)
    await nurse.press("j", "w")
    dialog = nurse.page.get_by_role("dialog")
    await expect(dialog.get_by_test_id("why").locator("li").first).to_contain_text("näst på tur")
    assert await nurse.person.violations() == []
    await nurse.press("Escape", "?")
    await expect(dialog.locator(".staff-keys")).to_contain_text(nurse.words("staff", "key_why"))
    await nurse.page.emulate_media(media="print")
    await expect(dialog.locator(".staff-keys")).to_be_visible()
    await expect(nurse.page.locator(".staff-queue")).to_be_hidden()
    await nurse.page.emulate_media(media="screen")
    await nurse.press("Escape")
    await nurse.page.locator(".duty-choice select").select_option("paused")
    await expect(lines.first).to_have_attribute("data-manned", "false")
    await expect(box).to_contain_text(re.compile("Ingen är i tjänst"))
    assert await patient.person.violations() == []
