"""A booked time on a phone: found by how one meets, booked, moved and cancelled; the waiting list."""

from datetime import UTC, datetime, timedelta

from playwright.async_api import expect

from tests.browser.demo import Demo
from tests.browser.patient import Patient
from tests.web.client import client_id, signed_in

LENGTH_MIN = 30


async def publish(demo: Demo) -> None:
    """The lead of the unit offers video, and visits on site, every day of the next weeks."""
    today = datetime.now(UTC).date()
    async with signed_in(demo.url, "staff:karin") as lead:
        for way, from_min in (("video", 600), ("on_site", 780)):
            offered = {
                "clinician_id": "sara",
                "type": way,
                "length_min": LENGTH_MIN,
                "windows": [
                    {"weekday": day, "from_min": from_min, "until_min": from_min + 4 * LENGTH_MIN}
                    for day in range(1, 8)
                ],
                "from_day": today.isoformat(),
                "until_day": (today + timedelta(days=27)).isoformat(),
            }
            await lead.call("schedule:set", client_id=client_id(), unit_id="hamnen", schedule=offered)


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


async def choose(patient: Patient, nth: int) -> None:
    """The last time of a day."""
    day = patient.page.locator(".booking-day").nth(nth)
    await day.locator("summary").click()
    await day.locator(".booking-time").last.click()


async def test_a_time_is_found_booked_moved_and_cancelled_on_a_phone(sweden: Demo, patient: Patient) -> None:
    await publish(sweden)
    page, words = patient.page, patient.words
    await patient.open(sweden.url)
    await page.get_by_role("button", name=words("patient", "signin_first")).click()
    await page.click('[data-person="patient:astrid"]')
    await book(patient)
    own = page.locator("[data-booking]")
    await expect(own).to_have_count(1)
    await expect(own).to_contain_text("11:30–12:00")
    await own.get_by_role("button", name="Flytta").click()
    await choose(patient, 3)
    await patient.next("booking-confirm")
    await patient.next("booking-done")
    await expect(own).to_have_count(1)
    await expect(own).to_contain_text("14:30–15:00")
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
