"""The certificate of our own making: kept while it serves, renewed in time, and good for a real TLS connection."""

import ssl
from datetime import UTC, datetime, timedelta
from pathlib import Path

import aiohttp
from aiohttp import web

from core.clock import ManualClock, SystemClock
from web.addresses import addresses
from web.certificate import RENEW_BEFORE, VALID, self_made, tls_context

NOW = datetime(2030, 1, 1, tzinfo=UTC)


def test_it_is_kept_for_the_same_addresses(tmp_path: Path) -> None:
    clock = ManualClock(NOW)
    certificate, key = self_made(tmp_path, ["127.0.0.1", "10.0.0.5"], clock)
    first = certificate.read_bytes()
    assert self_made(tmp_path, ["10.0.0.5"], clock)[0].read_bytes() == first
    assert key.stat().st_mode & 0o777 == 0o600


def test_it_is_made_anew_for_a_new_address(tmp_path: Path) -> None:
    clock = ManualClock(NOW)
    first = self_made(tmp_path, ["127.0.0.1"], clock)[0].read_bytes()
    assert self_made(tmp_path, ["127.0.0.1", "10.0.0.5"], clock)[0].read_bytes() != first


def test_it_is_made_anew_before_it_ends(tmp_path: Path) -> None:
    clock = ManualClock(NOW)
    first = self_made(tmp_path, ["127.0.0.1"], clock)[0].read_bytes()
    clock.advance(days=(VALID - RENEW_BEFORE).days - 1)
    assert self_made(tmp_path, ["127.0.0.1"], clock)[0].read_bytes() == first
    clock.advance(days=1)
    assert self_made(tmp_path, ["127.0.0.1"], clock)[0].read_bytes() != first
    assert timedelta(days=398) >= VALID, "phones refuse certificates that live longer"


async def test_a_browser_that_trusts_it_connects(tmp_path: Path) -> None:
    certificate, key = self_made(tmp_path, ["127.0.0.1"], SystemClock())
    app = web.Application()
    app.router.add_get("/", _hello)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0, ssl_context=tls_context(certificate, key))
    await site.start()
    port = runner.addresses[0][1]
    trusting = ssl.create_default_context(cafile=str(certificate))
    async with aiohttp.ClientSession() as session, session.get(f"https://127.0.0.1:{port}/", ssl=trusting) as answer:
        assert await answer.text() == "hello"
    await runner.cleanup()


async def _hello(_: web.Request) -> web.Response:
    return web.Response(text="hello")


def test_the_machines_addresses_are_real_ones_and_not_loopback() -> None:
    found = addresses()
    assert not [address for address in found if address.startswith("127.") or address.count(".") != 3]
