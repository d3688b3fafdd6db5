"""Colleagues write to each other out of the patient's sight; each side sees that the other has read."""

import re

from playwright.async_api import Browser, expect

from tests.browser.browser import DESKTOP, person
from tests.browser.demo import Demo
from tests.browser.nurse import Nurse
from tests.browser.patient import Patient
from tests.browser.test_story import CHEST
from tests.browser.test_templates import hold
from tests.browser.words import Words

NOTE = "Ringde förra veckan om samma sak"
QUESTION = "Kan du titta på den här?"
ANSWER = "Ja, ta ett EKG först"


async def _write(nurse: Nurse, text: str, *, to: str = "") -> None:
    """By keys: the internal dialog, a note or a question to somebody."""
    await nurse.press("i")
    dialog = nurse.page.get_by_role("dialog")
    if to:
        await dialog.get_by_label(nurse.words("talk", "question"), exact=True).check()
        await dialog.locator("select").select_option(to)
    await dialog.locator("textarea").fill(text)
    assert await nurse.person.violations() == []
    await dialog.locator("button[type=submit]").click()
    await expect(dialog).to_have_count(0)


async def test_notes_and_questions_never_reach_the_patient(
    sweden: Demo, browser: Browser, patient: Patient, nurse: Nurse
) -> None:
    frames: list[str] = []
    patient.page.on("websocket", lambda line: line.on("framereceived", lambda frame: frames.append(str(frame))))
    await hold(sweden, patient, nurse, people=("astrid", "Sara Lind"), text=CHEST)
    await _write(nurse, NOTE)
    await _write(nurse, QUESTION, to="staff:jonas")
    await expect(nurse.log).to_contain_text(NOTE)
    await expect(nurse.page.locator(".talk-open")).to_contain_text("Jonas Ek")
    async with person(browser, "sv", size=DESKTOP) as another:
        colleague = Nurse(another, Words("sv"))
        await colleague.sign_in(sweden.url, "Jonas Ek")
        row = colleague.rows("others").first
        await expect(row).to_contain_text(colleague.words("talk", "flag"))
        await row.click()
        await expect(colleague.log).to_contain_text(QUESTION)
        await colleague.page.locator(".talk-open").get_by_role("button").click()
        await colleague.page.get_by_role("dialog").locator("textarea").fill(ANSWER)
        await colleague.page.get_by_role("dialog").locator("button[type=submit]").click()
        await expect(colleague.page.locator(".talk-open")).to_have_count(0)
    await expect(nurse.log).to_contain_text(ANSWER)
    await expect(nurse.page.locator(".talk-open")).to_have_count(0)
    await nurse.reply("Vi har tittat på det nu.")  # what a colleague wrote has been seen: nothing holds this back
    await expect(patient.log).to_contain_text("Vi har tittat på det nu.")
    told = await patient.page.content() + "".join(frames)
    assert "Vi har tittat" in told
    for hidden in (NOTE, QUESTION, ANSWER, "colleague_asked", "colleague_answered", "noted"):
        assert hidden not in told


async def test_each_side_sees_that_the_other_has_read_and_writes(sweden: Demo, patient: Patient, nurse: Nurse) -> None:
    await hold(sweden, patient, nurse, people=("astrid", "Sara Lind"), text=CHEST)
    await expect(nurse.page.locator(".talk-others")).to_contain_text("Astrid Holm")
    await nurse.reply("Hur länge har det gjort ont?")
    await expect(nurse.page.locator(".talk-mark")).to_have_text(re.compile(r"^Läst \d\d[.:]\d\d$"))
    await patient.say("Sedan i morse")
    await expect(patient.page.locator(".receipt")).to_have_text(re.compile(r"^Läst \d\d[.:]\d\d$"))
    await patient.page.locator("#message").press_sequentially("Och nu")
    await expect(nurse.page.locator(".talk-others")).to_contain_text("skriver")


async def test_a_patients_addendum_stands_beside_what_it_corrects(sweden: Demo, patient: Patient, nurse: Nurse) -> None:
    await hold(sweden, patient, nurse, people=("astrid", "Sara Lind"), text=CHEST)
    await patient.say("Det började i går")
    await expect(nurse.log).to_contain_text("Det började i går")
    await expect(patient.page.locator("[data-unsent]")).to_have_count(0)
    await patient.page.get_by_role("button", name=patient.words("patient", "amend")).last.click()
    await patient.say("Nej, i morse")
    addendum = nurse.log.locator(".staff-said", has_text="Nej, i morse")
    await expect(addendum).to_contain_text("Det började i går")
    await expect(nurse.log.locator(".staff-said", has_text="Det började i går").first).to_be_visible()
