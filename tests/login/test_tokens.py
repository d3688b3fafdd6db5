"""Tokens that only look right: what is not signed by the provider, for us, now, for this very sign-in is refused."""

import base64
import hmac
import json
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import pytest
from joserfc import jwt
from joserfc.jwk import RSAKey

from core.clock import SystemClock
from core.errors import FyrError
from tests.login.scene import CLIENT, Choices, Scene, scene
from web.login.tokens import LOGOUT_EVENT, id_token, logout_token

NONCE = "n" * 43
ACCESS = "access"
Claims = dict[str, Any]


@pytest.fixture
async def here(tmp_path: Path) -> AsyncIterator[Scene]:
    """A provider and a node that knows it."""
    async with scene(tmp_path, Choices()) as running:
        yield running


def good(here: Scene) -> Claims:
    now_s = here.node.now_ms() // 1000
    claims = {"iss": here.issuer, "aud": CLIENT, "sub": "astrid", "nonce": NONCE}
    return {**claims, "iat": now_s, "exp": now_s + 60}


def signed(here: Scene, claims: Claims, *, key: RSAKey | None = None, kid: str = "") -> str:
    own = key or here.signing
    return jwt.encode({"alg": "RS256", "kid": kid or here.signing.thumbprint()}, claims, own)


async def read(here: Scene, token: str) -> Claims:
    remote = here.node.login.flow("patient").remote
    return await id_token(remote, token, nonce=NONCE, access_token=ACCESS, clock=SystemClock())


def unsigned(here: Scene) -> str:
    head, body = (json.dumps(part).encode() for part in ({"alg": "none"}, good(here)))
    return (_part(head) + b"." + _part(body) + b".").decode()


def by_secret(here: Scene) -> str:
    """Signed with the provider's public key as if that were a shared secret (RFC 8725, 2.1)."""
    head = {"alg": "HS256", "kid": here.signing.thumbprint()}
    text = b".".join(_part(json.dumps(part).encode()) for part in (head, good(here)))
    mac = hmac.digest(here.signing.as_pem(private=False), text, "sha256")
    return (text + b"." + _part(mac)).decode()


def _part(data: bytes) -> bytes:
    return base64.urlsafe_b64encode(data).rstrip(b"=")


def altered(here: Scene) -> str:
    head, _, signature = signed(here, good(here)).split(".")
    body = json.dumps({**good(here), "sub": "nils"}).encode()
    return f"{head}.{_part(body).decode()}.{signature}"


WRONG: dict[str, Callable[[Scene], str]] = {
    "no signature": unsigned,
    "a public key as a secret": by_secret,
    "other words under the signature": altered,
    "another's key": lambda here: signed(here, good(here), key=RSAKey.generate_key(2048)),
    "a key nobody publishes": lambda here: signed(here, good(here), key=RSAKey.generate_key(2048), kid="other"),
    "another nonce": lambda here: signed(here, {**good(here), "nonce": "m" * 43}),
    "no nonce": lambda here: signed(here, {name: value for name, value in good(here).items() if name != "nonce"}),
    "another issuer": lambda here: signed(here, {**good(here), "iss": "https://elsewhere.example"}),
    "for another": lambda here: signed(here, {**good(here), "aud": "other"}),
    "for several, made for nobody": lambda here: signed(here, {**good(here), "aud": [CLIENT, "other"]}),
    "for several, made for another": lambda here: signed(
        here, {**good(here), "aud": [CLIENT, "other"], "azp": "other"}
    ),
    "run out": lambda here: signed(here, {**good(here), "exp": here.node.now_ms() // 1000 - 60}),
    "made long ago": lambda here: signed(here, {**good(here), "iat": here.node.now_ms() // 1000 - 3600}),
    "of another access token": lambda here: signed(here, {**good(here), "at_hash": "AAAAAAAAAAAAAAAAAAAAAA"}),
    "no token": lambda _: "nothing",
    "empty": lambda _: "",
}


async def test_a_token_that_is_right_is_taken(here: Scene) -> None:
    assert (await read(here, signed(here, good(here))))["sub"] == "astrid"
    several = {**good(here), "aud": [CLIENT, "other"], "azp": CLIENT}
    assert (await read(here, signed(here, several)))["sub"] == "astrid"


async def test_every_other_is_refused(here: Scene) -> None:
    await read(here, signed(here, good(here)))
    for make in WRONG.values():
        with pytest.raises(FyrError, match="login_failed"):
            await read(here, make(here))


def leaving(here: Scene) -> Claims:
    now_s = here.node.now_ms() // 1000
    claims = {"iss": here.issuer, "aud": CLIENT, "sub": "astrid", "jti": "j1", "events": {LOGOUT_EVENT: {}}}
    return {**claims, "iat": now_s, "exp": now_s + 60}


WRONG_LEAVING: dict[str, Claims] = {
    "an id token's nonce": {"nonce": NONCE},
    "no event": {"events": {}},
    "another event": {"events": {"http://schemas.openid.net/event/other": {}}},
    "nobody": {"sub": ""},
    "no id": {"jti": 7},
}


async def test_only_a_logout_token_signs_anyone_out(here: Scene) -> None:
    remote, clock = here.node.login.flow("patient").remote, SystemClock()
    assert (await logout_token(remote, signed(here, leaving(here)), clock=clock))["jti"] == "j1"
    with pytest.raises(FyrError, match="login_failed"):
        await logout_token(remote, signed(here, good(here)), clock=clock)
    for changed in WRONG_LEAVING.values():
        with pytest.raises(FyrError, match="login_failed"):
            await logout_token(remote, signed(here, {**leaving(here), **changed}), clock=clock)
