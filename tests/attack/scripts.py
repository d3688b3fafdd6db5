"""Script in every field a person can fill, then every screen that shows it in a real browser."""

from typing import Any, get_origin

import msgspec
from playwright.async_api import Browser, BrowserContext, Page

from tests.attack.guests import meeting_of
from tests.attack.ids import body_for, id_fields
from tests.attack.site import Site
from tests.browser.browser import DESKTOP, PHONE, Person, chromium
from tests.browser.patient import Patient
from tests.browser.words import Words
from tests.core.attachment_files import photo
from tests.web.attaching import send, told
from tests.web.client import RefusedError, Somebody
from tests.web.guesting import guest
from web.wire.base import Wire
from web.wire.events import SOCKET_CALLS
from web.wire.row import SocketCall

MARK = "skript"
PAYLOADS = (
    f"<script>ranScript('{MARK}')</script>",
    f"<img src=x onerror=\"ranScript('{MARK}')\">",
    f"\"'><svg/onload=ranScript('{MARK}')>",
    f"<iframe srcdoc=\"<script>parent.ranScript('{MARK}')</script>\"></iframe>",
    f"javascript:ranScript('{MARK}')",
    f"[{MARK}](javascript:ranScript('{MARK}')) https://x/\"onmouseover=\"ranScript('{MARK}')",
    f"<a href=\"javascript:ranScript('{MARK}')\">{MARK}</a><style>*{{display:none}}</style>",
    f"{{{{constructor.constructor('ranScript(1)')()}}}} ${{ranScript(1)}} {MARK}",
)
HOOK = "window.ran = []; window.ranScript = (what) => window.ran.push(String(what))"
MARKUP = """() => [...document.querySelectorAll('*')].filter((one) =>
  ['SCRIPT', 'IFRAME', 'OBJECT', 'EMBED'].includes(one.tagName) && !one.src && one.id !== 'fyr-shell' ||
  one.getAttributeNames().some((name) => name.startsWith('on')) ||
  /^\\s*javascript:/i.test(one.getAttribute('href') ?? '')).length"""
CALL_FIELDS = {call.name: call.request.__struct_fields__ for call in SOCKET_CALLS}
SETTLE_MS = 700
ENDS = {
    "contact:close",
    "queue:hand_back",
    "call:end",
    "contact:reopen",
    "access:share",
    "access:block",
    "contact:open",
}
"""Left to the end or out: the contact must stay where both see it."""


def text_fields(kind: type[Wire]) -> list[str]:
    """Fields a person fills with words of their own."""
    ids = {*id_fields(kind), "client_id"}
    found = [field for field in msgspec.structs.fields(kind) if field.encode_name not in ids]
    return [
        field.encode_name
        for field in found
        if field.type is str or (get_origin(field.type) is tuple and field.type == tuple[str, ...])
    ]


async def _plant(site: Site, *names: str) -> int:
    """Script in each text field of these calls; gives how many texts the service took."""
    taken = 0
    for call in [one for one in SOCKET_CALLS if one.name in names]:
        for name in text_fields(call.request):
            for writer in _writers(site, call):
                for payload in PAYLOADS:
                    taken += await _write(site, writer, call.name, body_for(site, call), name, payload)
    return taken


def _writers(site: Site, call: SocketCall) -> list[Somebody]:
    return {"patient": [site.astrid], "staff": [site.sara]}.get(call.who, [site.astrid, site.sara])


async def _write(site: Site, writer: Somebody, name: str, body: dict[str, Any], field: str, payload: str) -> bool:
    wanted = {**body, field: payload}
    if writer is site.sara and "seen_no" in CALL_FIELDS[name]:
        wanted["seen_no"] = (await site.entries())[-1]["no"]
    try:
        await writer.send(name, wanted)
    except RefusedError as refusal:
        if refusal.code == "internal":
            site.ledger.server_errors.append(f"{name} {field} {refusal.data}")
        return False
    return True


async def _plant_files(site: Site) -> None:
    for payload in PAYLOADS:
        attachment = await send(
            site.astrid, site.contact_id, photo(), name=f"{payload}.jpg", caption=payload, lang="sv"
        )
        await told(site.astrid, attachment, "clean")


async def _plant_guests(site: Site) -> None:
    """Names that guests give themselves."""
    for payload in PAYLOADS:
        secrets = await meeting_of(site).invite(role="relative", name=payload[:80])
        async with guest(site.url, secrets, name=payload[:80]) as somebody:
            await somebody.call("visit:enter", **meeting_of(site).named)
        await meeting_of(site).withdraw(secrets["guest_id"])


async def _context(browser: Browser, somebody: Somebody, url: str, size: dict[str, int]) -> BrowserContext:
    context = await browser.new_context(viewport={"width": size["width"], "height": size["height"]}, locale="sv-SE")
    name, _, value = somebody.cookie.partition("=")
    await context.add_cookies([{"name": name, "value": value, "url": url}])
    await context.add_init_script(HOOK)
    return context


async def _judge(site: Site, page: Page, screen: str, dialogs: list[str]) -> None:
    await page.locator("body").filter(has_text="<script>").wait_for()  # it is on the screen, as text
    await page.wait_for_timeout(SETTLE_MS)
    for link in await page.locator(f"a:has-text('{MARK}')").all():
        await link.dispatch_event("mouseover")
    ran = await page.evaluate("window.ran.length")
    markup = await page.evaluate(MARKUP)
    for payload in PAYLOADS:
        site.ledger.tried("stored script", f"{screen}: {payload}", got_in=bool(ran or markup or dialogs))


async def stored_script(site: Site) -> None:
    """Planted through every call, looked at by the patient and by her nurse, and once more when all has ended."""
    await _plant_files(site)
    await _plant_guests(site)
    taken = await _plant(site, *(call.name for call in SOCKET_CALLS if call.name not in ENDS))
    site.ledger.control(f"script is taken as text ({taken})", holds=taken >= len(PAYLOADS) * 4)
    async with chromium() as browser:
        await _control(site, browser)
        phone = await _context(browser, site.astrid, site.url, PHONE)
        desk = await _context(browser, site.sara, site.url, DESKTOP)
        patient, nurse = await phone.new_page(), await desk.new_page()
        dialogs: list[str] = []
        for page in (patient, nurse):
            page.on("dialog", lambda dialog: dialogs.append(dialog.message))
        await patient.goto(site.url)
        await Patient(Person(phone, patient), Words("sv")).to_talk()
        await _judge(site, patient, "the patient's page", dialogs)
        await nurse.goto(f"{site.url}/staff")
        await nurse.locator(".staff-row").first.click()
        await _judge(site, nurse, "the workplace", dialogs)
        for key in ("u", "b", "c", "?"):
            await nurse.keyboard.press(key)
            await _judge(site, nurse, f"the workplace, {key}", dialogs)
            await nurse.keyboard.press("Escape")
        await _plant(site, "contact:close")
        await _judge(site, patient, "the patient's page, closed", dialogs)
        await _judge(site, nurse, "the workplace, closed", dialogs)
        await phone.close()
        await desk.close()


async def _control(site: Site, browser: Browser) -> None:
    """The eyes see: on a page without our policy the same payload runs and is noticed."""
    context = await browser.new_context()
    await context.add_init_script(HOOK)
    page = await context.new_page()
    await page.goto("data:text/html,<body></body>")
    await page.evaluate("(html) => { document.body.innerHTML = html }", PAYLOADS[1])
    await page.wait_for_function("window.ran.length > 0")
    site.ledger.control("script that runs is noticed", holds=await page.evaluate(MARKUP) > 0)
    await context.close()
