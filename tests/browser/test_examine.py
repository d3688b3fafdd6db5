"""What a visit is for: a photo at full resolution with the patient's yes, and numbers either side has measured."""

from playwright.async_api import Page, expect

from tests.browser.demo import Demo
from tests.browser.media import flows
from tests.browser.nurse import Nurse
from tests.browser.patient import Patient
from tests.browser.test_room import by_key
from tests.browser.test_visit import meet

FULL = 1280
"""Pixels across that the fake camera gives."""
SIZE_OF = """async () => {
  const shown = document.querySelector('.photo-question img');
  await shown.decode();
  return shown.naturalWidth;
}"""


async def types(page: Page, label: str, value: str) -> None:
    """Into one field of what was measured, by its name."""
    await page.locator(".vitals-field", has_text=label).get_by_role("textbox").fill(value)


async def measures(patient: Patient, nurse: Nurse) -> None:
    """The patient types what their device shows; the nurse sees it beside the visit, and adds the breaths."""
    words = patient.words
    await by_key(patient.page, words("vitals", "title"))
    await types(patient.page, words("vitals", "temp"), "385")
    await by_key(patient.page, words("vitals", "send"))
    odd = words("vitals", "odd").replace("{what}", words("vitals", "temp"))
    await expect(patient.page.get_by_role("alert").last).to_have_text(odd)
    await types(patient.page, words("vitals", "temp"), "38,5")
    await types(patient.page, words("vitals", "spo2"), "96")
    await types(patient.page, words("vitals", "sbp"), "134")
    await types(patient.page, words("vitals", "dbp"), "82")
    assert await patient.person.violations() == []
    await by_key(patient.page, words("vitals", "send"))
    told = f"{words('vitals', 'temp')} 38,5 °C"
    await expect(patient.page.locator(".vitals-list")).to_contain_text(told)
    await expect(nurse.page.locator(".staff-facts")).to_contain_text(f"{words('vitals', 'pressure')} 134/82 mmHg")
    await by_key(nurse.page, words("photo", "examine"))
    await types(nurse.page, words("vitals", "rr"), "18")
    assert await nurse.person.violations() == []
    await by_key(nurse.page, words("vitals", "send"))
    await expect(patient.page.locator(".vitals-list")).to_contain_text(f"{words('vitals', 'rr')} 18 /min")


async def photographs(patient: Patient, nurse: Nurse) -> None:
    """Once no, then yes: it comes into the conversation as every file, also where the line broke meanwhile."""
    words = patient.words
    ask = words("photo", "ask_of").replace("{name}", "Astrid Holm")
    await by_key(nurse.page, ask)
    await by_key(patient.page, words("photo", "no"))
    await expect(nurse.page.locator(".photo-ask")).to_contain_text(words("photo", "said_no").replace("{name} ", ""))
    await by_key(nurse.page, ask)
    await by_key(patient.page, words("photo", "take"))
    await expect(patient.page.locator(".photo-question img")).to_be_visible()
    assert await patient.page.evaluate(SIZE_OF) >= FULL
    assert await patient.person.violations() == []
    await patient.page.route("**/api/attachments", lambda route: route.abort())  # the road is closed for a while
    await by_key(patient.page, words("photo", "send"))
    await expect(patient.page.locator(".photo-underway")).to_have_text(words("photo", "sending"))
    await patient.page.unroute("**/api/attachments")
    await expect(patient.page.locator(".photo-underway")).to_have_text(words("photo", "sent"))
    picture = nurse.page.locator(".note-files img")
    await expect(picture).to_have_js_property("complete", True)
    await expect(nurse.log).to_contain_text(words("photo", "event_yes").replace("{name}", "Astrid Holm"))


async def test_measured_and_photographed_in_the_visit(sweden: Demo, patient: Patient, nurse: Nurse) -> None:
    await meet(sweden, patient, nurse)
    await flows(patient.page)
    await measures(patient, nurse)
    await photographs(patient, nurse)
