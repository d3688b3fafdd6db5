"""What hangs on each master key, in SQL, and its turning to the current one: a page at a time, each row as it was read.

Each stream's own key is wrapped by a master key: it is wrapped anew. Names of people are sealed with it: they are
sealed anew. Chains and signed heads were made with keys derived from it and can never be made anew: those derived keys
are kept, wrapped by the current one. Killed anywhere, it goes on where it was when it is begun again.
"""

from collections import Counter
from collections.abc import AsyncIterator

from sqlalchemy import Column, LargeBinary, String, Table, inspect, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from core.identity.store import identity
from core.keyring.field import MARK, Fields, field_key, person_name
from core.log.seal import MasterKeys, unwrap_key, wrap_key
from core.storage.sql import Database
from core.storage.tables import metadata, person, stream

kept_key = Table(
    "kept_key",
    metadata,
    Column("name", String, primary_key=True),
    Column("use", String, primary_key=True),
    Column("wrapped", LargeBinary, nullable=False),
)
PAGE = 200
LASTING = ("chain", "heads")
"""What was made with a key and cannot be made anew."""


async def load_kept_keys(database: Database, masters: MasterKeys) -> None:
    """Give the keys that were kept of master keys which are gone. Raises `settings_invalid` without what wraps them."""
    async with database.read() as connection:
        if not await connection.run_sync(lambda plain: inspect(plain).has_table(kept_key.name)):
            return  # a record from before any key was turned
        for name, use, wrapped in (await connection.execute(select(kept_key))).all():
            masters.keep(name, use, unwrap_key(masters, f"{name}/{use}", bytes(wrapped)))


async def seal_names(database: Database, masters: MasterKeys) -> int:
    """Seal the names that lie in clear, from before fields were sealed; gives how many. At every start."""
    rows, sealed = KeyRows(database, masters), 0
    async for count in rows.turn_names(only_clear=True):
        sealed += count
    return sealed


class KeyRows:
    """Reads what hangs on which key, and turns it."""

    def __init__(self, database: Database, masters: MasterKeys) -> None:
        self._database = database
        self._masters = masters
        self._fields = Fields(masters)

    async def needed(self) -> Counter[str]:
        """How many rows need each master key; what lies in clear counts under the empty name."""
        found: Counter[str] = Counter()
        async with self._database.read_on() as connection:
            async for _, wrapped, chain in await connection.stream(
                select(stream.c.id, stream.c.wrapped_key, stream.c.chain_key)
            ):
                found[_wrapper(wrapped)] += 1
                if not self._masters.lasts(chain, LASTING):
                    found[chain] += 1
            async for (name,) in await connection.stream(select(person.c.name)):
                found[field_key(name)] += 1
            async for (digest,) in await connection.stream(select(identity.c.digest).where(identity.c.moved == 0)):
                found[digest.partition(".")[0]] += 1
            for (wrapped,) in (await connection.execute(select(kept_key.c.wrapped))).all():
                found[_wrapper(wrapped)] += 1
        return found

    async def keep_lasting(self) -> int:
        """Keep, under the current key, what older ones leave behind for ever; gives how many keys."""
        current, count = self._masters.current, 0
        async with self._database.write() as connection:
            rows = (await connection.execute(select(kept_key))).all()
            known = {(row.name, row.use): bytes(row.wrapped) for row in rows}
            for name in {*self._masters.names, *(name for name, _ in known)} - {current}:
                for use in LASTING:
                    if _wrapper(known.get((name, use), b"")) != current:
                        await self._keep(connection, name, use, there=(name, use) in known)
                        count += 1
        return count

    async def _keep(self, connection: AsyncConnection, name: str, use: str, *, there: bool) -> None:
        wrapped = wrap_key(self._masters, f"{name}/{use}", self._masters.derived(name, use))
        if there:
            mine = (kept_key.c.name == name, kept_key.c.use == use)
            await connection.execute(update(kept_key).where(*mine).values(wrapped=wrapped))
        else:
            await connection.execute(kept_key.insert().values(name=name, use=use, wrapped=wrapped))

    async def turn_streams(self) -> AsyncIterator[int]:
        """Wrap every stream's key by the current master key; gives how many of each page were turned."""
        after = ""
        query = select(stream.c.id, stream.c.wrapped_key).order_by(stream.c.id).limit(PAGE)
        while True:
            async with self._database.read() as connection:
                rows = (await connection.execute(query.where(stream.c.id > after))).all()
            if not rows:
                return
            after, turned = rows[-1].id, 0
            async with self._database.write() as connection:
                for name, wrapped in rows:
                    turned += await self._turn_stream(connection, name, bytes(wrapped))
            yield turned

    async def _turn_stream(self, connection: AsyncConnection, name: str, wrapped: bytes) -> int:
        if _wrapper(wrapped) == self._masters.current:
            return 0
        again = wrap_key(self._masters, name, unwrap_key(self._masters, name, wrapped))
        as_read = (stream.c.id == name, stream.c.wrapped_key == wrapped)
        return (await connection.execute(update(stream).where(*as_read).values(wrapped_key=again))).rowcount

    async def turn_names(self, *, only_clear: bool = False) -> AsyncIterator[int]:
        """Seal every person's name with the current master key, also those that lie in clear."""
        after = ""
        query = select(person.c.id, person.c.name).order_by(person.c.id).limit(PAGE)
        if only_clear:
            query = query.where(~person.c.name.startswith(MARK))
        while True:
            async with self._database.read() as connection:
                rows = (await connection.execute(query.where(person.c.id > after))).all()
            if not rows:
                return
            after, turned = rows[-1].id, 0
            async with self._database.write() as connection:
                for person_id, kept in rows:
                    turned += await self._turn_name(connection, person_id, kept)
            yield turned

    async def _turn_name(self, connection: AsyncConnection, person_id: str, kept: str) -> int:
        if field_key(kept) == self._masters.current:
            return 0
        context = person_name(person_id)
        again = self._fields.seal(self._fields.open(kept, context), context)
        as_read = (person.c.id == person_id, person.c.name == kept)
        return (await connection.execute(update(person).where(*as_read).values(name=again))).rowcount


def _wrapper(wrapped: bytes) -> str:
    return bytes(wrapped).partition(b"|")[0].decode()
