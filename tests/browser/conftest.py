"""A demo, a browser and people in it, all of them each test's own."""

import shutil
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack
from pathlib import Path

import pytest
from playwright.async_api import Browser, expect

from tests.browser.browser import DESKTOP, PATIENCE_MS, PHONE, chromium, person
from tests.browser.demo import Demo, DemoApart, running_demo, served_demo
from tests.browser.firefox import firefox_path
from tests.browser.nurse import Nurse
from tests.browser.patient import Patient
from tests.browser.words import Words
from tests.web.conftest import application, node, url

collect_ignore = [] if firefox_path() else ["test_firefox.py"]
__all__ = ["application", "node", "url"]  # a server of this process, where a test must look inside

expect.set_options(timeout=PATIENCE_MS)  # what is waited for comes; on a busy machine it takes its time


@pytest.fixture
async def sweden(tmp_path: Path, made_sqlite: Path) -> AsyncIterator[Demo]:
    """A demo in Sweden."""
    shutil.copy(made_sqlite, tmp_path)
    async with served_demo("se", tmp_path) as demo:
        yield demo


@pytest.fixture
async def norway(tmp_path: Path, made_sqlite: Path) -> AsyncIterator[Demo]:
    """A demo in Norway."""
    shutil.copy(made_sqlite, tmp_path)
    async with served_demo("no", tmp_path) as demo:
        yield demo


@pytest.fixture
def sweden_apart(tmp_path: Path) -> Iterator[DemoApart]:
    """A demo in Sweden, in a process of its own: for tests that take it away."""
    with running_demo("se", tmp_path) as demo:
        yield demo


@pytest.fixture
async def browser() -> AsyncIterator[Browser]:
    """A Chromium of the test's own."""
    async with chromium() as opened:
        yield opened


@pytest.fixture
async def patient(browser: Browser) -> AsyncIterator[Patient]:
    """A Swedish patient at a phone."""
    async with person(browser, "sv", size=PHONE) as somebody:
        yield Patient(somebody, Words("sv"))


@pytest.fixture
async def nurse(browser: Browser) -> AsyncIterator[Nurse]:
    """A Swedish nurse at a desk."""
    async with person(browser, "sv", size=DESKTOP) as somebody:
        yield Nurse(somebody, Words("sv"))


@pytest.fixture
async def norwegians(browser: Browser) -> AsyncIterator[tuple[Patient, Nurse]]:
    """A Norwegian patient and a Norwegian nurse."""
    async with AsyncExitStack() as stack:
        at_phone = await stack.enter_async_context(person(browser, "nb", size=PHONE))
        at_desk = await stack.enter_async_context(person(browser, "nb", size=DESKTOP))
        yield Patient(at_phone, Words("nb")), Nurse(at_desk, Words("nb"))


@pytest.fixture
async def administrators(browser: Browser, url: str) -> AsyncIterator[tuple[Nurse, Nurse]]:
    """Two of one legal care giver, signed in: one Swedish at a phone, one English at a desk."""
    async with AsyncExitStack() as stack:
        adam = Nurse(await stack.enter_async_context(person(browser, "sv", size=PHONE)), Words("sv"))
        ida = Nurse(await stack.enter_async_context(person(browser, "en", size=DESKTOP)), Words("en"))
        for somebody, name in ((adam, "Adam Berg"), (ida, "Ida Norell")):
            await somebody.page.goto(f"{url}/staff")
            await somebody.page.get_by_role("button", name=name).click()
        yield adam, ida
