"""The desk of a lead who cares for nobody: responsibility shared from the unit's board, and nothing read by it."""

from datetime import UTC, datetime, timedelta

from playwright.async_api import expect

from tests.browser.browser import DESKTOP, PHONE, Person
from tests.browser.demo import Demo
from tests.browser.nurse import Nurse
from tests.web.client import signed_in
from tests.web.test_story import opened

THROAT = "Jag har ont i halsen sedan fyra dagar"


async def _clean(somebody: Person) -> None:
    for size in (PHONE, DESKTOP):
        await somebody.page.set_viewport_size({"width": size["width"], "height": size["height"]})
        for theme in ("light", "dark"):
            await somebody.page.emulate_media(color_scheme=theme)
            assert await somebody.violations() == []
            assert not await somebody.page.evaluate("document.querySelector('.desk-main').scrollWidth > innerWidth")


async def test_a_lead_shares_from_the_board_and_reads_nothing(sweden: Demo, nurse: Nurse) -> None:
    page, words = nurse.page, nurse.words
    async with signed_in(sweden.url, "patient:astrid") as astrid:
        contact_id = await opened(astrid, THROAT)
    await page.goto(f"{sweden.url}/staff")
    await page.get_by_role("button", name="Karin Wallin").click()
    await page.get_by_role("button", name=words("desk", "sharing"), exact=True).click()
    await expect(page.get_by_role("heading", level=1)).to_have_text(words("sharing", "title"))
    row = page.locator(f'[data-contact="{contact_id}"]')
    await expect(row).to_contain_text("58 år")
    assert THROAT not in await page.content()
    await _clean(nurse.person)
    await row.get_by_role("button").focus()
    await page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog")
    await dialog.locator("select").select_option(label="Strandkliniken, Strandkliniken AB")
    await dialog.locator("input[type=date]").fill(str((datetime.now(UTC) + timedelta(days=9)).date()))
    await dialog.locator("textarea").fill("Vårdas av båda.")
    await _clean(nurse.person)
    await page.keyboard.press("Tab")
    await page.keyboard.press("Enter")
    await expect(dialog).to_have_count(0)
    async with signed_in(sweden.url, "staff:petra") as petra:
        behind = (await petra.call("access:list"))["contacts"]
        assert [(one["contact_id"], one["basis"]) for one in behind] == [(contact_id, "shared")]
    await row.get_by_role("button").click()
    await page.get_by_role("button", name=words("door", "share_end_with", unit="Strandkliniken")).click()
    await expect(dialog.locator(".door-agreements")).to_have_count(0)
