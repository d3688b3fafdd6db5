"""Stolen, replayed, planted and guessed secrets."""

import secrets
from collections.abc import Iterable

import aiohttp
import msgspec

from tests.attack.site import Site, outbox_key, sign_in
from tests.web.client import RefusedError, signed_in

AT_ONCE = 50


async def knows(http: aiohttp.ClientSession, site: Site, token: str, *, address: str = "") -> bool:
    """Whether the token lets one in by HTTP."""
    headers = {"Cookie": f"fyr={token}", **({"X-Forwarded-For": address} if address else {})}
    async with http.get(f"{site.url}/api/session", headers=headers) as response:
        site.ledger.status(response.status, "GET /api/session")
        return response.status == 200


async def enters(site: Site, token: str, transport: str, *, as_guest: bool = False) -> bool:
    """Whether the token opens a socket; `as_guest`: as a guest's."""
    jar, name = aiohttp.DummyCookieJar(), "fyr-guest" if as_guest else "fyr"
    async with aiohttp.ClientSession(headers={"Cookie": f"{name}={token}"}, cookie_jar=jar) as http:
        where = f"{site.url}/socket.io/?EIO=4&transport={transport}{'&as=guest' if as_guest else ''}"
        if transport == "websocket":
            async with http.ws_connect(where) as socket:
                await socket.receive_str()
                await socket.send_str("40")
                return (await socket.receive_str()).startswith('40{"sid"')
        async with http.get(where) as opening:
            sid = msgspec.json.decode((await opening.read())[1:])["sid"]
        async with http.post(f"{where}&sid={sid}", data="40"):
            pass
        async with http.get(f"{where}&sid={sid}") as answer:
            return (await answer.text()).startswith('40{"sid"')


async def _ways_in(http: aiohttp.ClientSession, site: Site, token: str) -> dict[str, bool]:
    return {
        "http": await knows(http, site, token),
        "websocket": await enters(site, token, "websocket"),
        "polling": await enters(site, token, "polling"),
    }


async def replayed_tokens(site: Site) -> None:
    """A token copied from a browser, used after its owner has signed out, or ended the session from elsewhere."""
    async with aiohttp.ClientSession(cookie_jar=aiohttp.DummyCookieJar()) as http:
        for how in ("signed out", "ended from another device", "ended with all others"):
            stolen = await sign_in(http, site.url, "patient:nils")
            for way, works in (await _ways_in(http, site, stolen)).items():
                site.ledger.control(f"a token that holds lets in by {way}", holds=works)
            await _end(http, site, stolen, how)
            for way, works in (await _ways_in(http, site, stolen)).items():
                site.ledger.tried("replayed token", f"{how}, {way}", got_in=works)


async def _end(http: aiohttp.ClientSession, site: Site, stolen: str, how: str) -> None:
    by, path = stolen, "/api/session"
    if how != "signed out":
        by = await sign_in(http, site.url, "patient:nils")
        path = "/api/sessions"
        if how == "ended from another device":
            async with http.get(f"{site.url}/api/sessions", headers={"Cookie": f"fyr={stolen}"}) as response:
                (own,) = [one["session_id"] for one in await response.json() if one["this"]]
            path += f"/{own}"
    async with http.delete(site.url + path, headers={"Cookie": f"fyr={by}"}) as response:
        response.raise_for_status()


async def open_sockets_of_ended_sessions(site: Site) -> None:
    """A socket that was open when its session ended goes on asking."""
    async with signed_in(site.url, "patient:maryam") as thief:
        async with thief.http.delete(f"{site.url}/api/session") as response:
            response.raise_for_status()
        try:
            await thief.call("contact:open", client_id="f" * 32, subject="self", lang="sv", text="Kvar")
        except Exception:  # noqa: BLE001 - refused or cut off: either is right
            site.ledger.tried("replayed token", "an open socket", got_in=False)
        else:
            site.ledger.tried("replayed token", "an open socket", got_in=True)


async def fixation(site: Site) -> None:
    """A token planted in the victim's browser before they sign in, in every form a cookie may be planted."""
    async with aiohttp.ClientSession(cookie_jar=aiohttp.DummyCookieJar()) as http:
        for planted in (secrets.token_urlsafe(32), "0" * 64, ""):
            for cookie in (f"fyr={planted}", f"fyr={planted}; fyr={planted}", f"__Host-fyr={planted}"):
                given = await sign_in(http, site.url, "patient:nils", Cookie=cookie)
                works = await knows(http, site, planted) if planted else False
                site.ledger.tried("fixation", cookie[:12], got_in=works or given == planted)
        own = await sign_in(http, site.url, "patient:gunnar")
        given = await sign_in(http, site.url, "patient:nils", Cookie=f"fyr={own}")
        site.ledger.tried("fixation", "the attacker's own session", got_in=given == own)


async def what_is_no_token(site: Site) -> None:
    """Ids that are told, and things that look like tokens, shown as one."""
    oddities: Iterable[str] = (
        str(site.ids["session_id"]), site.contact_id, str(site.ids["key_id"]), "patient:astrid", "null", "' OR 1=1 --",
        "*", "%00", "../../keys", "a" * 7_000, "".join(chr(code) for code in range(0xA1, 0xFF)),
    )  # fmt: skip
    async with aiohttp.ClientSession(cookie_jar=aiohttp.DummyCookieJar()) as http:
        for odd in oddities:
            site.ledger.tried("no token", odd[:20], got_in=await knows(http, site, odd))


async def wrong_tokens(site: Site, count: int) -> None:
    """So many made-up tokens, each from an address of its own, so that no lock-out helps us."""
    connector = aiohttp.TCPConnector(limit=AT_ONCE)
    async with aiohttp.ClientSession(cookie_jar=aiohttp.DummyCookieJar(), connector=connector) as http:
        for number in range(count):
            address = f"10.{number >> 16}.{number >> 8 & 255}.{number & 255}"
            works = await knows(http, site, secrets.token_urlsafe(32), address=address)
            site.ledger.tried("wrong codes", "session token", got_in=works)


async def locked_out(site: Site) -> None:
    """From one address made-up tokens end in a lock; a control of the lock as much as an attack."""
    async with aiohttp.ClientSession(cookie_jar=aiohttp.DummyCookieJar()) as http:
        statuses = []
        for _ in range(80):
            headers = {"Cookie": f"fyr={secrets.token_urlsafe(32)}", "X-Forwarded-For": "192.0.2.66"}
            async with http.get(f"{site.url}/api/session", headers=headers) as response:
                statuses.append(response.status)
            site.ledger.tried("wrong codes", "one address", got_in=statuses[-1] == 200)
    site.ledger.control("an address is locked out in the end", holds=statuses[-1] == 429)


async def other_peoples_keys(site: Site) -> None:
    """The key of another person's outbox, by its name."""
    own = await outbox_key(site.astrid, str(site.ids["key_id"]))
    site.ledger.control("one's own key is given again", holds=own["key_id"] == site.ids["key_id"])
    async with signed_in(site.url, "patient:nils") as nils:
        for key_id in (str(site.ids["key_id"]), "0" * 40, "../key", "💥"):
            try:
                answer = await outbox_key(nils, key_id)
            except RefusedError as refusal:
                site.ledger.tried("other's key", key_id, got_in=refusal.code == "internal")
            else:
                site.ledger.tried("other's key", key_id, got_in=answer["key"] == own["key"])
