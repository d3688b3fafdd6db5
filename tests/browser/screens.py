"""`make screens`: pictures of the three workplaces for the README, of a real demo with made-up people."""

import asyncio
import tempfile
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from typing import Literal

from playwright.async_api import Page, expect

from tests.browser.browser import DESKTOP, PHONE, chromium, person
from tests.browser.demo import ROOT, running_demo
from tests.browser.faces import Who, film
from tests.browser.nurse import Nurse
from tests.browser.patient import Patient
from tests.browser.words import Words

SCREENS = ROOT / "docs/screens"
Theme = Literal["light", "dark"]
THEMES: tuple[Theme, ...] = ("light", "dark")
SIZES = {"phone": PHONE, "desktop": DESKTOP}
SETTLE_MS = 400
GOOD_AFTER_MS = 6_000
WAITING = (
    ("nils", "Jag har ont i halsen sedan fyra dagar och feber, ingen hosta. Svårt att äta."),
    ("maryam", "Det kliar och svider när jag kissar sedan i går, ingen feber"),
)
CHEST = "Hej! Jag har tryckande smärta i bröstet och det strålar ut i vänster arm"
REPLY = "Hej Astrid, jag heter Sara och är sjuksköterska. Har du ringt 112?"


async def _pictures(page: Page, name: str, themes: tuple[Theme, ...] = THEMES) -> None:
    """Both sizes, in both themes unless one is enough."""
    for size, pixels in SIZES.items():
        for theme in themes:
            await page.set_viewport_size({"width": pixels["width"], "height": pixels["height"]})
            await page.emulate_media(color_scheme=theme)
            await page.evaluate("scrollTo(0, 0)")
            await page.wait_for_timeout(SETTLE_MS)
            await page.screenshot(path=SCREENS / f"{name}-{size}-{theme}.png")


@asynccontextmanager
async def _people(folder: Path) -> AsyncIterator[tuple[Patient, Nurse]]:
    """A patient and a nurse, each before a camera that shows a drawn face."""
    words = Words("sv")
    async with AsyncExitStack() as stack:
        drawing = await stack.enter_async_context(chromium())
        pages = []
        faces: tuple[Who, Who] = ("patient", "nurse")
        for who in faces:
            camera = await film(drawing, who, folder)
            seen = await stack.enter_async_context(chromium(f"--use-file-for-fake-video-capture={camera}"))
            pages.append(await stack.enter_async_context(person(seen, "sv", size=DESKTOP)))
        yield Patient(pages[0], words), Nurse(pages[1], words)


async def _someone_waits(url: str, who: str, text: str) -> None:
    async with chromium() as browser, person(browser, "sv", size=PHONE) as somebody:
        patient = Patient(somebody, Words("sv"))
        await patient.open(url)
        await patient.write(text, who=who)
        await patient.page.locator("[data-screen=chips], [data-screen=ask], [data-screen=reach]").first.wait_for()


async def _take(url: str, patient: Patient, nurse: Nurse) -> None:
    await nurse.sign_in(url, "Sara Lind")
    for who, text in WAITING:
        await _someone_waits(url, who, text)
    await patient.open(url)
    await _pictures(patient.page, "start", ("light",))
    await patient.write(CHEST, who="astrid")
    await patient.to_talk()
    await _pictures(patient.page, "emergency", ("light",))
    await nurse.press(".", "n")
    await nurse.is_mine()
    await nurse.reply(REPLY)
    await patient.past_emergency()
    await patient.say("Ja, de är på väg. Det gör ont i armen också.")
    await expect(nurse.log).to_contain_text("de är på väg")
    await _pictures(nurse.page, "nurse")
    await _pictures(patient.page, "patient")
    await _meet(patient, nurse)


async def _meet(patient: Patient, nurse: Nurse) -> None:
    await nurse.start_visit()
    await patient.join()
    await _pictures(patient.page, "lobby", ("light",))
    await nurse.admit()
    await patient.page.get_by_test_id("remote-video").wait_for()
    await patient.page.wait_for_timeout(GOOD_AFTER_MS)
    await _pictures(patient.page, "visit")
    await _pictures(nurse.page, "nurse-visit", ("light",))


async def main() -> None:
    """Take them all; look at them before committing."""
    SCREENS.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, running_demo("se", Path(folder, "data")) as demo:
        async with _people(Path(folder)) as (patient, nurse):
            await _take(demo.url, patient, nurse)


if __name__ == "__main__":
    asyncio.run(main())
