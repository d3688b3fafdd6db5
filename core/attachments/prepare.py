"""Has a file made harmless by a process of its own, and bears whatever becomes of that process."""

import asyncio
import contextlib
import sys

import msgspec
import structlog

from core.attachments.limits import LARGEST_BYTES, MediaType
from core.attachments.prepared import Prepared, Unusable

log = structlog.get_logger(__name__)
WITHIN_S = 30.0
ANSWER_BYTES = 3 * LARGEST_BYTES
"""A file may grow when it is written anew, but not without end."""


async def prepare(data: bytes, media_type: MediaType) -> Prepared | Unusable:
    """The file written anew, or why it is refused. Takes at most `WITHIN_S`."""
    # Not with `-c`, and without the environment: neither the settings nor the folder we stand in are its business.
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "core.attachments.bench", media_type,
        stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.DEVNULL, env={},
    )  # fmt: skip
    try:
        async with asyncio.timeout(WITHIN_S):
            answer = await _exchange(process, data)
            code = await process.wait()
    except TimeoutError:
        answer, code = b"", None
    finally:
        with contextlib.suppress(ProcessLookupError):
            process.kill()
        await process.wait()
    if code != 0 or not answer:
        log.warning("attachment_too_heavy", media_type=media_type, code=code)
        return Unusable(why="too_heavy")
    return msgspec.msgpack.decode(answer, type=Prepared | Unusable)


async def _exchange(process: asyncio.subprocess.Process, data: bytes) -> bytes:
    assert process.stdin is not None
    assert process.stdout is not None
    with contextlib.suppress(BrokenPipeError, ConnectionResetError):  # it ended before it had read everything
        process.stdin.write(data)
        await process.stdin.drain()
    process.stdin.close()
    answer = bytearray()
    while part := await process.stdout.read(1 << 16):
        answer += part
        if len(answer) > ANSWER_BYTES:
            return b""
    return bytes(answer)
