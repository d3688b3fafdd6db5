"""A patient at a phone is promised an interval; when it has passed the page says so, and where to turn."""

from pathlib import Path

from playwright.async_api import expect

from core.settings import Settings
from core.storage.sql import Database
from tests.browser.browser import PHONE
from tests.browser.patient import Patient
from tests.browser.test_call_back import clean, look
from tests.web.client import signed_in
from tests.web.promised import learnt, put_back
from tests.web.test_duty import stand
from web.node import Node

SORE = "Jag har ont i halsen sedan fyra dagar och feber, ingen hosta. Svårt att äta."


async def test_the_promise_and_that_it_was_wrong(url: str, node: Node, patient: Patient, tmp_path: Path) -> None:
    await learnt(node)
    async with signed_in(url, "staff:sara") as sara:
        await stand(sara, "on")
        await patient.open(url)
        await patient.write(SORE, who="nils")
        await patient.to_talk()
        interval = patient.page.locator("[data-wait=interval]")
        await expect(interval).to_have_text("10–25 minuter")
        await expect(patient.page.locator(".promise-how")).to_contain_text("nio gånger av tio")
        await clean(patient.person)
        await look(patient.person, "promise", tmp_path)
        await patient.page.set_viewport_size({"width": PHONE["width"], "height": PHONE["height"]})
        (contact_id,) = await node.places.open_contacts("hamnen")
        database = Database(Settings(demo=True, data_dir=tmp_path).sql_url)
        await put_back(database, contact_id, 26)
        await database.close()
        broken = patient.page.locator("[data-wait=broken]")
        await expect(broken).to_contain_text("längre tid än vi sa")
        await expect(broken.locator("a[data-call=emergency]")).to_have_attribute("href", "tel:112")
        await clean(patient.person)
        await look(patient.person, "broken", tmp_path)
