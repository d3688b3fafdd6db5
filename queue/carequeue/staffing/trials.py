"""Has questions worked out beside the calls, one at a time for each who asks, within a time, with how far it is."""

import asyncio
import os
import sys
from collections.abc import Callable

import msgspec
import structlog

from carequeue.staffing.question import Answer, Progress, Question
from core.errors import FyrError
from core.storage import leash

WITHIN_S = 60.0
AT_ONCE = 1
"""On one node; others wait their turn."""
AGAIN_AFTER_S = 5
LONGEST_LINE = 1_000_000
PASSED_ON = ("PATH", "LANG", "LD_LIBRARY_PATH")
log = structlog.get_logger(__name__)

Told = Progress | Answer | None
"""How far it is; the answer; or that there will be none."""


class Trials:
    """`stop` ends what is under way."""

    def __init__(self, *, within_s: float = WITHIN_S) -> None:
        self._within_s = within_s
        self._turns = asyncio.Semaphore(AT_ONCE)
        self._running: dict[str, asyncio.Task[None]] = {}

    def begin(self, question: Question, *, asked_by: str, tell: Callable[[Told], None]) -> None:
        """Begin; `tell` hears the rest. Raises `too_fast` while the same person's question before is worked on."""
        if asked_by in self._running:
            raise FyrError("too_fast", retry_after_s=AGAIN_AFTER_S)
        task = asyncio.create_task(self._work(question, tell), name="staffing")
        self._running[asked_by] = task
        task.add_done_callback(lambda _: self._running.pop(asked_by, None))

    async def stop(self) -> None:
        """End what is under way."""
        running = [*self._running.values()]
        for task in running:
            task.cancel()
        await asyncio.gather(*running, return_exceptions=True)

    async def _work(self, question: Question, tell: Callable[[Told], None]) -> None:
        answer: Answer | None = None
        try:
            async with self._turns, asyncio.timeout(self._within_s):
                answer = await _worked_out(question, tell)
        except (OSError, TimeoutError, msgspec.MsgspecError, asyncio.IncompleteReadError) as failure:
            log.warning("staffing_not_answered", why=type(failure).__name__)
        tell(answer)


async def _worked_out(question: Question, tell: Callable[[Told], None]) -> Answer:
    # By the leash it dies with us, however we die.
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        *(leash.__file__, str(os.getpid()), sys.executable, "-m", "carequeue.staffing"),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
        env={name: os.environ[name] for name in PASSED_ON if name in os.environ},
        limit=LONGEST_LINE,
    )
    assert process.stdin is not None
    assert process.stdout is not None
    try:
        process.stdin.write(msgspec.json.encode(question))
        process.stdin.close()
        for _ in range(question.most):
            tell(msgspec.json.decode(await process.stdout.readuntil(), type=Progress))
        return msgspec.json.decode(await process.stdout.readuntil(), type=Answer)
    finally:
        if process.returncode is None:
            process.kill()
        await process.wait()
