"""The nurse's whole work by keys alone."""

from playwright.async_api import expect

from tests.browser.demo import Demo
from tests.browser.media import flows
from tests.browser.nurse import Nurse
from tests.browser.patient import Patient
from tests.browser.test_story import ADVICE, CHEST


async def test_claim_reply_urgency_video_and_close(sweden: Demo, patient: Patient, nurse: Nurse) -> None:
    await nurse.sign_in(sweden.url, "Sara Lind")
    await patient.open(sweden.url)
    await patient.write(CHEST, who="astrid")
    await patient.to_talk()
    await expect(nurse.rows("waiting")).to_have_count(1)
    await nurse.press("j", "Enter")
    await expect(nurse.log).to_contain_text(CHEST)
    await nurse.press("n")
    await nurse.is_mine()
    await nurse.reply("Hej, jag är här.")
    await patient.past_emergency()
    await _set_urgency(nurse)
    await nurse.press("v")
    await expect(nurse.page.locator(".visit")).to_have_attribute("data-place", "in")
    await patient.join()
    await expect(nurse.page.get_by_role("button", name=nurse.words("visit", "let_in"))).to_be_visible()
    await nurse.press("a")
    await flows(nurse.page)
    await _end_visit(nurse)
    await _close(nurse)
    await expect(patient.page.locator("main")).to_contain_text(ADVICE)


async def _set_urgency(nurse: Nurse) -> None:
    """One level down, with a reason: the radio buttons have the focus when the dialog opens."""
    await nurse.press("u")
    await expect(nurse.page.get_by_role("radio").first).to_be_focused()
    await nurse.press("ArrowDown", "Tab")
    await nurse.page.keyboard.type("Ambulans är på väg")
    await nurse.press("Tab", "Enter")
    await expect(nurse.page.get_by_role("dialog")).to_have_count(0)
    await expect(nurse.log.locator("[data-kind=urgency_set]")).to_contain_text("Ambulans är på väg")
    await expect(nurse.rows("mine").first).to_have_attribute("data-level", "very_urgent")


async def _end_visit(nurse: Nurse) -> None:
    """Tab to the last button of the bar; it asks once."""
    end = nurse.page.get_by_role("button", name=nurse.words("visit", "end"))
    await _tab_to(nurse, end_focused="visit-button", text=nurse.words("visit", "end"))
    await nurse.press("Enter")
    await expect(end).to_have_count(0)
    await _tab_to(nurse, end_focused="visit-button", text=nurse.words("visit", "end_really"))
    await nurse.press("Enter")
    await _tab_to(nurse, end_focused="ds-button", text=nurse.words("visit", "close"))
    await nurse.press("Enter")


async def _tab_to(nurse: Nurse, *, end_focused: str, text: str) -> None:
    """Press Tab until the button with this class and text has the focus; it must come within one round."""
    for _ in range(60):
        focused = await nurse.page.evaluate("[document.activeElement.className, document.activeElement.textContent]")
        if end_focused in focused[0] and text in focused[1]:
            return
        await nurse.press("Tab")
    raise AssertionError(f"no way to {text!r} by the Tab key")


async def _close(nurse: Nurse) -> None:
    await nurse.press("c")
    await expect(nurse.page.get_by_role("dialog").locator("[name=reason]")).to_be_focused()
    await nurse.page.keyboard.type("112")
    await nurse.press("Tab", "Tab", "Control+a")
    await nurse.page.keyboard.type(ADVICE)
    await nurse.press("Tab", "ArrowDown")
    await expect(nurse.page.locator("[name=understood][value=said]")).to_be_checked()
    await nurse.press("Tab", "Enter")
    await expect(nurse.page.get_by_role("dialog")).to_have_count(0)
    await expect(nurse.rows("done")).to_have_count(1)


async def test_letters_are_letters_while_one_writes_and_can_be_turned_off(sweden: Demo, nurse: Nurse) -> None:
    await nurse.sign_in(sweden.url, "Sara Lind")
    dialog = nurse.page.get_by_role("dialog")
    await nurse.press("?")
    await expect(dialog).to_be_visible()
    await dialog.get_by_role("checkbox").uncheck()
    await nurse.press("Escape")
    await expect(dialog).to_have_count(0)
    await nurse.press("?")
    await expect(dialog).to_have_count(0)
