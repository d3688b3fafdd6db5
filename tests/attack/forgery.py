"""What a page of another origin can make a victim's browser do: every change, and a socket in their name."""

import re

import aiohttp

from tests.attack.site import Site
from web.origin import SAFE_METHODS
from web.wire.events import ROUTES

EVIL = "https://evil.example"
BROWSER = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/140.0 Safari/537.36"
PAGES: tuple[dict[str, str], ...] = (
    {"Origin": EVIL},
    {"Origin": EVIL, "Sec-Fetch-Site": "cross-site"},
    {"Origin": "null", "Sec-Fetch-Site": "cross-site"},
    {"Origin": "null"},
    {"Origin": "http://127.0.0.1"},
    {"Origin": "http://127.0.0.1.evil.example"},
    {"Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "same-site"},
    {},
)
"""As browsers mark such a request, new and old; the last one is a browser that says nothing."""
BODY = b'{"person": "patient:nils", "contact_id": "%s", "client_id": "ffffffffffffffffffffffffffffffff"}'
TYPES = ("text/plain", "application/x-www-form-urlencoded", "application/json")


async def forged_changes(site: Site) -> None:
    """Each unsafe route, with the victim's cookie, as each kind of page would have it asked."""
    unsafe = [route for route in ROUTES if route.method not in SAFE_METHODS]
    for route in unsafe:
        path = re.sub(r"{(\w+)}", lambda name: str(site.ids.get(name[1], "0" * 32)), route.path)
        for page in PAGES:
            for media in TYPES if route.method == "POST" else TYPES[:1]:
                headers = {**page, "User-Agent": BROWSER, "Content-Type": media}
                data = BODY % site.contact_id.encode()
                async with site.astrid.http.request(
                    route.method, site.url + path, headers=headers, data=data
                ) as response:
                    site.ledger.status(response.status, route.name)
                    site.ledger.tried("forged change", f"{route.name} {page}", got_in=response.status != 403)
    for headers in ({"Origin": site.url}, {"Sec-Fetch-Site": "same-origin"}):
        async with site.astrid.http.post(
            f"{site.url}/api/session/outbox-key", data=b"{}", headers={**headers, "User-Agent": BROWSER}
        ) as response:
            site.ledger.control("our own page may", holds=response.status == 200)
    me = await site.astrid.get("/api/session")
    site.ledger.tried("forged change", "the victim is signed out or another", got_in=me["id"] != "patient:astrid")


async def cross_site_sockets(site: Site) -> None:
    """A socket opened by another page, which would carry the victim's cookie."""
    for page in PAGES:
        headers = {**page, "User-Agent": BROWSER}
        site.ledger.tried("cross-site socket", f"websocket {page}", got_in=await _opens(site, headers))
        async with site.astrid.http.get(f"{site.url}/socket.io/?EIO=4&transport=polling", headers=headers) as response:
            site.ledger.status(response.status, "polling")
            readable = "Access-Control-Allow-Origin" in response.headers
            # A browser that marks nothing gets an answer no other page can read.
            site.ledger.tried(
                "cross-site socket", f"polling {page}", got_in=readable or (bool(page) and response.status == 200)
            )
    site.ledger.control("our own page opens one", holds=await _opens(site, {"Origin": site.url, "User-Agent": BROWSER}))


async def _opens(site: Site, headers: dict[str, str]) -> bool:
    try:
        async with site.astrid.http.ws_connect(
            f"{site.url}/socket.io/?EIO=4&transport=websocket", headers=headers
        ) as socket:
            return (await socket.receive_str()).startswith("0{")
    except aiohttp.WSServerHandshakeError:
        return False
