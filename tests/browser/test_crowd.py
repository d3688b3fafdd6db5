"""Five hundred who wait: all can be reached, what is out of sight is not drawn, and the list moves with the wheel."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from aiohttp.test_utils import TestServer
from playwright.async_api import Browser, expect

from tests.browser.browser import DESKTOP, person
from tests.browser.crowd import crowd, drawn, scrolled
from tests.browser.nurse import Nurse
from tests.browser.words import Words
from tests.web.unlimited import unlimited
from web.app import NODE, run_node

WAITING = 500


@pytest.fixture
async def crowded(tmp_path: Path) -> AsyncIterator[str]:
    """The address of a server at which five hundred wait."""
    async with run_node(unlimited(tmp_path)) as application:
        server = TestServer(application)
        await server.start_server()
        await crowd(application[NODE], WAITING)
        yield str(server.make_url("")).rstrip("/")
        await server.close()


async def test_all_are_reached_and_few_are_drawn(crowded: str, browser: Browser) -> None:
    async with person(browser, "sv", size=DESKTOP) as desk:
        nurse = Nurse(desk, Words("sv"))
        await nurse.sign_in(crowded, "Sara Lind")
        await nurse.press(".")
        await expect(nurse.rows("waiting")).to_have_count(WAITING)
        seen = await drawn(nurse.page)
        assert seen["rows"] == WAITING
        assert seen["drawn"] < 100, "what is out of sight is drawn too"
        last = nurse.rows("waiting").nth(WAITING - 1)
        await last.focus()
        await expect(last).to_be_in_viewport()
        await nurse.press("Enter")
        await expect(nurse.log).to_contain_text("Jag har", ignore_case=True)
        await nurse.press("j", "k")
        await expect(nurse.rows("waiting").nth(WAITING - 2)).to_be_focused()
        await nurse.page.evaluate("document.querySelector('.staff-rows').scrollTop = 0")
        frames = await scrolled(nurse.page, steps=120, px=200)
        assert frames.frames == 120
