"""Attachments at rest: sealed with keys of the stream they belong to, named by a keyed digest of what they hold.

Why keyed, and per stream: a plain digest would tell whoever reads the store that a known picture is there, and which
contacts hold the same one. Keyed with a key of the stream, equal bytes share a place only within one contact, nothing
has to be counted before it is taken away, and erasing the stream's key leaves neither readable bytes nor names that
can be tried.
"""

import hmac
from collections.abc import Iterable

from core.attachments.blobs import Blobs
from core.ids import new_id
from core.log.seal import Sealer

KEPT, QUARANTINE = "kept", "quarantine"


def derived(stream_key: bytes, use: str) -> bytes:
    """A key for one use."""
    return hmac.digest(stream_key, f"attachment {use}".encode(), "sha256")


class Vault:
    """One stream's attachments in a store of bytes. Made for a call, with the stream's key."""

    def __init__(self, blobs: Blobs, stream_key: bytes) -> None:
        self._blobs = blobs
        self._sealer = Sealer(derived(stream_key, "seal"))
        self._address_key = derived(stream_key, "address")

    async def keep(self, data: bytes) -> str:
        """Put it where its content says; gives the address. The same bytes again change nothing."""
        address = hmac.digest(self._address_key, data, "sha256").hex()
        await self._blobs.put(_place(address), self._sealer.seal(data, f"{KEPT}/{address}"))
        return address

    async def fetch(self, address: str) -> bytes:
        """What lies there. Raises `not_found`, `log_broken` when it was altered."""
        return self._sealer.open(await self._blobs.get(_place(address)), f"{KEPT}/{address}")

    async def forget(self, addresses: Iterable[str]) -> None:
        """Take away what lies at the addresses."""
        for address in filter(None, addresses):
            await self._blobs.delete(_place(address))

    async def quarantine(self, attachment_id: str, data: bytes, *, start: int) -> str:
        """Put a piece of what has not been checked, sealed to its place in the whole; gives its name."""
        name = f"{QUARANTINE}/{attachment_id}/{new_id()}"
        await self._blobs.put(name, self._sealer.seal(data, f"{QUARANTINE}/{attachment_id}/{start}"))
        return name

    async def piece(self, attachment_id: str, name: str, *, start: int) -> bytes:
        """A piece out of quarantine, for the checks alone."""
        return self._sealer.open(await self._blobs.get(name), f"{QUARANTINE}/{attachment_id}/{start}")

    async def release(self, attachment_id: str) -> None:
        """End the quarantine: every piece goes, also those that lost a race."""
        await self._blobs.delete_all(f"{QUARANTINE}/{attachment_id}")

    def seal_about(self, attachment_id: str, about: bytes) -> bytes:
        """What SQL may hold of an attachment: its name is someone's words."""
        return self._sealer.seal(about, f"about/{attachment_id}")

    def open_about(self, attachment_id: str, sealed: bytes) -> bytes:
        """The reverse."""
        return self._sealer.open(sealed, f"about/{attachment_id}")


def _place(address: str) -> str:
    return f"{KEPT}/{address[:2]}/{address}"
