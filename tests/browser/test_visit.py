"""What a visit must survive: a page loaded again, a line that was gone, someone without camera and microphone."""

import asyncio
import re

from playwright.async_api import Page, expect

from tests.browser.browser import PATIENCE_MS, PHONE, Person, chromium, person
from tests.browser.demo import Demo, DemoApart
from tests.browser.media import flows, is_heard
from tests.browser.nurse import Nurse
from tests.browser.patient import Patient
from tests.browser.test_story import CHEST
from tests.browser.words import Words


async def at_the_door(demo: Demo, patient: Patient, nurse: Nurse) -> None:
    """Astrid is in the lobby of a visit that Sara has opened."""
    await nurse.sign_in(demo.url, "Sara Lind")
    await patient.open(demo.url)
    await patient.write(CHEST, who="astrid")
    await patient.to_talk()
    await patient.past_emergency()
    await expect(nurse.rows("waiting")).to_have_count(1)
    await nurse.press("n")
    await nurse.is_mine()
    await nurse.start_visit()
    await patient.join()


async def meet(demo: Demo, patient: Patient, nurse: Nurse) -> None:
    """Both are in a visit of a contact that Astrid opened."""
    await at_the_door(demo, patient, nurse)
    await nurse.admit()


async def let_in_twice(patient: Patient, nurse: Nurse) -> None:
    """Two pages of one person wait and are let in by one press: one of them is in, the other says where they are."""
    words = patient.words
    other = await patient.person.context.new_page()
    await other.goto(patient.page.url)
    await Patient(Person(patient.person.context, other), words).past_emergency()
    await other.get_by_role("button", name=words("patient", "join_video")).click()
    await expect(other.locator(".visit")).to_have_attribute("data-place", "lobby")
    await nurse.admit()
    pages = (patient.page, other)
    for page in pages:
        await expect(page.locator(".visit")).to_have_attribute("data-place", re.compile("^(in|elsewhere)$"))
    gone = [asyncio.create_task(page.wait_for_selector(".visit[data-place=elsewhere]")) for page in pages]
    done, left = await asyncio.wait(gone, return_when=asyncio.FIRST_COMPLETED)
    for task in left:
        task.cancel()
    await asyncio.gather(*left, return_exceptions=True)
    await asyncio.gather(*done)
    places = sorted([await page.locator(".visit").get_attribute("data-place") or "" for page in pages])
    assert places == ["elsewhere", "in"]
    await other.close()
    if await patient.page.locator(".visit[data-place=elsewhere]").count():
        await patient.page.get_by_role("button", name=words("visit", "continue_here")).click()


async def test_either_page_may_be_loaded_again(sweden: Demo, patient: Patient, nurse: Nurse) -> None:
    await at_the_door(sweden, patient, nurse)
    await let_in_twice(patient, nurse)
    await flows(patient.page)
    await nurse.page.reload()
    await nurse.is_mine()
    await nurse.press("v")
    for page in (nurse.page, patient.page):
        await flows(page)
    await patient.page.reload()
    await patient.past_emergency()
    await patient.page.get_by_role("button", name=patient.words("patient", "join_video")).click()
    for page in (nurse.page, patient.page):
        await flows(page)


PATHS = """const describe = RTCPeerConnection.prototype.setLocalDescription;
window.paths = new Set();
RTCPeerConnection.prototype.setLocalDescription = async function (...given) {
  await describe.apply(this, given);
  paths.add(/^a=ice-ufrag:(.*)$/m.exec(this.localDescription.sdp)?.[1]);
}"""
"""What the page's connection goes by: a path that is sought anew has another name (RFC 8445 9)."""


async def by_another_path(page: Page) -> None:
    """Until the connection has sought a second one."""
    async with asyncio.timeout(PATIENCE_MS / 1000):
        while await page.evaluate("paths.size") < 2:
            await asyncio.sleep(0.05)


async def test_the_conversation_goes_on_by_another_network_and_without_the_server(
    sweden_apart: DemoApart, patient: Patient, nurse: Nurse
) -> None:
    """Two people talk peer to peer: a new path is sought before the old one is found to be broken, and the server's
    death says so on the screen and cuts nobody off."""
    for page in (patient.page, nurse.page):
        await page.add_init_script(PATHS)
    await meet(sweden_apart, patient, nurse)
    await flows(nurse.page)
    for page in (patient.page, nurse.page):
        await is_heard(page, 1)
    await patient.page.evaluate("window.dispatchEvent(new Event('online'))")
    for page in (patient.page, nurse.page):
        await by_another_path(page)
        await flows(page)
    sweden_apart.kill()
    await expect(nurse.page.locator(".staff-line")).to_have_text(nurse.words("staff", "line_down"))
    for page in (nurse.page, patient.page):
        await flows(page)


async def test_without_camera_and_microphone_one_still_sees_and_hears(sweden: Demo, nurse: Nurse) -> None:
    words = Words("sv")
    async with (
        chromium("--use-fake-ui-for-media-stream=deny") as browser,
        person(browser, "sv", size=PHONE, devices=False) as somebody,
    ):
        patient = Patient(somebody, words)
        await meet(sweden, patient, nurse)
        await flows(patient.page)
        await expect(patient.page.locator(".visit-self")).to_contain_text(words("visit", "camera_refused"))
        await expect(nurse.page.locator(".visit-veil")).to_contain_text("Astrid Holm")
        await expect(nurse.page.locator(".visit-state")).to_have_text(words("visit", "their_microphone_off"))
