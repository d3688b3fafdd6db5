"""By what members of staff are known to OpenID providers: keyed digests in SQL, never the ids themselves.

A digest is HMAC-SHA-256 with a key derived from a master key; under a new master key old digests are still found, and
the next load of the directory writes them anew.
"""

import hmac
from collections.abc import Iterable

from sqlalchemy import select

from core.log.seal import MasterKeys
from core.storage.sql import Database
from core.storage.tables import login_subject

KEY_USE = "login subject"


class Logins:
    """Look-ups."""

    def __init__(self, database: Database, masters: MasterKeys) -> None:
        self._database = database
        self._masters = masters

    def digest(self, kind: str, value: str) -> str:
        """What stands for an id, under the current key."""
        return self._digest(self._masters.current, kind, value)

    def digests(self, kind: str, value: str) -> list[str]:
        """The same under every key that is listed."""
        return [self._digest(name, kind, value) for name in self._masters.names]

    async def actor_of(self, kind: str, value: str) -> str | None:
        """Whose id it is, if anybody's."""
        query = select(login_subject.c.actor_id).where(login_subject.c.digest.in_(self.digests(kind, value)))
        async with self._database.read() as connection:
            found = set((await connection.execute(query)).scalars())
        found.discard("")  # what has ended
        return found.pop() if len(found) == 1 else None

    def rows(self, actor_id: str, known_by: Iterable[tuple[str, str]]) -> list[dict[str, str]]:
        """Rows of the table for one member of staff."""
        return [{"digest": self.digest(kind, value), "actor_id": actor_id} for kind, value in known_by]

    def _digest(self, name: str, kind: str, value: str) -> str:
        key = self._masters.derived(name, KEY_USE)
        return hmac.digest(key, f"{kind}|{normal(kind, value)}".encode(), "sha256").hex()


def normal(kind: str, value: str) -> str:
    """The one way an id is written: HSA ids in capitals, numbers without blanks, subjects as they are."""
    return value if kind == "subject" else "".join(value.split()).replace("-", "" if kind == "number" else "-").upper()
