"""A form on a phone: a nurse sends it, it is filled in one question a screen, also after a reload, and read."""

from pathlib import Path

from playwright.async_api import expect

from tests.browser.demo import Demo
from tests.browser.nurse import Nurse
from tests.browser.patient import Patient
from tests.browser.test_talk import _talking


async def test_a_form_is_sent_answered_on_a_phone_and_read_with_its_questions(
    sweden: Demo, patient: Patient, nurse: Nurse, tmp_path: Path
) -> None:
    await _talking(sweden, patient, nurse)
    await nurse.press("n")
    await nurse.is_mine()
    send = nurse.words("form", "staff_send")
    await nurse.page.get_by_role("button", name=send).click()
    dialog = nurse.page.get_by_role("dialog")
    await dialog.get_by_label("Inför ditt besök").check()
    await nurse.page.screenshot(path=tmp_path / "staff_send.png")
    await dialog.get_by_role("button", name=send).click()
    await expect(dialog).to_have_count(0)

    page, words = patient.page, patient.words
    await page.get_by_role("button", name=words("form", "begin", title="Inför ditt besök")).click()
    screen = page.locator("[data-screen=form]")
    forward = page.locator(".page-action .ds-button")
    await forward.click()
    await forward.click()
    await expect(screen.get_by_role("alert")).to_have_text(words("form", "fault_required"))
    await page.screenshot(path=tmp_path / "phone_fault.png")
    await page.get_by_role("textbox").fill("Min rygg")
    await forward.click()
    await expect(page.locator(".form-saved")).to_have_text(words("form", "saved"))
    await page.get_by_label("Sämre").check()
    await page.screenshot(path=tmp_path / "phone_choice.png")
    await forward.click()
    await expect(page.get_by_role("heading", name="Vad är det som har blivit sämre?")).to_be_focused()
    await expect(page.locator(".form-saved")).to_have_text(words("form", "saved"))
    await page.reload()
    await page.get_by_role("button", name=words("form", "go_on", title="Inför ditt besök")).click()
    await expect(page.get_by_role("heading", name="Vad är det som har blivit sämre?")).to_be_visible()
    await forward.click()
    while await page.locator("[data-screen=form-review]").count() == 0:
        no = screen.get_by_label("Nej", exact=True)
        heading = await page.get_by_role("heading").inner_text()
        if await no.count():
            await no.check()
        await forward.click()
        await expect(page.get_by_role("heading")).not_to_have_text(heading)
    await expect(page.locator(".form-review")).to_contain_text("Min rygg")
    await page.screenshot(path=tmp_path / "phone_review.png", full_page=True)
    await forward.click()
    await expect(patient.log).to_contain_text(words("form", "log_answered", title="Inför ditt besök"))

    answers = nurse.log.locator(".form-answers")
    await expect(answers).to_contain_text("Vad är det viktigaste du vill ha hjälp med?")
    await expect(answers).to_contain_text("Min rygg")
    await nurse.page.screenshot(path=tmp_path / "staff_answers.png")
    assert await patient.person.violations() == []
    assert await nurse.person.violations() == []
