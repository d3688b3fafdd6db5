"""A patient leaves the page, is told by e-mail, does not come, and is called back."""

import re
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from importlib import resources
from pathlib import Path

import pytest
from playwright.async_api import expect

from tests.browser.browser import DESKTOP, PHONE, Person
from tests.browser.demo import Demo, running_demo
from tests.browser.nurse import Nurse
from tests.browser.patient import Patient
from tests.core.post_office import Mailbox, smtp_end

THROAT = "Jag har ont i halsen sedan fyra dagar och feber, ingen hosta"
REPLY = "Hej Nils, kan du svälja?"
QUICK = {
    "told_after_min": "0.02",
    "reminded_after_min": "[0.04]",
    "call_after_min": "0.06",
    "safety_net_after_min": "600",
    "close_after_min": "700",
    "attempts_within_min": "3",
}
WAIT_MS = 30_000
ADDRESS = "nils@example.se"
NUMBER = ("070-123", "0701234567", "123 45 67")
"""The patient's number as it may be written: its first digits alone stand in ids and ports too."""


def quick_times(folder: Path) -> Path:
    """The country's times with seconds in place of hours until a silent patient is called."""
    text = resources.files("chat.waiting").joinpath("content/waiting_se.yaml").read_text("utf-8")
    for name, value in QUICK.items():
        text = re.sub(rf"\b{name}: .*", f"{name}: {value}", text)  # and not unanswered_{name}
    path = folder / "waiting.yaml"
    path.write_text(text, "utf-8")
    return path


@pytest.fixture
async def mailbox() -> AsyncIterator[tuple[str, Mailbox]]:
    async with smtp_end() as (url, box):
        yield url, box


async def clean(somebody: Person) -> None:
    """Nothing for axe in either theme, and nothing wider than the screen."""
    for theme in ("light", "dark"):
        await somebody.page.emulate_media(color_scheme=theme)
        assert await somebody.violations() == []
        assert not await somebody.page.evaluate("document.documentElement.scrollWidth > innerWidth")


async def look(somebody: Person, name: str, folder: Path) -> None:
    """Pictures for whoever looks after the test: both themes, as wide as a telephone and as a desk."""
    for size in (PHONE, DESKTOP):
        await somebody.page.set_viewport_size({"width": size["width"], "height": size["height"]})
        for theme in ("light", "dark"):
            await somebody.page.emulate_media(color_scheme=theme)
            await somebody.page.screenshot(path=folder / f"{name}-{size['width']}-{theme}.png")


async def choose_email(patient: Patient) -> None:
    """On the waiting screen: "send an e-mail"."""
    await patient.page.get_by_label(patient.words("patient", "notice_email"), exact=True).check()
    await patient.page.get_by_label(patient.words("patient", "notice_email_label")).fill(ADDRESS)
    await clean(patient.person)
    await patient.page.get_by_role("button", name=patient.words("patient", "notice_save")).click()
    await expect(patient.page.locator("[data-notice=email]")).to_be_visible()


async def answer_and_wait(nurse: Nurse) -> None:
    await nurse.press("n")
    await nurse.is_mine()
    await nurse.reply(REPLY)
    await expect(nurse.rows("calls")).to_have_count(1, timeout=WAIT_MS)


async def call_by_keys(nurse: Nurse, *, tabs: int, folder: Path) -> None:
    """The dialog by its key, an outcome by arrows, saved by Enter."""
    await nurse.press("p")
    dialog = nurse.page.get_by_role("dialog")
    await expect(dialog).to_contain_text("070-123 45 67")
    await clean(nurse.person)
    await look(nurse.person, "call", folder)
    await nurse.page.set_viewport_size({"width": DESKTOP["width"], "height": DESKTOP["height"]})
    await dialog.get_by_role("radio").first.focus()
    await nurse.press("Space", *["ArrowDown"] * tabs)
    await expect(dialog.get_by_role("radio").nth(tabs)).to_be_checked()
    await dialog.get_by_role("button", name=nurse.words("staff", "call_save")).press("Enter")
    await expect(dialog).to_have_count(0)


async def test_a_patient_leaves_and_is_called_back(
    patient: Patient, nurse: Nurse, mailbox: tuple[str, Mailbox], tmp_path: Path
) -> None:
    url, box = mailbox
    settings = {"FYR_SMTP_URL": url, "FYR_EMAIL_FROM": "fyr@region.example"}
    settings["FYR_WAITING_TIMES"] = str(quick_times(tmp_path))
    with running_demo("se", tmp_path / "data", more=settings) as demo:
        await nurse.sign_in(demo.url, "Sara Lind")
        await wait_and_leave(patient, demo, tmp_path)
        await answer_and_wait(nurse)
        await box.arrived.wait()
        neutral(box)
        await clean(nurse.person)
        await look(nurse.person, "board", tmp_path)
        await nurse.page.set_viewport_size({"width": DESKTOP["width"], "height": DESKTOP["height"]})
        await call_by_keys(nurse, tabs=1, folder=tmp_path)
        await expect(nurse.rows("calls")).to_contain_text(nurse.words("staff", "call_no_answer"))
        await call_by_keys(nurse, tabs=0, folder=tmp_path)
        await expect(nurse.rows("calls")).to_have_count(0)
        await come_back(patient, demo, tmp_path)


async def wait_and_leave(patient: Patient, demo: Demo, folder: Path) -> None:
    await patient.open(demo.url)
    await patient.write(THROAT, who="nils")
    await patient.to_talk()
    await look(patient.person, "waiting", folder)
    await choose_email(patient)
    await patient.page.goto("about:blank")


def neutral(box: Mailbox) -> None:
    """What came by e-mail says that there is something, and nothing else."""
    message = box.messages[0]
    assert message["To"] == ADDRESS
    told = message.as_string() + str(message.get_content())
    assert not any(word in told.lower() for word in ("hals", "feber", "nils,", "svälja", *NUMBER, "hamnen"))


async def come_back(patient: Patient, demo: Demo, folder: Path) -> None:
    """Ten minutes later by the patient's own clock: what has happened is told first."""
    await patient.page.clock.set_fixed_time(datetime.now(UTC) + timedelta(minutes=10))
    await patient.page.goto(demo.url)
    welcome = patient.page.locator(".welcome")
    await expect(welcome).to_contain_text(patient.words("patient", "log_called_reached"))
    await clean(patient.person)
    await look(patient.person, "back", folder)
    await welcome.get_by_role("button").click()
    await expect(welcome).to_have_count(0)
    await expect(patient.log).to_contain_text(REPLY)
