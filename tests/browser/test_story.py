"""The whole story: from a patient's phone to a clinician on video and a closed contact, in Sweden and in Norway."""

from playwright.async_api import expect

from tests.browser.demo import Demo
from tests.browser.media import flows
from tests.browser.nurse import Nurse
from tests.browser.patient import Patient

CHEST = "Jag har tryckande smärta i bröstet och det strålar ut i vänster arm"
CHEST_NB = "Jeg har trykkende smerter i brystet og det stråler ut i venstre arm"
ADVICE = "Ring 112 / 113"


async def test_from_chest_pain_to_a_closed_contact(sweden: Demo, patient: Patient, nurse: Nurse) -> None:
    await _story(sweden, patient, nurse, people=("astrid", "Sara Lind"), text=CHEST)
    await expect(patient.page.locator("[data-call=emergency]").first).to_have_attribute("href", "tel:112")


async def test_the_same_in_norway(norway: Demo, norwegians: tuple[Patient, Nurse]) -> None:
    patient, nurse = norwegians
    await _story(norway, patient, nurse, people=("ingrid", "Kari Vik"), text=CHEST_NB)
    await expect(patient.page.locator("[data-call=emergency]").first).to_have_attribute("href", "tel:113")


async def _story(demo: Demo, patient: Patient, nurse: Nurse, *, people: tuple[str, str], text: str) -> None:
    await nurse.sign_in(demo.url, people[1])
    await patient.open(demo.url)
    await patient.write(text, who=people[0])
    await _is_on_top(nurse)
    await _both_chat(patient, nurse)
    await _both_meet(patient, nurse)
    await nurse.close("called_112_113", ADVICE)
    await _transcript_is_whole(patient, nurse, text)


async def _is_on_top(nurse: Nurse) -> None:
    """The first row is immediate and quotes the words; opened, the rule says why."""
    top = nurse.rows("waiting").first
    await expect(top).to_have_attribute("data-level", "immediate")
    await expect(top).to_contain_text("”")
    await expect(nurse.page.get_by_role("alert").filter(has_text=nurse.words("staff", "alarm"))).to_be_visible()
    await nurse.page.get_by_role("button", name=nurse.words("staff", "claim_next")).click()
    await nurse.is_mine()
    await expect(nurse.rows("mine").first).to_have_attribute("data-level", "immediate")
    await expect(nurse.page.locator(".staff-reasons code").first).to_have_text("RF030")
    await expect(nurse.log.locator("mark").first).to_be_visible()


async def _both_chat(patient: Patient, nurse: Nurse) -> None:
    await patient.to_talk()
    await patient.past_emergency()
    await expect(patient.page.locator("body")).not_to_contain_text("{")  # every number and name is filled in
    await nurse.reply("Hej, jag är här. 👋")
    await expect(patient.log).to_contain_text("Hej, jag är här. 👋")
    await patient.say("Det gör ont i armen också")
    await expect(nurse.log).to_contain_text("Det gör ont i armen också")


async def _both_meet(patient: Patient, nurse: Nurse) -> None:
    """Nobody is seen before they are let in; then both see moving pictures and hear sound."""
    await nurse.start_visit()
    await patient.join()
    await expect(patient.page.get_by_test_id("remote-video")).to_have_count(0)
    await nurse.admit()
    for page in (patient.page, nurse.page):
        first, now = await flows(page)
        assert now.frames > first.frames
        assert now.sound_packets > first.sound_packets
    await nurse.end_visit()
    await patient.page.get_by_role("button", name=patient.words("visit", "close")).click()


async def _transcript_is_whole(patient: Patient, nurse: Nurse, text: str) -> None:
    """Both sides can read everything from the first words to the advice, also after a reload."""
    for log in (patient.log, nurse.log):
        for words in (text, "Hej, jag är här. 👋", "Det gör ont i armen också"):
            await expect(log).to_contain_text(words)
    await expect(nurse.log).to_contain_text(ADVICE)
    for kind in ("claimed", "visit_started", "visit_knocked", "visit_admitted", "visit_ended", "closed"):
        await expect(nurse.log.locator(f"[data-kind={kind}]")).to_have_count(1)
    await expect(patient.page.locator("main")).to_contain_text(ADVICE)
    await nurse.page.reload()
    await expect(nurse.log).to_contain_text(text)
    await expect(nurse.log).to_contain_text(ADVICE)
