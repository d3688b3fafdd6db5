"""Signing in through a real provider in a real browser: the ways in, what goes wrong, where one is signed in."""

from pathlib import Path

import pytest
from playwright.async_api import Browser as Chromium
from playwright.async_api import Page, expect

from tests.browser.browser import DESKTOP, PHONE, Person, person
from tests.browser.words import Words
from tests.login.scene import Choices, scene

SV = Words("sv")


async def clean(somebody: Person, folder: Path, name: str) -> None:
    """Nothing for axe to find, nothing that overflows; a picture of it at both widths, light and dark."""
    for theme in ("light", "dark"):
        for size in (PHONE, DESKTOP):
            await somebody.page.set_viewport_size({"width": size["width"], "height": size["height"]})
            await somebody.page.emulate_media(color_scheme=theme)
            assert await somebody.violations() == []
            assert not await somebody.page.evaluate("document.documentElement.scrollWidth > innerWidth")
            await somebody.page.screenshot(path=folder / f"{name}-{size['width']}-{theme}.png")


async def to_sign_in(page: Page, url: str) -> None:
    """From the first screen to the ways in."""
    await page.goto(url)
    await page.click("[data-subject=self]")
    await page.click("[data-answer=none]")
    await page.wait_for_selector(".signin-ways")


async def choose(page: Page, name: str) -> None:
    """Go to the provider by keyboard, and be somebody there."""
    await page.get_by_role("link", name=SV("signin", "with").replace("{name}", "Prov-ID")).press("Enter")
    await page.get_by_role("link", name=name).click()


async def test_a_patient_signs_in_at_the_provider_and_ends_another_session(tmp_path: Path, browser: Chromium) -> None:
    async with (
        scene(tmp_path, Choices()) as here,
        person(browser, "sv", size=PHONE) as phone,
        person(browser, "sv", size=DESKTOP) as desk,
    ):
        for somebody in (phone, desk):
            await to_sign_in(somebody.page, here.url)
            if somebody is phone:
                await clean(phone, tmp_path, "patient-ways")
            await choose(somebody.page, "Astrid Holm")
            await expect(somebody.page.get_by_text("Astrid Holm")).to_be_visible()
        page = phone.page
        await page.get_by_role("button", name=SV("signin", "sessions")).press("Enter")
        await expect(page.locator("[data-session]")).to_have_count(2)
        await clean(phone, tmp_path, "patient-sessions")
        await page.get_by_role("button", name=SV("signin", "session_end")).first.press("Enter")
        await expect(page.locator("[data-session]")).to_have_count(1)
        assert len(await here.node.sessions.own("patient:astrid")) == 1


@pytest.mark.parametrize(
    ("people", "path", "name", "told"),
    [
        ("patient", "/", "Somebody Else", "trouble_unknown"),
        ("patient", "/", "Cancel", "trouble_cancelled"),
        ("staff", "/staff", "Somebody Else", "trouble_unknown_staff"),
    ],
)
async def test_who_is_not_let_in_is_told_why_and_whom_to_call(
    tmp_path: Path, browser: Chromium, people: str, path: str, name: str, told: str
) -> None:
    async with scene(tmp_path, Choices(people=people)) as here, person(browser, "sv", size=PHONE) as phone:
        page = phone.page
        if people == "patient":
            await to_sign_in(page, here.url)
        else:
            await page.goto(here.url + path)
        await choose(page, name)
        alert = page.get_by_role("alert").filter(has_text=SV("signin", told))
        await expect(alert).to_be_visible()
        assert page.url == here.url + path
        await clean(phone, tmp_path, f"{people}-{told}")
        if told == "trouble_unknown":
            await expect(alert.get_by_role("link")).to_have_attribute("href", "tel:1177")


async def test_who_is_known_too_little_proves_more_and_goes_on(tmp_path: Path, browser: Chromium) -> None:
    async with scene(tmp_path, Choices()) as here, person(browser, "sv", size=PHONE) as phone:
        page = phone.page
        await to_sign_in(page, here.url)
        await choose(page, "Nils Bergkvist")
        more = page.get_by_role("link", name=SV("signin", "more_go"))
        await expect(more).to_be_visible()
        await clean(phone, tmp_path, "patient-more")
        await more.press("Enter")
        await page.get_by_role("link", name="Nils Bergkvist").click()
        await expect(page.get_by_text("Nils Bergkvist")).to_be_visible()
        await expect(more).to_have_count(0)
        assert (await here.node.sessions.own("patient:nils"))[0].assurance == "substantial"


async def test_staff_sign_in_and_see_where(tmp_path: Path, browser: Chromium) -> None:
    async with scene(tmp_path, Choices(people="staff")) as here, person(browser, "sv", size=DESKTOP) as desk:
        page = desk.page
        await page.goto(f"{here.url}/staff")
        await page.wait_for_selector(".signin-ways")
        await clean(desk, tmp_path, "staff-ways")
        await choose(page, "Sara Lind")
        await page.get_by_role("button", name="Sara Lind").press("Enter")
        await expect(page.locator("[data-session]")).to_have_count(1)
        await clean(desk, tmp_path, "staff-sessions")
