"""A nurse marks words as read wrongly; a clinician sees them beside a form and says it in words of their own."""

from pathlib import Path

from playwright.async_api import Browser, expect

from tests.browser.browser import DESKTOP, PHONE, person
from tests.browser.nurse import Nurse
from tests.browser.test_call_back import clean, look
from tests.browser.words import Words
from tests.web.client import signed_in
from tests.web.test_story import opened
from triage.review.reviews import rewritten_rows
from web.node import Node

WROTE = "Min granne hade feber i förra veckan och nu är jag hes. Är det farligt?"
OWN = "Sonen var febrig i måndags. Själv är jag bara trött."


async def _mark(nurse: Nurse, folder: Path) -> None:
    """Point at a finding, and say whose it was."""
    await nurse.rows("waiting").first.click()
    await nurse.log.locator("mark", has_text="feber").click()
    dialog = nurse.page.get_by_role("dialog")
    await expect(dialog).to_contain_text("“feber”")
    await dialog.locator("select").select_option("other_person")
    await expect(dialog.locator("input")).to_have_value("feber")
    await clean(nurse.person)
    await look(nurse.person, "mark", folder)
    await dialog.locator("button[type=submit]").click()
    await expect(dialog).to_have_count(0)
    await expect(nurse.log.locator("[data-kind=misread]")).to_contain_text("Sara Lind")


async def _rewrite(clinician: Nurse, folder: Path) -> None:
    words, page = clinician.words, clinician.page
    await page.get_by_role("button", name=words("desk", "review"), exact=True).click()
    await page.get_by_role("button", name=words("review", "show")).click()
    await expect(page.locator(".review-original mark")).to_have_text("feber")
    await page.get_by_label(words("review", "own_words"), exact=True).fill(WROTE)
    await page.get_by_label(words("review", "words")).fill("feber")
    await page.get_by_role("button", name=words("review", "save")).click()
    await expect(page.get_by_role("alert")).to_have_text(words("staff", "error_too_alike"))
    await page.get_by_label(words("review", "own_words"), exact=True).fill(OWN)
    await page.get_by_label(words("review", "words")).fill("febrig")
    await clean(clinician.person)
    await look(clinician.person, "review", folder)
    await page.get_by_role("button", name=words("review", "save")).click()
    await expect(page.locator("main")).to_contain_text(words("review", "none"))


async def test_what_a_nurse_marks_becomes_a_sentence_of_a_clinicians(
    browser: Browser, url: str, node: Node, nurse: Nurse, tmp_path: Path
) -> None:
    async with signed_in(url, "patient:astrid") as astrid:
        contact_id = await opened(astrid, text=WROTE)
        await astrid.kept(contact_id, "understood")
    await nurse.sign_in(url, "Sara Lind")
    await _mark(nurse, tmp_path)
    async with person(browser, "en", size=PHONE) as somebody:
        clinician = Nurse(somebody, Words("en"))
        await clinician.sign_in(url, "Leila Haddad")
        await clinician.page.set_viewport_size({"width": DESKTOP["width"], "height": DESKTOP["height"]})
        await _rewrite(clinician, tmp_path)
        await clinician.page.get_by_role("button", name=clinician.words("review", "done")).click()
        await clinician.page.get_by_role("button", name=clinician.words("review", "to_contact")).click()
        await expect(clinician.log).to_contain_text(WROTE)
    (row,) = [row async for row in rewritten_rows(node.log)]
    assert row.text == OWN
    assert row.spans is not None
    assert [(span.text, span.state) for span in row.spans] == [("febrig", "other_person")]
