"""Attacks on the server itself: lines left half open, bodies and frames without end, requests that hide another."""

import asyncio
import contextlib
import gzip
import json

import aiohttp

from tests.attack.paths import raw, request, status_of
from tests.attack.site import Site
from web.api.routes import LARGEST_BODY
from web.sockets.server import LARGEST_MESSAGE_BYTES

DRIP_S = 0.1
MIB = 1024 * 1024
HALVES = (
    b"GET / HTTP/1.1\r\nHost: x\r\nX-Slow: ",
    b"POST /api/session HTTP/1.1\r\nHost: x\r\nContent-Length: 90000\r\n\r\n{",
    b"GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\n",
    b"",
)


async def slow_loris(site: Site, lines: int, lasts_s: float) -> None:
    """Hundreds of requests that never end, a byte at a time; the prober says whether others were answered."""
    opened = []
    for number in range(lines):
        with contextlib.suppress(OSError):
            _, writer = await asyncio.open_connection("127.0.0.1", site.node.port)
            writer.write(HALVES[number % len(HALVES)])
            opened.append(writer)
    site.ledger.control("half-open lines can be made", holds=len(opened) == lines)
    for _ in range(int(lasts_s / DRIP_S)):
        for writer in opened:
            if not writer.is_closing():
                writer.write(b"a")
        await asyncio.sleep(DRIP_S)
    for _ in opened:
        site.ledger.tried("slow loris", "half a request", got_in=False)
    for writer in opened:
        writer.close()


async def idle_sockets(site: Site, sockets: int) -> None:
    """Sockets that shake hands and say nothing, without a session."""
    async with (
        aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0)) as http,
        contextlib.AsyncExitStack() as stack,
    ):
        for _ in range(sockets):
            where = f"{site.url}/socket.io/?EIO=4&transport=websocket"
            socket = await stack.enter_async_context(http.ws_connect(where))
            await socket.receive_str()
            site.ledger.tried("idle sockets", "a handshake without a session", got_in=False)


async def oversized(site: Site) -> None:
    """Bodies, headers, addresses, frames and messages past every limit, and JSON nested without end."""
    big = b"a" * (LARGEST_BODY + 1)
    requests = {
        "body": request("/api/session", f"Content-Length: {len(big)}", method="POST", body=big),
        "endless body": request("/api/session", "Transfer-Encoding: chunked", method="POST", body=_chunks(3 * MIB)),
        "length that lies": request("/api/session", "Content-Length: 99999999999", method="POST", body=b"{"),
        "header": request("/", "X-Big: " + "a" * 100_000),
        "headers": request("/", *(f"X-{number}: 1" for number in range(20_000))),
        "address": request("/" + "a" * 100_000),
        "cookie": request("/", "Cookie: fyr=" + "a" * 100_000),
        "deep JSON": _posted(b"[" * 90_000),
        "deep objects": _posted(b'{"person":' * 9_000 + b"1" + b"}" * 9_000),
        "wide JSON": _posted(json.dumps({str(number): number for number in range(6_000)}).encode()),
        "big number": _posted(b'{"person":' + b"9" * 90_000 + b"}"),
    }
    for what, data in requests.items():
        answer = await raw(site, data, wait_s=3.0)
        site.ledger.status(status_of(answer), what)
        site.ledger.tried("oversized", what, got_in=status_of(answer) == 200 and b"Set-Cookie" in answer)
    await _big_frames(site)


def _posted(body: bytes) -> bytes:
    return request("/api/session", f"Content-Length: {len(body)}", method="POST", body=body)


def _chunks(size: int) -> bytes:
    return b"".join(b"8000\r\n" + b"a" * 0x8000 + b"\r\n" for _ in range(size // 0x8000)) + b"0\r\n\r\n"


async def _big_frames(site: Site) -> None:
    text = '421["message:post",{"text":"' + "a" * LARGEST_MESSAGE_BYTES + '"}]'
    for what, data in (("frame", text), ("deep frame", '421["message:post",' + "[" * 90_000)):
        async with site.astrid.http.ws_connect(f"{site.url}/socket.io/?EIO=4&transport=websocket") as socket:
            await socket.receive_str()
            await socket.send_str("40")
            await socket.receive_str()
            with contextlib.suppress(ConnectionError):
                await socket.send_str(data)
            site.ledger.tried("oversized", what, got_in=False)
    opening = f"{site.url}/socket.io/?EIO=4&transport=polling"
    async with site.astrid.http.get(opening) as answer:
        sid = json.loads((await answer.text())[1:])["sid"]
    async with site.astrid.http.post(f"{opening}&sid={sid}", data=b"4" * (LARGEST_MESSAGE_BYTES + 1)) as answer:
        site.ledger.status(answer.status, "polling body")
        site.ledger.tried("oversized", "polling body", got_in=answer.status == 200)


async def bombs(site: Site) -> None:
    """A body of a few kilobytes that unpacks to hundreds of megabytes; nothing here is meant to be unpacked at all."""
    packed = gzip.compress(b" " * (64 * MIB), compresslevel=9)
    for media in ("gzip", "deflate", "br", "gzip, gzip"):
        headers = {"Content-Encoding": media, "Content-Type": "application/json"}
        try:
            async with site.astrid.http.post(
                f"{site.url}/api/session/outbox-key",
                data=packed,
                headers=headers,
                skip_auto_headers=["Accept-Encoding"],
            ) as response:
                site.ledger.status(response.status, f"bomb {media}")
                site.ledger.tried("bombs", media, got_in=response.status == 200)
        except aiohttp.ClientError:
            site.ledger.tried("bombs", media, got_in=False)


CODINGS = (
    "Transfer-Encoding: chunked",
    "Transfer-Encoding : chunked",
    "Transfer-Encoding: xchunked",
    " Transfer-Encoding: chunked",
    "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity",
    "Transfer-Encoding:\tchunked",
    "Transfer-Encoding: chunked, identity",
)
SMUGGLED = "GET /api/session HTTP/1.1\r\nHost: x\r\nX-Smuggled: 1\r\n\r\n"


async def smuggling(site: Site) -> None:
    """Requests whose end two readers could see in different places: refused, or read in one way, with one answer."""
    both = f"POST /api/session HTTP/1.1\r\nHost: x\r\nContent-Length: {{}}\r\n{{}}\r\n\r\n0\r\n\r\n{SMUGGLED}"
    made = [both.format(length, coding) for coding in CODINGS for length in (4, 5 + len(SMUGGLED))]
    ends = (
        "Content-Length: 0\r\nContent-Length: 80",
        "Content-Length: +0",
        "Content-Length: -1",
        "Content-Length: 0x0",
    )
    made += [f"POST /api/session HTTP/1.1\r\nHost: x\r\n{one}\r\n\r\n{SMUGGLED}" for one in ends]
    made += [f"GET /\nHTTP/1.1\r\nHost: x\r\n\r\n{SMUGGLED}", f"GET / HTTP/1.1\rHost: x\r\n\r\n{SMUGGLED}"]
    for text in made:
        answer = await raw(site, text.encode(), wait_s=2.0)
        site.ledger.status(status_of(answer), text[:120])
        ambiguous = status_of(answer) not in (0, 400, 501) and answer.count(b"HTTP/1.1 ") > 1
        site.ledger.tried("smuggling", text[:160], got_in=ambiguous)
