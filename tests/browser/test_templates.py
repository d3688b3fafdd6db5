"""Reply templates at the workplace, by keys: found by a slash, put in filled, kept as one's own."""

import re

from playwright.async_api import Locator, expect

from tests.browser.demo import Demo
from tests.browser.nurse import Nurse
from tests.browser.patient import Patient
from tests.browser.test_story import CHEST, CHEST_NB

GREETING = "Hej Astrid Holm! Jag heter Sara Lind och arbetar på Hamnens hälsocentral."


async def hold(demo: Demo, patient: Patient, nurse: Nurse, *, people: tuple[str, str], text: str) -> Locator:
    """The nurse has taken the patient's contact; where the reply is written."""
    await nurse.sign_in(demo.url, people[1])
    await patient.open(demo.url)
    await patient.write(text, who=people[0])
    await patient.to_talk()
    await patient.past_emergency()
    await expect(nurse.rows("waiting")).to_have_count(1)
    await nurse.press("n")
    await nurse.is_mine()
    return nurse.page.locator("#staff-reply")


async def keep(nurse: Nurse, *, abbreviation: str, title: str, text: str) -> None:
    """Keep a template of one's own, from the list at a slash."""
    await nurse.press("/")
    await nurse.page.get_by_role("button", name=nurse.words("template", "manage")).click()
    dialog = nurse.page.get_by_role("dialog")
    await dialog.get_by_role("button", name=nurse.words("template", "add")).click()
    for field, value in (("abbreviation", abbreviation), ("name", title), ("text", text)):
        await dialog.get_by_label(nurse.words("template", field), exact=True).fill(value)
    await dialog.get_by_role("button", name=nurse.words("template", "save")).click()
    await expect(dialog.locator(".template-row", has_text=title)).to_be_visible()


async def test_a_template_is_found_and_sent_by_keys_alone(sweden: Demo, patient: Patient, nurse: Nurse) -> None:
    reply = await hold(sweden, patient, nurse, people=("astrid", "Sara Lind"), text=CHEST)
    options = nurse.page.locator(".template-option")
    await nurse.press("/")
    await expect(reply).to_be_focused()
    await expect(options).to_have_count(6)
    assert await nurse.person.violations() == []
    await nurse.page.keyboard.type("he")
    await expect(options.first).to_contain_text("/hej")
    await nurse.press("Tab")
    await expect(options).to_have_count(0)
    await expect(reply).to_have_value(re.compile(f"^{re.escape(GREETING)}.* ring 112.$", re.DOTALL))
    await nurse.press("Enter")
    await expect(patient.log).to_contain_text(GREETING)
    await nurse.page.keyboard.type("Ja. /samre ")
    await expect(reply).to_have_value(re.compile("^Ja. Hör av dig samma dag .* Ring 1177 "))
    await nurse.press("Control+a", "Delete", "/", "ArrowDown", "ArrowUp", "ArrowUp")
    await expect(options.last).to_have_attribute("aria-selected", "true")
    await nurse.press("Escape")
    await expect(options).to_have_count(0)
    await expect(reply).to_have_value("/")


async def test_one_keeps_ones_own_and_may_take_a_removal_back(sweden: Demo, patient: Patient, nurse: Nurse) -> None:
    reply = await hold(sweden, patient, nurse, people=("astrid", "Sara Lind"), text=CHEST)
    await keep(nurse, abbreviation="prov", title="Boka prov", text="Ring {phone} och boka prov, {name}.")
    dialog = nurse.page.get_by_role("dialog")
    row = dialog.locator(".template-row", has_text="Boka prov")
    await expect(row).to_contain_text("Sara Lind")
    await expect(dialog.get_by_role("button", name="Ändra Be om en bild")).to_have_count(0)  # the unit's, not a nurse's
    assert await nurse.person.violations() == []
    await dialog.get_by_role("button", name="Ta bort Boka prov").click()
    await expect(row).to_have_count(0)
    await dialog.get_by_role("button", name=nurse.words("template", "undo")).click()
    await expect(row).to_have_count(1)
    await nurse.press("Escape")
    await reply.fill("")
    await nurse.page.keyboard.type("/prov ")
    await expect(reply).to_have_value("Ring 08-465 004 10 och boka prov, Astrid Holm.")


async def test_what_nobody_has_filled_in_is_not_sent(norway: Demo, norwegians: tuple[Patient, Nurse]) -> None:
    patient, nurse = norwegians
    reply = await hold(norway, patient, nurse, people=("ingrid", "Kari Vik"), text=CHEST_NB)
    await keep(nurse, abbreviation="telefon", title="Telefonen vår", text="Ring oss på {phone}.")
    await nurse.press("Escape")
    await reply.fill("")
    await nurse.page.keyboard.type("/telefon ")
    await expect(nurse.page.locator(".staff-behind")).to_contain_text("{phone}")  # this unit has given no number
    await nurse.press("Enter")
    await expect(reply).to_have_value("Ring oss på {phone}.")
    await reply.fill("Ring oss på 116117.")
    await nurse.press("Enter")
    await expect(patient.log).to_contain_text("Ring oss på 116117.")
