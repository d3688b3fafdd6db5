"""A contact is handed over by keys; the colleague reads SBAR before they answer, and the patient is told who it is."""

from playwright.async_api import Browser, expect

from tests.browser.browser import DESKTOP, person
from tests.browser.demo import Demo
from tests.browser.nurse import Nurse
from tests.browser.patient import Patient
from tests.browser.test_story import CHEST
from tests.browser.test_templates import hold
from tests.browser.words import Words

ADVICE = "EKG och prover i dag"


async def test_a_contact_is_offered_accepted_and_asked_back(
    sweden: Demo, browser: Browser, patient: Patient, nurse: Nurse
) -> None:
    await hold(sweden, patient, nurse, people=("astrid", "Sara Lind"), text=CHEST)
    async with person(browser, "sv", size=DESKTOP) as another:
        jonas = Nurse(another, Words("sv"))
        await jonas.sign_in(sweden.url, "Jonas Ek")
        await nurse.press("h")
        dialog = nurse.page.get_by_role("dialog")
        fields = dialog.locator("textarea")
        drafted = f"Gäller den som skriver: 58 år, kvinna. Patienten skriver: ”{CHEST}”"
        await expect(fields.first).to_have_value(drafted)
        await dialog.locator("select").select_option("staff:jonas")
        for field in await fields.all():
            if not await field.input_value():
                await field.fill(ADVICE)
        assert await nurse.person.violations() == []
        await nurse.page.keyboard.press("Tab")
        await dialog.locator("button[type=submit]").press("Enter")
        await expect(dialog).to_have_count(0)
        await expect(nurse.page.locator(".handover-standing")).to_contain_text("Jonas Ek")
        offer = jonas.page.get_by_test_id("offers")
        await expect(offer).to_contain_text(ADVICE)
        assert await jonas.person.violations() == []
        await offer.get_by_role("button", name=jonas.words("handover", "accept")).click()
        await jonas.is_mine()
        await expect(patient.log).to_contain_text("Jonas Ek har tagit över")
        await expect(nurse.page.locator("#staff-reply")).to_have_count(0)
        await nurse.press("h")
        await nurse.page.keyboard.type("Jag är tillbaka")
        await nurse.page.get_by_role("dialog").locator("button[type=submit]").click()
        asks = jonas.page.locator(".handover-standing")
        await expect(asks).to_contain_text("Sara Lind")
        await asks.get_by_role("button", name=jonas.words("handover", "give")).click()
        await nurse.is_mine()
    assert ADVICE not in await patient.page.content()
