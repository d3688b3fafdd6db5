"""Who leads a unit at a desk: how it stands, surge mode and a text that patients see, what is to come, and fairness."""

from pathlib import Path

from playwright.async_api import Page, expect

from core.settings import Settings
from core.storage.sql import Database
from tests.browser.browser import DESKTOP, PHONE
from tests.browser.nurse import Nurse
from tests.browser.patient import Patient
from tests.browser.test_call_back import clean, look
from tests.web.client import signed_in
from tests.web.led import with_past
from tests.web.test_benefits import answered
from tests.web.test_duty import stand
from tests.web.test_story import opened
from web.node import Node


async def _shown(lead: Nurse, name: str, folder: Path) -> None:
    await clean(lead.person)
    await look(lead.person, name, folder)
    size = DESKTOP
    await lead.page.set_viewport_size({"width": size["width"], "height": size["height"]})
    await lead.page.emulate_media(color_scheme="light")


async def _steer(lead: Nurse) -> None:
    page, words = lead.page, lead.words
    await page.get_by_label(words("lead", "reason")).fill("Influensa")
    await page.get_by_role("button", name=words("lead", "surge_begin")).click()
    await expect(page.get_by_role("button", name=words("lead", "surge_end"))).to_be_visible()
    await page.get_by_role("textbox", name="svenska").fill("Telefonerna är trasiga.")
    await page.get_by_role("button", name=words("lead", "outage_begin"), exact=True).click()
    await expect(page.get_by_role("alert")).to_have_text(words("lead", "two_languages"))
    await page.get_by_role("textbox", name="engelska").fill("The telephones are out of order.")
    await page.get_by_role("button", name=words("lead", "outage_begin"), exact=True).click()
    await expect(page.get_by_role("button", name=words("lead", "outage_end"))).to_be_visible()


async def _tab(lead: Nurse, name: str) -> Page:
    await lead.page.get_by_role("button", name=lead.words("lead", name), exact=True).click()
    return lead.page


async def _led_to(lead: Nurse, node: Node, folder: Path) -> None:
    """What digital care has led to, in months and in phases."""
    page, words, now_ms = lead.page, lead.words, node.now_ms()
    await node.benefits.put([answered(number, now_ms - number * 86_400_000) for number in range(1, 90)])
    await page.get_by_role("button", name=words("benefits", "tab"), exact=True).click()
    await expect(page.locator(".lead-plot")).to_have_count(15)
    await page.get_by_label(words("benefits", "figure")).select_option("in_time")
    await page.get_by_label(words("benefits", "value_share")).fill("50")
    await page.get_by_label(words("benefits", "source")).fill("Webbkollen 2025")
    await page.get_by_label(words("benefits", "from_month")).fill("2025-01")
    await page.get_by_label(words("benefits", "until_month"), exact=True).fill("2025-12")
    await page.get_by_role("button", name=words("benefits", "set"), exact=True).click()
    await expect(page.locator(".lead-table").last).to_contain_text("Webbkollen 2025")
    await expect(page.locator(".lead-plot").nth(2)).to_contain_text(words("benefits", "is_worse"))
    await _shown(lead, "lead-baseline", folder)
    await page.locator(".lead-behind summary").nth(2).click()
    await _shown(lead, "lead-benefits", folder)
    await page.get_by_label(words("benefits", "show_by")).select_option("seek_care_chat")
    await expect(page.locator(".lead-plot").first).to_contain_text(words("benefits", "state_on"))
    async with page.expect_download() as saved:
        await page.get_by_role("button", name=words("lead", "save_csv")).click()
    assert (await saved.value).suggested_filename == "fyr-benefits-hamnen.csv"


async def test_a_lead_sees_steers_and_looks_ahead(
    url: str, node: Node, nurse: Nurse, patient: Patient, tmp_path: Path
) -> None:
    database = Database(Settings(demo=True, data_dir=tmp_path).sql_url)
    await with_past(database, node.now_ms())
    await database.close()
    async with signed_in(url, "patient:astrid") as astrid, signed_in(url, "staff:sara") as sara:
        await stand(sara, "on")
        await opened(astrid)
        page, words = nurse.page, nurse.words
        await page.goto(f"{url}/staff")
        await page.get_by_role("button", name="Karin Wallin").click()
        await expect(page.get_by_role("heading", level=1)).to_contain_text("Hamnens hälsocentral")
        await expect(page.locator(".lead-nurses")).to_contain_text("Sara Lind")
        await _steer(nurse)
        await _shown(nurse, "lead-now", tmp_path)
        await patient.open(url)
        await patient.to_words(who="nils")
        notice = patient.page.locator("[data-notice-of=unit]")
        await expect(notice).to_contain_text("Telefonerna är trasiga.")
        await expect(notice).to_contain_text("Många söker nu")
        await clean(patient.person)
        await look(patient.person, "notice", tmp_path)
        await patient.page.set_viewport_size({"width": PHONE["width"], "height": PHONE["height"]})
        await _tab(nurse, "tab_ahead")
        await page.get_by_role("button", name=words("lead", "staffing_try")).click()
        await expect(page.locator(".lead-enough")).to_contain_text("räcker", timeout=60_000)
        await page.locator(".lead-behind summary").last.click()
        await _shown(nurse, "lead-ahead", tmp_path)
        await _tab(nurse, "tab_fairness")
        await page.get_by_label(words("lead", "month")).select_option("2026-10")
        await expect(page.locator(".lead-plot")).to_have_count(4)
        async with page.expect_download() as saved:
            await page.get_by_role("button", name=words("lead", "save_csv")).click()
        assert (await saved.value).suggested_filename == "fyr-fairness-2026-10.csv"
        await _shown(nurse, "lead-fairness", tmp_path)
        await _led_to(nurse, node, tmp_path)
