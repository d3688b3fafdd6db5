"""What a patient writes without a line: it waits in sight, survives everything, and is sent once and in order."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

from playwright.async_api import Page, expect

from tests.browser.browser import PATIENCE_MS
from tests.browser.demo import Demo, DemoApart, running_demo
from tests.browser.device import a_draft_is_kept, everything_on, kept_texts, no_draft_is_kept, texts_are_kept
from tests.browser.line import ANSWER, ENTRY, HEADS, Line
from tests.browser.nurse import Nurse
from tests.browser.patient import Patient

STORY = "Jag har ont i halsen och feber sedan i går"
CANARY = "kanariefågel"
THREE = [f"{number} {CANARY} i tunneln" for number in (1, 2, 3)]
WORKER_READY = """async () => {
  await navigator.serviceWorker.ready;
  for (const name of await caches.keys()) if (await (await caches.open(name)).match('/')) return true;
  return false;
}"""
DAY_AND_MORE = timedelta(hours=25)


async def _talking(demo: Demo, patient: Patient) -> None:
    """A contact that is open, on a page the device has kept."""
    await patient.open(demo.url)
    await patient.page.wait_for_function(WORKER_READY)
    await patient.write(STORY, who="nils")
    await patient.to_talk()
    await expect(patient.page.locator(".light")).to_have_attribute("data-light", "up")


@contextmanager
def back(demo: Demo, folder: Path) -> Iterator[None]:
    """The server that died, with the same record, at the same address; at the end it dies again."""
    with running_demo("se", folder, port=demo.port) as again:
        try:
            yield
        finally:
            again.kill()


async def _waits(page: Page, count: int) -> None:
    """The page has lost the line, says so, and shows how many wait."""
    await expect(page.locator(".bubble[data-unsent]")).to_have_count(count)
    await expect(page.locator(".light")).to_have_attribute("data-light", "down")


async def _is_told_once_in_order(nurse: Nurse, texts: list[str]) -> None:
    await expect(nurse.log).to_contain_text(texts[-1])
    said = [text for text in await nurse.log.locator(".staff-text").all_inner_texts() if CANARY in text]
    assert said == texts


async def test_what_is_written_in_a_tunnel_survives_reload_and_closing_and_comes_once(
    sweden_apart: DemoApart, tmp_path: Path, patient: Patient, nurse: Nurse
) -> None:
    await nurse.sign_in(sweden_apart.url, "Sara Lind")
    await _talking(sweden_apart, patient)
    await nurse.press(".", "n")
    await nurse.is_mine()
    sweden_apart.kill()
    for text in THREE:
        await patient.say(text)
    await _waits(patient.page, 3)
    await texts_are_kept(patient.page, 3)
    assert not any(CANARY in one for one in await everything_on(patient.page))
    await patient.page.reload()
    await expect(patient.page.locator("[data-waits]")).to_have_attribute("data-waits", "3")
    await expect(patient.page.locator("[data-call=emergency]").first).to_have_attribute("href", "tel:112")
    context = patient.page.context
    await patient.page.close()
    with back(sweden_apart, tmp_path):
        again = await context.new_page()
        await again.goto(sweden_apart.url)
        log = again.get_by_role("log")
        await expect(log).to_contain_text(THREE[-1])
        await expect(log.locator("[data-unsent]")).to_have_count(0)
        await _is_told_once_in_order(nurse, THREE)
        assert await kept_texts(again) == 0
        assert not any(CANARY in one for one in await everything_on(again))


async def test_a_server_that_dies_between_commit_and_answer_is_not_told_twice(
    sweden_apart: DemoApart, tmp_path: Path, patient: Patient, nurse: Nurse
) -> None:
    line = Line()
    await line.put_between(patient.page)
    await nurse.sign_in(sweden_apart.url, "Sara Lind")
    await _talking(sweden_apart, patient)
    await nurse.press(".", "n")
    await nurse.is_mine()
    line.silences = (ANSWER, ENTRY, HEADS)
    await patient.say(THREE[0])
    await expect(nurse.log).to_contain_text(THREE[0])
    sweden_apart.kill()
    await _waits(patient.page, 1)
    line.silences = ()
    with back(sweden_apart, tmp_path):
        await expect(patient.page.locator("[data-unsent]")).to_have_count(0)
        await patient.say(THREE[1])
        await _is_told_once_in_order(nurse, THREE[:2])
        await expect(patient.page.locator(".bubble", has_text=CANARY)).to_have_count(2)


async def test_two_tabs_show_the_same_and_send_once(
    sweden_apart: DemoApart, tmp_path: Path, patient: Patient, nurse: Nurse
) -> None:
    await nurse.sign_in(sweden_apart.url, "Sara Lind")
    await _talking(sweden_apart, patient)
    await nurse.press(".", "n")
    await nurse.is_mine()
    other = await patient.page.context.new_page()
    await other.goto(sweden_apart.url)
    await expect(other.get_by_role("log")).to_contain_text(STORY)
    sweden_apart.kill()
    await patient.say(THREE[0])
    await expect(other.locator("[data-unsent]")).to_contain_text(THREE[0])
    await other.fill("#message", THREE[1])
    await other.press("#message", "Enter")
    await patient.say(THREE[2])
    for page in (patient.page, other):
        await _waits(page, 3)
    with back(sweden_apart, tmp_path):
        await _is_told_once_in_order(nurse, THREE)
        for page in (patient.page, other):
            await expect(page.locator("[data-unsent]")).to_have_count(0)
            await expect(page.locator(".bubble", has_text=CANARY)).to_have_count(3)


async def test_the_message_that_opens_a_contact_waits_as_well(
    sweden_apart: DemoApart, tmp_path: Path, patient: Patient
) -> None:
    await patient.open(sweden_apart.url)
    await patient.page.wait_for_function(WORKER_READY)
    await patient.page.click("[data-subject=self]")
    await patient.page.click("[data-answer=none]")
    await patient.page.click('[data-person="patient:nils"]')
    await patient.next("person")
    await patient.page.fill("#own-words", f"{STORY}, {CANARY}")
    sweden_apart.kill()
    await patient.next("words")
    await expect(patient.page.locator(".not-seen")).to_be_visible()
    await texts_are_kept(patient.page, 1)
    assert not any(CANARY in one for one in await everything_on(patient.page))
    await patient.page.reload()
    await expect(patient.page.locator("[data-waits]")).to_have_attribute("data-waits", "1")
    with back(sweden_apart, tmp_path):
        await patient.to_talk()
        await expect(patient.log.locator(".bubble", has_text=CANARY)).to_have_count(1)
        own = await patient.page.evaluate("fetch('/api/contacts').then((answer) => answer.json())")
        assert len(own) == 1
        assert await kept_texts(patient.page) == 0


async def test_what_is_typed_and_not_sent_survives_a_reload(sweden: Demo, patient: Patient) -> None:
    await _talking(sweden, patient)
    await patient.page.fill("#message", f"Halv mening, {CANARY}")
    await a_draft_is_kept(patient.page)
    await patient.page.reload()
    await expect(patient.page.locator("#message")).to_have_value(f"Halv mening, {CANARY}")
    assert not any(CANARY in one for one in await everything_on(patient.page))
    await patient.page.press("#message", "Enter")
    await expect(patient.page.locator(".bubble", has_text=CANARY)).to_have_count(1)
    await no_draft_is_kept(patient.page)
    await patient.page.reload()
    await expect(patient.log).to_contain_text(CANARY)
    await expect(patient.page.locator("#message")).to_have_value("")


async def test_after_a_day_it_is_gone_and_the_patient_is_told(sweden_apart: DemoApart, patient: Patient) -> None:
    await patient.page.clock.install()
    await _talking(sweden_apart, patient)
    sweden_apart.kill()
    await patient.say(THREE[0])
    await _waits(patient.page, 1)
    await texts_are_kept(patient.page, 1)
    await patient.page.clock.fast_forward(int(DAY_AND_MORE.total_seconds() * 1000))
    await expect(patient.page.locator(".too-old")).to_contain_text("112")
    await expect(patient.page.locator("[data-unsent]")).to_have_count(0)
    assert await kept_texts(patient.page) == 0


async def test_a_day_passes_also_while_the_page_is_closed(sweden_apart: DemoApart, patient: Patient) -> None:
    await _talking(sweden_apart, patient)
    sweden_apart.kill()
    await patient.say(THREE[0])
    await _waits(patient.page, 1)
    context = patient.page.context
    await patient.page.close()
    tomorrow = await context.new_page()
    await tomorrow.clock.install(time=datetime.now().astimezone() + DAY_AND_MORE)
    await tomorrow.goto(sweden_apart.url)
    await expect(tomorrow.locator(".too-old")).to_be_visible()
    assert await kept_texts(tomorrow) == 0


async def test_signing_out_asks_about_what_waits_and_leaves_nothing(sweden: Demo, patient: Patient) -> None:
    line = Line()
    await line.put_between(patient.page)
    await _talking(sweden, patient)
    line.mutes = True
    await patient.say(THREE[0])
    await patient.page.fill("#message", f"Halv mening, {CANARY}")
    await expect(patient.page.locator("[data-unsent]")).to_have_count(1)
    await patient.page.get_by_role("button", name=patient.words("patient", "sign_out")).click()
    async with patient.page.expect_navigation():
        await patient.page.get_by_role("button", name=patient.words("patient", "sign_out_anyway")).click()
    await patient.page.wait_for_selector("[data-screen=start]")
    told = await everything_on(patient.page)
    for store in ("waiting", "drafts", "key"):
        assert f"fyr-outbox/{store}: 0" in told
    assert not any(CANARY in one for one in told)


async def test_the_light_is_not_green_on_old_news(sweden_apart: DemoApart, patient: Patient, nurse: Nurse) -> None:
    line = Line()
    await line.put_between(patient.page)
    await patient.page.clock.install()
    await _talking(sweden_apart, patient)
    light = patient.page.locator(".light")
    await expect(light.get_by_role("status")).to_have_text(patient.words("base", "light_up"))
    line.silences = (ANSWER, HEADS)
    await patient.page.clock.fast_forward(13_000)
    await expect(light).to_have_attribute("data-light", "old")
    await expect(light.get_by_role("status")).to_have_text(patient.words("base", "light_old"))
    line.silences = ()
    await expect(light).to_have_attribute("data-light", "up")
    sweden_apart.kill()
    await expect(light).to_have_attribute("data-light", "down")
    assert await patient.person.violations() == []


async def test_a_tab_that_sleeps_with_the_turn_to_send_keeps_nobody_waiting(
    sweden: Demo, patient: Patient, nurse: Nurse
) -> None:
    await nurse.sign_in(sweden.url, "Sara Lind")
    await _talking(sweden, patient)
    await nurse.press(".", "n")
    await nurse.is_mine()
    asleep = await patient.page.context.new_page()
    await asleep.goto(f"{sweden.url}/icon.svg")
    await asleep.evaluate("void navigator.locks.request('fyr-outbox', () => new Promise(() => {}))")
    await patient.page.bring_to_front()
    for text in THREE:
        await patient.say(text)
    await expect(patient.page.locator("[data-unsent]")).to_have_count(0, timeout=PATIENCE_MS)
    await _is_told_once_in_order(nurse, THREE)


async def test_the_search_for_words_in_clear_would_find_them(sweden: Demo, patient: Patient) -> None:
    """The other tests rest on it: it looks into every store a page can write to."""
    await patient.open(sweden.url)
    await patient.page.evaluate(
        """async () => {
          localStorage.x = 'canary-1'; sessionStorage.x = 'canary-2';
          await (await caches.open('x')).put('/x', new Response('canary-3'));
          const db = await new Promise((done) => {
            const asked = indexedDB.open('x', 1);
            asked.onupgradeneeded = () => asked.result.createObjectStore('x');
            asked.onsuccess = () => done(asked.result);
          });
          const store = db.transaction('x', 'readwrite').objectStore('x');
          store.put({deep: [new TextEncoder().encode('canary-4')]}, 1);
          await new Promise((done) => { store.put({deep: {text: 'canary-5'}}, 2).onsuccess = done; });
          db.close();
        }"""
    )
    told = " ".join(await everything_on(patient.page))
    assert [number for number in range(1, 6) if f"canary-{number}" not in told] == []
