"""The test before a visit, in Chromium with fake devices: what is sent comes back, and the unit sees how it went."""

from playwright.async_api import expect

from tests.browser.demo import Demo
from tests.browser.nurse import Nurse
from tests.browser.patient import Patient

THROAT = "Jag har ont i halsen sedan fyra dagar och feber, ingen hosta."
MEASURED_WITHIN_MS = 60_000


async def test_a_patient_tries_beforehand_and_tells_the_unit(sweden: Demo, patient: Patient, nurse: Nurse) -> None:
    words, page = patient.words, patient.page
    await patient.open(sweden.url)
    await patient.write(THROAT, who="astrid")
    await patient.to_talk()
    await page.locator(".test-before summary").press("Enter")
    await page.get_by_role("button", name=words("pretest", "play")).press("Enter")
    await page.get_by_role("button", name=words("pretest", "heard_yes")).press("Enter")
    await page.get_by_role("button", name=words("pretest", "begin")).press("Enter")
    report = page.locator(".pretest-report")
    await expect(report).to_be_visible(timeout=MEASURED_WITHIN_MS)
    assert await report.get_attribute("data-grade") in (
        "good",
        "poor",
    )  # as busy as the machine is
    for name in ("camera", "microphone"):
        line = report.locator("div", has=page.get_by_text(words("pretest", name), exact=False)).first
        await expect(line).to_contain_text(words("pretest", "works"))
    await expect(report).to_contain_text("kbit/s")
    assert await patient.person.violations() == []
    await page.get_by_role("button", name=words("pretest", "tell")).press("Enter")
    await expect(report).to_contain_text(words("pretest", "told"))
    await nurse.sign_in(sweden.url, "Sara Lind")
    await expect(nurse.rows("waiting")).to_have_count(1)
    await nurse.press("n")
    await nurse.is_mine()
    told = nurse.words("pretest", "event_good").partition(":")[0].replace("{who}", "Astrid Holm")
    await expect(nurse.page.get_by_text(told).first).to_be_visible()
    await nurse.start_visit()
    await patient.join()
    of_test = nurse.words("pretest", "of_poor").partition(":")[0]
    await expect(nurse.page.locator(".room-door")).to_contain_text(of_test)
