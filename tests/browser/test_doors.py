"""The walls between units as people meet them: doors opened by keys, blocks that shut them, both sides told."""

import re
from datetime import UTC, datetime, timedelta

from playwright.async_api import Browser, Locator, expect

from core.identity.loading import LOADER
from core.ids import new_id
from tests.browser.browser import DESKTOP, PHONE, Person, person
from tests.browser.demo import Demo
from tests.browser.nurse import Nurse
from tests.browser.patient import Patient
from tests.browser.words import Words
from tests.web.client import signed_in
from tests.web.test_story import opened
from web.node import Node

AT_LYKTAN = "Det kliar och svider när jag kissar sedan i går, ingen feber"
AT_HAMNEN = "Jag har ont i halsen sedan fyra dagar"
REASON = "Samma besvär i dag"
NOTE = "Ambulans är på väg"
MARYAMS = "97841221-MA29"


async def _clean(somebody: Person) -> None:
    """Nothing found by axe in either theme, and nothing wider than a desk, a phone, or a small one."""
    before = somebody.page.viewport_size
    for size in (DESKTOP, PHONE, {"width": 320, "height": 640}):
        await somebody.page.set_viewport_size({"width": size["width"], "height": size["height"]})
        for theme in ("light", "dark"):
            await somebody.page.emulate_media(color_scheme=theme)
            assert await somebody.violations() == []
        assert not await somebody.page.evaluate("document.documentElement.scrollWidth > innerWidth")
    assert before is not None
    await somebody.page.set_viewport_size(before)


async def _has_contacts(demo: Demo, patient: Patient) -> None:
    """Maryam writes to her own unit, and has written to Hamnen too."""
    async with signed_in(demo.url, "patient:maryam") as maryam:
        await opened(maryam, AT_HAMNEN, unit_id="hamnen", age_y=41)
    async with signed_in(demo.url, "patient:maryam") as maryam:
        await opened(maryam, AT_LYKTAN, age_y=41)
    await patient.open(demo.url)
    await patient.page.click("[data-subject=self]")
    await patient.page.click("[data-answer=none]")
    await patient.page.click('[data-person="patient:maryam"]')
    await patient.to_talk()


async def _opens_by_keys(nurse: Nurse, *, basis: str) -> Locator:
    """From the queue to what others know, by keys alone; the row of what lies behind the door has the focus."""
    await expect(nurse.rows("waiting")).to_have_count(1)
    await nurse.press("j", "Enter")
    await expect(nurse.log).to_contain_text(AT_HAMNEN)
    await nurse.press("o")
    await _asks(nurse, basis=basis)
    row = nurse.page.get_by_test_id("rows-outside").locator(".staff-row")
    await expect(row).to_be_focused()
    return row


async def _asks(nurse: Nurse, *, basis: str) -> None:
    dialog = nurse.page.get_by_role("dialog")
    await expect(dialog.locator("[value=care]")).to_be_focused()
    await expect(dialog.locator("button[type=submit]")).to_be_disabled()
    await nurse.press("Space" if basis == "care" else "ArrowUp")
    await expect(dialog.locator(f"[value={basis}]")).to_be_checked()
    await nurse.press("Tab")
    await nurse.page.keyboard.type(REASON)
    await nurse.press("Tab", "Enter")


def _day(days: int) -> str:
    """That many days from now, as a date field takes it."""
    return str((datetime.now(UTC) + timedelta(days=days)).date())


async def _sees_who_may_see(patient: Patient) -> Locator:
    await patient.page.get_by_role("button", name=patient.words("patient", "who_may_see")).click()
    page = patient.page.locator("[data-screen=sight]")
    await expect(page.locator("h1")).to_be_focused()
    return page


async def test_a_door_for_care_opens_by_keys_and_a_block_shuts_it(sweden: Demo, patient: Patient, nurse: Nurse) -> None:
    await _has_contacts(sweden, patient)
    await nurse.sign_in(sweden.url, "Jonas Ek")
    row = await _opens_by_keys(nurse, basis="care")
    await expect(row).to_contain_text(nurse.words("door", "basis_care"))
    await nurse.press("Enter")
    await expect(nurse.log).to_contain_text(AT_LYKTAN)
    until = nurse.words("door", "read_care", time=r"TIME").replace("TIME", ".+")
    await expect(nurse.page.locator(".staff-readonly")).to_have_text(re.compile(until))
    await nurse.press("i", "u", "c", "p")
    await expect(nurse.page.get_by_role("dialog")).to_have_count(0)
    await expect(nurse.page.locator(".staff-actions").get_by_role("button")).to_have_count(1)
    await _clean(nurse.person)
    page = await _sees_who_may_see(patient)
    await expect(page.locator("[data-door=care]")).to_contain_text(patient.words("sight", "why_care"))
    switch = page.locator("[data-blocked]", has_text="Lyktans").get_by_role("switch")
    await switch.focus()
    await patient.page.keyboard.press("Space")
    await expect(switch).to_be_checked()
    ended = nurse.page.get_by_role("heading", name=nurse.words("door", "ended"))
    await expect(ended).to_be_focused()
    assert AT_LYKTAN not in await nurse.page.content()
    await expect(row).to_have_count(0)
    await _clean(nurse.person)
    await nurse.rows("waiting").first.click()
    await nurse.press("o")
    await _asks(nurse, basis="care")
    await expect(nurse.page.get_by_role("dialog")).to_contain_text(nurse.words("door", "nothing"))


async def test_an_emergency_is_told_to_the_patient_who_may_end_it(sweden: Demo, patient: Patient, nurse: Nurse) -> None:
    await _has_contacts(sweden, patient)
    await nurse.sign_in(sweden.url, "Jonas Ek")
    await _opens_by_keys(nurse, basis="emergency")
    await nurse.press("Enter")
    await expect(nurse.log).to_contain_text(AT_LYKTAN)
    await expect(patient.log).to_contain_text(patient.words("patient", "log_looked_in"))
    await nurse.press("i")
    dialog = nurse.page.get_by_role("dialog")
    await expect(dialog.get_by_role("radio")).to_have_count(0)  # whom to ask there is not told to others
    await dialog.locator("textarea").fill(NOTE)
    await dialog.locator("button[type=submit]").click()
    await expect(nurse.log).to_contain_text(NOTE)
    await expect(dialog).to_have_count(0)
    await nurse.press("i")
    await dialog.locator("textarea").fill("Halvskrivet")
    page = await _sees_who_may_see(patient)
    await expect(page.locator("[data-door=emergency]")).to_contain_text(patient.words("sight", "why_emergency"))
    await page.get_by_role("button", name=patient.words("sight", "end_for", unit="Hamnens hälsocentral")).click()
    await expect(page.locator("[data-door]")).to_have_count(0)
    await expect(dialog).to_have_count(0)
    await expect(nurse.page.locator(".staff-ended")).to_contain_text(nurse.words("door", "ended_unsent"))
    assert NOTE not in await nurse.page.content()


async def test_the_emergency_is_warned_of_before_it_is_opened(sweden: Demo, patient: Patient, nurse: Nurse) -> None:
    await _has_contacts(sweden, patient)
    await nurse.sign_in(sweden.url, "Jonas Ek")
    await nurse.rows("waiting").first.click()
    await nurse.press("o")
    warning = nurse.page.get_by_role("dialog").get_by_role("alert")
    await expect(warning).to_have_count(0)
    await nurse.page.locator("[value=emergency]").check()
    await expect(warning).to_have_text(nurse.words("door", "emergency_warning"))
    await _clean(nurse.person)
    await nurse.press("Escape")
    await expect(nurse.page.get_by_test_id("rows-outside")).to_have_count(0)


async def test_whoever_is_done_closes_the_door(sweden: Demo, patient: Patient, nurse: Nurse) -> None:
    await _has_contacts(sweden, patient)
    await nurse.sign_in(sweden.url, "Jonas Ek")
    row = await _opens_by_keys(nurse, basis="care")
    await nurse.page.reload()
    await expect(row).to_have_count(1)  # it is open still, and found again
    await nurse.page.get_by_role("button", name=nurse.words("door", "done_with", unit="Lyktans hälsocentral")).click()
    await expect(row).to_have_count(0)
    page = await _sees_who_may_see(patient)
    await expect(page.get_by_text(patient.words("sight", "no_doors"))).to_be_visible()


async def test_responsibility_is_shared_and_ended(
    sweden: Demo, browser: Browser, patient: Patient, nurse: Nurse
) -> None:
    await _has_contacts(sweden, patient)
    await nurse.sign_in(sweden.url, "Leila Haddad")
    await nurse.rows("waiting").filter(has_text="41").first.click()
    async with person(browser, "sv", size=DESKTOP) as another:
        petra = Nurse(another, Words("sv"))
        await petra.sign_in(sweden.url, "Petra Sand")
        behind = petra.page.get_by_test_id("rows-outside").locator(".staff-row")
        await nurse.page.get_by_role("button", name=nurse.words("door", "share")).click()
        dialog = nurse.page.get_by_role("dialog")
        await dialog.locator("select").select_option("strand")
        await dialog.locator("input[type=date]").fill(_day(400))
        await dialog.locator("textarea").fill(REASON)
        await expect(dialog.locator("button[type=submit]")).to_be_disabled()
        await dialog.locator("input[type=date]").fill(_day(30))
        await _clean(nurse.person)
        await dialog.locator("button[type=submit]").click()
        await expect(behind).to_contain_text(petra.words("door", "basis_shared"))
        await behind.click()
        await expect(petra.page.locator(".staff-actions").get_by_role("button")).to_have_count(1)
        await nurse.page.get_by_role("button", name=nurse.words("door", "share")).click()
        await dialog.get_by_role("button", name=nurse.words("door", "share_end_with", unit="Strandkliniken")).click()
        await expect(petra.page.locator(".staff-ended")).to_be_visible()
        await expect(behind).to_have_count(0)


async def test_one_comes_back_to_where_one_was(sweden: Demo, patient: Patient) -> None:
    await _has_contacts(sweden, patient)
    await patient.page.fill("#message", "Halvskrivet")
    page = await _sees_who_may_see(patient)
    await expect(page.get_by_role("switch")).to_have_count(3)
    await page.locator("summary").click()
    await _clean(patient.person)
    await page.get_by_role("button", name=patient.words("patient", "back")).click()
    await expect(patient.page.locator("#message")).to_have_value("Halvskrivet")
    await _sees_who_may_see(patient)
    await patient.page.go_back()
    await expect(patient.page.locator("#message")).to_have_value("Halvskrivet")


async def test_who_stands_for_a_child_no_more_sees_nothing_more(url: str, node: Node, patient: Patient) -> None:
    async with signed_in(url, "patient:nils") as nils:
        await opened(nils, AT_HAMNEN, subject="child", for_person="elias")
    await patient.open(url)
    await patient.page.click("[data-subject=self]")
    await patient.page.click("[data-answer=none]")
    await patient.page.click('[data-person="patient:nils"]')
    await patient.to_talk()
    await expect(patient.log).to_contain_text(AT_HAMNEN)
    await patient.page.fill("#message", "Halvskrivet om Elias")
    await node.register.protect(LOADER, "elias", "sekretessmarkering", client_id=new_id())
    page = patient.page.locator("[data-screen=ended]")
    await expect(page.locator("h1")).to_be_focused()
    await expect(page).to_contain_text(patient.words("patient", "ended_unsent"))
    await expect(page.locator("[data-call=emergency]").first).to_be_visible()
    assert AT_HAMNEN not in await patient.page.content()
    await _clean(patient.person)
    await page.locator(".page-action .ds-button").click()
    await patient.page.locator("[data-screen=start]").wait_for()


async def test_an_emergency_opens_by_number_where_nobody_was_found(sweden: Demo, nurse: Nurse) -> None:
    """Petra's care giver knows nothing of Maryam: by keys alone from the number to her contact, with a reason."""
    async with signed_in(sweden.url, "patient:maryam") as maryam:
        await opened(maryam, AT_LYKTAN, age_y=41)
    await nurse.sign_in(sweden.url, "Petra Sand")
    await nurse.press("f")
    await nurse.page.keyboard.type(MARYAMS)
    await nurse.press("Enter")
    await expect(nurse.page.get_by_text(nurse.words("staff", "find_nobody"))).to_be_visible()
    await _clean(nurse.person)
    await nurse.page.get_by_role("dialog").get_by_role("button", name=nurse.words("door", "know")).focus()
    await nurse.press("Enter")
    dialog = nurse.page.get_by_role("dialog")
    await expect(dialog).to_contain_text(nurse.words("door", "by_number", number=MARYAMS))
    await _asks(nurse, basis="emergency")
    row = nurse.page.get_by_test_id("rows-outside").locator(".staff-row")
    await expect(row).to_be_focused()
    await expect(row).to_contain_text(nurse.words("door", "basis_emergency"))
    await nurse.press("Enter")
    await expect(nurse.log).to_contain_text(AT_LYKTAN)
    assert MARYAMS not in nurse.page.url
    assert MARYAMS not in await nurse.page.content()
