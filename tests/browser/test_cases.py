"""Ten standard cases can be worked by keys alone; how many and how long is told by `make workplace`."""

import pytest
from playwright.async_api import Browser, expect

from tests.browser.browser import DESKTOP, person
from tests.browser.cases import CASES, Case, prepare
from tests.browser.demo import Demo
from tests.browser.keyed import KeyedNurse
from tests.browser.words import Words
from tests.web.client import signed_in


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
async def test_it_can_be_done_by_keys_alone(sweden: Demo, browser: Browser, case: Case) -> None:
    async with person(browser, "sv", size=DESKTOP) as desk, signed_in(sweden.url, "patient:astrid") as patient:
        nurse = KeyedNurse(desk, Words("sv"))
        contact_id = await prepare(case, patient)
        await nurse.sign_in(sweden.url, "Sara Lind")
        await expect(nurse.rows("waiting").first).to_be_visible()
        await case.work(nurse, patient, contact_id)
        assert nurse.keys > 0
        assert await nurse.person.violations() == []
