"""Lines of people in visits, as the nodes tell each other by Redis: each says again and again who has one by it."""

from collections.abc import Collection, Sequence
from typing import Any

from redis.asyncio import Redis

from core.storage.redis import answers_of

KEPT_MS = 15_000
"""A line is believed in for so long after its node said so last."""
ANSWER_WITHIN_S = 1.0
PREFIX = "line:"


class LineMarks:
    """What all nodes said. Raises `unreachable` where Redis does not answer."""

    def __init__(self, client: Redis) -> None:
        self._client = client

    async def absent(self, visit_id: str, present: Sequence[str], *, here: Collection[str]) -> list[str]:
        """Say who of `present` has a line here; gives who has none, here or elsewhere."""
        pipeline: Any = self._client.pipeline(transaction=False)
        for participant in present:
            key = _key(visit_id, participant)
            if participant in here:
                pipeline.set(key, 1, px=KEPT_MS)
            else:
                pipeline.exists(key)
        answers = await answers_of(pipeline, within_s=ANSWER_WITHIN_S) if present else []
        return [one for one, there in zip(present, answers, strict=True) if not there]

    async def has_one(self, visit_id: str, participant: str) -> bool:
        """Whether some node said lately that they have one."""
        pipeline: Any = self._client.pipeline(transaction=False)
        pipeline.exists(_key(visit_id, participant))
        (there,) = await answers_of(pipeline, within_s=ANSWER_WITHIN_S)
        return bool(there)


def _key(visit_id: str, participant: str) -> str:
    return f"{PREFIX}{visit_id}:{participant}"
