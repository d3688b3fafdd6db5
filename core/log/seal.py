"""Secrets of the log: what keeps bodies unreadable outside the service, and the chain unforgeable.

`FYR_KEYS` is "id:base64 of 32 bytes", comma separated, the first one current. Each stream has a key of its own, wrapped
by the current master key; the chain's key comes from the master key that was current when the stream began, so old keys
stay listed.
"""

import base64
import binascii
import functools
import hashlib
import hmac
import io
import os
import threading
from collections.abc import Iterable
from typing import Any, Self

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.hmac import HMAC

from core.errors import FyrError

KEY_BYTES = 32
NONCE_BYTES = 12
SALT_BYTES = 16
RANDOM_BYTES = 4_096
FIRST_LINK = bytes(32)
SEALERS = 4_096
"""Expanded stream keys kept in memory: about 4 MB."""


class Randomness(threading.local):
    """Random bytes of the kernel, asked for some thousands at a time: a system call costs more than what it gives.

    Threads share none.
    """

    drawn = io.BytesIO()


_randomness = Randomness()
os.register_at_fork(after_in_child=lambda: _randomness.__dict__.clear())  # a child gives out none of its parent's


def random_bytes(count: int) -> bytes:
    """So many random bytes that nobody has been given before."""
    given = _randomness.drawn.read(count)
    if len(given) < count:
        _randomness.drawn = io.BytesIO(os.urandom(max(count, RANDOM_BYTES)))
        given = _randomness.drawn.read(count)
    return given


class MasterKeys:
    """The keys outside the database."""

    def __init__(self, keys: dict[str, bytes]) -> None:
        self._keys = keys
        self._kept: dict[tuple[str, str], bytes] = {}
        self._chains: dict[str, Chain] = {}
        self.current = next(iter(keys))

    @property
    def names(self) -> tuple[str, ...]:
        """Every key listed, the current one first."""
        return tuple(self._keys)

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read `FYR_KEYS`. Raises `settings_invalid`."""
        keys: dict[str, bytes] = {}
        for item in text.split(","):
            name, _, encoded = item.strip().partition(":")
            try:
                key = base64.b64decode(encoded, validate=True)
            except binascii.Error:
                key = b""
            if not name or len(key) != KEY_BYTES:
                raise FyrError("settings_invalid", problems=["FYR_KEYS: each key is id:base64 of 32 bytes"])
            keys[name] = key
        return cls(keys)

    @staticmethod
    def generate(name: str = "k1") -> str:
        """A new random key in the form `parse` reads."""
        return f"{name}:{base64.b64encode(os.urandom(KEY_BYTES)).decode()}"

    def derived(self, name: str, use: str) -> bytes:
        """A key for one use, from the master key of this name. Raises `settings_invalid` when it is not listed."""
        kept = self._kept.get((name, use))
        if kept is not None:
            return kept
        if name not in self._keys:
            raise FyrError("settings_invalid", problems=[f"FYR_KEYS lacks the key {name}"])
        return hmac.digest(self._keys[name], use.encode(), "sha256")

    def keep(self, name: str, use: str, key: bytes) -> None:
        """What was derived for this use, from before the master key of this name was taken off the list."""
        self._kept[name, use] = key

    def lasts(self, name: str, uses: Iterable[str]) -> bool:
        """Whether these uses of the key of this name outlive it: it is the current one, or they are kept."""
        return name == self.current or all((name, use) in self._kept for use in uses)

    def chain(self, name: str) -> "Chain":
        """What links headers of streams that began under the master key of this name. Raises `settings_invalid`."""
        found = self._chains.get(name)
        if found is None:
            found = self._chains[name] = Chain(self.derived(name, "chain"))
        return found


class Chain:
    """Links each header to those before it: HMAC-SHA-256 over the link before and the exact header bytes."""

    __slots__ = ("_keyed",)

    def __init__(self, key: bytes) -> None:
        self._keyed = HMAC(key, SHA256())

    def next_link(self, link: bytes, header: bytes) -> bytes:
        """The header's own link."""
        keyed = self._keyed.copy()  # half the price of keying it anew
        keyed.update(link + header)
        return keyed.finalize()


class Sealer:
    """Encrypts with one stream's key (AES-256-GCM, random nonce)."""

    __slots__ = ("_cipher", "hands")

    def __init__(self, key: bytes) -> None:
        self._cipher = AESGCM(key)
        self.hands: dict[int, Any] = {}
        """What `core.log.author` has sealed of who writes: kept as long as the key, and no longer."""

    def seal(self, data: bytes, context: str) -> bytes:
        """Ciphertext that opens only in the same context (stream and number)."""
        nonce = random_bytes(NONCE_BYTES)
        return nonce + self._cipher.encrypt(nonce, data, context.encode())

    def seal_salted(self, data: bytes, context: str) -> tuple[bytes, bytes]:
        """A new salt, and the same of salt and data."""
        random = random_bytes(SALT_BYTES + NONCE_BYTES)
        salt, nonce = random[:SALT_BYTES], random[SALT_BYTES:]
        return salt, nonce + self._cipher.encrypt(nonce, salt + data, context.encode())

    def open(self, sealed: bytes, context: str) -> bytes:
        """What was sealed in this context. Raises `log_broken` when it was altered or belongs elsewhere."""
        try:
            return self._cipher.decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], context.encode())
        except (InvalidTag, ValueError):  # the latter when too little is left of it
            raise FyrError("log_broken", where=context, why="a sealed body does not open") from None


@functools.lru_cache(maxsize=SEALERS)
def sealer_of(key: bytes) -> Sealer:
    """The sealer of a stream's key; the expanded key is kept, since it costs more than sealing a message."""
    return Sealer(key)


def wrap_new_key(masters: MasterKeys, stream: str) -> tuple[bytes, bytes]:
    """A fresh stream key and its wrapped form for the stream's row."""
    key = os.urandom(KEY_BYTES)
    return key, wrap_key(masters, stream, key)


def wrap_key(masters: MasterKeys, stream: str, key: bytes) -> bytes:
    """The key wrapped by the current master key, which it names."""
    sealer = Sealer(masters.derived(masters.current, "wrap"))
    return masters.current.encode() + b"|" + sealer.seal(key, stream)


def unwrap_key(masters: MasterKeys, stream: str, wrapped: bytes) -> bytes:
    """The stream key from its row. Raises `log_broken` or `settings_invalid`."""
    name, _, sealed = wrapped.partition(b"|")
    return Sealer(masters.derived(name.decode(), "wrap")).open(sealed, stream)


def salted_digest(salt: bytes, body: bytes) -> str:
    """The digest a header carries of its body; without the salt a guessed text cannot be confirmed."""
    return hashlib.sha256(salt + body).hexdigest()
