"""Two administrators put a content set in force; the first learns that another person is needed."""

from pathlib import Path

import pytest
from playwright.async_api import expect

from core.actor import Actor
from core.ids import ContactId, contact_stream
from tests.browser.nurse import Nurse
from tests.browser.test_call_back import clean, look
from tests.triage.test_versions import changed_set
from tests.web.client import signed_in
from tests.web.test_story import opened
from triage.content import load_content
from triage.shadow.judged import At, Judged
from triage.versions.entries import Rehearsed
from triage.versions.pack import pack
from web.node import Node

OPERATOR = Actor(id="system:operator:0", kind="system", name="operator")
TRIED = Rehearsed(against="0.1", cases=214, up=9, down=2)


@pytest.fixture
async def proposed(node: Node, tmp_path: Path) -> str:
    """The version of a set that waits for approval."""
    folder = changed_set(tmp_path / "changed")
    made = pack(folder, load_content(folder).version)
    await node.versions.propose(
        OPERATOR, made, reason="Ont i halsen kom för långt ned i kön", rehearsed=TRIED, client_id="propose"
    )
    return made.version


@pytest.fixture
async def shadowed(proposed: str, url: str, node: Node) -> str:
    """A contact that the set would have put higher."""
    async with signed_in(url, "patient:astrid") as astrid:
        contact_id = await opened(astrid, text="Jag har ont i halsen")
    at = At(contact_stream(ContactId(contact_id)), 4, node.now_ms())
    row = Judged(*at[:2], proposed, "0.1", at.at_ms, "routine", "urgent", True, "RF990", "SP_throat")
    await node.shadowed.add([row])
    return contact_id


async def test_two_administrators_put_a_set_in_force(
    proposed: str, shadowed: str, administrators: tuple[Nurse, Nurse], node: Node, tmp_path: Path
) -> None:
    for number, administrator in enumerate(administrators):
        card = administrator.page.get_by_role("region", name=proposed)
        approve = card.get_by_role("button", name=administrator.words("content", "approve"))
        await expect(card).to_contain_text("214")
        await card.get_by_role("button", name=administrator.words("content", "beside")).click()
        await expect(card.get_by_role("row", name="RF990")).to_contain_text("1")
        await expect(card.locator(".content-moved")).to_contain_text(shadowed)
        await clean(administrator.person)
        await look(administrator.person, f"content-{number}", tmp_path)
        await administrator.page.reload()
        await approve.focus()
        await administrator.page.keyboard.press("Enter")
        await expect(approve).to_have_count(0) if number else await expect(approve).to_be_disabled()
    await expect(administrators[1].page.locator("[data-status=approved]")).to_contain_text("Adam Berg, Ida Norell")
    (standing,) = await node.versions.standing()
    assert (standing.version, standing.status) == (proposed, "approved")
