"""What a provider says of itself: believed for a while, under its own name; keys are fetched anew when they change."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Any

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from joserfc import jwt
from joserfc.jwk import RSAKey

from core.clock import ManualClock
from core.errors import FyrError
from core.outbound import Outbound
from web.login.profile import Provider, shipped_profiles
from web.login.remote import Remote
from web.login.tokens import id_token

Said = dict[str, Any]


class Place:
    """What lies at a provider's two addresses, and how often its keys were asked for."""

    def __init__(self) -> None:
        self.key = RSAKey.generate_key(2048)
        self.asked = 0
        self.changed: Said = {}

    def answer(self, path: str, url: str) -> Said:
        """As a provider would say it."""
        if path == "/keys":
            self.asked += 1
            return {"keys": [{**self.key.as_dict(private=False), "kid": self.key.thumbprint(), "use": "sig"}]}
        said = {"issuer": url, "authorization_endpoint": f"{url}/a", "token_endpoint": f"{url}/t"}
        return {**said, "jwks_uri": f"{url}/keys", **self.changed}


@asynccontextmanager
async def remote(place: Place, clock: ManualClock) -> AsyncIterator[Remote]:
    """A provider of which only what it says of itself is served."""
    url = ""

    async def answer(request: web.Request) -> web.Response:
        return web.json_response(place.answer(request.path, url))

    application = web.Application()
    application.router.add_get("/{any:.*}", answer)
    server, outbound = TestServer(application), Outbound()
    await server.start_server()
    url = str(server.make_url("")).rstrip("/")
    provider = Provider(id="p", issuer=url, client_id="fyr", name={}, profile=shipped_profiles()["plain"])
    yield Remote(provider, outbound, clock)
    await outbound.close()
    await server.close()


def token(place: Place, issuer: str, clock: ManualClock) -> str:
    now_s = clock.ms() // 1000
    claims = {"iss": issuer, "aud": "fyr", "sub": "s", "nonce": "n", "iat": now_s, "exp": now_s + 60}
    return jwt.encode({"alg": "RS256", "kid": place.key.thumbprint()}, claims, place.key)


async def test_keys_are_fetched_anew_for_a_name_nobody_knows_but_not_for_every_one() -> None:
    place, clock = Place(), ManualClock(datetime(2026, 11, 26, 8, tzinfo=UTC))
    async with remote(place, clock) as there:

        async def read() -> Said:
            own = token(place, there.provider.issuer, clock)
            return await id_token(there, own, nonce="n", access_token="a", clock=clock)

        await read()
        place.key = RSAKey.generate_key(2048)  # the provider has changed its key
        with pytest.raises(FyrError, match="login_failed"):
            await read()
        assert place.asked == 1  # whoever sends us made-up names makes us ask nobody
        clock.advance(seconds=31)
        assert (await read())["sub"] == "s"
        assert place.asked == 2


SPOILT: dict[str, Callable[[str], Said]] = {
    "another name": lambda _: {"issuer": "https://elsewhere.example"},
    "the same name, nearly": lambda url: {"issuer": f"{url}/"},
    "tokens without TLS": lambda _: {"token_endpoint": "http://elsewhere.example/t"},
    "keys from a file": lambda _: {"jwks_uri": "file:///etc/passwd"},
    "nothing to go to": lambda _: {"authorization_endpoint": None},
}


@pytest.mark.parametrize("spoil", SPOILT.values(), ids=SPOILT)
async def test_a_provider_that_says_what_cannot_be_is_not_gone_to(spoil: Callable[[str], Said]) -> None:
    place, clock = Place(), ManualClock(datetime(2026, 11, 26, 8, tzinfo=UTC))
    async with remote(place, clock) as there:
        place.changed = spoil(there.provider.issuer)
        with pytest.raises(FyrError, match="login_failed"):
            await there.metadata()
