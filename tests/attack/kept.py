"""What others could find afterwards or beside the way: in caches, cookies, exports, by questions in an address."""

import json
from http.cookies import SimpleCookie
from typing import Any
from urllib.parse import quote

import aiohttp
import msgspec

from tests.attack.ids import GUESSES
from tests.attack.site import SECRET, Site
from tests.web.client import signed_in
from tests.web.guesting import Meeting
from web.wire.events import DOCUMENTS, ROUTES

STRANGERS = ("patient:nils", "staff:petra", "staff:adam", "staff:karin", "nobody")
QUERIES = ("encounter", "patient", "date", "_count", "page", "lang")


async def caches(site: Site) -> None:
    """Everything personal a browser or a proxy could keep: each answer forbids it, also a refusal."""
    paths = [route.path for route in ROUTES if route.method == "GET" and route.who != "anyone"]
    for path in (*paths, *(one.path for one in DOCUMENTS)):
        for name, value in site.ids.items():
            path = path.replace(f"{{{name}}}", str(value))
        where = f"{site.url}{path}?encounter={site.contact_id}&patient=astrid"
        for who in (site.astrid, site.sara):
            async with who.http.get(where) as response:
                site.ledger.status(response.status, f"GET {path}")
                keeps = "no-store" not in response.headers.get("Cache-Control", "")
                sniffs = response.headers.get("X-Content-Type-Options") != "nosniff"
                site.ledger.tried("caches", f"{path} {response.status}", got_in=keeps or sniffs)


async def cookies(site: Site) -> None:
    """The session's cookies, as script or another site would like them."""
    async with aiohttp.ClientSession(cookie_jar=aiohttp.DummyCookieJar()) as http:
        body = msgspec.json.encode({"person": "patient:nils"})
        async with http.post(f"{site.url}/api/session", data=body) as response:
            _judge(site, "session", response.headers.getall("Set-Cookie", []))
        invited = await Meeting(site.contact_id, str(site.ids["visit_id"]), site.sara).invite(role="relative")
        sent = msgspec.json.encode({"token": invited["token"], "code": invited["code"], "name": "Leyla A"})
        async with http.post(f"{site.url}/api/guest", data=sent) as response:
            site.ledger.control("a guest comes in", holds=response.status == 200)
            _judge(site, "guest", response.headers.getall("Set-Cookie", []))


def _judge(site: Site, what: str, told: list[str]) -> None:
    site.ledger.control(f"a cookie is set: {what}", holds=len(told) == 1)
    for name, morsel in SimpleCookie(told[0]).items():
        strict = morsel["samesite"].casefold() in ("lax", "strict")
        holds = bool(morsel["httponly"]) and strict and morsel["path"] == "/" and not morsel["domain"]
        site.ledger.tried("cookies", f"{what} {name}", got_in=not holds)


async def documents(site: Site) -> None:
    """Archives and bundles asked for by others, and by questions that a reader of addresses could take wrongly."""
    for who in STRANGERS:
        async with aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True)) as http:
            if who != "nobody":
                async with http.post(f"{site.url}/api/session", data=msgspec.json.encode({"person": who})) as response:
                    response.raise_for_status()
            for one in DOCUMENTS:
                for query in _queries(site):
                    path = one.path.replace("{contact_id}", site.contact_id)
                    async with http.get(f"{site.url}{path}?{query}") as response:
                        site.ledger.status(response.status, f"{path}?{query}"[:120])
                        leaks = SECRET in (await response.read()).decode("utf-8", "replace")
                        own = one.path == "/api/export.zip" and who.startswith("patient")
                        got_in = leaks or (response.status == 200 and not own)
                        site.ledger.tried("documents", f"{who} {path}?{query}"[:120], got_in=got_in)
    async with signed_in(site.url, "staff:alva") as alva:
        for guess in GUESSES:
            for name in QUERIES:
                asked = {"patient": "astrid", name: guess}
                query = "&".join(f"{key}={quote(value)}" for key, value in asked.items())
                async with alva.http.get(f"{site.url}/fhir/AuditEvent?{query}") as response:
                    site.ledger.status(response.status, f"AuditEvent {name}={guess[:20]!r}")
                    told = json.dumps(await response.json(content_type=None)) if response.status == 200 else ""
                    site.ledger.tried("documents", f"AuditEvent {name}={guess[:20]!r}", got_in=SECRET in told)


def _queries(site: Site) -> tuple[str, ...]:
    real: dict[str, Any] = {"encounter": site.contact_id, "patient": "astrid"}
    whole = "&".join(f"{name}={value}" for name, value in real.items())
    twice = f"encounter={'f' * 32}&encounter={site.contact_id}&patient=nils&patient=astrid"
    typed = f"encounter=Encounter/{site.contact_id}&patient=Patient/astrid"
    return (whole, twice, typed, f"{whole}&for_person=astrid", f"{whole}&_count=-1", f"{whole}&_count=999999999999")
