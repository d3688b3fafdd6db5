"""Two administrators at the desk for the service: what is changed is shown first, what lowers safety takes both."""

from pathlib import Path

import pytest
from playwright.async_api import Locator, expect

from tests.browser.nurse import Nurse
from tests.browser.test_call_back import clean, look
from web.node import Node

WHY = "Beslut av verksamhetschefen."


@pytest.fixture
async def at_the_desk(administrators: tuple[Nurse, Nurse]) -> tuple[Nurse, Nurse]:
    """Each at the desk for the service itself."""
    for somebody in administrators:
        await somebody.page.get_by_role("button", name=somebody.words("desk", "directory"), exact=True).click()
    return administrators


def words(somebody: Nurse, key: str, **values: str) -> str:
    text = somebody.words("administration", key)
    for name, value in values.items():
        text = text.replace(f"{{{name}}}", value)
    return text


def press(where: Locator | Nurse, text: str) -> Locator:
    within = where.page if isinstance(where, Nurse) else where
    return within.get_by_role("button", name=text, exact=True)


async def begin(somebody: Nurse, sheet: str) -> Locator:
    """The dialog of a sheet of the open subject, its reason written."""
    what = words(somebody, f"sheet_{sheet}")
    await press(somebody, words(somebody, "change_what", what=what)).click()
    dialog = somebody.page.get_by_role("dialog")
    await dialog.get_by_label(somebody.words("staff", "reason")).fill(WHY)
    return dialog


async def test_hours_are_cut_by_two_and_what_makes_no_sense_is_named(
    at_the_desk: tuple[Nurse, Nurse], node: Node, tmp_path: Path
) -> None:
    adam, ida = at_the_desk
    await expect(adam.page.get_by_role("heading", name=words(adam, "units"))).to_be_visible()
    await clean(adam.person)
    await look(adam.person, "administration-list", tmp_path)
    await press(adam, words(adam, "open_whom", name="Hamnens hälsocentral")).click()
    await expect(adam.page.get_by_role("heading", name="Hamnens hälsocentral")).to_be_visible()
    await clean(adam.person)
    await look(adam.person, "administration-unit", tmp_path)
    dialog = await begin(adam, "hours")
    monday = dialog.get_by_label(words(adam, "day_mon"))
    await monday.fill("17:00-08:00")
    await press(dialog, words(adam, "next")).click()
    await expect(dialog.get_by_role("alert")).to_contain_text(
        f"{words(adam, 'day_mon')}: {words(adam, 'fault_closes_before_it_opens')}"
    )
    await clean(adam.person)
    await monday.fill("08:00-12:00, 13:00-16:00")
    await press(dialog, words(adam, "next")).click()
    await expect(dialog.get_by_role("row", name=words(adam, "day_mon"))).to_contain_text("08:00-12:00, 13:00-16:00")
    await expect(dialog).to_contain_text(words(adam, "low_fewer_hours"))
    await clean(adam.person)
    await look(adam.person, "administration-hours", tmp_path)
    await press(dialog, words(adam, "propose")).click()
    await expect(adam.page.get_by_role("article")).to_contain_text(words(adam, "another"))
    assert len(node.deadlines.hours("hamnen").written.week["mon"]) == 1
    await ida.page.reload()
    await press(ida, ida.words("desk", "directory")).click()
    waiting = ida.page.get_by_role("article")
    await expect(waiting).to_contain_text("Adam Berg")
    await clean(ida.person)
    await look(ida.person, "administration-waiting", tmp_path)
    await press(waiting, words(ida, "approve")).click()
    await press(ida.page.get_by_role("dialog"), words(ida, "approve")).click()
    await expect(ida.page.get_by_text(words(ida, "waiting_none"))).to_be_visible()
    assert node.deadlines.hours("hamnen").written.week["mon"] == ("08:00-12:00", "13:00-16:00")
    await press(ida, words(ida, "open_whom", name="Hamnens hälsocentral")).click()
    await expect(ida.page.get_by_text("approved by Ida Norell")).to_be_visible()
    await press(ida, words(ida, "history_what", what=words(ida, "sheet_hours"))).click()
    await expect(ida.page.get_by_role("dialog")).to_contain_text("Approved by Ida Norell")
    await clean(ida.person)


async def test_a_nurse_is_taken_on_given_a_role_by_two_and_found_by_language(
    at_the_desk: tuple[Nurse, Nurse], node: Node, tmp_path: Path
) -> None:
    adam, ida = at_the_desk
    await press(ida, words(ida, "add_staff")).click()
    dialog = ida.page.get_by_role("dialog")
    await dialog.get_by_label(words(ida, "name"), exact=True).fill("Nora Nyberg")
    await dialog.get_by_label(words(ida, "languages")).fill("sv so")
    await dialog.get_by_label(ida.words("staff", "reason")).fill(WHY)
    await ida.page.keyboard.press("Control+Enter")
    await expect(dialog).to_contain_text(words(ida, "lowers_none"))
    await ida.page.keyboard.press("Control+Enter")
    await expect(ida.page.get_by_role("heading", name="Nora Nyberg")).to_be_visible()
    dialog = await begin(ida, "roles")
    await (
        dialog.get_by_role("group", name="Hamnens hälsocentral").get_by_label(ida.words("staff", "role_nurse")).check()
    )
    await press(dialog, words(ida, "next")).click()
    await expect(dialog).to_contain_text(words(ida, "low_role_given"))
    await look(ida.person, "administration-roles", tmp_path)
    await press(dialog, words(ida, "propose")).click()
    await adam.page.reload()
    await press(adam, adam.words("desk", "directory")).click()
    await press(adam.page.get_by_role("article"), words(adam, "approve")).click()
    await press(adam.page.get_by_role("dialog"), words(adam, "approve")).click()
    await expect(press(adam.page.get_by_role("article"), words(adam, "approve"))).to_have_count(0)
    await adam.page.get_by_label(words(adam, "search")).fill("so")
    await expect(press(adam, words(adam, "open_whom", name="Nora Nyberg"))).to_be_visible()
    await press(ida, words(ida, "back")).click()
    await press(ida, words(ida, "add_provider")).click()
    dialog = ida.page.get_by_role("dialog")
    await dialog.get_by_label(words(ida, "name"), exact=True).fill("Fyr Omsorg AB")
    await dialog.get_by_label(ida.words("staff", "reason")).fill(WHY)
    await ida.page.keyboard.press("Control+Enter")
    await expect(dialog).to_contain_text(words(ida, "lowers_none"))
    await ida.page.keyboard.press("Control+Enter")
    await press(ida, words(ida, "back")).click()
    await expect(ida.page.get_by_role("listitem").filter(has_text="Fyr Omsorg AB")).to_contain_text("Region Fyr")
    await clean(ida.person)
    await look(ida.person, "administration-provider", tmp_path)
    (nora,) = [one for one in await node.directory.members() if one.name == "Nora Nyberg"]
    assert (nora.roles, nora.languages) == ({"hamnen": ("nurse",)}, ("sv", "so"))
    for sheet in ("targets", "silence", "on_call", "capacity", "routing", "late", "hand_over", "templates"):
        await adam.page.get_by_label(words(adam, "search")).fill("")
        await press(adam, words(adam, "open_whom", name="Lyktans hälsocentral")).click()
        dialog = await begin(adam, sheet)
        await clean(adam.person)
        await look(adam.person, f"administration-{sheet}", tmp_path)
        await adam.page.keyboard.press("Escape")
        await press(adam, words(adam, "back")).click()
