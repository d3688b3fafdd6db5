"""A contact rises while it waits: the card says from what and why, and so does the contact, until one has looked."""

from pathlib import Path

from playwright.async_api import expect

from tests.browser.nurse import Nurse
from tests.browser.test_call_back import clean, look
from tests.web.client import client_id, signed_in
from tests.web.test_story import opened

COLD = "Jag är snuvig och har lite ont i halsen sedan i går, ingen feber"
WORSE = "Nu har jag tryckande smärta i bröstet och det strålar ut i vänster arm"


async def test_the_nurse_sees_what_changed_since_the_last_look(url: str, nurse: Nurse, tmp_path: Path) -> None:
    words, changed = nurse.words, nurse.page.locator(".staff-row-changed")
    async with signed_in(url, "patient:astrid") as astrid, signed_in(url, "patient:nils") as nils:
        await opened(nils, text="Jag behöver förnya ett recept")
        contact_id = await opened(astrid, text=COLD)
        await astrid.kept(contact_id, "understood")
        await nurse.sign_in(url, "Sara Lind")
        card = nurse.page.locator(f"#row-{contact_id}")
        await card.click()
        await expect(nurse.log).to_contain_text(COLD)
        await nurse.rows("waiting").and_(nurse.page.locator(f":not(#row-{contact_id})")).click()
        await expect(nurse.log).to_contain_text("recept")
        await expect(changed).to_have_count(0)
        await astrid.call("message:post", client_id=client_id(), contact_id=contact_id, text=WORSE)
    await expect(card).to_have_attribute("data-level", "immediate")
    await expect(card.locator(".staff-row-changed")).to_contain_text(words("staff", "changed"))
    await look(nurse.person, "changed-card", tmp_path)
    await card.click()
    fact = nurse.page.locator(".staff-fact", has_text=words("staff", "changed_since"))
    await expect(fact).to_contain_text("tryckande smärta")
    await expect(fact.locator("code")).to_have_text("RF030")
    await clean(nurse.person)
    await nurse.page.locator(".staff-tabs button").last.dispatch_event("click")  # a telephone shows one pane
    await look(nurse.person, "changed", tmp_path)
    await expect(changed).to_have_count(0)
    await nurse.page.evaluate("sessionStorage.removeItem('fyr-open-contact')")
    await nurse.page.reload()
    await card.click()
    await expect(nurse.log).to_contain_text(WORSE)
    await expect(fact).to_have_count(0)
