"""The queue on the nurse's screen: alive by events, and nothing jumps under the cursor."""

from playwright.async_api import Browser, expect

from tests.browser.browser import DESKTOP, PHONE, person
from tests.browser.demo import Demo
from tests.browser.line import Line
from tests.browser.nurse import Nurse
from tests.browser.patient import Patient
from tests.browser.test_story import CHEST
from tests.browser.words import Words

CALM = "Jag har haft lite utslag på armen i en vecka"


async def test_new_rows_wait_to_be_shown_but_an_immediate_one_does_not(
    sweden: Demo, browser: Browser, patient: Patient, nurse: Nurse
) -> None:
    await nurse.sign_in(sweden.url, "Sara Lind")
    await patient.open(sweden.url)
    await patient.write(CALM, who="nils")
    new = nurse.page.locator(".staff-new")
    await expect(new).to_contain_text("1")
    await expect(nurse.rows("waiting")).to_have_count(0)
    async with person(browser, "sv", size=PHONE) as another:
        frightened = Patient(another, Words("sv"))
        await frightened.open(sweden.url)
        await frightened.write(CHEST, who="astrid")
        await expect(nurse.rows("waiting")).to_have_count(1)
        await expect(nurse.rows("waiting").first).to_have_attribute("data-level", "immediate")
    await nurse.press(".")
    await expect(nurse.rows("waiting")).to_have_count(2)
    await expect(new).to_have_count(0)
    await _opens_though_the_list_moves_under_the_finger(nurse)


async def _opens_though_the_list_moves_under_the_finger(nurse: Nurse) -> None:
    row = nurse.rows("waiting").first
    await row.hover()
    await nurse.page.mouse.down()
    await nurse.page.locator(".staff-rows").evaluate("list => { list.style.paddingTop = '300px' }")
    await nurse.page.mouse.up()
    await expect(row).to_have_attribute("aria-current", "true")


async def test_two_nurses_never_hold_the_same_contact(
    sweden: Demo, browser: Browser, patient: Patient, nurse: Nurse
) -> None:
    await nurse.sign_in(sweden.url, "Sara Lind")
    await patient.open(sweden.url)
    await patient.write(CHEST, who="astrid")
    async with person(browser, "sv", size=DESKTOP) as colleague:
        other = Nurse(colleague, Words("sv"))
        await other.sign_in(sweden.url, "Jonas Ek")
        await expect(nurse.rows("waiting")).to_have_count(
            1
        )  # only what is immediate is shown unasked: the level is set
        await other.press("n")
        await other.is_mine()
    await nurse.press("j", "Enter")
    await expect(nurse.page.locator(".staff-readonly")).to_contain_text("Jonas Ek")
    await expect(nurse.page.locator("#staff-reply")).to_have_count(0)
    await nurse.press("n")
    await expect(nurse.page.locator(".staff-line")).to_contain_text(nurse.words("staff", "error_nothing_waiting"))


async def test_what_came_while_one_wrote_is_shown_before_it_is_sent(
    sweden: Demo, patient: Patient, nurse: Nurse
) -> None:
    line = Line()
    await line.put_between(nurse.page)
    await nurse.sign_in(sweden.url, "Sara Lind")
    await patient.open(sweden.url)
    await patient.write(CHEST, who="astrid")
    await patient.to_talk()
    await patient.past_emergency()
    await expect(nurse.rows("waiting")).to_have_count(1)
    await nurse.press("n")
    await nurse.is_mine()
    await nurse.press("r")
    await nurse.page.keyboard.type("Då väntar vi.")
    line.holds = True
    await patient.say("Nu svimmar jag nästan")
    await nurse.press("Enter")
    behind = nurse.page.locator(".staff-behind")
    await expect(behind).to_be_visible()
    await expect(nurse.log).to_contain_text("Nu svimmar jag nästan")
    await expect(behind).to_contain_text(nurse.words("staff", "newer_seen"))
    await expect(nurse.log).not_to_contain_text("Då väntar vi.")
    line.holds = False
    await nurse.press("Enter")
    await expect(nurse.log).to_contain_text("Då väntar vi.")


async def test_who_reads_further_up_is_told_how_much_is_newer(sweden: Demo, patient: Patient, nurse: Nurse) -> None:
    await nurse.sign_in(sweden.url, "Sara Lind")
    await patient.open(sweden.url)
    await patient.write(CALM + ". Jag vill berätta allt från början." * 60, who="nils")
    await patient.to_talk()
    await nurse.press("n")
    await nurse.is_mine()
    await nurse.log.evaluate("log => { log.scrollTop = 0 }")
    await nurse.press("r")
    await nurse.page.keyboard.type("Jag läser.")
    for text in ("En sak till", "Och en till"):
        await patient.say(text)
    await expect(nurse.log).to_have_attribute("data-newer", "2")
    await nurse.press("Enter")
    behind = nurse.page.locator(".staff-behind")
    await expect(behind).to_contain_text("2 nyare meddelanden")
    await expect(nurse.page.locator("#staff-reply")).to_have_value("Jag läser.")
    await nurse.log.evaluate("log => { log.scrollTop = log.scrollHeight }")
    await expect(behind).to_contain_text(nurse.words("staff", "newer_seen"))
    await nurse.press("Enter")
    await expect(nurse.log).to_contain_text("Jag läser.")
    await expect(behind).to_have_count(0)
