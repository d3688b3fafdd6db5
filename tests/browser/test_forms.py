"""A form on a phone: a nurse sends it, it is filled in one question a screen, also after a reload, and read."""

from playwright.async_api import expect

from tests.browser.demo import Demo
from tests.browser.nurse import Nurse
from tests.browser.patient import Patient
from tests.browser.test_talk import _talking

TITLE = "Inför ditt besök"
SECOND = "Vad är det som har blivit sämre?"


async def send(nurse: Nurse) -> None:
    """The nurse sends the form, from the list of what is done more seldom."""
    name = nurse.words("form", "staff_send")
    await nurse.page.get_by_role("button", name=nurse.words("staff", "more")).click()
    assert await nurse.person.violations() == []
    await nurse.page.get_by_role("button", name=name).click()
    dialog = nurse.page.get_by_role("dialog")
    await dialog.get_by_label(TITLE).check()
    await dialog.get_by_role("button", name=name).click()
    await expect(dialog).to_have_count(0)


async def begin(patient: Patient) -> None:
    """The patient leaves out what is required and is told, answers two questions, and goes on after a reload."""
    page, words = patient.page, patient.words
    forward, saved = page.locator(".page-action .ds-button"), page.locator(".form-saved")
    await page.get_by_role("button", name=words("form", "begin", title=TITLE)).click()
    await forward.click()
    await forward.click()
    await expect(page.locator("[data-screen=form]").get_by_role("alert")).to_have_text(words("form", "fault_required"))
    await page.get_by_role("textbox").fill("Min rygg")
    await forward.click()
    await expect(saved).to_have_text(words("form", "saved"))
    await page.get_by_label("Sämre").check()
    await forward.click()
    await expect(page.get_by_role("heading", name=SECOND)).to_be_focused()
    await expect(saved).to_have_text(words("form", "saved"))
    await page.reload()
    await page.get_by_role("button", name=words("form", "go_on", title=TITLE)).click()
    await expect(page.get_by_role("heading", name=SECOND)).to_be_visible()


async def finish(patient: Patient) -> None:
    """The patient says no to the rest, reads it all through and sends it."""
    page = patient.page
    forward, heading = page.locator(".page-action .ds-button"), page.get_by_role("heading")
    while await page.locator("[data-screen=form-review]").count() == 0:
        no, asked = page.locator("[data-screen=form]").get_by_label("Nej", exact=True), await heading.inner_text()
        if await no.count():
            await no.check()
        await forward.click()
        await expect(heading).not_to_have_text(asked)
    await expect(page.locator(".form-review")).to_contain_text("Min rygg")
    assert await patient.person.violations() == []
    await forward.click()
    await expect(patient.log).to_contain_text(patient.words("form", "log_answered", title=TITLE))


async def test_a_form_is_sent_answered_on_a_phone_and_read_with_its_questions(
    sweden: Demo, patient: Patient, nurse: Nurse
) -> None:
    await _talking(sweden, patient, nurse)
    await nurse.press("n")
    await nurse.is_mine()
    await send(nurse)
    await begin(patient)
    assert await patient.person.violations() == []
    await finish(patient)
    answers = nurse.log.locator(".form-answers")
    await expect(answers).to_contain_text("Vad är det viktigaste du vill ha hjälp med?")
    await expect(answers).to_contain_text("Min rygg")
    assert await nurse.person.violations() == []
