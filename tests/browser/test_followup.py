"""Follow-up at home: a clinician includes, plans and signs at a desk; a patient measures on a phone, also offline."""

from playwright.async_api import expect

from care.followup.programme import load_programmes
from tests.browser.demo import Demo
from tests.browser.nurse import Nurse
from tests.browser.patient import Patient

COPD = load_programmes()["copd"]
ASTRIDS = "97680314-AS25"


async def include(leila: Nurse) -> None:
    """Every criterion ticked or left, a goal, a name for everybody who answers for something."""
    page, words = leila.page, leila.words
    await page.get_by_role("button", name=words("desk", "home"), exact=True).click()
    await page.get_by_role("button", name=words("followup", "include")).click()
    await page.get_by_label(words("staff", "find_number")).fill(ASTRIDS)
    await page.get_by_role("button", name=words("followup", "find"), exact=True).click()
    await page.locator("select[name=programme]").select_option("copd")
    for row in COPD.inclusion:
        await page.locator(f"input[name={row.id}]").check()
    await page.get_by_label(words("followup", "goals_in_words")).fill("Jag vill orka gå till affären.")
    for field in await page.locator("input[name^=owner_]").all():
        await field.fill("Doktor Berg")
    assert await leila.person.violations() == []
    await page.get_by_role("button", name=words("followup", "do_include"), exact=True).click()


async def plan(leila: Nurse) -> None:
    """The patient's own value and one limit of their own, signed."""
    page, words = leila.page, leila.words
    await page.get_by_role("button", name=words("followup", "show")).click()
    await page.get_by_text(words("followup", "propose")).click()
    await page.locator("input[name=baseline_spo2]").fill("93")
    await page.locator("input[name=limit_spo2_low_0]").fill("85")
    await page.get_by_role("button", name=words("followup", "do_propose")).click()
    await page.get_by_role("button", name=words("followup", "sign").format(n=1)).click()
    await expect(page.get_by_text("undertecknad av Leila Haddad")).to_be_visible()
    assert await leila.person.violations() == []


async def test_what_is_typed_without_a_line_is_sent_later_and_seen_at_the_desk(
    sweden: Demo, patient: Patient, nurse: Nurse
) -> None:
    await nurse.sign_in(sweden.url, "Leila Haddad")
    await include(nurse)
    await plan(nurse)
    page, words = patient.page, patient.words
    await patient.open(sweden.url)
    await page.get_by_role("button", name=words("patient", "signin_first")).click()
    await page.click('[data-person="patient:astrid"]')
    await page.locator("[data-home]").click()
    await expect(page.get_by_text("Jag vill orka gå till affären.")).to_be_visible()
    assert await patient.person.violations() == []
    await page.context.set_offline(True)
    await page.locator("#follow-up-spo2").fill("84")
    await page.locator(".follow-up-form button[type=submit]").click()
    await expect(page.get_by_text(words("followup", "waiting"))).to_be_visible()
    await page.context.set_offline(False)
    await expect(page.get_by_role("alert").filter(has_text="syremättnad")).to_be_visible()
    await page.locator("fieldset").filter(has_text="svårt att andas fast du sitter still").get_by_label("Ja").check()
    await page.locator(".follow-up-form button[type=submit]").click()
    await expect(page.locator(".follow-up-card[data-zone=red]")).to_be_visible()
    assert await patient.person.violations() == []
    await nurse.page.get_by_role("button", name=words("followup", "back_to_list")).click()
    await expect(nurse.page.locator(".follow-up-rows [data-zone=red]").first).to_be_visible()
    await nurse.page.get_by_role("button", name=words("followup", "show")).click()
    await expect(nurse.page.locator(".follow-up-figure svg")).to_be_visible()
    assert await nurse.person.violations() == []
