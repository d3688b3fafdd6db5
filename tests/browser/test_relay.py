"""Three in Chromium: the two who were there see each other on, and the relay brings everybody to everybody."""

import asyncio
from collections.abc import AsyncIterator

import pytest
from playwright.async_api import Browser, Page, expect

from tests.browser.browser import PHONE, person
from tests.browser.demo import Demo
from tests.browser.media import flows, is_heard
from tests.browser.nurse import Nurse
from tests.browser.patient import Patient
from tests.browser.test_guests import invite, tiles
from tests.browser.test_visit import meet
from tests.browser.visitor import Visitor
from tests.browser.words import Words

BLACK = """() => new Promise((done) => {
  const count = () => [...document.querySelectorAll('[data-testid=remote-video]')].map((one) => one.videoWidth);
  const seen = [];
  const timer = setInterval(() => seen.push(count()), 50);
  window.endWatch = () => { clearInterval(timer); return seen; };
  done();
})"""
FRAMES = """async () => {
  const videos = [...document.querySelectorAll('[data-testid=remote-video]')];
  return videos.map((one) => one.getVideoPlaybackQuality().totalVideoFrames);
}"""
NO_CAMERA = """const devices = navigator.mediaDevices;
const ask = devices.getUserMedia.bind(devices);
devices.getUserMedia = (wanted) =>
  wanted.video ? Promise.reject(new DOMException("none", "NotFoundError")) : ask(wanted);"""


@pytest.fixture
async def visitor(browser: Browser) -> AsyncIterator[Visitor]:
    """The third."""
    async with person(browser, "nb", size=PHONE) as somebody:
        yield Visitor(somebody, Words("nb"))


async def moves(page: Page) -> None:
    """Every picture on the page goes on."""
    before = await page.evaluate(FRAMES)
    async with asyncio.timeout(15):
        while True:
            now = await page.evaluate(FRAMES)
            if len(now) == len(before) and all(later > first + 5 for later, first in zip(now, before, strict=True)):
                return
            await asyncio.sleep(0.1)


async def test_a_third_moves_the_visit_to_the_relay_without_a_break(
    sweden: Demo, patient: Patient, nurse: Nurse, visitor: Visitor
) -> None:
    await meet(sweden, patient, nurse)
    await flows(patient.page)
    assert await patient.page.locator("[data-over=peer]").count() == 1
    link, code = await invite(nurse)
    await visitor.open(link)
    await visitor.come(code, "Leyla Aydin")
    await visitor.is_in("lobby")
    await patient.page.evaluate(BLACK)
    await nurse.admit()
    for page in (visitor.page, patient.page, nurse.page):
        await tiles(page, 2)
        await expect(page.locator("[data-over=relay]")).to_have_count(2, timeout=15_000)
        await tiles(page, 2)
        await moves(page)
        await is_heard(page, 2)
    widths = await patient.page.evaluate("window.endWatch()")
    # the interpreter stands before them
    assert all(seen and seen[-1] > 0 for seen in widths), "the picture of who was there before went away meanwhile"
    await patient.page.evaluate("window.dispatchEvent(new Event('online'))")  # the network is another: ICE restart
    await asyncio.sleep(0.1)
    await moves(patient.page)
    await visitor.page.add_init_script(NO_CAMERA)
    await visitor.page.reload()
    await visitor.is_in("in")
    off = patient.words("visit", "their_camera_off").format(name="Leyla Aydin")
    await expect(patient.page.get_by_text(off)).to_be_visible()
    await is_heard(patient.page, 2)
