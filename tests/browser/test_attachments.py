"""A photo from the patient's phone to the nurse's screen: without the place, with progress, taken back, pasted."""

import asyncio
import base64
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.async_api import FilePayload, Locator, Page, Route, expect

from tests.browser.demo import Demo, DemoApart
from tests.browser.device import everything_on
from tests.browser.nurse import Nurse
from tests.browser.patient import Patient
from tests.browser.test_outbox import CANARY, WORKER_READY, back
from tests.browser.test_story import CHEST
from tests.core import attachment_files as files

PHOTO = files.photo(1_200, 900)
CHECK_MS = 40_000
PASTE = """([text, name]) => {
  const bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
  const given = new DataTransfer();
  given.items.add(new File([bytes], name, { type: "image/png" }));
  document.querySelector("#message").dispatchEvent(
    new ClipboardEvent("paste", { clipboardData: given, bubbles: true, cancelable: true }));
}"""
KEEPS_NOTHING = """async () => {
  const asked = indexedDB.open("fyr-files");
  await new Promise((done) => { asked.onsuccess = done; });
  const emptying = asked.result.transaction("files", "readwrite");
  emptying.objectStore("files").clear();
  await new Promise((done) => { emptying.oncomplete = done; });
  asked.result.close();
}"""
FETCHED = """async (src) => {
  const bytes = new Uint8Array(await (await fetch(src.replace(/\\/thumbnail$/, ""))).arrayBuffer());
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));
}"""


async def in_talk(demo: Demo, patient: Patient, nurse: Nurse) -> None:
    """The patient writes and the nurse holds the contact."""
    await nurse.sign_in(demo.url, "Sara Lind")
    await patient.open(demo.url)
    await patient.write(CHEST, who="astrid")
    await patient.to_talk()
    await patient.past_emergency()
    await nurse.press("n")
    await nurse.is_mine()


async def choose(page: Page, *given: FilePayload) -> None:
    """Choose files as from the phone's album."""
    await page.locator("input[data-attach=file]").set_input_files(list(given))


async def checked(picture: Locator) -> None:
    """Wait until a file has been made harmless, in a process of its own that lets conversations go first."""
    await expect(picture).to_be_visible(timeout=CHECK_MS)


def named(name: str, data: bytes = PHOTO) -> FilePayload:
    """A file as a browser hands it over."""
    return {"name": name, "mimeType": "image/jpeg", "buffer": data}


async def test_a_photo_with_a_place_arrives_without_it(sweden: Demo, patient: Patient, nurse: Nurse) -> None:
    await in_talk(sweden, patient, nurse)
    await choose(patient.page, named("IMG_1.jpg"))
    await patient.page.get_by_label(patient.words("attachment", "caption", name="IMG_1.jpg")).fill("Så ser foten ut")
    assert await patient.person.violations() == []
    await patient.page.get_by_role("button", name=patient.words("attachment", "send")).click()
    picture = nurse.log.locator(".attached img")
    await checked(picture)
    await expect(picture).to_have_attribute("alt", "Så ser foten ut")
    await checked(patient.log.locator(".attached img"))
    src = await picture.get_attribute("src")
    data = base64.b64decode(await nurse.page.evaluate(FETCHED, src))
    assert files.position_of(PHOTO) != {}
    assert files.position_of(data) == {}
    with Image.open(BytesIO(data)) as seen:
        assert (seen.format, seen.size) == ("JPEG", (1_200, 900))
    await nurse.log.get_by_role("button", name=nurse.words("attachment", "open", name="IMG_1.jpg")).click()
    viewer = nurse.page.locator(".attachment-viewer")
    await expect(viewer).to_be_visible()
    assert await nurse.person.violations() == []
    await nurse.press("+", "+")
    await expect(viewer.locator("img")).to_have_attribute("data-zoom", "2.25")
    await nurse.press("Escape")
    await expect(viewer).to_have_count(0)


async def test_what_is_on_its_way_shows_how_far_and_is_taken_back(sweden: Demo, patient: Patient, nurse: Nurse) -> None:
    await in_talk(sweden, patient, nurse)

    async def hold(route: Route) -> None:
        if route.request.method != "PATCH":
            await route.fallback()  # a PATCH never arrives: the line is slow

    await patient.page.route("**/api/attachments/**", hold)
    await choose(patient.page, named("lång väg.jpg"), named("två.jpg"))
    await patient.page.locator(".attachment-tray .ds-button").click()
    await expect(patient.page.locator(".attachment-tray progress")).to_have_count(2)
    await expect(nurse.log).to_contain_text(nurse.words("attachment", "coming"))
    for name in ("lång väg.jpg", "två.jpg"):
        await patient.page.get_by_role("button", name=patient.words("attachment", "cancel", name=name)).click()
    await expect(patient.page.locator(".attachment-tray li")).to_have_count(0)
    await expect(nurse.log).to_contain_text(nurse.words("attachment", "withdrawn"))


async def test_what_is_taken_back_while_it_is_announced_is_never_sent(
    sweden: Demo, patient: Patient, nurse: Nurse
) -> None:
    await in_talk(sweden, patient, nurse)
    taken_back = asyncio.Event()
    asked: list[str] = []

    async def late(route: Route) -> None:
        asked.append(route.request.method)
        if route.request.method != "POST":
            return await route.fallback()
        answer = await route.fetch()
        await taken_back.wait()
        return await route.fulfill(response=answer)

    await patient.page.route("**/api/attachments**", late)
    await choose(patient.page, named("ångrad.jpg"))
    await patient.page.get_by_role("button", name=patient.words("attachment", "send")).click()
    await expect(nurse.log).to_contain_text(nurse.words("attachment", "coming"))
    cancel = patient.words("attachment", "cancel", name="ångrad.jpg")
    await patient.page.get_by_role("button", name=cancel).click()
    taken_back.set()
    await expect(nurse.log).to_contain_text(nurse.words("attachment", "withdrawn"))
    assert asked == ["POST", "DELETE"]


async def test_a_pasted_picture_is_chosen_and_a_wrong_file_is_refused_in_words(
    sweden: Demo, patient: Patient, nurse: Nurse
) -> None:
    await in_talk(sweden, patient, nurse)
    png = files.saved(Image.new("RGB", (60, 40), "green"), "PNG")
    await patient.page.evaluate(PASTE, [base64.b64encode(png).decode(), "klipp.png"])
    await patient.page.get_by_role("button", name=patient.words("attachment", "send")).click()
    await checked(nurse.log.locator(".attached img"))
    await choose(patient.page, named("inte.jpg", b"MZ this is a program, whatever it is called"))
    await patient.page.get_by_role("button", name=patient.words("attachment", "send")).click()
    await expect(patient.page.locator(".attachment-tray")).to_contain_text(
        patient.words("attachment", "error_wrong_type")
    )
    await expect(nurse.log).to_contain_text(nurse.words("attachment", "why_wrong_type"))


async def test_a_photo_sent_in_a_tunnel_survives_a_reload_sealed_and_comes_when_the_line_is_back(
    sweden_apart: DemoApart, tmp_path: Path, patient: Patient, nurse: Nurse
) -> None:
    await in_talk(sweden_apart, patient, nurse)
    page = patient.page
    await page.wait_for_function(WORKER_READY)
    sweden_apart.kill()
    await choose(page, named("IMG_3.jpg"))
    await page.get_by_label(patient.words("attachment", "caption", name="IMG_3.jpg")).fill(f"Foten, {CANARY}")
    await page.get_by_role("button", name=patient.words("attachment", "send")).click()
    await expect(page.locator(".attachment-tray")).to_contain_text(
        patient.words("attachment", "line_gone", name="IMG_3.jpg")
    )
    async with asyncio.timeout(CHECK_MS / 1_000):
        while "fyr-files/files: 1" not in (lying := await everything_on(page)):
            await asyncio.sleep(0.05)
    assert not any(CANARY in one or "IMG_3" in one or "Exif" in one for one in lying)
    await page.reload()
    await expect(page.locator("[data-waits]")).to_have_attribute("data-waits", "1")
    with back(sweden_apart, tmp_path):
        await checked(nurse.log.locator(".attached img"))
        await expect(nurse.log.locator(".attached-caption")).to_have_text(f"Foten, {CANARY}")
        await expect(page.locator(".attachment-tray li")).to_have_count(0)
        assert "fyr-files/files: 0" in await everything_on(page)


async def test_what_the_device_could_not_keep_goes_on_once_the_same_file_is_chosen_again(
    sweden: Demo, patient: Patient, nurse: Nurse
) -> None:
    await in_talk(sweden, patient, nurse)

    async def hold(route: Route) -> None:
        if route.request.method != "PATCH":
            await route.fallback()

    await patient.page.route("**/api/attachments/**", hold)
    await choose(patient.page, named("IMG_2.jpg"))
    await patient.page.get_by_role("button", name=patient.words("attachment", "send")).click()
    await expect(nurse.log).to_contain_text(nurse.words("attachment", "coming"))
    await patient.page.evaluate(KEEPS_NOTHING)
    await patient.page.reload()  # while it is held: let go, it would be through before the page is gone
    await expect(patient.log).to_contain_text(patient.words("attachment", "unfinished"))
    await patient.page.unroute("**/api/attachments/**")
    await patient.page.get_by_label(patient.words("attachment", "again")).set_input_files([named("IMG_2.jpg")])
    await checked(nurse.log.locator(".attached img"))
