"""Firefox beside Chromium: from peer to peer, and over the relay, where everybody sees and hears each of the others.

Collected where there is a `firefox-esr`; `make firefox` installs it.
"""

import asyncio
from collections.abc import AsyncIterator

import pytest
from playwright.async_api import Browser, Page, expect

from rtc.relay.room import Room
from tests.browser.browser import PHONE, person
from tests.browser.demo import Demo
from tests.browser.firefox import firefox
from tests.browser.media import flows, is_heard
from tests.browser.nurse import Nurse
from tests.browser.patient import Patient
from tests.browser.test_guests import invite, tiles
from tests.browser.test_visit import meet
from tests.browser.visitor import Visitor
from tests.browser.words import Words

PIXELS = """() => [...document.querySelectorAll('[data-testid=remote-video]')].map((video) => {
  const canvas = document.createElement('canvas');
  [canvas.width, canvas.height] = [64, 48];
  const context = canvas.getContext('2d');
  context.drawImage(video, 0, 0, 64, 48);
  return [...context.getImageData(0, 0, 64, 48).data].join();
})"""
"""A headless Firefox counts no frames of what it shows."""


async def pictures_change(page: Page, count: int) -> None:
    """So many others are shown, and each picture is another than it was."""
    before = await page.evaluate(PIXELS)

    async with asyncio.timeout(15):
        while True:
            now = await page.evaluate(PIXELS)
            if len(now) == len(before) == count and all(one != was for one, was in zip(now, before, strict=True)):
                return
            await asyncio.sleep(0.1)


async def sees_and_hears_two(page: Page) -> None:
    """Over the relay."""
    await expect(page.locator("[data-over=relay]")).to_have_count(2)
    await tiles(page, 2)
    await pictures_change(page, 2)
    await is_heard(page, 2)


@pytest.fixture
async def other() -> AsyncIterator[Browser]:
    """A Firefox."""
    async with firefox() as opened:
        yield opened


async def test_a_visit_between_firefox_and_chromium(
    sweden: Demo, nurse: Nurse, other: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Room, "_share", lambda _: None)  # a busy machine is a weak line, and would cost them pictures
    async with (
        person(other, "sv", size=PHONE, devices=False) as somebody,
        person(other, "nb", size=PHONE, devices=False) as third,
    ):
        patient, visitor = Patient(somebody, Words("sv")), Visitor(third, Words("nb"))
        await meet(sweden, patient, nurse)
        for page in (patient.page, nurse.page):
            await flows(page)
        link, code = await invite(nurse)
        await visitor.open(link)
        await visitor.come(code, "Leyla Aydin")
        await visitor.is_in("lobby")
        await nurse.admit()
        await asyncio.gather(*map(sees_and_hears_two, (visitor.page, patient.page, nurse.page)))
