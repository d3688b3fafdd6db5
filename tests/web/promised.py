"""What a unit has learnt of its waits: rows as its own promises would have left them."""

from sqlalchemy import update

from carequeue.deadlines import LEVELS, MINUTE_MS
from carequeue.promise.promise import Promise
from carequeue.promise.store import promise
from core.ids import ContactId
from core.storage.sql import Database
from web.node import Node

EXPECTED_MIN = 15
"""What is expected at a quiet unit with one nurse on duty, for who is next."""
NUMBER = 40


async def learnt(node: Node, unit_id: str = "hamnen", *, level_count: int = len(LEVELS)) -> None:
    """Of each level but the first, forty that took ten to twenty-four minutes where fifteen were expected."""
    for level in LEVELS[1:level_count]:
        for number in range(NUMBER):
            waited_ms = round((10 + 14 * number / (NUMBER - 1)) * MINUTE_MS)
            done_ms = node.now_ms() - (NUMBER - number) * MINUTE_MS
            await node.promises.add(
                Promise(
                    contact_id=ContactId(f"{level}{number}"),
                    no=1,
                    unit_id=unit_id,
                    level=level,
                    began_ms=0,
                    again=False,
                    made_ms=done_ms - waited_ms,
                    expected_ms=EXPECTED_MIN * MINUTE_MS,
                    result="untold",
                    known_ms=done_ms,
                    waited_ms=waited_ms,
                    ended_ms=done_ms,
                )
            )


async def put_back(database: Database, contact_id: str, minutes: int) -> None:
    """What the contact was promised, it was promised so many minutes earlier."""
    earlier = {name: promise.c[name] - minutes * MINUTE_MS for name in ("made_ms", "from_ms", "until_ms")}
    async with database.write() as connection:
        await connection.execute(update(promise).where(promise.c.contact_id == contact_id).values(earlier))
