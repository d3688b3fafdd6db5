"""Links of a visit's guests: guessed, used again, run out, of another visit, planted; and a guest who looks around."""

import asyncio
import secrets
import time
from contextlib import AsyncExitStack
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import aiohttp

from tests.attack.ids import GUESSES, try_with_ids
from tests.attack.site import SECRET, Site
from tests.attack.tokens import enters
from tests.web.client import Somebody, client_id, signed_in
from tests.web.guesting import Meeting, guest, opening
from tests.web.test_story import opened
from web.wire.events import DOCUMENTS, ROUTES, SOCKET_CALLS

CODES_A_LINK = 250
"""A link is exchanged for a new one before it runs out by itself: what stops the guesses is not the time."""
AT_ONCE = 20
COOKIE = "fyr-guest"
LONGEST_WAIT_S = 60.0


@dataclass(slots=True)
class Late:
    """A link made first and tried last."""

    made: dict[str, Any]

    async def run_out(self) -> None:
        """Until its time is over, and a little longer."""
        until = datetime.fromisoformat(self.made["until"].replace("Z", "+00:00")).timestamp() + 1
        async with asyncio.timeout(LONGEST_WAIT_S):
            while time.time() < until:
                await asyncio.sleep(0.1)


def meeting_of(site: Site) -> Meeting:
    """The victims' visit."""
    return Meeting(site.contact_id, str(site.ids["visit_id"]), site.sara)


async def _invited(site: Site) -> dict[str, Any]:
    return await meeting_of(site).invite(role="relative")


def nobody() -> aiohttp.ClientSession:
    """A browser that keeps no cookie."""
    return aiohttp.ClientSession(cookie_jar=aiohttp.DummyCookieJar())


async def guest_links(site: Site, codes: int) -> None:
    """All of it, in an order in which what runs out has run out at the end."""
    late = Late(await _invited(site))
    await _used_again(site)
    await _withdrawn(site)
    await _of_another_visit(site)
    await _planted(site)
    await late.run_out()
    async with nobody() as http:
        status, _ = await _try(site, http, late.made["token"], late.made["code"])
        site.ledger.tried("guest links", "run out", got_in=status == 200)
        for guess in (*GUESSES, "a" * 43, late.made["guest_id"], site.contact_id, str(site.ids["visit_id"])):
            status, _ = await _try(site, http, guess, late.made["code"])
            site.ledger.tried("guest links", f"guess {guess[:20]}", got_in=status == 200)
    await _wrong_codes(site, codes)


async def _try(
    site: Site, http: aiohttp.ClientSession, token: str, code: str, *, number: int | None = None
) -> tuple[int, dict[str, Any]]:
    """From an address of its own, so that no lock of addresses helps us."""
    number = secrets.randbelow(2**24) if number is None else number
    address = f"10.{number >> 16}.{number >> 8 & 255}.{number & 255}"
    status, answer = await opening(http, site.url, token, code, **{"X-Forwarded-For": address})
    site.ledger.status(status, "POST /api/guest")
    return status, answer


async def _wrong_codes(site: Site, codes: int) -> None:
    """Whoever has a link and guesses its code. A guess may be right by chance once in a million; then it got in."""
    async with nobody() as http:
        for start in range(0, codes, CODES_A_LINK):
            made = await _invited(site)
            for number in range(start, min(codes, start + CODES_A_LINK)):
                guess = f"{(int(made['code']) + 1 + number) % 1_000_000:06}"
                status, _ = await _try(site, http, made["token"], guess, number=number)
                site.ledger.tried("wrong guest codes", guess, got_in=status == 200)
            status, _ = await _try(site, http, made["token"], made["code"])
            site.ledger.control("a link that was guessed at is locked, also for its own code", holds=status == 429)
            await meeting_of(site).withdraw(made["guest_id"])


async def _used_again(site: Site) -> None:
    """Twenty at once with the right code, and then one after the other."""
    made = await _invited(site)
    async with nobody() as http:
        tries = [_try(site, http, made["token"], made["code"]) for _ in range(AT_ONCE)]
        came = [status for status, _ in await asyncio.gather(*tries)].count(200)
        site.ledger.control("one of twenty comes", holds=came >= 1)
        for number in range(AT_ONCE):
            site.ledger.tried("guest links", f"at once, number {number}", got_in=number > 0 and came > 1)
        for number in range(3):
            status, _ = await _try(site, http, made["token"], made["code"])
            site.ledger.tried("guest links", f"used again, {number}", got_in=status == 200)
    await meeting_of(site).withdraw(made["guest_id"])


async def _withdrawn(site: Site) -> None:
    """A link taken back before it was opened; a session copied from a guest's browser and used after."""
    made = await _invited(site)
    await meeting_of(site).withdraw(made["guest_id"])
    async with nobody() as http:
        status, _ = await _try(site, http, made["token"], made["code"])
        site.ledger.tried("guest links", "withdrawn", got_in=status == 200)
    made = await _invited(site)
    async with guest(site.url, made) as somebody:
        stolen = somebody.cookie.partition("=")[2]
        site.ledger.control("a guest is in", holds=await _is_guest(site, stolen))
        await meeting_of(site).withdraw(made["guest_id"])
        site.ledger.tried("replayed token", "a guest's, by http", got_in=await _is_guest(site, stolen))
        for transport in ("websocket", "polling"):
            works = await enters(site, stolen, transport, as_guest=True)
            site.ledger.tried("replayed token", f"a guest's, by {transport}", got_in=works)


async def _is_guest(site: Site, token: str, *, cookie: str = COOKIE) -> bool:
    async with nobody() as http, http.get(f"{site.url}/api/guest", headers={"Cookie": f"{cookie}={token}"}) as answer:
        site.ledger.status(answer.status, "GET /api/guest")
        return answer.status == 200


async def _planted(site: Site) -> None:
    """A cookie planted before the link is opened; a guest's session shown as somebody's, and the other way round."""
    planted = secrets.token_urlsafe(32)
    made = await _invited(site)
    headers = {"Cookie": f"{COOKIE}={planted}; fyr={planted}; __Host-{COOKIE}={planted}"}
    async with nobody() as http:
        body = {"token": made["token"], "code": made["code"], "name": "Offer"}
        async with http.post(f"{site.url}/api/guest", json=body, headers=headers) as response:
            site.ledger.control("the victim comes", holds=response.status == 200)
            own = response.cookies[COOKIE].value
    works = await _is_guest(site, planted)
    site.ledger.tried("fixation", "a guest's cookie", got_in=works or own == planted)
    async with nobody() as http, http.get(f"{site.url}/api/session", headers={"Cookie": f"fyr={own}"}) as answer:
        site.ledger.tried("fixation", "a guest's token as a session", got_in=answer.status == 200)
    token = site.astrid.cookie.partition("=")[2]
    site.ledger.tried("fixation", "a patient's token as a guest's", got_in=await _is_guest(site, token))
    await meeting_of(site).withdraw(made["guest_id"])


async def _of_another_visit(site: Site) -> None:
    """A guest of one visit with every id of another: calls, routes, and the other's code at their own link."""
    async with AsyncExitStack() as stack:
        nils = await stack.enter_async_context(signed_in(site.url, "patient:nils"))
        jonas = await stack.enter_async_context(signed_in(site.url, "staff:jonas"))
        elsewhere = await _visit_of(nils, jonas)
        theirs, own = await _invited(site), await elsewhere.invite(role="relative")
        async with nobody() as http:
            for token, code in ((own["token"], theirs["code"]), (theirs["token"], own["code"])):
                status, _ = await _try(site, http, token, code)
                site.ledger.tried("guest links", "the code of another", got_in=status == 200)
        somebody = await stack.enter_async_context(guest(site.url, own))
        entered = await somebody.call("visit:enter", **elsewhere.named)
        site.ledger.control("a guest comes to their own lobby", holds=entered["place"] == "lobby")
        await _look_around(site, somebody)
        await meeting_of(site).withdraw(theirs["guest_id"])


async def _visit_of(patient: Somebody, nurse: Somebody) -> Meeting:
    contact_id = await opened(patient, text="Hosta", unit_id="hamnen")
    claim = await nurse.call("queue:claim", client_id=client_id(), contact_id=contact_id)
    begun = {"contact_id": contact_id, "client_id": client_id(), "claim_no": claim["claim_no"]}
    return Meeting(contact_id, (await nurse.call("visit:start", **begun))["visit_id"], nurse)


async def _look_around(site: Site, somebody: Somebody) -> None:
    for call in SOCKET_CALLS:
        await try_with_ids(site, somebody, call)
    for route in (*ROUTES, *DOCUMENTS):
        if getattr(route, "who", "") == "anyone" or route.path == "/api/guest":
            continue
        method, path = getattr(route, "method", "GET"), route.path
        for name, value in site.ids.items():
            path = path.replace(f"{{{name}}}", str(value))
        query = f"?encounter={site.contact_id}&patient=astrid" if path.startswith("/fhir") else ""
        for cookie in (COOKIE, "fyr"):
            headers = {"Cookie": f"{cookie}={somebody.cookie.partition('=')[2]}"}
            async with nobody() as http, http.request(method, site.url + path + query, headers=headers) as answer:
                site.ledger.status(answer.status, f"{method} {path}")
                site.ledger.tried("others' paths", f"guest {method} {path}", got_in=answer.status < 400)
    site.ledger.tried("others' ids", "a guest overhears", got_in=SECRET in str(somebody.heard))
