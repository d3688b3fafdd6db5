"""A booked time: published by who leads, booked on a phone, moved by both sides, cancelled; the waiting list."""

from datetime import UTC, datetime, timedelta

from playwright.async_api import expect

from tests.browser.demo import Demo
from tests.browser.nurse import Nurse
from tests.browser.patient import Patient
from tests.web.client import client_id, signed_in

LENGTH_MIN = 30


async def publish(demo: Demo) -> None:
    """Visits on site, every day of the next weeks."""
    today = datetime.now(UTC).date()
    offered = {
        "clinician_id": "sara",
        "type": "on_site",
        "length_min": LENGTH_MIN,
        "windows": [{"weekday": day, "from_min": 780, "until_min": 900} for day in range(1, 8)],
        "from_day": today.isoformat(),
        "until_day": (today + timedelta(days=27)).isoformat(),
    }
    async with signed_in(demo.url, "staff:karin") as lead:
        await lead.call("schedule:set", client_id=client_id(), unit_id="hamnen", schedule=offered)


async def publish_video(demo: Demo, lead: Nurse) -> None:
    """The lead offers video at the desk, with hours that cannot be at first."""
    page, words = lead.page, lead.words
    await page.goto(f"{demo.url}/staff")
    await page.get_by_role("button", name="Karin").click()
    await page.get_by_role("button", name=words("desk", "times"), exact=True).click()
    await page.get_by_role("button", name=words("times", "schedule_new")).click()
    await page.get_by_label(words("times", "who")).select_option(label="Sara Lind")
    publish = page.get_by_role("button", name=words("times", "save"))
    monday = page.get_by_label(words("times", "weekday_1"))
    await monday.fill("13:30-14:30")
    await publish.click()
    await expect(page.locator("form .staff-problem")).to_contain_text("2")
    for day in ("1", "2", "3", "4", "5", "6", "7"):
        await page.locator("[data-form=schedule] fieldset input").nth(int(day) - 1).fill("10:00-12:00")
    assert await lead.person.violations() == []
    await publish.click()
    await expect(page.locator("[data-schedule]")).to_have_count(2)
    assert await lead.person.violations() == []


async def look_and_move(demo: Demo, nurse: Nurse, *, day: str) -> None:
    """A nurse sees whose time it is, and moves it to the same day's first."""
    page, words = nurse.page, nurse.words
    await nurse.sign_in(demo.url, "Sara Lind")
    await page.get_by_role("button", name=words("desk", "times"), exact=True).click()
    booked = page.locator("[data-booking]")
    await page.get_by_label(words("times", "day"), exact=True).fill(day)
    await expect(booked).to_contain_text("Astrid Holm")
    assert await nurse.person.violations() == []
    await booked.get_by_role("button", name=words("times", "move_of", name="Astrid Holm")).click()
    await page.locator("[data-free]").first.get_by_role("button").click()
    await expect(page.get_by_text(words("times", "done_moved"))).to_be_visible()
    await expect(booked).to_contain_text("10:00–10:30")


async def book(patient: Patient) -> None:
    """From the first screen: the last video time of the third day."""
    page, words = patient.page, patient.words
    await page.get_by_role("button", name=words("patient", "times_title")).click()
    await expect(page.get_by_text(words("booking", "none_yet"))).to_be_visible()
    assert await patient.person.violations() == []
    await patient.next("booking")
    await page.get_by_label(words("booking", "type_video"), exact=True).check()
    await choose(patient, 2)
    assert await patient.person.violations() == []
    if await page.get_by_label(words("booking", "remind_none")).count():
        await patient.next("booking-confirm")
        await expect(page.get_by_role("alert")).to_have_text(words("booking", "remind_needed"))
        await page.get_by_label(words("booking", "remind_none")).check()
    await patient.next("booking-confirm")
    await expect(page.get_by_text(words("booking", "next_video"))).to_be_visible()
    await patient.next("booking-done")


async def choose(patient: Patient, nth: int) -> str:
    """The last time of a day; gives the day."""
    day = patient.page.locator(".booking-day").nth(nth)
    await day.locator("summary").click()
    chosen = await day.get_attribute("data-day")
    await day.locator(".booking-time").last.click()
    return chosen or ""


async def test_a_time_is_found_booked_moved_and_cancelled_on_a_phone(
    sweden: Demo, patient: Patient, nurse: Nurse
) -> None:
    await publish(sweden)
    await publish_video(sweden, nurse)
    page, words = patient.page, patient.words
    await patient.open(sweden.url)
    await page.get_by_role("button", name=words("patient", "signin_first")).click()
    await page.click('[data-person="patient:astrid"]')
    await book(patient)
    own = page.locator("[data-booking]")
    await expect(own).to_have_count(1)
    await expect(own).to_contain_text("11:30–12:00")
    await own.get_by_role("button", name="Flytta").click()
    day = await choose(patient, 3)
    await patient.next("booking-confirm")
    await patient.next("booking-done")
    await expect(own).to_have_count(1)
    await expect(own).to_contain_text("14:30–15:00")
    await nurse.page.context.clear_cookies()
    await look_and_move(sweden, nurse, day=day)
    await page.reload()
    await page.get_by_role("button", name=words("patient", "times_title")).click()
    await expect(own).to_contain_text("10:00–10:30")
    assert await patient.person.violations() == []
    await own.get_by_role("button", name="Avboka").click()
    await patient.next("booking-cancel")
    await expect(page.get_by_role("status").filter(has_text=words("booking", "cancelled"))).to_be_visible()
    await expect(own).to_have_count(0)
    await page.get_by_role("button", name=words("booking", "wish_title")).click()
    await page.get_by_label(words("booking", "remind_none")).check()
    assert await patient.person.violations() == []
    await patient.next("booking-wish")
    await expect(page.locator("[data-wish]")).to_have_count(1)
    await page.get_by_role("button", name=words("booking", "wish_end")).click()
    await expect(page.locator("[data-wish]")).to_have_count(0)
    await page.go_back()
    await expect(page.locator("[data-screen=start]")).to_be_visible()
