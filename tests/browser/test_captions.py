"""What is said becomes text after a yes, another camera is taken, a screen is shared, and both see each other on."""

import asyncio
import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from playwright.async_api import Browser, Page, expect

from tests.browser.browser import PATIENCE_MS, chromium
from tests.browser.demo import Demo, served_demo
from tests.browser.media import flows
from tests.browser.nurse import Nurse
from tests.browser.patient import Patient
from tests.browser.test_room import by_key
from tests.browser.test_visit import meet
from tests.web.recogniser import Recogniser, recogniser

CAMERA = """() => {
  const [track] = document.querySelector("[data-testid=local-video]").srcObject.getVideoTracks();
  return track.label;
}"""
SHOWN_ASIDE = "document.pictureInPictureElement?.dataset.testid ?? null"


@pytest.fixture
async def ears() -> AsyncIterator[Recogniser]:
    """A recogniser."""
    async with recogniser() as made:
        yield made


@pytest.fixture
async def sweden(tmp_path: Path, made_sqlite: Path, ears: Recogniser) -> AsyncIterator[Demo]:
    """A demo whose units have decided to use it."""
    shutil.copy(made_sqlite, tmp_path)
    async with served_demo("se", tmp_path, captions_url=ears.url) as demo:
        yield demo


@pytest.fixture
async def browser() -> AsyncIterator[Browser]:
    """A Chromium with three cameras: what the second gives it sends nobody (it measures depth), the third's it does."""
    async with chromium("--use-fake-device-for-media-stream=device-count=3") as opened:
        yield opened


async def becomes(page: Page, script: str, value: str | None) -> None:
    """Until the page says so."""
    async with asyncio.timeout(PATIENCE_MS / 1000):
        while await page.evaluate(script) != value:
            await asyncio.sleep(0.05)


async def are_read(patient: Patient, nurse: Nurse, ears: Recogniser) -> None:
    """The patient asks; nothing of the nurse is heard before her yes, and nothing more after her no."""
    words = patient.words
    await by_key(patient.page, words("captions", "title"))
    assert await patient.person.violations() == []
    await by_key(patient.page, words("captions", "ask"))
    await expect(nurse.page.locator(".captions-lines")).to_contain_text("Astrid Holm")
    without = words("captions", "without", names="Sara Lind")
    await expect(patient.page.locator(".captions-note")).to_contain_text(without)
    assert len(ears.languages) == 1
    assert await nurse.person.violations() == []
    await by_key(nurse.page, words("captions", "yes"))
    await expect(patient.page.locator(".captions-lines")).to_contain_text("Sara Lind")
    await expect(patient.page.locator(".captions-note")).not_to_contain_text(without)
    assert await patient.person.violations() == []
    await by_key(nurse.page, words("captions", "title"))
    await by_key(nurse.page, words("captions", "stop"))
    await expect(patient.page.locator(".captions-note")).to_contain_text(without)
    await by_key(patient.page, words("captions", "title"))


async def by_another_camera(patient: Patient, nurse: Nurse) -> None:
    """What the browser cannot (blur) is not offered; the other camera is seen, and so is the first again."""
    await by_key(nurse.page, nurse.words("visit", "devices"))
    await expect(nurse.page.locator(".visit-blur")).to_have_count(0)
    choice = nurse.page.locator(".visit-choice", has_text=nurse.words("visit", "camera")).locator("select")
    for camera in ("fake_device_2", "fake_device_0"):
        await choice.select_option(label=camera)
        await becomes(nurse.page, CAMERA, camera)
        await flows(patient.page)
    await by_key(nurse.page, nurse.words("visit", "aside"))
    await becomes(nurse.page, SHOWN_ASIDE, "remote-video")
    await by_key(nurse.page, nurse.words("visit", "aside"))
    await becomes(nurse.page, SHOWN_ASIDE, None)


async def shares_a_screen(patient: Patient, nurse: Nurse) -> None:
    """Seen whole, with nothing cut off; then the camera again."""
    share = nurse.page.get_by_role("switch", name=nurse.words("visit", "share"))
    seen = patient.page.locator("[data-testid=remote-video]")
    await share.press("Enter")
    await expect(share).to_have_attribute("aria-checked", "true")
    await expect(seen).to_have_attribute("data-whole", "true")
    await flows(patient.page)
    await share.press("Enter")
    await expect(seen).to_have_attribute("data-whole", "false")
    await flows(patient.page)


async def test_what_is_said_is_read_another_camera_is_taken_and_a_screen_is_shared(
    sweden: Demo, patient: Patient, nurse: Nurse, ears: Recogniser
) -> None:
    await meet(sweden, patient, nurse)
    await flows(patient.page)
    await are_read(patient, nurse, ears)
    await by_another_camera(patient, nurse)
    await shares_a_screen(patient, nurse)
