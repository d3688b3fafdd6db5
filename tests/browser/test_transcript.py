"""A closed contact stays readable, and both sides may take it with them as a paper."""

from pathlib import Path

import pypdfium2
from playwright.async_api import Locator, Page, expect

from tests.browser.demo import Demo
from tests.browser.nurse import Nurse
from tests.browser.patient import Patient

STORY = "Jag har ont i halsen och feber sedan i går"
ADVICE = "Drick mycket och vila"


async def _taken(page: Page, button: Locator, path: Path) -> str:
    """The text of the PDF that a press on the button saves."""
    async with page.expect_download() as download:
        await button.click()
    await (await download.value).save_as(path)
    document = pypdfium2.PdfDocument(path)
    text = " ".join(sheet.get_textpage().get_text_range() for sheet in document)
    document.close()
    return " ".join(text.split())


async def test_both_sides_read_it_afterwards_and_take_it_out(
    sweden: Demo, tmp_path: Path, patient: Patient, nurse: Nurse
) -> None:
    await nurse.sign_in(sweden.url, "Sara Lind")
    await patient.open(sweden.url)
    await patient.write(STORY, who="nils")
    await patient.to_talk()
    await nurse.press(".", "n")
    await nurse.is_mine()
    await nurse.reply("Hej, jag är här.")
    await nurse.close("self_care_advice", ADVICE)
    save = patient.page.get_by_role("button", name=patient.words("patient", "transcript_save"))
    await expect(save).to_be_visible()
    await patient.page.reload()
    await expect(patient.log).to_contain_text(STORY)
    theirs = await _taken(patient.page, save, tmp_path / "patient.pdf")
    for words in (STORY, "Hej, jag är här.", "Sara Lind, sjuksköterska", ADVICE):
        assert words in theirs
    await nurse.page.get_by_role("button", name=nurse.words("staff", "transcript")).click()
    dialog = nurse.page.get_by_role("dialog")
    assert await nurse.person.violations() == []
    await dialog.get_by_role("checkbox").check()
    take = dialog.get_by_role("button", name=nurse.words("staff", "transcript_take"))
    assert "Innehåller interna anteckningar" in await _taken(nurse.page, take, tmp_path / "nurse.pdf")
    await expect(dialog).to_have_count(0)
