"""What people write is shown as they wrote it: never as HTML, with links that are safe, long texts folded."""

from playwright.async_api import expect

from tests.browser.demo import Demo
from tests.browser.nurse import Nurse
from tests.browser.patient import Patient
from tests.browser.test_story import CHEST

STORED_SCRIPT = '<img src=x onerror="window.caught = true"><script>window.caught = true</script> javascript:alert(1)'
ADVICE = "Läs på https://www.1177.se/hjarta och ring 112, eller mig på 070-123 45 67. Jag är född 850312-1234."
NOVEL = "Jag har mått dåligt länge och vill berätta allt från början. " * 30


async def test_words_stay_words_and_only_addresses_and_numbers_become_links(
    sweden: Demo, patient: Patient, nurse: Nurse
) -> None:
    await nurse.sign_in(sweden.url, "Sara Lind")
    await patient.open(sweden.url)
    await patient.write(CHEST, who="astrid")
    await patient.to_talk()
    await patient.past_emergency()
    await patient.say(STORED_SCRIPT)
    await nurse.press("n")
    await nurse.is_mine()
    await expect(nurse.log).to_contain_text(STORED_SCRIPT)
    await nurse.reply(ADVICE)
    await expect(patient.log).to_contain_text("850312-1234")
    for page in (patient.page, nurse.page):
        assert await page.evaluate("window.caught") is None
        links = page.get_by_role("log").get_by_role("link")
        assert [await link.get_attribute("href") for link in await links.all()] == [
            "https://www.1177.se/hjarta",
            "tel:112",
            "tel:0701234567",
        ]
        assert await links.first.get_attribute("rel") == "noopener noreferrer nofollow"


async def test_a_very_long_text_is_folded_once_it_has_been_answered(
    sweden: Demo, patient: Patient, nurse: Nurse
) -> None:
    await nurse.sign_in(sweden.url, "Sara Lind")
    await patient.open(sweden.url)
    await patient.write(CHEST, who="astrid")
    await patient.to_talk()
    await patient.past_emergency()
    await nurse.press("n")
    await nurse.is_mine()
    await patient.page.fill("#message", NOVEL + "SLUT")
    await patient.page.press("#message", "Enter")
    await expect(nurse.log).to_contain_text("SLUT")  # nobody may overlook the end of what has not been answered
    await nurse.reply("Tack, jag har läst.")
    await expect(nurse.log).not_to_contain_text("SLUT")
    mine = patient.page.locator(".bubble[data-mine=true]").last
    await expect(mine).not_to_contain_text("SLUT")
    unfold = mine.get_by_role("button", name=patient.words("base", "show_all"))
    await unfold.click()
    await expect(mine).to_contain_text("SLUT")
    fold = mine.get_by_role("button", name=patient.words("base", "show_less"))
    await expect(fold).to_have_attribute("aria-expanded", "true")
