"""The auditor's desk: looks found, one shown, a spot check drawn and judged by keys alone; wide, narrow, dark."""

from playwright.async_api import expect

from tests.browser.browser import DESKTOP, PHONE, Person
from tests.browser.demo import Demo
from tests.browser.nurse import Nurse
from tests.browser.patient import Patient

TOO_WIDE = (
    "[document.documentElement, document.querySelector('.desk-main')].some((one) => one.scrollWidth > innerWidth)"
)
ASTRIDS = "97680314-AS25"


async def _clean(somebody: Person) -> None:
    for size in (PHONE, DESKTOP):
        await somebody.page.set_viewport_size({"width": size["width"], "height": size["height"]})
        for theme in ("light", "dark"):
            await somebody.page.emulate_media(color_scheme=theme)
            assert await somebody.violations() == []
            assert not await somebody.page.evaluate(TOO_WIDE)


async def test_an_auditor_finds_a_look_draws_by_lot_and_judges(sweden: Demo, patient: Patient, nurse: Nurse) -> None:
    await patient.open(sweden.url)
    await patient.write("Jag har ont i halsen och feber", who="astrid")
    await patient.to_talk()
    await nurse.sign_in(sweden.url, "Sara Lind")
    await nurse.press("n")
    await nurse.is_mine()
    page, words = nurse.page, nurse.words
    await page.get_by_role("button", name=words("staff", "sign_out")).click()
    await page.get_by_role("button", name="Alva Rydén").click()
    await expect(page.get_by_role("heading", level=1)).to_have_text(words("audit", "title"))
    await expect(page.locator(".staff-queue")).to_have_count(0)
    await page.get_by_label(words("audit", "number")).fill(ASTRIDS)
    await page.keyboard.press("Enter")
    read = words("audit", "did_contact_follow")
    row = page.locator(".audit-looks .audit-look").filter(has_text="Sara Lind").filter(has_text=read).first
    await expect(page.locator(".audit-looks")).not_to_contain_text("Astrid")
    await _clean(nurse.person)
    await row.get_by_role("button").focus()
    await page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog")
    await expect(dialog).to_contain_text("Astrid Holm")
    await expect(dialog).to_contain_text(words("audit", "purpose_care"))
    await _clean(nurse.person)
    await page.keyboard.press("Escape")
    await page.get_by_role("button", name=words("audit", "tab_checks")).click()
    await _clean(nurse.person)
    await page.get_by_role("button", name=words("audit", "draw_do"), exact=True).click()
    items = page.locator(".audit-work > li")
    await expect(items.first).to_contain_text("Sara Lind")
    await _judge(nurse)
    await _clean(nurse.person)


async def _judge(nurse: Nurse) -> None:
    """The first item, by keys alone: a reason is asked for; what was judged is in the shares and in the list."""
    page, words = nurse.page, nurse.words
    first = page.locator(".audit-work > li").first
    await first.get_by_label(words("audit", "verdict_in_order"), exact=True).focus()
    await page.keyboard.press("ArrowDown")
    await expect(first.get_by_text(words("audit", "reason_needed"))).to_be_visible()
    await expect(first.get_by_role("button", name=words("audit", "judge_do"))).to_be_disabled()
    await page.keyboard.press("Tab")
    await page.keyboard.type("Hade inte kontakten.")
    await page.keyboard.press("Tab")
    await page.keyboard.press("Enter")
    await expect(first).to_have_attribute("data-verdict", "not_in_order")
    await expect(first).to_contain_text("Hade inte kontakten.")
    await page.get_by_role("button", name=words("audit", "redraw")).click()
    told = await page.locator(".audit-work > li").count()
    redrawn = words("audit", "redrawn").replace("{same}", str(told)).replace("{items}", str(told))
    await expect(page.get_by_text(redrawn)).to_be_visible()
    await page.get_by_role("button", name=words("audit", "back")).click()
    await expect(page.locator(".audit-looks")).to_contain_text(words("audit", "check_wrong", n="1"))
