"""Contacts whose claim one node is settling right now, so that others at that node try the next ones first."""

import contextlib
from collections.abc import Iterator

from carequeue.live.store import PARK_MS
from core.clock import Clock
from core.ids import ContactId


class Settling:
    """As in the index nobody is kept from a contact for longer than a park lasts.

    A claim that hangs, since the database is away, may be a repeat that has another contact already: the one it was
    to settle would be passed by everybody until it ends. Two who settle the same are told apart in SQL.
    """

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._until_ms: dict[ContactId, int] = {}

    def has(self, contact_id: ContactId) -> bool:
        """Whether it is being settled, and has not been for too long."""
        return self._clock.ms() < self._until_ms.get(contact_id, 0)

    @contextlib.contextmanager
    def settled_here(self, contact_id: ContactId) -> Iterator[None]:
        """While this lasts."""
        until_ms = self._until_ms[contact_id] = self._clock.ms() + PARK_MS
        try:
            yield
        finally:
            if self._until_ms.get(contact_id) == until_ms:  # else another settles it by now
                del self._until_ms[contact_id]
