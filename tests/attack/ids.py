"""Other people's ids, in every field of every call and every path: by a patient, and by staff of another care giver."""

import json
import re
from collections.abc import Iterable
from typing import Any
from urllib.parse import quote

import aiohttp
import msgspec

from tests.attack.site import SECRET, Site
from tests.web.client import RefusedError, Somebody, client_id, signed_in
from tests.web.test_gates import FILLED
from web.wire.base import Wire
from web.wire.events import DOCUMENTS, ROUTES, SOCKET_CALLS
from web.wire.row import SocketCall

STRANGERS = ("patient:nils", "staff:petra")
NOT_THE_CALLERS = {"client_id", "unit_id", "unit_ids", "with_unit_id", "provider_id", "person_id"}
"""Of the caller's own making, or public: what a call may do with them is for the gate of what else it names."""
ASKS_NOTHING = {"contact:leave", "access:open", "template:save"}
"""Told "ok" to anyone and does nothing of a victim's; a door is opened in the open, with reason and notice."""
PERSONAL = ("attachment", "participant", "to", "for_person")
"""Fields that name something of someone's by another ending."""
GUESSES = (
    "0" * 32,
    "f" * 32,
    "",
    "1",
    "-1",
    "null",
    "*",
    "%",
    "../..",
    "a" * 5_000,
    "kontakt\x00",
    "\u202e",
    "' OR 1=1 --",
)
ANSWER_WITHIN_S = 20.0


def id_fields(kind: type[Wire]) -> list[str]:
    """The fields of a body that name something of someone's."""
    names = [field.encode_name for field in msgspec.structs.fields(kind)]
    return [name for name in names if name.endswith(("_id", "_ids")) or name in PERSONAL]


def body_for(site: Site, call: SocketCall, **more: Any) -> dict[str, Any]:
    """A body of the right shape that names the victims' things."""
    known = {**FILLED, **site.ids, **more, "client_id": client_id()}
    return {name: known[name] for name in call.request.__struct_fields__ if name in known}


async def calls_with_others_ids(site: Site) -> None:
    """Each call that names something, with the victims' ids, and with guesses and garbage in each of its fields."""
    followed = await site.astrid.call("contact:follow", contact_id=site.contact_id)
    site.ledger.control("the patient reads her own words", holds=SECRET in json.dumps(followed, ensure_ascii=False))
    before = len(await site.entries())
    for stranger in STRANGERS:
        async with signed_in(site.url, stranger) as somebody:
            for call in SOCKET_CALLS:
                await try_with_ids(site, somebody, call)
            heard = json.dumps(somebody.heard, ensure_ascii=False)
            site.ledger.tried("others' ids", f"{stranger} overhears", got_in=SECRET in heard)
    site.ledger.tried("others' ids", "entries by strangers", got_in=len(await site.entries()) != before)


async def try_with_ids(site: Site, somebody: Somebody, call: SocketCall) -> None:
    """One call with the victims' ids, and with guesses in each place of one."""
    names = [name for name in id_fields(call.request) if name not in NOT_THE_CALLERS]
    if not names:
        return
    await _try(site, somebody, call, body_for(site, call), harmless=call.name in ASKS_NOTHING)
    for name in names:
        for guess in GUESSES:
            if name == "for_person" and guess == "":
                continue  # oneself
            await _try(site, somebody, call, body_for(site, call, **{name: guess}), harmless=call.name in ASKS_NOTHING)


async def _try(site: Site, somebody: Somebody, call: SocketCall, body: dict[str, Any], *, harmless: bool) -> None:
    try:
        answer = await somebody.send(call.name, body)
    except RefusedError as refusal:
        if refusal.code == "internal":
            site.ledger.server_errors.append(f"{call.name} {refusal.data}")
        site.ledger.tried("others' ids", call.name, got_in=False)
    else:
        leaks = SECRET in json.dumps(answer, ensure_ascii=False)
        site.ledger.tried("others' ids", f"{somebody.kind} {call.name} {body}", got_in=leaks or not harmless)


async def units_of_others(site: Site) -> None:
    """The boards, queues and shared words of a unit of another care giver."""
    async with signed_in(site.url, "staff:petra") as petra:
        for call in SOCKET_CALLS:
            if call.who == "staff" and {"unit_id", "unit_ids"} & set(call.request.__struct_fields__):
                await _try(site, petra, call, body_for(site, call), harmless=False)
        saves = next(one for one in SOCKET_CALLS if one.name == "template:save")
        words = {"shared_with": "hamnen", "template_id": "petras", "review_on": "2027-11-26"}
        await _try(site, petra, saves, {**body_for(site, saves), **words}, harmless=False)


def _paths(site: Site, guesses: Iterable[str]) -> Iterable[tuple[str, str, bool]]:
    """Method, path and whether all ids are real, for each route that has ids; a guess takes one place at a time."""
    asked = [(route.method, route.path) for route in ROUTES if route.who != "anyone"]
    for method, pattern in asked + [("GET", one.path) for one in DOCUMENTS]:
        names = re.findall(r"{(\w+)}", pattern)
        query = f"?encounter={site.contact_id}" if pattern.startswith("/fhir") else ""
        if names or query:
            yield method, _filled(pattern, site.ids) + query, True
        for name in names:
            for guess in guesses:
                yield method, _filled(pattern, {**site.ids, name: quote(guess, safe="")}), False


def _filled(pattern: str, ids: dict[str, Any]) -> str:
    return re.sub(r"{(\w+)}", lambda name: str(ids.get(name[1], "0" * 32)), pattern)


async def paths_with_others_ids(site: Site) -> None:
    """Each route with ids in its path, by strangers and by nobody."""
    for who in (*STRANGERS, "nobody"):
        async with aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True)) as http:
            if who != "nobody":
                async with http.post(f"{site.url}/api/session", data=msgspec.json.encode({"person": who})) as response:
                    response.raise_for_status()
            for method, path, _ in _paths(site, GUESSES):
                await _ask(site, http, method, path, who=who)
    for path in (f"/api/contacts/{site.contact_id}", f"/fhir/Communication?encounter={site.contact_id}"):
        async with site.astrid.http.get(site.url + path) as response:
            site.ledger.control(f"the patient gets {path}", holds=SECRET in await response.text())
    attached = f"/api/attachments/{site.contact_id}/{site.ids['attachment_id']}"
    async with site.astrid.http.get(site.url + attached) as response:
        site.ledger.control("the patient gets her picture", holds=response.status == 200)
    site.ledger.tried("others' paths", "the victim's session is ended", got_in=not await _is_in(site))


async def _ask(site: Site, http: aiohttp.ClientSession, method: str, path: str, *, who: str) -> None:
    headers = {"Tus-Resumable": "1.0.0", "Upload-Offset": "0", "Content-Type": "application/offset+octet-stream"}
    data = b"owned" if method == "PATCH" else None
    async with http.request(method, f"{site.url}{path}", headers=headers, data=data, allow_redirects=False) as response:
        site.ledger.status(response.status, f"{method} {path[:80]}")
        harmless = response.status >= 400 or (method == "DELETE" and path == "/api/sessions/")
        site.ledger.tried("others' paths", f"{who} {method} {path[:80]} {response.status}", got_in=not harmless)


async def _is_in(site: Site) -> bool:
    me = await site.astrid.get("/api/session")
    return bool(me["id"] == "patient:astrid")
