"""A patient is told who answers instead, may say what they need; staff see why it came to them and what runs out."""

import asyncio
from collections.abc import Sequence

import pytest
from playwright.async_api import expect

from carequeue.routing.rules import parse_routing
from carequeue.store import PlaceRow
from core.ids import ContactId
from tests.browser.nurse import Nurse
from tests.browser.patient import Patient
from tests.web.client import client_id, signed_in
from tests.web.test_routing import RULES
from web.node import Node

SORE = "Jag har ont i halsen sedan fyra dagar och feber, ingen hosta. Svårt att äta."
MINUTE_MS = 60_000


async def test_from_a_wish_to_a_lost_line(
    url: str, node: Node, patient: Patient, nurse: Nurse, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(node.router, "rules", parse_routing(RULES))
    monkeypatch.setattr(node.deadlines, "opens_ms", lambda unit, at_ms: at_ms + MINUTE_MS * (unit == "hamnen"))
    await patient.open(url)
    await patient.to_words(who="nils")
    await expect(patient.page.locator(".nobody")).to_contain_text("Hamnens hälsocentral är stängt")
    await patient.page.get_by_label(patient.words("route", "wish_service")).select_option("throat")
    await patient.page.get_by_text(patient.words("route", "wish_language")).click()
    await patient.page.get_by_label(patient.words("route", "language")).select_option("ar")
    assert await patient.person.violations() == []
    await nurse.sign_in(url, "Sara Lind")
    await nurse.on_duty()
    await patient.own_words(SORE)
    await nurse.page.locator(".staff-new").click()
    await nurse.rows("waiting").first.click()
    await expect(nurse.log).to_contain_text("Den valda tjänsten finns på Lyktans hälsocentral")
    await expect(nurse.log).to_contain_text("Behöver någon som kan arabiska")
    await nurse.page.locator(".duty-choice select").select_option("paused")
    await expect(nurse.page.locator(".duty-line").first).to_have_attribute("data-manned", "false")
    await nurse.page.evaluate("document.activeElement.blur()")  # a letter is no key while a field has the focus
    await nurse.press("n")
    await expect(nurse.page.locator(".staff-line")).to_have_text(nurse.words("staff", "error_intake_paused"))
    await line_lost(url, node, nurse)
    assert await nurse.person.violations() == []


async def tell_on(node: Node, found: Sequence[tuple[PlaceRow, int]]) -> None:
    """Again and again: the node's own look says every few seconds that nothing runs out."""
    while True:
        node.leases.running_out(found)
        await asyncio.sleep(0.1)


async def line_lost(url: str, node: Node, nurse: Nurse) -> None:
    """A colleague takes it, and their tablet dies."""
    (contact_id,) = await node.places.open_contacts("lyktan")
    async with signed_in(url, "staff:leila") as leila:
        await leila.call("queue:claim", contact_id=contact_id, client_id=client_id())
    rows = await node.places.get([ContactId(contact_id)])
    found = [(row, node.now_ms() + 2 * MINUTE_MS) for row in rows.values()]
    card = nurse.page.get_by_test_id("line-lost")
    telling = asyncio.create_task(tell_on(node, found))
    await expect(card).to_contain_text("Linjen bröts, går tillbaka om 1:")
    await expect(nurse.page.get_by_role("timer")).to_contain_text("Om 1:")
    telling.cancel()
    node.leases.running_out([])
    await expect(card).to_have_count(0)
