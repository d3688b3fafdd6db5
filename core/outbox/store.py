"""Outbox rows in SQL: leased, then deleted when done, so that a node that dies mid-way loses nothing."""

from collections.abc import Collection, Sequence
from typing import NamedTuple

from sqlalchemy import Integer, String, bindparam, column, delete, select, update, values

from core.ids import StreamId
from core.storage.sql import Database
from core.storage.tables import outbox


class Job(NamedTuple):
    """One thing to do: a topic, for a stream, as of an entry number."""

    id: int
    topic: str
    stream: StreamId
    no: int
    tries: int


class Finished(NamedTuple):
    """A topic and stream that has been worked on as of an entry number."""

    topic: str
    stream: StreamId
    no: int


_DUE = select(outbox.c.id).where(
    outbox.c.due_ms <= bindparam("now_ms"), outbox.c.topic.in_(bindparam("topics", expanding=True))
)
_LEASE = (
    update(outbox)
    .where(outbox.c.id.in_(_DUE.order_by(outbox.c.id).limit(bindparam("most")).with_for_update(skip_locked=True)))
    .values(due_ms=bindparam("until_ms"), tries=outbox.c.tries + 1)
    .returning(outbox.c.id, outbox.c.topic, outbox.c.stream_id, outbox.c.no, outbox.c.tries)
)
_OF_TOPIC = select(outbox.c.stream_id, outbox.c.no).where(outbox.c.topic == bindparam("topic")).order_by(outbox.c.id)
"""Asked every second and oftener, so made once: to make a statement costs as much as to have it answered."""


class OutboxRows:
    """Lease and delete."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def lease(self, topics: Collection[str], *, now_ms: int, lease_ms: int, limit: int) -> list[Job]:
        """Up to `limit` due jobs of these topics, ours until `now_ms + lease_ms`; then any node may take them again."""
        asked = {"topics": sorted(topics), "now_ms": now_ms, "until_ms": now_ms + lease_ms, "most": limit}
        async with self._database.write_at_once() as connection:
            rows = (await connection.execute(_LEASE, asked)).all()
        return sorted(Job(row[0], row[1], StreamId(row[2]), row[3], row[4]) for row in rows)

    async def done(self, ids: list[int]) -> None:
        """Delete finished jobs."""
        async with self._database.write() as connection:
            await connection.execute(delete(outbox).where(outbox.c.id.in_(ids)))

    async def superseded(self, finished: Sequence[Finished]) -> None:
        """Delete what nobody has begun and is covered by what was finished: jobs of the same topic and stream as of
        that number or one before. What was tried and failed is tried again."""
        told = values(column("topic", String), column("stream_id", String), column("no", Integer), name="told")
        told_of = told.data([tuple(one) for one in finished]).cte("finished")
        same = (outbox.c.topic == told_of.c.topic) & (outbox.c.stream_id == told_of.c.stream_id)
        covered = select(outbox.c.id).join(told_of, same & (outbox.c.no <= told_of.c.no)).where(outbox.c.tries == 0)
        async with self._database.write() as connection:
            await connection.execute(delete(outbox).where(outbox.c.id.in_(covered)))

    async def put_back(self, ids: list[int], *, now_ms: int) -> None:
        """Give up the lease of jobs not begun: any node may take them at once."""
        async with self._database.write() as connection:
            await connection.execute(update(outbox).where(outbox.c.id.in_(ids)).values(due_ms=now_ms))

    async def of_topic(self, topic: str) -> list[tuple[StreamId, int]]:
        """Streams and entry numbers of this topic's jobs, the newest last, whoever has leased them."""
        async with self._database.read() as connection:
            return [(StreamId(stream), no) for stream, no in await connection.execute(_OF_TOPIC, {"topic": topic})]

    async def waiting(self) -> bool:
        """Whether any job lies there, due or leased."""
        async with self._database.read() as connection:
            return (await connection.execute(select(outbox.c.id).limit(1))).first() is not None
