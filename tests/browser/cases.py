"""Ten standard cases at the workplace, each worked by keys alone from the moment the contact waits."""

from collections.abc import Awaitable, Callable
from typing import NamedTuple

from playwright.async_api import expect

from tests.browser.keyed import KeyedNurse
from tests.web.client import Somebody, client_id

THROAT = "Jag har ont i halsen sedan fyra dagar och feber, ingen hosta"
CHEST = "Jag har tryckande smärta i bröstet och det strålar ut i vänster arm"
RASH = "Jag har haft lite utslag på armen i en vecka"
CYSTITIS = "Det kliar och svider när jag kissar sedan i går, ingen feber"


class Case(NamedTuple):
    """One case: what it is called, who waits with which words, and how it is worked."""

    name: str
    what: str
    text: str
    work: Callable[[KeyedNurse, Somebody, str], Awaitable[None]]


async def wait_at(patient: Somebody, text: str) -> str:
    """The patient's contact waits, with where they are."""
    opened = await patient.call(
        "contact:open", client_id=client_id(), subject="self", lang="sv", text=text, age_y=40, sex="f"
    )
    contact_id: str = opened["contact_id"]
    await patient.call(
        "reach:set", contact_id=contact_id, client_id=client_id(), place="Hamngatan 4", phone="070-1740605"
    )
    await patient.kept(contact_id, "understood")
    return contact_id


async def confirm(patient: Somebody, contact_id: str) -> None:
    """The patient has read and understood what they were told."""
    given = await patient.kept(contact_id, "safety_net_given")
    await patient.call("safety_net:confirm", contact_id=contact_id, client_id=client_id(), given_no=given["no"])


async def _self_care(nurse: KeyedNurse, patient: Somebody, contact_id: str) -> None:
    await nurse.take_next()
    await nurse.answer("Hej! Vila, drick och ta värktablett vid behov.")
    await nurse.dialog("c")
    await nurse.write("Råd om")
    await nurse.do_it()
    await expect(nurse.page.locator(".advice-given")).to_have_attribute("data-confirmed", "false")
    await confirm(patient, contact_id)
    await expect(nurse.rows("done")).to_have_count(1)


async def _emergency(nurse: KeyedNurse, patient: Somebody, contact_id: str) -> None:
    await nurse.take_next()
    await nurse.dialog("1")
    for step in range(2):
        await nurse.tab_to(f".advice-steps li:nth-child({step + 1}) button")
        await nurse.press("Enter")
        await expect(nurse.page.locator(f".advice-steps li:nth-child({step + 1})")).to_have_attribute(
            "data-done", "true"
        )
    await nurse.do_it()
    await expect(nurse.log).to_contain_text("Larm 112")
    await nurse.dialog("c")
    await nurse.write("112")
    await nurse.tab_to("[name=understood]")
    await nurse.press("ArrowDown")
    await nurse.do_it()
    await expect(nurse.rows("done")).to_have_count(1)


async def _raise(nurse: KeyedNurse, _: Somebody, __: str) -> None:
    await nurse.take_next()
    await nurse.dialog("u")
    await nurse.press("ArrowUp", "Tab")
    await nurse.write("Blek och kallsvettig")
    await nurse.do_it()
    await expect(nurse.log.locator("[data-kind=urgency_set]")).to_contain_text("kallsvettig")


async def _lower(nurse: KeyedNurse, _: Somebody, __: str) -> None:
    await nurse.take_next()
    await nurse.dialog("u")
    await nurse.press("ArrowDown", "Tab")
    await nurse.write("Talat med patienten, mår bra")
    await nurse.do_it()
    await expect(nurse.log.locator("[data-kind=urgency_set]")).to_contain_text("mår bra")


async def _hand_over(nurse: KeyedNurse, _: Somebody, __: str) -> None:
    await nurse.take_next()
    await nurse.dialog("h")
    await expect(nurse.page.locator("dialog textarea").first).not_to_have_value("")
    await expect(nurse.page.locator("dialog select option", has_text="Jonas")).to_be_attached()
    await nurse.write("Jonas")
    await nurse.tab_to("dialog textarea:nth-child(1)", most=4)
    for field in range(4):
        empty = await nurse.page.evaluate("document.activeElement.value.trim() === ''")
        if empty:
            await nurse.write("EKG i dag" if field == 3 else "Inget känt")
        if field < 3:
            await nurse.press("Tab")
    await nurse.do_it()
    await expect(nurse.page.locator(".handover-standing")).to_contain_text("Jonas Ek")


async def _note(nurse: KeyedNurse, _: Somebody, __: str) -> None:
    await nurse.take_next()
    await nurse.press("m")
    await expect(nurse.page.locator(".note-draft textarea").first).to_be_focused()
    await nurse.press("End")
    await nurse.write(" Ensam hemma.")
    await nurse.press("Tab", "Enter")  # the entry the sentence rests on
    await expect(nurse.page.locator("[id^=entry-]:focus")).to_have_count(1)
    await nurse.press("m")
    await expect(nurse.page.locator(".note-draft textarea").first).to_be_focused()
    await nurse.press("Control+Enter")
    await expect(nurse.page.locator(".note-draft")).to_have_count(0)
    await expect(nurse.log.locator(".note-shown")).to_contain_text("Ensam hemma.")


async def _ask(nurse: KeyedNurse, _: Somebody, __: str) -> None:
    await nurse.take_next()
    await nurse.dialog("i")
    await nurse.press("ArrowDown", "Tab")
    await expect(nurse.page.get_by_role("dialog").locator("option", has_text="Jonas Ek").first).to_be_attached()
    await nurse.write("Jonas")
    await nurse.press("Tab")
    await nurse.write("Ser du på bilden i dag?")
    await nurse.do_it()
    await expect(nurse.page.locator(".talk-open")).to_contain_text("Jonas Ek")


async def _call(nurse: KeyedNurse, _: Somebody, __: str) -> None:
    await nurse.take_next()
    await nurse.dialog("p")
    await nurse.tab_to("[name=outcome]")
    await nurse.press("Space", "ArrowDown")
    await nurse.do_it()
    await expect(nurse.log.locator("[data-kind=call_tried]")).to_have_count(1)


async def _earlier(nurse: KeyedNurse, patient: Somebody, contact_id: str) -> None:
    await nurse.take_next()
    await expect(nurse.page.locator("#earlier-contacts")).to_be_visible()
    await nurse.press("t")
    await expect(nurse.page.locator("#earlier-contacts:not([data-asks])")).to_be_focused()
    await nurse.press("Enter")
    await expect(nurse.log).to_contain_text(RASH)
    mine = nurse.rows("mine").first
    await nurse.press("k")
    for _ in range(5):
        if await mine.evaluate("(row) => row === document.activeElement"):
            break
        await nurse.press("k")
    await nurse.press("Enter")
    await nurse.is_mine()
    await nurse.dialog("c")
    await nurse.write("Dubb")
    await nurse.do_it()
    await expect(nurse.rows("done")).to_have_count(1)


async def _search(nurse: KeyedNurse, patient: Somebody, contact_id: str) -> None:
    await nurse.press("s")
    await nurse.write("bröstet")
    await nurse.press("Enter")
    await expect(nurse.rows("waiting")).to_have_count(1)
    await nurse.press("j")
    await nurse.dialog("w")
    await nurse.press("Escape")
    await expect(nurse.rows("waiting").first).to_be_focused()  # a dialog gives the focus back
    await nurse.press("Enter")
    await expect(nurse.log).to_contain_text(CHEST)
    await nurse.press("e")
    await nurse.is_mine()
    await nurse.answer("Hej! Har du ringt 112?")


CASES: tuple[Case, ...] = (
    Case("self_care", "Take the next, answer, advise and close when the patient confirms", THROAT, _self_care),
    Case("emergency", "Take an immediate, call 112 step by step, note it, close", CHEST, _emergency),
    Case("raise", "Take the next and raise its level with a reason", CYSTITIS, _raise),
    Case("lower", "Take the next and lower its level with a reason", CYSTITIS, _lower),
    Case("hand_over", "Take the next and hand it over to a colleague with SBAR", CHEST, _hand_over),
    Case("note", "Take the next, draft a note, look at what a sentence rests on, edit and save", CYSTITIS, _note),
    Case("ask", "Take the next and ask a colleague", THROAT, _ask),
    Case("call", "Take the next and note a telephone call without an answer", THROAT, _call),
    Case("earlier", "Take the next, look at the patient's earlier contact, close as a duplicate", THROAT, _earlier),
    Case("search", "Find a contact among others, see why it stands there, take it and answer", CHEST, _search),
)


async def prepare(case: Case, patient: Somebody) -> str:
    """What the case needs to wait; gives the contact it is about."""
    if case.name == "earlier":
        contact_id = await wait_at(patient, case.text)
        await wait_at(patient, RASH)
        return contact_id
    if case.name == "search":
        await wait_at(patient, CYSTITIS)
    return await wait_at(patient, case.text)
