"""Keys for what a patient's browser keeps until it is sent. The server stores none: it can make each anew.

A key belongs to a person, not to one session, since what was written in a tunnel must be sent also when the session has
ended meanwhile; it is handed out to a signed-in session only, and the browser keeps it in memory only.
"""

import hmac
import os
from typing import NamedTuple

from core.errors import FyrError
from core.log.seal import MasterKeys

SALT_BYTES = 16


class OutboxKey(NamedTuple):
    """A key of 32 bytes, and the name the browser keeps beside what it sealed. The name tells nobody whose it is."""

    key_id: str
    key: bytes


class OutboxKeys:
    """Makes keys, and makes them again from their names."""

    def __init__(self, masters: MasterKeys) -> None:
        self._masters = masters

    def new(self, actor_id: str) -> OutboxKey:
        """A key nobody has had."""
        return self._make(actor_id, self._masters.current, os.urandom(SALT_BYTES).hex())

    def again(self, actor_id: str, key_id: str) -> OutboxKey:
        """The key of this name. Raises `not_found` for another person's, or when its master key is no longer listed."""
        master, _, rest = key_id.rpartition(".")
        salt = rest[: SALT_BYTES * 2]
        try:
            made = self._make(actor_id, master, salt)
        except FyrError:
            raise FyrError("not_found") from None
        if not hmac.compare_digest(made.key_id.encode(), key_id.encode()):
            raise FyrError("not_found")
        return made

    def _make(self, actor_id: str, master: str, salt: str) -> OutboxKey:
        whose = f"{salt}|{actor_id}".encode()
        owner = hmac.digest(self._masters.derived(master, "outbox owner"), whose, "sha256").hex()[: SALT_BYTES * 2]
        key = hmac.digest(self._masters.derived(master, "outbox key"), whose, "sha256")
        return OutboxKey(f"{master}.{salt}{owner}", key)
