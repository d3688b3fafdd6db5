"""Ways out of folders and headers: traversal in paths and names, line breaks in all that may become a header."""

import asyncio
from typing import Any

from tests.attack.site import Site
from tests.core.attachment_files import photo
from tests.web.attaching import path_of, send, told
from tests.web.client import RefusedError

TARGETS = ("etc/passwd", "keys", "fyr.db", "web/app.py", "proc/self/environ")
CLIMBS = (
    "../",
    "..%2f",
    "%2e%2e/",
    "%2e%2e%2f",
    "..%252f",
    "....//",
    "..\\",
    "..%5c",
    "%c0%ae%c0%ae/",
    "/",
    "//",
    "file:///",
)
ROOTS = ("/", "/assets/", "/api/attachments/", "/api/contacts/", "/api/attachments/%s/", "/sw.js/", "/staff/")
LOOT = (b"root:", b"SQLite format", b"PATH=", b"import asyncio", b":base64")
BREAKS = (
    "\r\nSet-Cookie: fyr=planted",
    "\nX-Planted: 1",
    "%0d%0aX-Planted:%201",
    "\u2028X-Planted: 1",
    "\x00",
    '"; filename="x.html',
)
NAMES = (
    "../../../../tmp/planted.jpg",
    "..\\..\\planted.jpg",
    "/etc/cron.d/planted",
    "planted.jpg\x00.html",
    "a" * 10_000,
    *BREAKS,
)


async def raw(site: Site, request: bytes, *, wait_s: float = 10.0) -> bytes:
    """What the server answers to these bytes, until it ends the line or says no more."""
    reader, writer = await asyncio.open_connection("127.0.0.1", site.node.port)
    try:
        writer.write(request)
        await writer.drain()
        async with asyncio.timeout(wait_s):
            return await reader.read(262_144)
    except (TimeoutError, ConnectionError):
        return b""
    finally:
        writer.close()


def status_of(answer: bytes) -> int:
    """The status number of a raw answer; 0 when there is none."""
    first = answer.split(b"\r\n", 1)[0].split(b" ")
    return int(first[1]) if len(first) > 1 and first[1].isdigit() else 0


def request(path: str, *headers: str, method: str = "GET", body: bytes = b"") -> bytes:
    """A request as it stands, with nothing made tidy."""
    lines = [f"{method} {path} HTTP/1.1", "Host: 127.0.0.1", "Connection: close", *headers]
    return "\r\n".join([*lines, "", ""]).encode("utf-8", "surrogateescape") + body


async def traversal(site: Site) -> None:
    """Each way up from each root to each target, as raw bytes: a client library would tidy them."""
    good = await raw(site, request("/"))
    site.ledger.control("a raw request is answered", holds=status_of(good) == 200 and b"fyr-shell" in good)
    cookie = f"Cookie: {site.astrid.cookie}"
    for root in ROOTS:
        for climb in CLIMBS:
            for target in TARGETS:
                path = (root % site.contact_id if "%s" in root else root) + climb * 8 + target
                answer = await raw(site, request(path, cookie))
                site.ledger.status(status_of(answer), path)
                site.ledger.tried("traversal", path, got_in=any(word in answer for word in LOOT))


async def names_of_files(site: Site) -> None:
    """Names that climb or break lines, as a file is announced and as it is handed out again."""
    for name in NAMES:
        try:
            attachment = await send(site.astrid, site.contact_id, photo(), name=name)
        except RefusedError as refusal:
            site.ledger.tried("names", name[:30], got_in=refusal.code == "internal")
            continue
        await told(site.astrid, attachment, "clean", "refused")
        async with site.astrid.http.get(path_of(site.astrid, site.contact_id, attachment)) as response:
            site.ledger.status(response.status, f"name {name[:30]!r}")
            disposition = response.headers.get("Content-Disposition", "")
            planted = "X-Planted" in response.headers or "Set-Cookie" in response.headers
            climbs = (
                any(part in disposition.split("filename*")[0] for part in ("/", "\\", "..")) or ".html" in disposition
            )
            site.ledger.tried("names", name[:30], got_in=planted or (climbs and ".html" in disposition.split(";")[1]))


async def headers_with_breaks(site: Site) -> None:
    """Line breaks in paths, queries, cookies and every header the service reads: none may come back as a header."""
    places: dict[str, Any] = {
        "path": lambda text: request(f"/api/contacts/{text}"),
        "query": lambda text: request(f"/fhir/Communication?encounter={text}", f"Cookie: {site.astrid.cookie}"),
        "cookie": lambda text: request("/api/session", f"Cookie: fyr={text}"),
        "origin": lambda text: request("/api/session", f"Origin: http://x{text}", "Content-Length: 0", method="POST"),
        "host": lambda text: request("/", f"X-Forwarded-Host: {text}"),
        "forwarded": lambda text: request("/api/session", f"X-Forwarded-For: {text}"),
        "tus": lambda text: request(
            f"/api/attachments/{site.contact_id}/{site.ids['attachment_id']}",
            f"Cookie: {site.astrid.cookie}", f"Upload-Offset: {text}", "Tus-Resumable: 1.0.0", method="HEAD",
        ),
        "language": lambda text: request("/", f"Accept-Language: {text}", f"User-Agent: {text}"),
    }  # fmt: skip
    for place, made in places.items():
        for text in BREAKS:
            encoded = text if place not in ("path", "query") else text.replace(" ", "%20")
            answer = await raw(site, made(encoded))
            head = answer.partition(b"\r\n\r\n")[0].lower()
            site.ledger.status(status_of(answer), f"{place} {text!r}")
            planted = b"\nx-planted" in head or b"fyr=planted" in head
            site.ledger.tried("header injection", f"{place} {text!r}", got_in=planted)
