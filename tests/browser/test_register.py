"""Two administrators change who somebody is: what follows is read first, and what opens anything takes both."""

import re
from pathlib import Path

import pytest
from playwright.async_api import Locator, expect

from tests.browser.nurse import Nurse
from tests.browser.test_call_back import clean, look
from web.node import Node

ELIAS, VERA = "20170101-2393", "20000125-2386"


@pytest.fixture
async def at_the_register(administrators: tuple[Nurse, Nurse]) -> tuple[Nurse, Nurse]:
    """Each at the desk for the register of persons."""
    for somebody in administrators:
        await somebody.page.get_by_role("button", name=somebody.words("desk", "register")).click()
    return administrators


def press(somebody: Nurse, key: str) -> Locator:
    return somebody.page.get_by_role("button", name=somebody.words("register", key), exact=True)


async def find(somebody: Nurse, number: str) -> None:
    await somebody.page.get_by_label(somebody.words("staff", "find_number")).fill(number)
    await somebody.page.keyboard.press("Enter")


async def begin(somebody: Nurse, key: str) -> Locator:
    """The dialog of a change, its reason written."""
    await press(somebody, key).click()
    dialog = somebody.page.get_by_role("dialog")
    await dialog.get_by_label(somebody.words("staff", "reason")).fill("Enligt folkbokföringen.")
    return dialog


async def test_a_protection_is_lifted_by_two_and_a_newborn_registered_by_one(
    at_the_register: tuple[Nurse, Nurse], node: Node, tmp_path: Path
) -> None:
    adam, ida = at_the_register
    await find(adam, VERA)
    dialog = await begin(adam, "begin_lift")
    await press(adam, "next").click()
    await expect(dialog).to_contain_text(adam.words("register", "second"))
    await clean(adam.person)
    await look(adam.person, "register-dialog", tmp_path)
    await press(adam, "propose").click()
    await expect(adam.page.get_by_role("article")).to_contain_text(adam.words("register", "another"))
    await clean(adam.person)
    await look(adam.person, "register-person", tmp_path)
    assert node.protections.of_person("vera") is not None
    await ida.page.reload()
    await ida.page.get_by_role("button", name=ida.words("desk", "register")).click()
    await press(ida, "approve").click()
    await expect(ida.page.get_by_role("dialog")).to_contain_text(ida.words("register", "lift_shows"))
    await ida.page.get_by_role("dialog").get_by_role("button", name=ida.words("register", "approve")).click()
    await expect(ida.page.locator("[data-status=done]")).to_contain_text("Ida Norell")
    assert node.protections.of_person("vera") is None
    await press(ida, "back").click()
    await press(ida, "newborn").click()
    born = ida.page.get_by_role("dialog")
    await born.get_by_label(ida.words("register", "name")).fill("Flicka Lund")
    await born.get_by_label(ida.words("register", "born_on")).fill("2026-11-02")
    await clean(ida.person)
    await look(ida.person, "register-newborn", tmp_path)
    await born.get_by_role("button", name=ida.words("register", "newborn_do")).click()
    await expect(ida.page.get_by_role("heading", name="Flicka Lund")).to_be_visible()
    await press(ida, "back").click()
    await clean(ida.person)
    await look(ida.person, "register-list", tmp_path)


async def test_no_number_is_left_on_the_page_or_told_to_the_browsers_history(
    at_the_register: tuple[Nurse, Nurse],
) -> None:
    adam, _ = at_the_register
    await find(adam, ELIAS)
    await expect(adam.page.get_by_role("heading", name="Elias Bergkvist")).to_be_visible()
    dialog = await begin(adam, "begin_end_number")
    await dialog.get_by_label(adam.words("register", "ends_number")).fill(ELIAS)
    await press(adam, "next").click()
    await press(adam, "do").click()
    await expect(adam.page.locator("[data-status=done]")).to_have_count(1)
    left = f"{adam.page.url} {await adam.page.title()} {await adam.page.locator('body').inner_text()}"
    kept = await adam.page.evaluate(
        "[...document.querySelectorAll('input')].map(one => one.value).join() + JSON.stringify(sessionStorage)"
    )
    assert not re.search(r"\d{6}-?2393", left + kept)
