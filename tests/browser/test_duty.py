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
    await expect(patient.page.locator("[data-wait=interval]")).to_be_visible()
    await expect(box).to_have_count(0)
    await nurse.page.locator(".duty-choice select").select_option("paused")
    await expect(lines.first).to_have_attribute("data-manned", "false")
    await expect(box).to_contain_text(re.compile("Ingen är i tjänst"))
