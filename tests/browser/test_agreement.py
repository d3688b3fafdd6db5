"""Gates are met, a nurse invites, the patient answers on a phone: what she said yes to is hers."""

from pathlib import Path

import pytest
from playwright.async_api import Locator, expect

from tests.browser.nurse import Nurse
from tests.browser.patient import Patient
from tests.browser.test_call_back import clean, look
from tests.web.client import RefusedError, signed_in
from tests.web.test_rollout import decide, make_ready, phase
from web.node import Node

ASTRID = "97680314-AS25"
WITHOUT_CHAT = ("booking", "forms", "video_visit")


async def plan(url: str, node: Node) -> None:
    """Two administrators: nothing is opened before the gates are, then booking, forms and video for who was invited."""
    invited = {"phases": [phase(node, "invited", days=0)]}
    async with signed_in(url, "staff:adam") as adam, signed_in(url, "staff:ida") as ida:
        await decide((adam, ida), "hamnen", messages={}, home_follow_up={})
        with pytest.raises(RefusedError) as shut:
            await decide((adam, ida), "hamnen", messages=invited)
        gates = ["gate_contact_person", "gate_staff_trained", "gate_test_visit"]
        assert [one["code"] for one in shut.value.data["faults"]] == gates
        await make_ready((adam, ida), node, "hamnen")
        await decide((adam, ida), "hamnen", **dict.fromkeys(WITHOUT_CHAT, invited))


async def invite(nurse: Nurse, folder: Path) -> str:
    """The nurse finds the patient by number and invites to all three; gives the code of the letter."""
    page, words = nurse.page, nurse.words
    await page.keyboard.press("f")
    dialog = page.get_by_role("dialog")
    await dialog.get_by_label(words("staff", "find_number")).fill(ASTRID)
    await page.keyboard.press("Enter")
    await dialog.get_by_role("button", name=words("agreement", "staff_open"), exact=True).click()
    for service in WITHOUT_CHAT:
        await dialog.get_by_label(words("agreement", service)).check()
    await clean(nurse.person)
    await look(nurse.person, "agreement-invite", folder)
    await dialog.get_by_role("button", name=words("agreement", "staff_invite"), exact=True).click()
    letter = dialog.get_by_test_id("agreement-code")
    await expect(letter).to_be_visible()
    await clean(nurse.person)
    await look(nurse.person, "agreement-letter", folder)
    code = "".join(one for one in await letter.inner_text() if one.isdigit())
    await dialog.get_by_role("button", name=words("staff", "done"), exact=True).click()
    return code


def service(page_part: Locator, name: str) -> Locator:
    return page_part.locator(f'[data-service="{name}"]')


async def answer(patient: Patient, code: str, folder: Path) -> None:
    """Yes to booking and video, no to forms; the code is asked for, and has to be right."""
    page, words = patient.page, patient.words
    await page.get_by_role("button", name=words("patient", "services_waiting")).click()
    card = page.locator('[data-agreement="hamnen"]')
    for name, said in (("booking", "yes"), ("video_visit", "yes"), ("forms", "no")):
        await service(card, name).get_by_label(words("agreement", said), exact=True).check()
    send = card.get_by_role("button", name=words("agreement", "answer"))
    await send.click()
    await expect(page.get_by_role("alert")).to_have_text(words("agreement", "code_needed"))
    field = card.get_by_label(words("agreement", "code"))
    await field.fill(f"{(int(code) + 1) % 10**6:06}")
    await send.click()
    await expect(page.get_by_role("alert")).to_have_text(words("agreement", "error_code_wrong"))
    await clean(patient.person)
    await look(patient.person, "agreement-asked", folder)
    await field.fill(code)
    await send.click()
    await expect(page.get_by_role("status").filter(has_text=words("agreement", "answered"))).to_be_visible()
    await clean(patient.person)
    await look(patient.person, "agreement-answered", folder)


async def test_a_nurse_invites_and_the_patient_has_what_she_said_yes_to(
    url: str, node: Node, nurse: Nurse, patient: Patient, tmp_path: Path
) -> None:
    await plan(url, node)
    page, words = patient.page, patient.words
    await patient.open(url)
    await page.get_by_role("button", name=words("patient", "signin_first")).click()
    await page.click('[data-person="patient:astrid"]')
    await expect(page.locator("[data-subject]").first).to_be_visible()
    await expect(page.locator("[data-services], [data-times]")).to_have_count(0)

    await nurse.sign_in(url, "Sara")
    code = await invite(nurse, tmp_path)
    await page.reload()
    await answer(patient, code, tmp_path)
    await page.go_back()
    await expect(page.locator("[data-times]")).to_be_visible()
    await page.get_by_role("button", name=words("patient", "services_some")).click()
    used = service(page.locator('[data-agreement="hamnen"]'), "booking")
    stop = words("agreement", "stop")
    await used.get_by_role("button", name=stop).click()
    await used.get_by_role("button", name=words("agreement", "stop_really")).click()
    await expect(page.get_by_role("status").filter(has_text=words("agreement", "stopped"))).to_be_visible()
    await page.go_back()
    await expect(page.locator("[data-services]")).to_be_visible()
    await expect(page.locator("[data-times]")).to_have_count(0)

    await nurse.page.keyboard.press("f")
    dialog = nurse.page.get_by_role("dialog")
    await dialog.get_by_role("button", name=words("agreement", "staff_list")).click()
    row = dialog.get_by_role("listitem").filter(has_text="Astrid Holm")
    for name, standing in (("booking", "ended"), ("video_visit", "accepted"), ("forms", "declined")):
        said = f"{words('agreement', name)}: {words('agreement', f'standing_{standing}')}"
        await expect(row).to_contain_text(said)
    await clean(nurse.person)
    await look(nurse.person, "agreement-list", tmp_path)
