"""Who may see, who has read, and what is kept from whom: a guardian, for themselves and for the child."""

from pathlib import Path

from playwright.async_api import expect

from tests.browser.browser import DESKTOP, PHONE, Person
from tests.browser.demo import Demo
from tests.browser.nurse import Nurse
from tests.browser.patient import Patient
from tests.browser.test_call_back import look
from tests.web.client import client_id, signed_in
from tests.web.test_story import opened

ANSWER = "Hej, hur mår ni?"


async def _clean(somebody: Person) -> None:
    for size in (DESKTOP, PHONE, {"width": 320, "height": 640}):
        await somebody.page.set_viewport_size({"width": size["width"], "height": size["height"]})
        for theme in ("light", "dark"):
            await somebody.page.emulate_media(color_scheme=theme)
            assert await somebody.violations() == []
        assert not await somebody.page.evaluate("document.documentElement.scrollWidth > innerWidth")


async def _read_by_sara(url: str) -> None:
    """A contact of Nils, and one of his son Elias; Sara has looked at both and answered in the son's."""
    async with signed_in(url, "patient:nils") as nils, signed_in(url, "staff:sara") as sara:
        own = await opened(nils)
        told = {"subject": "child", "for_person": "elias", "lang": "sv", "text": "Elias har feber"}
        child = (await nils.call("contact:open", client_id=client_id(), **told))["contact_id"]
        for contact_id in (own, child):
            await sara.call("contact:follow", contact_id=contact_id)
        claim = await sara.call("queue:claim", client_id=client_id(), contact_id=child)
        await sara.call(
            "message:post",
            client_id=client_id(),
            contact_id=child,
            text=ANSWER,
            claim_no=claim["claim_no"],
            seen_no=99,
        )


async def test_a_guardian_sees_who_may_and_who_has_and_keeps_only_their_own(sweden: Demo, patient: Patient) -> None:
    await _read_by_sara(sweden.url)
    page, words = patient.page, patient.words
    await patient.open(sweden.url)
    await page.click("[data-subject=self]")
    await page.click("[data-answer=none]")
    await page.click('[data-person="patient:nils"]')
    await page.get_by_role("button", name=words("patient", "who_may_see")).click()
    sight = page.locator("[data-screen=sight]")
    await expect(sight.locator("h1")).to_have_text(words("sight", "title"))
    region = sight.locator("[data-provider=region-fyr]")
    await region.get_by_role("switch").focus()
    await page.keyboard.press("Space")
    await expect(region.get_by_role("switch")).to_be_checked()
    await expect(region).to_contain_text(words("sight", "provider_blocked"))
    await _has_read(patient, words("patient", "looks_read", who="").strip())
    await sight.get_by_role("radio", name="Elias Bergkvist").check()
    await expect(sight.locator("h1")).to_have_text(words("sight", "title_other", name="Elias Bergkvist"))
    await expect(sight.get_by_text(words("sight", "not_yours"))).to_be_visible()
    await expect(sight.get_by_role("switch")).to_have_count(0)
    await expect(sight.locator("[data-provider=region-fyr]")).to_have_attribute("data-blocked", "false")
    await _has_read(patient, words("patient", "looks_wrote", who="").strip())
    await expect(sight).not_to_contain_text("Sara")
    await _clean(patient.person)


async def test_in_norway_a_patient_keeps_a_nurse_out_by_name(
    norway: Demo, norwegians: tuple[Patient, Nurse], tmp_path: Path
) -> None:
    patient, _ = norwegians
    page, words = patient.page, patient.words
    async with signed_in(norway.url, "patient:ingrid") as ingrid, signed_in(norway.url, "staff:kari") as kari:
        contact_id = await opened(ingrid, unit_id="legevakt")
        await kari.call("queue:claim", client_id=client_id(), contact_id=contact_id)
        await kari.call("contact:follow", contact_id=contact_id)
        await patient.open(norway.url)
        await page.click("[data-subject=self]")
        await page.click("[data-answer=none]")
        await page.click('[data-person="patient:ingrid"]')
        await page.get_by_role("button", name=words("patient", "who_may_see")).click()
        nurse = page.locator("[data-staff=kari]")
        await expect(nurse.get_by_role("heading")).to_have_text("Kari Vik")
        await nurse.get_by_role("switch").focus()
        await page.keyboard.press("Space")
        await expect(nurse).to_contain_text(words("sight", "staff_blocked"))
        await look(patient.person, "kept-out", tmp_path)
        await kari.until("access_ended", lambda told: told["contact_id"] == contact_id)


async def _has_read(patient: Patient, did: str) -> None:
    """Asked for, the list says that a nurse at the unit did, and in the dark and at every width it is whole."""
    await patient.page.get_by_role("button", name=patient.words("patient", "looks_show")).click()
    rows = patient.page.locator(".looks li")
    nurse = patient.words("patient", "role_nurse")
    await expect(
        rows.filter(has_text="Hamnens hälsocentral").filter(has_text=nurse).filter(has_text=did).first
    ).to_be_visible()
    await _clean(patient.person)
