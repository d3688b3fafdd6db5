"""Master keys that lie wrapped by a key service: the port, and the service OpenBao and Vault call transit.

`FYR_KEYS` is then `kms:https://host/v1/transit/NAME?k2=vault:v1:…&k1=vault:v1:…`: the wrapped keys, the current one
first. Each process has them unwrapped once, at its start, and holds them in memory only. A service that is away or
refuses stops the start: nothing is served with a key less.
"""

import base64
import binascii
import json
import os
import urllib.error
import urllib.request
from typing import Protocol
from urllib.parse import parse_qsl, quote, urlencode, urlsplit

from core.errors import FyrError
from core.log.seal import KEY_BYTES, MasterKeys

SCHEME = "kms:"
ANSWER_WITHIN_S = 5.0
LARGEST_ANSWER = 64 * 1024
FORM = "is kms:https://host/v1/transit/NAME?id=wrapped key, the current key first"
WHAT = "The key service of FYR_KEYS"


class KeyService(Protocol):
    """Wraps and unwraps without ever giving out what it wraps with."""

    def wrap(self, key: bytes) -> str:
        """The key as it may lie anywhere. Raises `unreachable`."""
        ...

    def unwrap(self, wrapped: str) -> bytes:
        """The key again. Raises `unreachable`."""
        ...


class Transit:
    """The transit engine of OpenBao and Vault, over HTTP."""

    def __init__(self, url: str, token: str) -> None:
        """`url`: of the engine, with the name of its key as the last part."""
        self._engine, _, self._name = url.rpartition("/")
        self._token = token

    def wrap(self, key: bytes) -> str:
        """By `encrypt`."""
        return self._ask("encrypt", {"plaintext": base64.b64encode(key).decode()}, "ciphertext")

    def unwrap(self, wrapped: str) -> bytes:
        """By `decrypt`."""
        try:
            return base64.b64decode(self._ask("decrypt", {"ciphertext": wrapped}, "plaintext"), validate=True)
        except binascii.Error:
            raise FyrError("unreachable", what=WHAT) from None

    def _ask(self, action: str, body: dict[str, str], wanted: str) -> str:
        headers = {"X-Vault-Token": self._token, "Content-Type": "application/json"}
        request = urllib.request.Request(
            f"{self._engine}/{action}/{self._name}", json.dumps(body).encode(), headers, method="POST"
        )
        try:
            with _opener().open(request, timeout=ANSWER_WITHIN_S) as answer:
                return str(json.loads(answer.read(LARGEST_ANSWER))["data"][wanted])
        except (OSError, ValueError, KeyError, TypeError):  # its words could hold the token or a key
            raise FyrError("unreachable", what=WHAT) from None


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_: object) -> None:
        """A token goes to the address that was set and nowhere else."""


def _opener() -> urllib.request.OpenerDirector:
    return urllib.request.build_opener(_NoRedirect, urllib.request.ProxyHandler({}))


def keys_of_service(text: str, token: str) -> MasterKeys:
    """The master keys that `FYR_KEYS` names. Raises `unreachable`, `settings_invalid`."""
    try:
        url, wrapped = read_service(text)
    except ValueError as wrong:
        raise FyrError("settings_invalid", problems=[f"FYR_KEYS {wrong}"]) from None
    service: KeyService = Transit(url, token)
    keys = {name: service.unwrap(one) for name, one in wrapped.items()}
    if any(len(key) != KEY_BYTES for key in keys.values()):
        raise FyrError("settings_invalid", problems=["FYR_KEYS: the key service gives a key that is not 32 bytes"])
    return MasterKeys(keys)


def read_service(text: str, *, may_be_empty: bool = False) -> tuple[str, dict[str, str]]:
    """The engine's address and the wrapped keys by name. Raises ValueError saying what is wrong."""
    parts = urlsplit(text.removeprefix(SCHEME))
    local = parts.hostname in ("127.0.0.1", "::1", "localhost")
    wrapped = {name: one.replace(" ", "+") for name, one in parse_qsl(parts.query)}
    if not (parts.scheme == "https" or (parts.scheme == "http" and local)) or parts.path.count("/") < 2:
        raise ValueError(FORM)
    if not wrapped and not may_be_empty:
        raise ValueError(FORM)
    return f"{parts.scheme}://{parts.netloc}{parts.path}", wrapped


def new_key(text: str, token: str, name: str) -> str:
    """`FYR_KEYS` with a new key of this name put first. The key itself is shown to nobody. Raises `unreachable`."""
    url, wrapped = read_service(text, may_be_empty=True)
    made = Transit(url, token).wrap(os.urandom(KEY_BYTES))
    others = {one: text for one, text in wrapped.items() if one != name}
    return f"{SCHEME}{url}?{urlencode({name: made, **others}, quote_via=quote, safe=':')}"
